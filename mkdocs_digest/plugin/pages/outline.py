"""What tells a page of ours from all others inside the theme's frame, whether or not MkDocs has made it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mkdocs.structure.files import File
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink
from mkdocs.utils import get_relative_url

from mkdocs_digest.library.listing import ListingPage
from mkdocs_digest.library.urls import Urls, absolute
from mkdocs_digest.plugin.pages.meta import as_html, listing_meta
from mkdocs_digest.write.metadata.facts import PageFacts


@dataclass(frozen=True, slots=True)
class Sibling:
    """What themes show of the page before or after one; `title` is HTML."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Outline:
    """What a theme shows of a page: titles are HTML, `base` is the site's root as seen from the page.

    `alternates` are the page's URLs by language, itself among them.
    """

    title: str
    url: str
    base: str
    meta: Mapping[str, Any]
    canonical_url: str | None
    alternates: Mapping[str, str]
    edit_url: str | None = None
    previous_page: Sibling | Page | None = None
    next_page: Sibling | Page | None = None
    toc: Sequence[AnchorLink] = ()


def outline_of(page: Page) -> Outline:
    """Return the outline of a page that is ready to be shown."""
    alternates: dict[str, File] = getattr(page.file, "alternates", {})
    return Outline(
        title=str(page.title),
        url=page.url,
        base=get_relative_url(".", page.url),
        meta=page.meta,
        canonical_url=page.canonical_url,
        alternates={lang: file.url for lang, file in alternates.items()},
        edit_url=page.edit_url,
        previous_page=page.previous_page,
        next_page=page.next_page,
        toc=tuple(page.toc),
    )


def outline_of_listing(
    view: ListingPage, title: str, facts: PageFacts, langs: Sequence[str], urls: Urls, site_url: str | None
) -> Outline:
    """Return what `outline_of` returns for the page of a listing called `title`, which has others in `langs`."""
    return Outline(
        title=as_html(title),
        url=facts.url,
        base=get_relative_url(".", facts.url),
        meta=listing_meta(facts),
        canonical_url=absolute(facts.canonical, site_url) if site_url else None,
        alternates={lang: urls.url(view.place, lang) for lang in langs},
    )
