"""OPML 2.0 (https://opml.org/spec2.opml): all feeds of a language, to subscribe to them at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from xml.etree import ElementTree as ET

from mkdocs_digest.write.feeds.document import add, write_document
from mkdocs_digest.write.feeds.feed import Feed
from mkdocs_digest.write.timestamp import rfc822


@dataclass(frozen=True, slots=True)
class Outline:
    """A feed and the path of its output file."""

    feed: Feed
    path: str


@dataclass(frozen=True, slots=True)
class Group:
    """Outlines under a heading."""

    title: str
    outlines: tuple[Outline, ...]


def write_opml(index: Outline, groups: Iterable[Group], updated: datetime) -> bytes:
    """Return an outline of the index's feed and of the groups of others; `updated` is the last change of any."""
    root = ET.Element("opml", {"version": "2.0"})
    head = add(root, "head")
    add(head, "title", index.feed.title)
    add(head, "dateModified", rfc822(updated))
    body = add(root, "body")
    _outline(body, index)
    for group in groups:
        element = add(body, "outline", None, {"text": group.title, "title": group.title})
        for outline in group.outlines:
            _outline(element, outline)
    return write_document(root)


def _outline(parent: ET.Element, outline: Outline) -> None:
    feed = outline.feed
    attributes = {
        "type": "rss",
        "text": feed.title,
        "title": feed.title,
        "description": feed.subtitle,
        "language": feed.lang,
        "xmlUrl": feed.publisher.address(outline.path),
        "htmlUrl": feed.url,
    }
    add(parent, "outline", None, attributes)
