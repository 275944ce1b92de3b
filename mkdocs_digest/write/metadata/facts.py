"""What the metadata of any page is made from: plain texts, and URLs relative to the site's root."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from mkdocs_digest.library.library import Item
from mkdocs_digest.library.listing import ListingPage
from mkdocs_digest.write.view import Viewer

Address = Callable[[str], str]
"""Turns a URL relative to the site's root into the one to print."""


@dataclass(frozen=True, slots=True)
class Publication:
    """The site in one language; `home` is its home page, `root` that of the default language."""

    name: str
    description: str
    lang: str
    home: str
    root: str
    address: Address
    absolute: bool


@dataclass(frozen=True, slots=True)
class PageFacts:
    """A page: `lang` is the language of its text, `langs` are those in which the same page exists.

    `canonical` is the page that search engines should show instead, its own `url` where that is none.
    """

    title: str
    description: str
    url: str
    canonical: str
    lang: str
    langs: tuple[str, ...]


def facts_of_digest(item: Item, viewer: Viewer) -> PageFacts:
    """Return the facts of a digest's page; one that borrows its text names the page in the text's own language."""
    library, entry = viewer.library, viewer.entry(item)
    langs = library.langs_of(item)
    owner = next((lang for lang in (entry.lang, library.urls.default_lang, viewer.lang) if lang in langs), viewer.lang)
    canonical = library.urls.url(item.place, owner) if entry.foreign else entry.url
    return PageFacts(entry.title, entry.excerpt, entry.url, canonical, entry.lang, library.translated(item))


def facts_of_listing(
    view: ListingPage, viewer: Viewer, langs: Sequence[str], *, place: str | None = None, canonical: str | None = None
) -> PageFacts:
    """Return the facts of a listing's page, which has others in `langs`, at `place` if that is not the listing's own.

    `canonical` is the place of the page that shows the same and is to be found instead.
    """
    place = place or view.place
    url, canonical = viewer.url(place), viewer.url(canonical or place)
    title, description = viewer.heading(view), viewer.summary(view.listing)
    return PageFacts(title, description, url, canonical, viewer.lang, tuple(sorted(langs)))
