"""What templates show of a digest and of listings: plain values with URLs and localised texts."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from mkdocs_digest.languages.words import Words, words
from mkdocs_digest.library.calendar import make_year
from mkdocs_digest.library.library import Item, Library
from mkdocs_digest.library.listing import OVERVIEWS, Kind, Listing, ListingPage
from mkdocs_digest.library.related import related_among
from mkdocs_digest.library.terms import Term
from mkdocs_digest.model.address import is_web
from mkdocs_digest.model.digest import Translation
from mkdocs_digest.write.calendar import MonthView, view_year
from mkdocs_digest.write.excerpt import description_of
from mkdocs_digest.write.foreign import foreign_lang
from mkdocs_digest.write.reading_time import minutes_of
from mkdocs_digest.write.timestamp import rfc3339

_MOST_RELATED = 4
_MOST_NEIGHBOURS = 8


@dataclass(frozen=True, slots=True)
class LinkView:
    """A text and the URL it leads to, relative to the site's root; `lang` is set where the text is in another one."""

    title: str
    url: str
    lang: str | None = None


@dataclass(frozen=True, slots=True)
class DateView:
    """A day: `iso` for machines, `text` for readers, `url` of its archive page if it has one."""

    iso: str
    text: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class EntryView:
    """A digest as listings, and the head of its own page, show it. `lang` is the language of its texts."""

    title: str
    url: str
    lang: str
    foreign: bool
    excerpt: str
    date: DateView | None
    updated: DateView | None
    tags: tuple[LinkView, ...]
    source: LinkView | None
    source_page: LinkView | None
    minutes: int
    draft: bool
    scheduled: bool
    pinned: bool


class Viewer:
    """Makes the views of one language; each digest's is made once, however many listings show it."""

    def __init__(self, library: Library, lang: str, index: Listing) -> None:
        self.library = library
        self.lang = lang
        self.words: Words = words(lang)
        self.places = {listing.place for listing in index.walk()}
        items = library.in_lang(lang)
        self._at = {item.place: at for at, item in enumerate(items)}
        self._items = items
        self._related = related_among(items)
        self._entries: dict[str, EntryView] = {}
        self._neighbours: dict[str, list[LinkView]] = {}

    def url(self, place: str) -> str:
        """Return the URL of a place in the viewer's language."""
        return self.library.urls.url(place, self.lang)

    def entry(self, item: Item) -> EntryView:
        """Return the view of a digest."""
        found = self._entries.get(item.place)
        if found is None:
            found = self._entries[item.place] = self._entry(item)
        return found

    def _entry(self, item: Item) -> EntryView:
        translation = item.shown(self.lang, self.library.langs)
        return EntryView(
            title=title_of(translation, item),
            url=self.url(item.place),
            lang=translation.lang,
            foreign=translation.lang != self.lang,
            excerpt=description_of(translation),
            date=self.date(item.day, rfc3339(item.moment) if item.moment else ""),
            updated=self.date(item.updated.date(), rfc3339(item.updated)) if item.updated else None,
            tags=tuple(self.term("tags", tag) for tag in item.tags),
            source=self._badge(translation, item),
            source_page=self.term("sources", item.source) if item.source else None,
            minutes=minutes_of(translation),
            draft=item.draft,
            scheduled=item.scheduled,
            pinned=item.pinned,
        )

    def related(self, item: Item) -> tuple[Item, ...]:
        """Return the digests related to one, closest first."""
        return tuple(self._items[at] for at in self._related.of(item.place, _MOST_RELATED))

    def also_digested(self, item: Item) -> tuple[Item, ...]:
        """Return the other digests of the same original that have a page here."""
        others = self.library.also_digested(item, _MOST_RELATED)
        return tuple(other for other in others if other.place in self._at)

    def siblings(self, item: Item) -> tuple[Item | None, Item | None]:
        """Return the digests before and after one in time."""
        at = self._at[item.place]
        older = self._items[at + 1] if at + 1 < len(self._items) else None
        return older, self._items[at - 1] if at else None

    def neighbours(self, listing: Listing) -> list[LinkView]:
        """Return the tags that most often stand beside a tag, most frequent first."""
        if listing.place not in self._neighbours:
            self._neighbours[listing.place] = self._beside(listing.term, listing) if listing.term else []
        return self._neighbours[listing.place]

    def _beside(self, tag: Term, listing: Listing) -> list[LinkView]:
        terms = {term.id: term for item in listing.items for term in item.tags}
        counts = Counter(term.id for item in listing.items for term in item.tags if term.id != tag.id)
        ranked = sorted(counts, key=lambda id_: (-counts[id_], id_))
        return [self.term("tags", terms[id_]) for id_ in ranked[:_MOST_NEIGHBOURS]]

    def by_name(self, listing: Listing) -> list[Listing]:
        """Return the groups of a listing in the order of their names."""
        return sorted(listing.children, key=lambda child: (child.title.casefold(), child.place))

    def calendar(self, listing: Listing) -> tuple[MonthView, ...]:
        """Return the calendar of a year's listing."""
        year = make_year(listing.period[0], listing.items, self.words.locale.first_week_day)
        return view_year(year, self.words, self.period_url)

    def period_url(self, *period: int) -> str:
        """Return the URL of the archive page of a year, month or day; empty where it has none."""
        place = self.library.urls.period(*period)
        return self.url(place) if place in self.places else ""

    def date(self, day: date | None, iso: str) -> DateView | None:
        """Return the view of a day, linked to the finest archive page it has."""
        if day is None:
            return None
        places = (self.library.urls.period(*day.timetuple()[:size]) for size in (3, 2, 1))
        place = next((place for place in places if place in self.places), None)
        return DateView(iso, self.words.day(day), self.url(place) if place else None)

    def term(self, kind: str, term: Term) -> LinkView:
        """Return a tag or source, linked to its page if it has one."""
        place = self.library.urls.term(kind, term.slug)
        name = term.name(self.lang)
        return LinkView(name, self.url(place) if place in self.places else "", self.foreign(name))

    def foreign(self, name: str) -> str | None:
        """Return the language of a name that is in the script of another of the site's languages."""
        return foreign_lang(name, self.lang, self.library.langs)

    def _badge(self, translation: Translation, item: Item) -> LinkView | None:
        """Return the original article: named by the source, else by its domain."""
        url = translation.source
        if not url or not is_web(url):
            return None
        named = item.source and (item.source.names.get(self.lang) or item.source.name(self.lang) != item.source.id)
        name = item.source.name(self.lang) if item.source and named else domain_of(url)
        return LinkView(name, url, self.foreign(name))

    def heading(self, view: ListingPage) -> str:
        """Return the title of a listing's page, numbered where the listing has several."""
        title = view.listing.title
        return f"{title} · {self.words('page_of', page=view.number, pages=view.pages)}" if view.number > 1 else title

    def summary(self, listing: Listing) -> str:
        """Return what a listing holds, in one phrase."""
        count = self.words("count", n=len(listing.items))
        if listing.kind is Kind.INDEX or listing.kind in OVERVIEWS:
            return count
        about = listing.term.description(self.lang) if listing.term else None
        return about or f"{listing.title} · {count}"

    def page_url(self, listing: Listing, number: int) -> str:
        """Return the URL of a listing's n-th page."""
        return self.url(self.library.urls.paged(listing.place, number))

    def page_numbers(self, view: ListingPage) -> list[int | None]:
        """Return the page numbers to offer: the ends and two either side of this one; None stands for a gap."""
        near = {1, view.pages, *range(view.number - 2, view.number + 3)}
        numbers: list[int | None] = []
        for number in sorted(number for number in near if 1 <= number <= view.pages):
            last = numbers[-1] if numbers else 0
            if last is not None and number > last + 1:
                numbers.append(None if number > last + 2 else last + 1)
            numbers.append(number)
        return numbers

    def domain(self, url: str) -> str:
        """Return the host that a URL names, without `www.`."""
        return domain_of(url)

    def language_name(self, lang: str) -> str:
        """Return what the viewer's language calls another."""
        return self.words.language(lang)


def domain_of(url: str) -> str:
    """Return the host of a URL, without `www.`; the URL itself where it has none."""
    return (urlsplit(url).hostname or url).removeprefix("www.")


def title_of(translation: Translation, item: Item) -> str:
    """Return a title for every page: the translation's, else the file's name."""
    return translation.title or item.digest.path.rpartition("/")[2].removesuffix(".md")
