"""RSS 2.0, with the modules `content` (the text in full), `dc` (the author) and `atom` (its own address)."""

from xml.etree import ElementTree as ET

from mkdocs_digest.write.feeds.document import add, write_document
from mkdocs_digest.write.feeds.entry import Entry
from mkdocs_digest.write.feeds.feed import RSS, TYPES, Feed
from mkdocs_digest.write.timestamp import rfc822, rfc3339


def write_rss(feed: Feed, path: str) -> bytes:
    """Return a feed as RSS, for the output file `path`."""
    root = ET.Element(
        "rss",
        {
            "version": "2.0",
            "xmlns:atom": "http://www.w3.org/2005/Atom",
            "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
            "xmlns:dc": "http://purl.org/dc/elements/1.1/",
            "xml:lang": feed.lang,
        },
    )
    channel = add(root, "channel")
    add(channel, "title", feed.title)
    add(channel, "link", feed.url)
    add(channel, "description", feed.subtitle or feed.title)
    add(channel, "language", feed.lang)
    add(channel, "lastBuildDate", rfc822(feed.updated))
    add(channel, "generator", "mkdocs-digest")
    offer = {"title": feed.subscribe, "type": TYPES[RSS]}
    add(channel, "atom:link", None, {"rel": "self", "href": feed.publisher.address(path), **offer})
    for entry in feed.entries:
        _item(channel, entry, feed.lang)
    return write_document(root, path)


def _item(channel: ET.Element, entry: Entry, lang: str) -> None:
    item = add(channel, "item", None, {"xml:lang": None if entry.lang == lang else entry.lang})
    add(item, "title", entry.title)
    add(item, "link", entry.url)
    add(item, "guid", entry.id, {"isPermaLink": "false"})
    if entry.published:
        add(item, "pubDate", rfc822(entry.published))
    if entry.modified and entry.modified != entry.published:
        add(item, "atom:updated", rfc3339(entry.modified))
    if entry.author:
        add(item, "dc:creator", entry.author.text)
    for tag in entry.tags:
        add(item, "category", tag.text, {"domain": tag.url})
    if entry.original:
        add(item, "source", entry.original.title, {"url": entry.original.url})
    if entry.excerpt:
        add(item, "description", entry.excerpt)
    add(item, "content:encoded", entry.content)
