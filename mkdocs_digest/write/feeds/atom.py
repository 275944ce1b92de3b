"""Atom (RFC 4287)."""

from collections.abc import Iterable
from xml.etree import ElementTree as ET

from mkdocs_digest.write.feeds.document import add, write_document
from mkdocs_digest.write.feeds.entry import Entry
from mkdocs_digest.write.feeds.feed import ATOM, TYPES, Feed
from mkdocs_digest.write.timestamp import rfc3339

Links = Iterable[tuple[str, str]]
"""Further links of a feed: relation and path of the output file."""


def write_atom(feed: Feed, path: str, links: Links = (), *, archived: bool = False) -> bytes:
    """Return a feed as Atom, for the output file `path`; `archived` marks an archive document (RFC 5005, section 4)."""
    root = ET.Element(
        "feed",
        {
            "xmlns": "http://www.w3.org/2005/Atom",
            "xmlns:fh": "http://purl.org/syndication/history/1.0",
            "xml:lang": feed.lang,
        },
    )
    add(root, "id", feed.id)
    add(root, "title", feed.title)
    if feed.subtitle:
        add(root, "subtitle", feed.subtitle)
    add(root, "updated", rfc3339(feed.updated))
    add(add(root, "author"), "name", feed.publisher.name)
    _links(root, feed, path, links)
    add(root, "generator", "mkdocs-digest")
    if archived:
        add(root, "fh:archive")
    for entry in feed.entries:
        _entry(root, entry, feed.lang)
    return write_document(root, path)


def _links(root: ET.Element, feed: Feed, path: str, links: Links) -> None:
    offer = {"title": feed.subscribe, "type": TYPES[ATOM]}
    add(root, "link", None, {"rel": "self", "href": feed.publisher.address(path), **offer})
    add(root, "link", None, {"rel": "alternate", "href": feed.url, "type": "text/html", "hreflang": feed.lang})
    for rel, target in links:
        add(root, "link", None, {"rel": rel, "href": feed.publisher.address(target), "type": TYPES[ATOM]})


def _entry(root: ET.Element, entry: Entry, lang: str) -> None:
    element = add(root, "entry", None, {"xml:lang": None if entry.lang == lang else entry.lang})
    add(element, "id", entry.id)
    add(element, "title", entry.title)
    if entry.published:
        add(element, "published", rfc3339(entry.published))
    add(element, "updated", rfc3339(entry.updated))
    if entry.author:
        author = add(element, "author")
        add(author, "name", entry.author.text)
        if entry.author.url:
            add(author, "uri", entry.author.url)
    add(element, "link", None, {"rel": "alternate", "href": entry.url, "type": "text/html", "hreflang": lang})
    if entry.original:
        add(element, "link", None, {"rel": "via", "href": entry.original.url, "title": entry.original.title})
    for tag in entry.tags:
        add(element, "category", None, {"term": tag.id, "label": tag.text})
    if entry.excerpt:
        add(element, "summary", entry.excerpt)
    add(element, "content", entry.content, {"type": "html"})
