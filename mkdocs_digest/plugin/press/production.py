"""The making of one language's pages, listings and feeds: what is drawn, what is put around it, where it is kept."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Section

from mkdocs_digest.library.library import Item
from mkdocs_digest.library.listing import ListingPage
from mkdocs_digest.plugin.cache.folder import Cache
from mkdocs_digest.plugin.cache.keys import Keys, fingerprint
from mkdocs_digest.plugin.cache.written import Written
from mkdocs_digest.plugin.config import DigestConfig
from mkdocs_digest.plugin.crew import Crew
from mkdocs_digest.plugin.made import Made
from mkdocs_digest.plugin.pages.apart import FileApart
from mkdocs_digest.plugin.pages.frame import Frames, Sheet
from mkdocs_digest.plugin.pages.head import name_canonical
from mkdocs_digest.plugin.pages.outline import outline_of, outline_of_listing
from mkdocs_digest.plugin.pages.page import DigestPage, ListingSitePage, name_of
from mkdocs_digest.plugin.pages.site import Edition, Site
from mkdocs_digest.plugin.pages.stencils import Stencils
from mkdocs_digest.plugin.pages.templates import Drawn, Templates
from mkdocs_digest.plugin.press.feeds import FeedPress
from mkdocs_digest.plugin.press.press import Press
from mkdocs_digest.plugin.press.search import Settings, index_page, write_language_index
from mkdocs_digest.plugin.progress import Progress
from mkdocs_digest.write.article import Article
from mkdocs_digest.write.feeds.month import months_of
from mkdocs_digest.write.metadata.facts import facts_of_listing

WORTH_A_PROCESS = 400
"""Pages of one language from which on a second process is quicker than none."""

_ENTRY = {"location", "title", "text"}


@dataclass(frozen=True, slots=True)
class Production:
    """What it takes to make the pages of one language; `root` is its folder, empty for the one at the site's root."""

    site: Site
    edition: Edition
    root: str
    options: DigestConfig
    config: MkDocsConfig
    files: Files
    section: Section | None
    templates: Templates
    frames: Frames

    def drawn(self, page: DigestPage | ListingSitePage) -> Drawn:
        """Return what our templates make of a page."""
        if isinstance(page, DigestPage):
            return self.templates.digest(page.item, page.article(self.config, self.files), page.content or "")
        return self.templates.listing(page.view, page.place, page.facts, page.content if page.introduced else None)

    def write(
        self,
        files: tuple[FileApart, ...],
        contents: Mapping[str, bytes],
        search: Settings,
        cache: Cache,
        written: Written,
        crew: Crew,
    ) -> None:
        """Write the pages that MkDocs does not make, and what is made of their texts; `contents` are as in `Keys`."""
        urls, langs = self.site.library.urls, self.site.library.langs
        version = fingerprint(self.config, self.edition.lang, self.root, langs, urls, self.templates.has_language_menu)
        keys = Keys(version, self.edition.viewer, contents, self.site.places)
        held = [file for file in files if file.held]
        worth = len(held) >= WORTH_A_PROCESS
        digests = [file for file in held if isinstance(file.subject, Item)]
        listings = [file for file in held if isinstance(file.subject, ListingPage)]
        press = partial(self._press, keys, cache, written)
        crew.do(partial(self._write_digests, press, digests, search), worth=worth)
        crew.do(partial(self._write_listings, press, listings), worth=worth)

    def _press(self, keys: Keys, cache: Cache, written: Written, part: str, pages: int) -> Press:
        part = f"{self.edition.lang}-{part}"
        stencils = Stencils(self.frames, self.templates, self._listing_sheet)
        return Press(Progress(part, pages), self.frames, keys, cache.store(part), written, stencils, self._sheet)

    def _write_listings(self, press_for: "partial[Press]", files: list[FileApart]) -> Made:
        press = press_for("listings", len(files))
        for file in files:
            press.page(file)
            file.page = None
        return press.finish()

    def _write_digests(self, press_for: "partial[Press]", files: list[FileApart], search: Settings) -> Made:
        press = press_for("digests", len(files))
        lang, positions = self.edition.lang, self.site.positions(self.edition.lang)
        found = {file.place: file for file in files}
        feeds = self._feeds(press, found)
        entries: list[tuple[int, str]] = []
        for month in months_of(self.site.library.in_lang(lang)):
            items = [item for item in month.items if item.place in found]
            made = [found[item.place] for item in items]
            for file in made:
                press.page(file)
            indexed = self._search_entries(press, items, made)
            entries += zip((positions[file.url] for file in made), indexed, strict=True)
            if feeds:
                feeds.write_month(month)
            for item, file in zip(items, made, strict=True):
                if not (feeds and feeds.keeps(item)):
                    file.page = None  # a large site's pages are too many for the memory
        press.seams.update(write_language_index(self.config, lang, self.root, search, entries, positions))
        if feeds:
            feeds.finish()
        return press.finish()

    def _feeds(self, press: Press, found: Mapping[str, FileApart]) -> FeedPress | None:
        if not (self.options.feeds and self.config.site_url):
            return None

        def article_of(item: Item) -> Article:
            file = found.get(item.place) or self.files.get_file_from_path(item.digest.path)
            assert file
            assert isinstance(file.page, DigestPage)
            return file.page.article(self.config, self.files)

        return FeedPress(self.edition, self.site.slice, article_of, self.options.feed_entries, self.config, press)

    def _search_entries(self, press: Press, items: list[Item], files: list[FileApart]) -> list[str]:
        """Return what the search index has of each of some digests; it is kept of all together."""

        def indexed(file: FileApart) -> str:
            page = self._prepared(file)
            assert isinstance(page, DigestPage)
            return index_page(page, self.config, self.files, self.edition.lang)

        key = press.keys.feed("search", items)

        def is_right(text: str) -> bool:
            return _are_entries(text, len(files))

        made = press.store.made(
            key, lambda: json.dumps([indexed(file) for file in files], ensure_ascii=False), is_right
        )
        found: list[str] = json.loads(made)
        return found

    def _sheet(self, file: FileApart) -> Sheet:
        if isinstance(file.subject, ListingPage):
            return self._listing_sheet(file, file.subject)
        page = self._prepared(file)
        return Sheet(outline_of(page), lambda: self.drawn(page), lambda: page)

    def _listing_sheet(self, file: FileApart, view: ListingPage) -> Sheet:
        viewer = self.edition.viewer
        facts, urls = facts_of_listing(view, viewer, file.langs), self.site.library.urls
        outline = outline_of_listing(view, name_of(view, viewer), facts, file.langs, urls, self.config.site_url)
        draw = partial(self.templates.listing, view, view.place, facts)
        return Sheet(outline, draw, lambda: self._prepared(file))

    def _prepared(self, file: FileApart) -> DigestPage | ListingSitePage:
        """Return a page that MkDocs has not made, ready to be shown."""
        page = file.page
        assert isinstance(page, DigestPage | ListingSitePage)
        if not page.meta:
            page.parent = self.section
            page.read_source(self.config)
            page.render(self.config, self.files)
            name_canonical(page, self.site.library.urls.default_lang, self.config)
        return page


def _are_entries(text: str, count: int) -> bool:
    """Return True if a text that was kept holds the search entries of so many pages."""
    try:
        found = json.loads(text)
        rows = isinstance(found, list) and len(found) == count and all(isinstance(item, str) for item in found)
        entries = [entry for item in found for entry in json.loads(f"[{item}]")] if rows else [None]
        return all(isinstance(entry, dict) and entry.keys() >= _ENTRY for entry in entries)
    except (ValueError, RecursionError):
        return False
