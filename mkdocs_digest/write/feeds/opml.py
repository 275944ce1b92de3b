"""OPML 2.0 (https://opml.org/spec2.opml): all feeds of a language, to subscribe to them at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from mkdocs_digest.write.elements import around, element
from mkdocs_digest.write.feeds.document import write_document
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
    head = element("title", index.feed.title) + element("dateModified", rfc822(updated))
    body = _outline(index) + "".join(map(_group, groups))
    return write_document(around("opml", around("head", head) + around("body", body), {"version": "2.0"}))


def _group(group: Group) -> str:
    inner = "".join(map(_outline, group.outlines))
    return around("outline", inner, {"text": group.title, "title": group.title})


def _outline(outline: Outline) -> str:
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
    return element("outline", None, attributes)
