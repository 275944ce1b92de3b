"""The navigation: the index and the listings' entry pages under one heading, never the digests."""

from typing import Any

from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page

from mkdocs_digest.plugin.pages.page import DigestPage, ListingSitePage


def give_titles(nav_config: Any, files: Files) -> None:
    """Give our pages the titles that the site's `nav` has for them: MkDocs leaves pages that exist already alone."""
    if isinstance(nav_config, list):
        for item in nav_config:
            give_titles(item, files)
    elif isinstance(nav_config, dict):
        for title, path in nav_config.items():
            file = files.get_file_from_path(path) if isinstance(path, str) else None
            if file and isinstance(file.page, DigestPage | ListingSitePage):
                file.page.title = title
            else:
                give_titles(path, files)


def add_to_navigation(nav: Navigation, files: Files, title: str, entries: list[str]) -> Section | None:
    """Put the pages at `entries` (source URIs, the index first) into the navigation, unless the site's `nav` has any.

    A generated home page goes first, the section after the home page. Digests count as the section's, so that themes
    mark it active: return it.
    """
    pages = [file.page for uri in entries if (file := files.get_file_from_path(uri)) and file.page]
    home = files.get_file_from_path("index.md")
    if home and isinstance(home.page, ListingSitePage) and home.page not in nav.pages:
        home.page.parent = None
        nav.items.insert(0, home.page)
        nav.pages.insert(0, home.page)
    if pages and nav.homepage is None and files.get_file_from_path("index.html"):
        nav.homepage = pages[0]  # the home page is no Markdown: static-i18n would miss it and warn
    placed = next((page for page in pages if page in nav.pages), None)
    parent = placed.parent if placed else _insert(nav, title, [page for page in pages if page not in nav.pages])
    for file in files.documentation_pages():
        if isinstance(file.page, DigestPage | ListingSitePage) and file.page not in nav.pages:
            file.page.parent = parent
    return parent


def _insert(nav: Navigation, title: str, pages: list[Page]) -> Section | None:
    if not pages:
        return None
    section = Section(title, list(pages))
    for page in pages:
        page.parent = section
    first = nav.items[0] if nav.items else None
    at = 1 if isinstance(first, Page) and first.is_index else 0
    nav.items.insert(at, section)
    nav.pages[at:at] = pages
    return section
