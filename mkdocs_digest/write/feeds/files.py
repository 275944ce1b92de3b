"""The feeds and data files of one language: which there are, and what is in them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, partial
from urllib.parse import quote

from mkdocs_digest.library.library import Item, last_change
from mkdocs_digest.library.listing import Kind, Listing
from mkdocs_digest.slices.slice import Slice
from mkdocs_digest.slices.spliced import Spliced
from mkdocs_digest.write.feeds.atom import Links, write_atom
from mkdocs_digest.write.feeds.data import MonthFile, write_cards, write_columns, write_data, write_month
from mkdocs_digest.write.feeds.entry import Entries
from mkdocs_digest.write.feeds.feed import ATOM, JSON_FEED, KINDS, RSS, Feed, FeedLink, make_feed
from mkdocs_digest.write.feeds.json_feed import write_json_feed
from mkdocs_digest.write.feeds.month import Month, archived_months, months_of
from mkdocs_digest.write.feeds.opml import Group, Outline, write_opml
from mkdocs_digest.write.feeds.rss import write_rss
from mkdocs_digest.write.timestamp import EPOCH
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


@dataclass(frozen=True, slots=True)
class Output:
    """A file that is to be written: the digests whose texts are in it, and whatever else it is made of, as `facts`."""

    path: str
    items: Sequence[Item]
    facts: tuple[object, ...]
    make: Callable[[], bytes]


Remember = Callable[[Sequence[Item], Callable[[], str]], str]
"""Returns what is made of some digests, or was made of the same ones before."""


class FeedFiles:
    """The files of one language's feeds, `longest` entries in each: those of one month, and all others."""

    def __init__(self, index: Listing, entries: Entries, longest: int, remember: Remember) -> None:
        self.index = index
        self.entries = entries
        self.longest = longest
        self.remember = remember
        library = entries.viewer.library
        self.urls = library.urls
        self.items = library.in_lang(index.lang)  # by date, pinned or not
        self.months = months_of(self.items)
        self.files = [self._file(month) for month in self.months]
        self._cards: dict[str, str] = {}

    def of_month(self, month: Month) -> Iterator[Output]:
        """Yield the files that have the digests of one month only."""
        if month in self._archived_months:
            yield self._archived(month)
        yield self._data_of(month)

    @cached_property
    def of_all(self) -> tuple[Output, ...]:
        """All other files, but for the flash cards."""
        listings = [listing for listing in self.index.walk() if listing.kind in KINDS]
        formats = [output for listing in listings for output in self._formats(listing)]
        names = [(listing.title, listing.place, _about(listing)) for listing in listings]
        opml = Output(self._path(self.index, OPML), (), (names, last_change(self.items)), self._opml)
        return (*formats, opml, self._data())

    @cached_property
    def _lasting(self) -> frozenset[str]:
        return frozenset(item.place for output in self.of_all for item in output.items)

    def keeps(self, item: Item) -> bool:
        """Say whether a digest is shown by more than the files of its month."""
        return item.place in self._lasting

    def let_go(self, month: Month) -> None:
        """Forget the entries of a month, but for those it keeps; what has its flash cards of them keeps these."""
        if any(self.entries.has(item) for item in month.items):
            self._cards_of(month)
        for item in month.items:
            if not self.keeps(item):
                self.entries.forget(item)

    @property
    def questions_path(self) -> str:
        """The file of flash cards."""
        return self._path(self.index, QUESTIONS)

    def questions(self, made: Slice) -> Spliced:
        """Return the flash cards of the months in the slice `made`."""
        held = {at: self._cards_of(month) for at, month in enumerate(self.months) if made.holds(month.items)}
        return Spliced(write_columns(), held)

    def _cards_of(self, month: Month) -> str:
        def make() -> str:
            return "".join(write_cards(self.entries.of(item)) for item in month.items)

        if month.name not in self._cards:
            self._cards[month.name] = self.remember(month.items, make)
        return self._cards[month.name]

    def _path(self, listing: Listing, name: str) -> str:
        return self.urls.file(listing.place, listing.lang, name)

    def _feed(self, listing: Listing, items: Sequence[Item]) -> Feed:
        return make_feed(listing, items, self.entries)

    def _formats(self, listing: Listing) -> Iterator[Output]:
        items = (self.items if listing is self.index else listing.items)[: self.longest]
        atom, rss, json = (self._path(listing, name) for name in (ATOM, RSS, JSON_FEED))
        older = self._newest_archive() if listing is self.index else ()
        facts = (listing.title, _about(listing), older)
        feed = cache(partial(self._feed, listing, items))
        yield Output(atom, items, facts, lambda: write_atom(feed(), atom, older))
        yield Output(rss, items, facts, lambda: write_rss(feed(), rss))
        yield Output(json, items, facts, lambda: write_json_feed(feed(), json))

    def _newest_archive(self) -> Links:
        months = self._archived_months
        return [("prev-archive", self._month(months[0].name, "xml"))] if months else []

    def _month(self, name: str, ending: str) -> str:
        return self.urls.month_file(name, self.index.lang, ending)

    @cached_property
    def _archived_months(self) -> tuple[Month, ...]:
        return archived_months(self.months, self.longest)

    def _archived(self, month: Month) -> Output:
        path = self._month(month.name, "xml")
        newer, older = _beside(month, self._archived_months)
        near = (("prev-archive", older), ("next-archive", newer))
        current = ("current", self._path(self.index, ATOM))
        links = [current, *((rel, self._month(other.name, "xml")) for rel, other in near if other)]

        def make() -> bytes:
            return write_atom(self._feed(self.index, month.items), path, links, archived=True)

        return Output(path, month.items, tuple(links), make)

    def _opml(self) -> bytes:
        groups = [
            Group(overview.title, tuple(self._outline(listing) for listing in overview.walk() if listing.kind in KINDS))
            for overview in self.index.children
            if overview.kind in (Kind.TAGS, Kind.SOURCES)
        ]
        return write_opml(self._outline(self.index), groups, last_change(self.items) or EPOCH)

    def _outline(self, listing: Listing) -> Outline:
        return Outline(self._feed(listing, ()), self._path(listing, ATOM))

    def _data(self) -> Output:
        newest = self.months[0].items if self.months else ()
        path = self._path(self.index, DATA)
        facts = tuple(self.files)
        return Output(path, newest, facts, lambda: write_data(self._feed(self.index, newest), path, self.files))

    def _file(self, month: Month) -> MonthFile:
        return MonthFile(month.name, len(month.items), self._month(month.name, "json"))

    def _data_of(self, month: Month) -> Output:
        path = self._file(month).path
        _, before = _beside(month, self.months)
        older = self._file(before) if before else None

        def make() -> bytes:
            return write_month(self._feed(self.index, month.items), path, older)

        return Output(path, month.items, (older and older.path,), make)


def _beside(month: Month, months: Sequence[Month]) -> tuple[Month | None, Month | None]:
    """Return the months after and before one, among `months`, which are newest first."""
    at = months.index(month)
    return months[at - 1] if at else None, months[at + 1] if at + 1 < len(months) else None


def _about(listing: Listing) -> str | None:
    return listing.term.description(listing.lang) if listing.term else None
