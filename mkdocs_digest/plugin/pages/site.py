"""A site: its library, and the listings of it in each language."""

from dataclasses import dataclass

from mkdocs_digest.library.library import Item, Library
from mkdocs_digest.library.listing import OVERVIEWS, Kind, Listing, ListingPage, Views, make_listing, paginate
from mkdocs_digest.slices.slice import Slice
from mkdocs_digest.write.article import Look
from mkdocs_digest.write.view import Viewer


@dataclass(frozen=True, slots=True)
class Edition:
    """The site in one language: its listings and the views of its digests."""

    lang: str
    index: Listing
    pages: tuple[ListingPage, ...]
    viewer: Viewer


class Site:
    """A library with its editions; `places` says in which languages a place has a page, `dest_uris` what they write.

    So many digests are `hidden` by the site's options.
    """

    def __init__(self, library: Library, views: Views, look: Look, made: Slice, hidden: int = 0) -> None:
        self.library = library
        self.hidden = hidden
        self.look = look
        self.slice = made
        self.editions = {lang: _edition(library, lang, views) for lang in library.langs}
        self.places: dict[str, tuple[str, ...]] = {}
        for item in library.items:
            self.places[item.place] = library.langs_of(item)
        for lang, edition in self.editions.items():
            for page in edition.pages:
                self.places[page.place] = (*self.places.get(page.place, ()), lang)
        self.dest_uris = {
            library.urls.dest_uri(place, lang).casefold(): lang
            for place, langs in self.places.items()
            for lang in langs
        }

    def holds(self, subject: Item | ListingPage) -> bool:
        """Say whether a page belongs to the slice that is made."""
        return self.slice.holds((subject,) if isinstance(subject, Item) else subject.about)

    def positions(self, lang: str) -> dict[str, int]:
        """Return the positions of the digests in the library, by the URLs of their pages in a language."""
        return {self.library.urls.url(item.place, lang): at for at, item in enumerate(self.library.items)}

    @property
    def pages(self) -> int:
        """How many pages are made."""
        listings = (page for edition in self.editions.values() for page in edition.pages)
        ours = sum(self.holds(item) * len(self.places[item.place]) for item in self.library.items)
        return ours + sum(is_entry(page) or self.holds(page) for page in listings)


def _edition(library: Library, lang: str, views: Views) -> Edition:
    index = make_listing(library, lang, views)
    return Edition(lang, index, tuple(paginate(index, views, library.urls)), Viewer(library, lang, index))


def is_entry(page: ListingPage) -> bool:
    """Say whether a page belongs to the navigation: the first of the index, and of each overview."""
    return page.number == 1 and page.listing.kind in {Kind.INDEX, *OVERVIEWS}
