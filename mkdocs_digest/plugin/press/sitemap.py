"""The site's one sitemap, gathered from the builds of all languages.

static-i18n's says of every page that it was changed on the day of the build, names no `x-default` and never splits.
"""

import gzip
from collections.abc import Sequence
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File
from mkdocs.structure.pages import Page
from mkdocs.utils import write_file

from mkdocs_digest.library.library import Library
from mkdocs_digest.library.urls import absolute
from mkdocs_digest.plugin.pages.apart import FileApart
from mkdocs_digest.plugin.pages.head import address_from, alternate_urls, is_borrowed, with_default
from mkdocs_digest.plugin.pages.page import DigestPage, ListingSitePage
from mkdocs_digest.write.sitemap import NAME, SitemapEntry, write_sitemaps
from mkdocs_digest.write.timestamp import rfc3339


def take_sitemap(config: MkDocsConfig) -> "Sitemap | None":
    """Take the sitemap from MkDocs, unless the site has a template of its own for it."""
    overrides = config.theme.custom_dir
    if NAME not in config.theme.static_templates or (overrides and Path(overrides, NAME).is_file()):
        return None
    config.theme.static_templates.discard(NAME)
    return Sitemap()


class Sitemap:
    """The entries of the languages built so far; a site that does not know its URL has none, as in MkDocs."""

    def __init__(self) -> None:
        self.entries: list[SitemapEntry] = []
        self._alternates: dict[tuple[str, tuple[str, ...]], dict[str, str]] = {}

    def add(self, files: Sequence[File], lang: str, library: Library, config: MkDocsConfig) -> None:
        """Add the pages of the language `lang`, except those that name another page as canonical."""
        if config.site_url:
            made = [file for file in files if isinstance(file, FileApart) and not is_borrowed(file)]
            self.entries += [self._entry_apart(file, lang, library, config.site_url) for file in made]
            self.entries += [
                _entry(file, config, library.preferred_langs)
                for file in files
                if not isinstance(file, FileApart) and file.page and _is_canonical(file.page, config.site_url)
            ]

    def _entry_apart(self, file: FileApart, lang: str, library: Library, site_url: str) -> SitemapEntry:
        def address(translation: str) -> str:
            return absolute(library.urls.url(file.place, translation), site_url)

        changed, shared = file.subject.changed, (file.place, file.langs)
        if shared not in self._alternates:
            found = {translation: address(translation) for translation in file.langs}
            self._alternates[shared] = with_default(found, library.preferred_langs)
        return SitemapEntry(address(lang), rfc3339(changed) if changed else None, self._alternates[shared])

    def write(self, config: MkDocsConfig) -> None:
        """Write the sitemap, and its first file compressed."""
        files = write_sitemaps(self.entries, config.site_url or "")
        for name, content in files.items():
            write_file(content, str(Path(config.site_dir, name)))
        packed = gzip.compress(files[NAME], compresslevel=6, mtime=0)  # 9 takes twice as long for 4 % less
        write_file(packed, str(Path(config.site_dir, f"{NAME}.gz")))


def _is_canonical(page: Page, site_url: str) -> bool:
    """Return True if search engines should show a page itself, not another one with the same content."""
    return page.canonical_url in (None, absolute(page.url, site_url))


def _entry(file: File, config: MkDocsConfig, langs: Sequence[str]) -> SitemapEntry:
    assert file.page is not None
    address = address_from(file.page, config)
    return SitemapEntry(address(file.url), _modified(file), alternate_urls(file, langs, address))


def _modified(file: File) -> str | None:
    """Return when a page was last changed: what digests say of themselves, MkDocs of all other pages."""
    page = file.page
    if isinstance(page, DigestPage):
        changed = page.item.changed
    elif isinstance(page, ListingSitePage):
        changed = page.view.changed
    else:
        return page.update_date if page else None
    return rfc3339(changed) if changed else None
