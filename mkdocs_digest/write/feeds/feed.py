"""A feed: the newest digests of a listing, before it is written in any format."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from mkdocs_digest.library.library import Item
from mkdocs_digest.library.listing import Kind, Listing
from mkdocs_digest.write.feeds.entry import Entries, Entry
from mkdocs_digest.write.feeds.publisher import Publisher
from mkdocs_digest.write.timestamp import EPOCH
from mkdocs_digest.write.view import Viewer

KINDS = frozenset({Kind.INDEX, Kind.TAG, Kind.SOURCE})
"""The listings that have feeds."""

ATOM, RSS, JSON_FEED = "atom.xml", "rss.xml", "feed.json"
TYPES = {ATOM: "application/atom+xml", RSS: "application/rss+xml", JSON_FEED: "application/feed+json"}
FORMATS = {ATOM: "Atom", RSS: "RSS", JSON_FEED: "JSON Feed"}


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed in one language: `url` is that of the page it is for, `subscribe` the words to offer it with."""

    id: str
    lang: str
    title: str
    subtitle: str | None
    subscribe: str
    url: str
    publisher: Publisher
    entries: tuple[Entry, ...]

    @property
    def updated(self) -> datetime:
        """When the newest change was made, by the digests' own word."""
        return max((entry.updated for entry in self.entries), default=EPOCH)


@dataclass(frozen=True, slots=True)
class FeedLink:
    """A feed as a page offers it: `url` is relative to the site's root, `type` the media type."""

    format: str
    type: str
    title: str
    url: str


def make_feed(listing: Listing, items: Iterable[Item], entries: Entries) -> Feed:
    """Return the feed of a listing with the entries of some of its digests."""
    viewer, publisher = entries.viewer, entries.publisher
    return Feed(
        id=publisher.id(listing.place, viewer.lang),
        lang=viewer.lang,
        title=title_of(listing, viewer, publisher.name),
        subtitle=_subtitle(listing, publisher),
        subscribe=viewer.words("subscribe"),
        url=publisher.absolute(viewer.url(listing.place)),
        publisher=publisher,
        entries=tuple(entries.of(item) for item in items),
    )


def feed_links(listing: Listing, viewer: Viewer, site_name: str) -> tuple[FeedLink, ...]:
    """Return the feeds of a listing that has some."""
    title = title_of(listing, viewer, site_name)
    urls = viewer.library.urls
    return tuple(
        FeedLink(FORMATS[name], TYPES[name], title, quote(urls.file(listing.place, viewer.lang, name)))
        for name in FORMATS
    )


def title_of(listing: Listing, viewer: Viewer, site_name: str) -> str:
    """Return the title of a listing's feeds."""
    phrase = {Kind.TAG: "tagged", Kind.SOURCE: "from_source"}.get(listing.kind)
    title = viewer.words(phrase, name=listing.title) if phrase else listing.title
    return f"{title} · {site_name}"


def _subtitle(listing: Listing, publisher: Publisher) -> str | None:
    return listing.term.description(listing.lang) if listing.term else publisher.description
