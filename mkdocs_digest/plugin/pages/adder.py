"""The pages of one language among the files of its build, each with its alternates."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page

from mkdocs_digest.library.library import Item
from mkdocs_digest.library.listing import ListingPage
from mkdocs_digest.library.urls import HOME
from mkdocs_digest.plugin.pages.apart import FileApart
from mkdocs_digest.plugin.pages.meta import as_html
from mkdocs_digest.plugin.pages.outline import Sibling
from mkdocs_digest.plugin.pages.page import DigestPage, ListingSitePage
from mkdocs_digest.plugin.pages.site import Site, is_entry
from mkdocs_digest.write.view import EntryView


def add_pages(site: Site, lang: str, files: Files, config: MkDocsConfig, *, apart: bool) -> tuple[FileApart, ...]:
    """Add the pages of one language to the files of its build, and return those to be made `apart`.

    Raise PluginError where a page would overwrite one that the site already has.
    """
    adder = _Adder(site, lang, files, config, apart=apart)
    for item in site.library.in_lang(lang):
        adder.digest(item)
    for item in site.library.items:
        if lang not in site.places[item.place]:
            adder.elsewhere(item)
    for page in adder.edition.pages:
        adder.listing(page)
    adder.home()
    return tuple(adder.apart)


class _Adder:
    """Adds pages to the files of one build, each with its alternates."""

    def __init__(self, site: Site, lang: str, files: Files, config: MkDocsConfig, *, apart: bool) -> None:
        self.site = site
        self.lang = lang
        self.edition = site.editions[lang]
        self.viewer = self.edition.viewer
        self.files = files
        self.config = config
        self.makes_apart = apart
        self.named = set(_paths(config.nav))
        self.apart: list[FileApart] = []
        self.own = {file.dest_uri.casefold(): file for file in files if file.inclusion.is_included()}
        self.taken = {dest_uri: f"'{file.src_uri}'" for dest_uri, file in self.own.items()}
        self._reject_overwriting()

    def digest(self, item: Item) -> None:
        def make_page(file: File) -> Page:
            page = DigestPage(item, self.viewer, self.site.look, file, self.config)
            older, newer = self.viewer.siblings(item)
            page.previous_page = older and _sibling(self.viewer.entry(older))  # type: ignore[assignment]
            page.next_page = newer and _sibling(self.viewer.entry(newer))  # type: ignore[assignment]
            return page

        def make_alternates(file: File) -> dict[str, File]:
            found = self._alternates(file, item.place, self.site.places[item.place])
            for lang, alternate in found.items():
                alternate.locale = item.shown(lang, self.site.library.langs).lang  # type: ignore[attr-defined]
            return found

        translated = self.site.library.translated(item)
        langs = translated if self.lang in translated else ()
        path = item.digest.path
        file = self._add(item, langs, item.place, path, f"'{path}'", make_page, make_alternates)
        file.locale = item.shown(self.lang, self.site.library.langs).lang  # type: ignore[attr-defined]

    def elsewhere(self, item: Item) -> None:
        """Let other pages link by its path to a digest that has no page in this language: it leads to another one's."""
        file = self._in(self.site.places[item.place][0], item.place, item.digest.path, generated=False)
        file.inclusion = InclusionLevel.EXCLUDED
        self.files.append(file)

    def listing(self, page: ListingPage) -> None:
        own = self._introduction(page)
        if own is not None:
            own.inclusion = InclusionLevel.NOT_IN_NAV
            own.locale = self.lang  # type: ignore[attr-defined]
            own.alternates = self._alternates(own, page.place, self.site.places[page.place])  # type: ignore[attr-defined]
            ListingSitePage(page, self.viewer, own, self.config, introduced=True)
            return
        langs = self.site.places[page.place]
        canonical = HOME if self.makes_home and page is self.edition.pages[0] else None
        self._add(
            page,
            langs,
            page.place,
            f"{page.place}.md",
            f"the listing '{page.listing.title}'",
            lambda file: ListingSitePage(page, self.viewer, file, self.config, canonical=canonical),
            lambda file: self._alternates(file, page.place, langs),
        )

    def _add(
        self,
        subject: Item | ListingPage,
        langs: tuple[str, ...],
        place: str,
        path: str,
        name: str,
        make_page: Callable[[File], Page],
        make_alternates: Callable[[File], dict[str, File]],
    ) -> File:
        """Add a page, apart from MkDocs' own or among them."""
        generated = isinstance(subject, ListingPage)
        held, entry = self.site.holds(subject), isinstance(subject, ListingPage) and is_entry(subject)
        if path in self.named or entry or (held and not self.makes_apart):
            file = self._in(self.lang, place, path, generated)
            file.alternates = make_alternates(file)  # type: ignore[attr-defined]
            make_page(file)
        else:
            file = self._in(self.lang, place, path, generated, FileApart)
            assert isinstance(file, FileApart)
            file.subject, file.place, file.langs, file.held = subject, place, langs, held
            file.make_page, file.make_alternates = make_page, make_alternates
            self.apart.append(file)
        self._append(file, name)
        return file

    def _introduction(self, page: ListingPage) -> File | None:
        """Return the site's own page in the place of an index or overview: `index.md` or `README.md`."""
        if not is_entry(page):
            return None
        own = self.own.get(self.site.library.urls.dest_uri(page.place, self.lang).casefold())
        return own if own is not None and own.is_documentation_page() else None

    def home(self) -> None:
        """Make the index the home page of a site that has none."""
        langs = self.site.library.langs
        own = self.own.get(self._home_uri)
        if own is not None:
            generated = self._alternates(own, HOME, langs)
            own.alternates = {**generated, **getattr(own, "alternates", {})}  # type: ignore[attr-defined]
        if not self.makes_home:
            return
        first = self.edition.pages[0]
        file = self._in(self.lang, HOME, f"{HOME}.md", generated=True)
        file.alternates = self._alternates(file, HOME, langs)  # type: ignore[attr-defined]
        ListingSitePage(first, self.viewer, file, self.config, is_home=True)
        self._append(file, "the home page")

    @property
    def makes_home(self) -> bool:
        """Whether the index is shown as the home page too: the site has none of its own, nor the index in its place."""
        return self._home_uri not in self.own and self.edition.pages[0].place != HOME

    @property
    def _home_uri(self) -> str:
        return self.site.library.urls.dest_uri(HOME, self.lang).casefold()

    def _reject_overwriting(self) -> None:
        """Raise PluginError where a page of the site stands in the place of another language's, built later."""
        for dest_uri, file in self.own.items():
            ours = self.site.dest_uris.get(dest_uri)
            if ours is not None and ours != self.lang:
                raise PluginError(
                    f"'{file.src_uri}' would write '{dest_uri}', a page of the language '{ours}'; rename it"
                )

    def _alternates(self, file: File, place: str, langs: Iterable[str]) -> dict[str, File]:
        """Return the files of a place by language, `file` for the one that is being built."""
        generated = file.generated_by is not None
        return {lang: file if lang == self.lang else self._in(lang, place, file.src_uri, generated) for lang in langs}

    def _in(self, lang: str, place: str, src_uri: str, generated: bool, kind: type[File] = File) -> File:
        """Return the file of a place in a language, with what static-i18n sets on the files it makes."""
        config = self.config
        file = (
            kind.generated(config, src_uri, content="", inclusion=InclusionLevel.NOT_IN_NAV)
            if generated
            else kind(
                src_uri,
                config.docs_dir,
                config.site_dir,
                config.use_directory_urls,
                inclusion=InclusionLevel.NOT_IN_NAV,
            )
        )
        file.dest_uri = self.site.library.urls.dest_uri(place, lang)
        vars(file).update(locale=lang, locale_alternate_of=lang, localization=None, norm_src_uri=src_uri)
        return file

    def _append(self, file: File, name: str) -> None:
        other = self.taken.get(file.dest_uri.casefold())
        if other is not None:
            raise PluginError(f"{name} and {other} would both write '{file.dest_uri}'; rename one of them")
        self.taken[file.dest_uri.casefold()] = name
        self.files.append(file)


def _sibling(entry: EntryView) -> Sibling:
    return Sibling(as_html(entry.title), entry.url)


def _paths(nav: Any) -> Iterator[str]:
    """Yield the files that a site's `nav` names."""
    if isinstance(nav, str):
        yield nav
    elif isinstance(nav, list | dict):
        for item in nav.values() if isinstance(nav, dict) else nav:
            yield from _paths(item)
