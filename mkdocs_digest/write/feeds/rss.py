"""RSS 2.0, with the modules `content` (the text in full), `dc` (the author) and `atom` (its own address)."""

from collections.abc import Iterator

from markupsafe import escape

from mkdocs_digest.write.elements import around, element
from mkdocs_digest.write.feeds.document import write_document
from mkdocs_digest.write.feeds.entry import Entry
from mkdocs_digest.write.feeds.feed import RSS, TYPES, Feed
from mkdocs_digest.write.timestamp import rfc822, rfc3339


def write_rss(feed: Feed, path: str) -> bytes:
    """Return a feed as RSS, for the output file `path`."""
    spaces = {
        "version": "2.0",
        "xmlns:atom": "http://www.w3.org/2005/Atom",
        "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
        "xmlns:dc": "http://purl.org/dc/elements/1.1/",
        "xml:lang": feed.lang,
    }
    parts = [*_head(feed, path), *(_item(entry, feed.lang) for entry in feed.entries)]
    return write_document(around("rss", around("channel", "".join(parts)), spaces), path)


def _head(feed: Feed, path: str) -> Iterator[str]:
    yield element("title", feed.title)
    yield element("link", feed.url)
    yield element("description", feed.subtitle or feed.title)
    yield element("language", feed.lang)
    yield element("lastBuildDate", rfc822(feed.updated))
    yield element("generator", "mkdocs-digest")
    offer = {"title": feed.subscribe, "type": TYPES[RSS]}
    yield element("atom:link", None, {"rel": "self", "href": feed.publisher.address(path), **offer})


def _item(entry: Entry, lang: str) -> str:
    return around("item", "".join(_about(entry)), {"xml:lang": None if entry.lang == lang else entry.lang})


def _about(entry: Entry) -> Iterator[str]:
    yield element("title", entry.title)
    yield element("link", entry.url)
    yield element("guid", entry.id, {"isPermaLink": "false"})
    if entry.published:
        yield element("pubDate", rfc822(entry.published))
    if entry.modified and entry.modified != entry.published:
        yield element("atom:updated", rfc3339(entry.modified))
    if entry.author:
        yield element("dc:creator", entry.author.text)
    for tag in entry.tags:
        yield element("category", tag.text, {"domain": tag.url})
    if entry.original:
        yield element("source", entry.original.title, {"url": entry.original.url})
    if entry.excerpt:
        yield element("description", str(escape(entry.excerpt)))  # HTML to readers: RSS 2.0, elements of <item>
    yield element("content:encoded", entry.content)
