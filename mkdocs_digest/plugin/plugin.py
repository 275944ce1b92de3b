"""The plugin: MkDocs' events, each a call to a plain function."""

from pathlib import Path, PurePosixPath
from typing import Any, Literal

import yaml
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority, get_plugin_logger
from mkdocs.structure.files import Files, get_files, set_exclusions
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import get_build_datetime
from mkdocs.utils.templates import TemplateContext
from mkdocs_static_i18n.plugin import I18n

from mkdocs_digest.languages import known_languages, language
from mkdocs_digest.languages.words import words
from mkdocs_digest.library.library import CollisionError, Policy, collect, languages_of
from mkdocs_digest.library.listing import Views
from mkdocs_digest.library.urls import Urls
from mkdocs_digest.plugin.config import DigestConfig
from mkdocs_digest.plugin.head import write_alternates
from mkdocs_digest.plugin.navigation import add_to_navigation, give_titles
from mkdocs_digest.plugin.neighbours import bring_in_i18n, bring_in_search, find_i18n
from mkdocs_digest.plugin.pages import DigestPage, ListingSitePage
from mkdocs_digest.plugin.report import report
from mkdocs_digest.plugin.search import (
    Settings,
    given_settings,
    point_to_index,
    restore_root_index,
    write_language_index,
)
from mkdocs_digest.plugin.shelf import Shelf, digest_files, digests_in
from mkdocs_digest.plugin.site import Site
from mkdocs_digest.read.grammar import Grammar
from mkdocs_digest.write.article import Look

log = get_plugin_logger(__name__)

THEME = Path(__file__).parent.parent / "theme"
STYLESHEET = "assets/stylesheets/digest.css"
SCRIPT = "assets/javascripts/digest.js"


class DigestPlugin(BasePlugin[DigestConfig]):
    """Publishes files that hold one digest in several languages as pages, listings and feeds in each of them.

    static-i18n runs one whole build per language inside its own `on_post_build`, on the same plugin objects: `site` is
    made in the first of them and serves all.
    """

    def __init__(self) -> None:
        self.serving = False
        self.shelf = Shelf()
        self.i18n: I18n | None = None
        self.site: Site | None = None
        self.search_settings: Settings = {}

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Keep the plugin, and what it has read, across the rebuilds of `mkdocs serve`."""
        self.serving = command == "serve"

    @event_priority(120)  # before static-i18n (-100) and search (0), which it may have to bring in
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig | None:
        """Bring in the neighbours, the templates and the style."""
        if not self.config.enabled or self._nested(config):
            return None
        self.site = None
        self.i18n = find_i18n(config)
        if self.i18n is None:
            self.i18n = bring_in_i18n(config, self.config.languages or self._inferred_languages(config))
        elif self.config.languages:
            log.info("`languages` is ignored: the site configures `i18n` itself")
        if self.config.search:
            bring_in_search(config)
        self.search_settings = given_settings(config)
        config.theme.dirs.insert(1, str(THEME))
        if STYLESHEET not in config.extra_css:
            config.extra_css.insert(0, STYLESHEET)
        if SCRIPT not in config.extra_javascript:
            config.extra_javascript.append(SCRIPT)
        return config

    @event_priority(100)  # before static-i18n guesses languages from the names of files
    def _take_digests(self, files: Files, /, *, config: MkDocsConfig) -> Files:
        if self.config.enabled:
            set_exclusions(files, config)
            found = digest_files(files, self._digest_dir)
            if self.site is None:
                self.site = self._make_site(found, config)
            for file in found:
                files.remove(file)
        return files

    @event_priority(-110)  # after static-i18n has made the files of this language
    def _add_pages(self, files: Files, /, *, config: MkDocsConfig) -> Files:
        if self.site and self.i18n and self.lang in self.site.editions:
            self.site.add_pages(self.lang, files, config)
            self.i18n.i18n_files_per_language[self.lang] = files.documentation_pages()
        return files

    on_files = CombinedEvent(_take_digests, _add_pages)

    @event_priority(-50)  # before static-i18n looks for the home page
    def on_nav(self, nav: Navigation, /, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Add the listings to the navigation."""
        if self.site and self.lang in self.site.editions:
            index = self.site.editions[self.lang].index
            entries = [f"{listing.place}.md" for listing in (index, *index.children)]
            give_titles(config.nav, files)
            add_to_navigation(nav, files, words(self.lang)("digests"), entries)
        return nav

    def on_page_context(
        self, context: TemplateContext, /, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Give the templates what they show."""
        if isinstance(page, DigestPage | ListingSitePage):
            values: dict[str, Any] = {"viewer": page.viewer, "words": page.viewer.words}
            context.update(values)  # type: ignore[typeddict-item]
        return context

    @event_priority(-50)
    def on_post_page(self, output: str, /, *, page: Page, config: MkDocsConfig) -> str:
        """Name the page's alternates, and point its search to the index of its language."""
        if not self.site:
            return output
        output = write_alternates(output, page, config, self.site.library.urls.default_lang)
        return point_to_index(output, page.url, self._root)

    def on_post_template(self, output: str, /, *, template_name: str, config: MkDocsConfig) -> str:
        """Leave the one 404 page in the default language: every language's build would overwrite it."""
        return "" if template_name == "404.html" and self._root else output

    @event_priority(-50)  # after search (0) has written its index, before static-i18n (-100) builds the next language
    def _write_index(self, *, config: MkDocsConfig) -> None:
        if self.site:
            write_language_index(config, self.lang, self._root, self.search_settings)

    @event_priority(-200)  # after static-i18n has built all languages and written their merged index
    def _restore_index(self, *, config: MkDocsConfig) -> None:
        if self.site and not self._nested(config):
            restore_root_index(config)

    on_post_build = CombinedEvent(_write_index, _restore_index)

    @property
    def lang(self) -> str:
        """The language of the running build."""
        return str(self.i18n.current_language) if self.i18n else ""

    @property
    def _root(self) -> str:
        """The folder of the running build's language, empty for the one at the site's root."""
        return "" if not self.i18n or self.i18n.is_default_language_build else self.lang

    @property
    def _digest_dir(self) -> str:
        return PurePosixPath(self.config.digest_dir).as_posix()

    def _nested(self, config: MkDocsConfig) -> bool:
        i18n = find_i18n(config)
        return bool(i18n and i18n.building)

    def _inferred_languages(self, config: MkDocsConfig) -> dict[str, str]:
        files = get_files(config)
        set_exclusions(files, config)
        results = self.shelf.read(digest_files(files, self._digest_dir), self._grammar())
        return dict.fromkeys(languages_of(digests_in(results.values())) or ("en",), "")

    def _grammar(self) -> Grammar:
        labels = self.config.labels
        known = {code: item.with_labels(labels.get(code, {})) for code, item in known_languages().items()}
        return Grammar(
            [*known.values(), *(language(code).with_labels(labels[code]) for code in labels if code not in known)]
        )

    def _make_site(self, found: list[Any], config: MkDocsConfig) -> Site:
        assert self.i18n is not None
        results = self.shelf.read(found, self._grammar())
        report({path: result.diagnostics for path, result in results.items()})
        options = self.config
        urls = Urls(self._digest_dir, str(self.i18n.default_language), config.use_directory_urls, options.url_format)
        policy = Policy(
            urls=urls,
            langs=tuple(self.i18n.build_languages),
            timezone=options.timezone,
            untranslated=options.untranslated == "show",
            tags=self._described(options.tags_file, config),
            sources=self._described(options.sources_file, config),
            drafts=self.serving and options.draft_on_serve,
            until=get_build_datetime() if options.draft_if_future_date else None,
        )
        try:
            library = collect(digests_in(results.values()), policy)
        except CollisionError as collision:
            raise PluginError(str(collision)) from None
        views = Views(options.tags, options.sources, tuple(options.archive), options.pagination_per_page)
        return Site(library, views, Look(open_questions=options.questions == "open"))

    def _described(self, name: str, config: MkDocsConfig) -> dict[str, Any]:
        path = Path(config.docs_dir, name.format(digest_dir=self._digest_dir))
        if not path.is_file():
            return {}
        try:
            data = yaml.safe_load(path.read_text("utf-8-sig"))
        except (yaml.YAMLError, UnicodeDecodeError, OSError) as error:
            raise PluginError(f"'{path}' cannot be read: {error}") from None
        if data is not None and not isinstance(data, dict):
            raise PluginError(f"'{path}': expected a map from an id to its names, got {type(data).__name__}")
        return data or {}
