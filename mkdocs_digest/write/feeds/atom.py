"""Atom (RFC 4287)."""

from collections.abc import Iterable, Iterator

from mkdocs_digest.write.elements import around, element
from mkdocs_digest.write.feeds.document import write_document
from mkdocs_digest.write.feeds.entry import Entry
from mkdocs_digest.write.feeds.feed import ATOM, TYPES, Feed
from mkdocs_digest.write.timestamp import rfc3339

Links = Iterable[tuple[str, str]]
"""Further links of a feed: relation and path of the output file."""


def write_atom(feed: Feed, path: str, links: Links = (), *, archived: bool = False) -> bytes:
    """Return a feed as Atom, for the output file `path`; `archived` marks an archive document (RFC 5005, section 4)."""
    spaces = {
        "xmlns": "http://www.w3.org/2005/Atom",
        "xmlns:fh": "http://purl.org/syndication/history/1.0",
        "xml:lang": feed.lang,
    }
    parts = [
        *_head(feed, path, links),
        *([element("fh:archive")] if archived else []),
        *(_entry(entry, feed.lang) for entry in feed.entries),
    ]
    return write_document(around("feed", "".join(parts), spaces), path)


def _head(feed: Feed, path: str, links: Links) -> Iterator[str]:
    yield element("id", feed.id)
    yield element("title", feed.title)
    if feed.subtitle:
        yield element("subtitle", feed.subtitle)
    yield element("updated", rfc3339(feed.updated))
    yield around("author", element("name", feed.publisher.name))
    address, offer = feed.publisher.address, {"title": feed.subscribe, "type": TYPES[ATOM]}
    yield _link("self", address(path), **offer)
    yield _link("alternate", feed.url, type="text/html", hreflang=feed.lang)
    for rel, target in links:
        yield _link(rel, address(target), type=TYPES[ATOM])
    yield element("generator", "mkdocs-digest")


def _entry(entry: Entry, lang: str) -> str:
    return around("entry", "".join(_about(entry, lang)), {"xml:lang": None if entry.lang == lang else entry.lang})


def _about(entry: Entry, lang: str) -> Iterator[str]:
    yield element("id", entry.id)
    yield element("title", entry.title)
    if entry.published:
        yield element("published", rfc3339(entry.published))
    yield element("updated", rfc3339(entry.updated))
    if entry.author:
        url = element("uri", entry.author.url) if entry.author.url else ""
        yield around("author", element("name", entry.author.text) + url)
    yield _link("alternate", entry.url, type="text/html", hreflang=lang)
    if entry.original:
        yield _link("via", entry.original.url, title=entry.original.title)
    for tag in entry.tags:
        yield element("category", None, {"term": tag.id, "label": tag.text})
    if entry.excerpt:
        yield element("summary", entry.excerpt)
    yield element("content", entry.content, {"type": "html"})


def _link(rel: str, href: str, **attributes: str) -> str:
    return element("link", None, {"rel": rel, "href": href, **attributes})
