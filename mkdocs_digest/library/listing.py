"""Listings: the index, tags, dates and sources of one language as one tree, cut into pages."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from mkdocs_digest.languages.words import Words, words
from mkdocs_digest.library.library import Item, Library, last_change
from mkdocs_digest.library.terms import Term
from mkdocs_digest.library.urls import Urls


class Kind(StrEnum):
    """What a listing groups its digests by."""

    INDEX = "index"
    TAGS = "tags"
    TAG = "tag"
    ARCHIVE = "archive"
    YEAR = "year"
    MONTH = "month"
    DAY = "day"
    SOURCES = "sources"
    SOURCE = "source"


OVERVIEWS = frozenset({Kind.TAGS, Kind.ARCHIVE, Kind.SOURCES})


@dataclass(frozen=True, slots=True)
class Listing:
    """A group of digests in one language, newest first, and the groups within it.

    An overview (all tags, all dates, all sources) shows its children; every other listing shows its digests too.
    """

    kind: Kind
    lang: str
    place: str
    title: str
    items: tuple[Item, ...]
    children: tuple["Listing", ...] = ()
    term: Term | None = None
    period: tuple[int, ...] = ()

    def walk(self) -> Iterator["Listing"]:
        """Yield the listing and all below it."""
        yield self
        for child in self.children:
            yield from child.walk()

    @property
    def shows_items(self) -> bool:
        return self.kind not in OVERVIEWS


@dataclass(frozen=True, slots=True)
class ListingPage:
    """One page of a listing; `number` counts from 1. `trail` leads from the index to the listing above.

    `changed` is when the last of the digests was changed that it is `about`.
    """

    listing: Listing
    number: int
    pages: int
    items: tuple[Item, ...]
    place: str
    changed: datetime | None = None
    trail: tuple[Listing, ...] = ()
    newer: Listing | None = None
    older: Listing | None = None

    @property
    def about(self) -> tuple[Item, ...]:
        """The digests that it shows; of a page without any, those that it leads to."""
        return self.items or self.listing.items


@dataclass(frozen=True, slots=True)
class Views:
    """Which listings a site has: `archive` names the levels of dates that get pages."""

    tags: bool = True
    sources: bool = True
    archive: tuple[str, ...] = ("year", "month", "day")
    per_page: int = 20


def make_listing(library: Library, lang: str, views: Views) -> Listing:
    """Return the index of one language, pinned digests first, with all its other listings below it."""
    items = library.in_lang(lang)
    maker = _Maker(lang, library.urls, words(lang))
    children = []
    if views.tags:
        children.append(maker.terms(Kind.TAGS, Kind.TAG, items, lambda item: item.grouped))
    if views.archive:
        children.append(maker.archive(items, views.archive))
    if views.sources:
        children.append(
            maker.terms(Kind.SOURCES, Kind.SOURCE, items, lambda item: [item.source] if item.source else [])
        )
    items = (*(item for item in items if item.pinned), *(item for item in items if not item.pinned))
    shown = tuple(child for child in children if child.children)
    return Listing(Kind.INDEX, lang, library.urls.index(), maker.words("digests"), items, shown)


def paginate(index: Listing, views: Views, urls: Urls) -> Iterator[ListingPage]:
    """Yield every page of every listing, the index first."""
    yield from _pages(index, (), _in_time(index), views, urls)


Beside = tuple[Listing | None, Listing | None]
"""The listings of the nearest later and the nearest earlier period."""


def _in_time(index: Listing) -> dict[str, Beside]:
    """Return what lies beside each year, month and day, by its place: a year's end is no end of days."""
    levels: dict[int, list[Listing]] = defaultdict(list)
    for listing in index.walk():
        if listing.period:
            levels[len(listing.period)].append(listing)
    return {
        listing.place: (newer, older)
        for level in levels.values()
        for newer, listing, older in zip([None, *level[:-1]], level, [*level[1:], None], strict=True)
    }


def _pages(
    listing: Listing, trail: tuple[Listing, ...], beside: Mapping[str, Beside], views: Views, urls: Urls
) -> Iterator[ListingPage]:
    newer, older = beside.get(listing.place, (None, None))
    shown = listing.items if listing.shows_items else ()
    pages = max(1, -(-len(shown) // views.per_page))
    for number in range(1, pages + 1):
        cut = shown[(number - 1) * views.per_page : number * views.per_page]
        place = urls.paged(listing.place, number)
        yield ListingPage(listing, number, pages, cut, place, last_change(cut or listing.items), trail, newer, older)
    for child in listing.children:
        yield from _pages(child, (*trail, listing), beside, views, urls)


@dataclass(frozen=True, slots=True)
class _Maker:
    lang: str
    urls: Urls
    words: Words

    def terms(
        self, overview: Kind, kind: Kind, items: Iterable[Item], terms_of: Callable[[Item], Iterable[Term]]
    ) -> Listing:
        items = tuple(items)
        groups: dict[str, list[Item]] = defaultdict(list)
        terms: dict[str, Term] = {}
        for item in items:
            for term in terms_of(item):
                terms[term.id] = term
                groups[term.id].append(item)
        children = [
            Listing(
                kind, self.lang, self.urls.term(overview, term.slug), term.name(self.lang), tuple(groups[id_]), (), term
            )
            for id_, term in terms.items()
        ]
        children.sort(key=lambda child: (-len(child.items), child.title.casefold(), child.place))
        grouped = tuple(item for item in items if any(True for _ in terms_of(item)))
        return Listing(
            overview, self.lang, self.urls.overview(overview), self.words(overview), grouped, tuple(children)
        )

    def archive(self, items: Iterable[Item], levels: tuple[str, ...]) -> Listing:
        dated = tuple(item for item in items if item.day)
        children = self._periods(dated, [Kind(level) for level in ("year", "month", "day") if level in levels])
        place, title = self.urls.overview("archive"), self.words("archive")
        return Listing(Kind.ARCHIVE, self.lang, place, title, dated, tuple(children))

    def _periods(self, items: Iterable[Item], levels: list[Kind]) -> list[Listing]:
        if not levels:
            return []
        level, *rest = levels
        size = {Kind.YEAR: 1, Kind.MONTH: 2, Kind.DAY: 3}[level]
        groups: dict[tuple[int, ...], list[Item]] = defaultdict(list)
        for item in items:
            if day := item.day:
                groups[(day.year, day.month, day.day)[:size]].append(item)
        return [
            Listing(
                level,
                self.lang,
                self.urls.period(*period),
                self._title(period),
                tuple(group),
                tuple(self._periods(group, rest)),
                period=period,
            )
            for period, group in groups.items()
        ]

    def _title(self, period: tuple[int, ...]) -> str:
        match period:
            case (year,):
                return self.words.year(year)
            case (year, month):
                return self.words.month(year, month)
            case (year, month, day):
                return self.words.day(date(year, month, day))
        raise ValueError(period)
