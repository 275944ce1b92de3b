"""The feeds and data files of one language: which there are, and what is in them."""

from collections.abc import Iterator
from urllib.parse import quote

from mkdocs_digest.library.listing import Kind, Listing
from mkdocs_digest.write.feeds.atom import Links, write_atom
from mkdocs_digest.write.feeds.data import MonthFile, write_data, write_month, write_questions
from mkdocs_digest.write.feeds.entry import Entries
from mkdocs_digest.write.feeds.feed import ATOM, JSON_FEED, KINDS, RSS, Feed, FeedLink, make_feed
from mkdocs_digest.write.feeds.json_feed import write_json_feed
from mkdocs_digest.write.feeds.month import archived_months, months_of
from mkdocs_digest.write.feeds.opml import Group, Outline, write_opml
from mkdocs_digest.write.feeds.rss import write_rss
from mkdocs_digest.write.view import Viewer

OPML, DATA, QUESTIONS = "feeds.opml", "digests.json", "questions.csv"


def download_links(index: Listing, viewer: Viewer) -> tuple[FeedLink, ...]:
    """Return the files of a language that are for other programs than feed readers."""
    words = viewer.words
    offers = (
        (OPML, "OPML", "text/x-opml", words("feeds")),
        (DATA, "JSON", "application/json", words("all_digests")),
        (QUESTIONS, "CSV", "text/csv", words("questions")),
    )
    return tuple(
        FeedLink(label, type_, title, quote(viewer.library.urls.file(index.place, viewer.lang, name)))
        for name, label, type_, title in offers
    )


class FeedFiles:
    """Writes the files of one language's feeds, `longest` entries in each; a file is its path and its bytes."""

    def __init__(self, index: Listing, entries: Entries, longest: int) -> None:
        self.index = index
        self.entries = entries
        self.longest = longest
        library = entries.viewer.library
        self.urls = library.urls
        self.items = library.in_lang(index.lang)  # by date, pinned or not
        self.months = months_of(self.items)

    def __iter__(self) -> Iterator[tuple[str, bytes]]:
        for listing in self.index.walk():
            if listing.kind in KINDS:
                yield from self._formats(listing)
        yield from self._archive()
        yield self._path(self.index, OPML), self._opml()
        yield from self._data()
        questions = write_questions(self.entries.of(item) for item in self.items)
        yield self._path(self.index, QUESTIONS), questions.encode("utf-8", "replace")

    def _path(self, listing: Listing, name: str) -> str:
        return self.urls.file(listing.place, listing.lang, name)

    def _feed(self, listing: Listing) -> Feed:
        items = self.items if listing is self.index else listing.items
        return make_feed(listing, items[: self.longest], self.entries)

    def _formats(self, listing: Listing) -> Iterator[tuple[str, bytes]]:
        feed = self._feed(listing)
        atom, rss, json = (self._path(listing, name) for name in (ATOM, RSS, JSON_FEED))
        yield atom, write_atom(feed, atom, self._newest_archive() if listing is self.index else ())
        yield rss, write_rss(feed, rss)
        yield json, write_json_feed(feed, json)

    def _newest_archive(self) -> Links:
        months = archived_months(self.months, self.longest)
        return [("prev-archive", self._month(months[0].name, "xml"))] if months else []

    def _month(self, name: str, ending: str) -> str:
        return self.urls.month_file(name, self.index.lang, ending)

    def _archive(self) -> Iterator[tuple[str, bytes]]:
        months = archived_months(self.months, self.longest)
        current = ("current", self._path(self.index, ATOM))
        for newer, month, older in zip((None, *months), months, (*months[1:], None), strict=False):
            path = self._month(month.name, "xml")
            near = {"prev-archive": older, "next-archive": newer}
            links = [(rel, self._month(other.name, "xml")) for rel, other in near.items() if other]
            feed = make_feed(self.index, month.items, self.entries)
            yield path, write_atom(feed, path, [current, *links], archived=True)

    def _opml(self) -> bytes:
        groups = [
            Group(overview.title, tuple(self._outline(listing) for listing in overview.walk() if listing.kind in KINDS))
            for overview in self.index.children
            if overview.kind in (Kind.TAGS, Kind.SOURCES)
        ]
        return write_opml(self._outline(self.index), groups)

    def _outline(self, listing: Listing) -> Outline:
        return Outline(self._feed(listing), self._path(listing, ATOM))

    def _data(self) -> Iterator[tuple[str, bytes]]:
        files = [MonthFile(month.name, len(month.items), self._month(month.name, "json")) for month in self.months]
        feeds = [make_feed(self.index, month.items, self.entries) for month in self.months]
        path = self._path(self.index, DATA)
        newest = feeds[0] if feeds else make_feed(self.index, (), self.entries)
        yield path, write_data(newest, path, files)
        for file, feed, older in zip(files, feeds, (*files[1:], None), strict=False):
            yield file.path, write_month(feed, file.path, older)
