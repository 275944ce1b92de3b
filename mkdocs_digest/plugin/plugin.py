"""The plugin: MkDocs' events, each a call to a plain function."""

import math
import time
from collections.abc import Callable, Mapping
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Literal

from jinja2 import Environment
from material.plugins.search.plugin import SearchPlugin
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files, set_exclusions
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext
from mkdocs_static_i18n.plugin import I18n

from mkdocs_digest.languages.words import words
from mkdocs_digest.plugin.assemble import assemble, inferred_languages, sources_outside
from mkdocs_digest.plugin.blog import BlogFile, localize_blogs, restore_blogs, run_blog_after_i18n
from mkdocs_digest.plugin.cache.folder import PARTS, READINGS, Cache, open_cache
from mkdocs_digest.plugin.cache.keys import has_own_partials
from mkdocs_digest.plugin.config import DigestConfig
from mkdocs_digest.plugin.crew import Crew
from mkdocs_digest.plugin.failure import explain_failure
from mkdocs_digest.plugin.lock import BuildLock
from mkdocs_digest.plugin.memory import collect, uncollected
from mkdocs_digest.plugin.navigation import add_to_navigation, give_titles
from mkdocs_digest.plugin.neighbours import (
    bring_in_i18n,
    bring_in_markdown,
    bring_in_search,
    change_languages,
    find_i18n,
    mend_rss,
    show_to_redirects,
    unattended,
)
from mkdocs_digest.plugin.pages.adder import add_pages
from mkdocs_digest.plugin.pages.apart import FileApart, make_anchors
from mkdocs_digest.plugin.pages.error_page import ERROR_PAGE, error_page_context, write_error_page
from mkdocs_digest.plugin.pages.frame import Frames
from mkdocs_digest.plugin.pages.head import name_canonical, without_alternates, write_alternates, write_home
from mkdocs_digest.plugin.pages.page import DigestPage, ListingSitePage
from mkdocs_digest.plugin.pages.requests import mend_requests, root_as_folder
from mkdocs_digest.plugin.pages.site import Site
from mkdocs_digest.plugin.pages.templates import COMPILED, Templates, rooted
from mkdocs_digest.plugin.pages.theme import THEME, find_theme_obstacle, state_of_site
from mkdocs_digest.plugin.plain_theme import PLAIN_THEME, announce_plain_theme, check_blocks, check_locales, is_plain
from mkdocs_digest.plugin.preflight import announce_languages, check_languages, check_term_files
from mkdocs_digest.plugin.press.feeds import announce_feeds
from mkdocs_digest.plugin.press.production import Production
from mkdocs_digest.plugin.press.search import (
    Settings,
    given_settings,
    index_at,
    restore_root_index,
    write_language_index,
    write_offline_indexes,
)
from mkdocs_digest.plugin.press.sitemap import Sitemap, take_sitemap
from mkdocs_digest.plugin.press.summary import summarise
from mkdocs_digest.plugin.slice import Leftovers, find_leftovers, leave_manifest
from mkdocs_digest.plugin.sources.shelf import Shelf, digest_files
from mkdocs_digest.slices.manifest import remove_manifest
from mkdocs_digest.slices.spliced import Seams

log = get_plugin_logger(__name__)

STYLESHEET = "assets/stylesheets/digest.css"
SCRIPT = "assets/javascripts/digest.js"


class DigestPlugin(BasePlugin[DigestConfig]):
    """Publishes files that hold one digest in several languages as pages, listings and feeds in each of them.

    static-i18n runs one whole build per language inside its own `on_post_build`, on the same plugin objects: `site` is
    made in the first of them and serves all.
    """

    def __init__(self) -> None:
        self.serving = self.dirty = False
        self.started = 0.0
        self.shelf = Shelf()
        self.i18n: I18n | None = None
        self.found_languages: dict[str, str] = {}
        self.lock = BuildLock()
        self.site: Site | None = None
        self.sitemap: Sitemap | None = None
        self.search_settings: Settings = {}
        self.crew = Crew()
        self.cache = Cache()
        self.readings = self.cache.store(READINGS)
        self.written = self.cache.written(Path())
        self.production: Production | None = None
        self.nav = Navigation([], [])
        self.apart: tuple[FileApart, ...] = ()
        self.blog_files: tuple[BlogFile, ...] = ()
        self.section: Section | None = None
        self.leftovers: Leftovers = {}
        self.seams: Mapping[str, Seams] = {}

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Keep the plugin, and what it has read, across the rebuilds of `mkdocs serve`."""
        self.serving = command == "serve"
        self.dirty = dirty

    @event_priority(120)  # before static-i18n (-100) and search (0), which it may have to bring in
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig | None:
        """Bring in the neighbours, the templates and the style."""
        mend_rss(config)
        if not self.config.enabled or self._nested(config):
            return None
        self.started = time.monotonic()
        check_term_files(self.config, config)
        self._forget_site()
        self.cache = open_cache(self.config, config)
        self.readings = self.cache.store(READINGS)
        self.i18n = find_i18n(config)
        if self.i18n is None:
            self.found_languages = {} if self.config.languages else self._find_languages(config)
            languages = self.config.languages or self.found_languages
            check_languages(languages, config)
            self.i18n = bring_in_i18n(config, languages)
        elif self.config.languages:
            log.info("`languages` is ignored: the site configures `i18n` itself")
        run_blog_after_i18n(config)
        if self.config.search:
            bring_in_search(config)
        if self.config.trusted:
            bring_in_markdown(config)
        if self.config.feeds and not config.site_url:
            log.info("No feeds: they need absolute URLs; set `site_url`, or `feeds: false` for the plugin")
        self.search_settings = given_settings(config)
        self.sitemap = take_sitemap(config)
        config.theme.dirs.insert(1 if config.theme.custom_dir else 0, str(THEME))
        if is_plain(config):
            announce_plain_theme(config)
            check_locales(config, self.i18n)
            config.theme.dirs.insert(config.theme.dirs.index(str(THEME)), str(PLAIN_THEME))
        if STYLESHEET not in config.extra_css:
            config.extra_css.insert(0, STYLESHEET)
        if SCRIPT not in config.extra_javascript:
            config.extra_javascript.append(SCRIPT)
        return config

    @event_priority(-200)  # after all others: hooks may have written digests
    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Wait for other builds of the site, and save what the last one has written from MkDocs' cleaning."""
        if not self._nested(config):
            if self.found_languages and not unattended(config, KNOWN, ["pre_build"]):
                self._find_languages_again(config)
            self.lock.acquire(config, self.cache)
            remove_manifest(Path(config.site_dir))
            self.leftovers = find_leftovers(Path(config.site_dir)) if self.config.only else {}
            used = self.cache if self.config.enabled and not self.dirty else Cache()
            self.written = used.written(Path(config.site_dir))
            self.written.hide()

    @event_priority(100)  # before static-i18n guesses languages from the names of files
    def _take_digests(self, files: Files, /, *, config: MkDocsConfig) -> Files:
        if self.config.enabled:
            self.written.bring_back()
            set_exclusions(files, config)
            found = digest_files(files, self.config.digest_dir)
            if self.site is None:
                if self.found_languages and not self.serving:
                    announce_languages(list(self.found_languages), self.cache.root_language())
                with uncollected():
                    self.site = self._assemble(found, config)
            for file in found:
                files.remove(file)
        return files

    @event_priority(-110)  # after static-i18n has made the files of this language
    def _add_pages(self, files: Files, /, *, config: MkDocsConfig) -> Files:
        if self.i18n:
            self.blog_files = localize_blogs(files, config, self.i18n)
        if self.site and self.i18n and self.lang in self.site.editions:
            apart = not self.config.trusted and unattended(config, KNOWN)
            with uncollected():
                self.apart = add_pages(self.site, self.lang, files, config, apart=apart)
            pages = [*files.documentation_pages(), *self.apart]
            self.i18n.i18n_files_per_language[self.lang] = pages
            self.written.give_up(file.dest_uri for file in files if not isinstance(file, FileApart))
            elsewhere = (files.get_file_from_path(item.digest.path) for item in self.site.library.items)
            show_to_redirects(config, chain(pages, elsewhere), self._langs[0])
        return files

    on_files = CombinedEvent(_take_digests, _add_pages)

    @event_priority(-50)  # before static-i18n looks for the home page
    def _add_to_navigation(self, nav: Navigation, /, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Add the listings to the navigation."""
        if self.site and self.lang in self.site.editions:
            index = self.site.editions[self.lang].index
            entries = [f"{listing.place}.md" for listing in (index, *index.children)]
            give_titles(config.nav, files)
            self.section = add_to_navigation(nav, files, words(self.lang)("digests"), entries)
        return nav

    @event_priority(-200)  # after all others
    def _keep_navigation(self, nav: Navigation, /, *, config: MkDocsConfig, files: Files) -> None:
        self.nav = nav
        if self.i18n and self.blog_files:
            restore_blogs(self.blog_files, config)
            self.i18n.i18n_files_per_language[self.lang] = [*files.documentation_pages(), *self.apart]

    on_nav = CombinedEvent(_add_to_navigation, _keep_navigation)

    @event_priority(-200)
    def on_env(self, env: Environment, /, *, config: MkDocsConfig, files: Files) -> None:
        """Get ready to make the pages of this build's language."""
        env.bytecode_cache = COMPILED
        env.cache = {}  # all templates: Jinja's own cache of 400 looks through them one by one
        edition = self.site.editions.get(self.lang) if self.site else None
        self.production = None
        if self.site and self.i18n and edition:
            fed = bool(self.config.feeds and config.site_url)
            if is_plain(config) and not self._root:
                check_blocks(env, config)
            templates = Templates(env, edition.viewer, edition.index, config, fed=fed)
            obstacle = find_theme_obstacle(env, config)
            state = self._state(files, config) if obstacle else ""
            finish = partial(self._finish, config=config)
            frames = Frames(env, config, self.nav, files, self.i18n, finish, obstacle, state)
            self.production = Production(
                self.site, edition, self._root, self.config, config, files, self.section, templates, frames
            )
        make_anchors(files, config)
        if self.site and self._root:
            write_error_page(env, self._root, self.site.library.urls, files, config, self.nav)

    @event_priority(-90)  # after others have made what they will of the content
    def on_page_context(
        self, context: TemplateContext, /, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Give our templates what they show, and any page its canonical URL."""
        if self.site:
            name_canonical(page, self._langs[0], config)
        if self.production and isinstance(page, DigestPage | ListingSitePage):
            drawn = self.production.drawn(page)
            base_url = context["base_url"]
            extra = {"digest_head": rooted(drawn.head, base_url), "digest_body": rooted(drawn.body, base_url)}
            context.update(extra)  # type: ignore[typeddict-item]
        return context

    @event_priority(60)  # before minify (0) rewrites the HTML that is looked for here
    def on_post_page(self, output: str, /, *, page: Page, config: MkDocsConfig) -> str:
        """Name the page's alternates, and point its search to the index of its language."""
        if not self.site:
            return output
        if isinstance(page, DigestPage | ListingSitePage):
            return self._finish(output, config)
        if self.production:
            output = announce_feeds(output, page, self.production.templates)
        output = write_alternates(output, page, config, self._langs)
        output = write_home(output, page, self.lang, self.site.library.urls, config)
        return self._mended(output, config)

    def _finish(self, output: str, config: MkDocsConfig) -> str:
        """Let a page of ours name its own alternates only, and search the index of its language."""
        return self._mended(without_alternates(output), config)

    def _mended(self, output: str, config: MkDocsConfig) -> str:
        root = self._root
        roots = [root, *(other for other in self._roots if other != root)]
        return mend_requests(output, index_at(root), roots)

    def on_template_context(
        self, context: TemplateContext, /, *, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        """Give our error page what it shows."""
        if self.site and template_name == ERROR_PAGE:
            urls = self.site.library.urls
            shown = error_page_context(self.lang, self._roots, urls, config, serving=self.serving)
            context.update(shown)  # type: ignore[typeddict-item]
        return context

    def on_post_template(self, output: str, /, *, template_name: str, config: MkDocsConfig) -> str:
        """Let the error page search the index of its language, wherever it is sent."""
        if not self.site or template_name != ERROR_PAGE:
            return output
        return self._finish(root_as_folder(output), config)

    @event_priority(110)  # before others look at the site
    def _write_apart(self, *, config: MkDocsConfig) -> None:
        if not self.site or not self.i18n:
            return
        if self.production:
            # templates that others have changed may show anything
            known = unattended(config, KNOWN, ["env"]) and not has_own_partials(config)
            contents = self.shelf.contents if known else {}
            self.production.write(self.apart, contents, self.search_settings, self.cache, self.written, self.crew)
        else:
            write_language_index(config, self.lang, self._root, self.search_settings)
        if not unattended(config, KNOWN, ["post_build"]):
            self.crew.wait()
        if self.sitemap:
            files = self.i18n.i18n_files_per_language[self.lang]
            self.sitemap.add(files, self.lang, self.site.library, config)

    @event_priority(-200)  # after static-i18n has built all languages and written their merged index
    def _finish_site(self, *, config: MkDocsConfig) -> None:
        if self._nested(config):
            return
        if self.sitemap:
            self.sitemap.write(config)
        made = self.crew.finish()
        self.written.remove_others(made.paths)
        parts = [f"{lang}-{part}" for lang in (self.site.editions if self.site else ()) for part in PARTS]
        self.cache.forget_others([READINGS, *parts])
        self.cache.ignore()
        if self.site:
            restore_root_index(config)
            if not self.serving:
                self._remember_root_language(config)
            seconds = time.monotonic() - self.started
            summarise(self.site, made, Path(config.site_dir), seconds)
            write_offline_indexes(config, self._langs)
            self.seams = made.seams

    def _remember_root_language(self, config: MkDocsConfig) -> None:
        """Note which language is at the root, unless a strict build fails because it has changed."""
        root = self._langs[0]
        if config.strict and self.found_languages and self.cache.root_language() not in (None, root):
            return
        self.cache.remember_root_language(root)

    @event_priority(-math.inf)  # after all others have written their files
    def _close_site(self, *, config: MkDocsConfig) -> None:
        if self._nested(config):
            return
        if self.site and self.config.only:
            library = self.site.library
            leave_manifest(self.config, config, self.shelf, library, self.seams, self.leftovers)
        self.lock.release()

    on_post_build = CombinedEvent(_write_apart, _finish_site, _close_site)

    def on_serve(
        self, server: LiveReloadServer, /, *, config: MkDocsConfig, builder: Callable[..., object]
    ) -> LiveReloadServer:
        """Build again when a file changes that MkDocs does not watch."""
        for path in sources_outside(self.config, config) if self.config.enabled else ():
            server.watch(str(path))
        return server

    @event_priority(-100)  # after all others have been told of the error: this may raise another one
    def on_build_error(self, *, error: Exception) -> None:
        """End what is still being written, and say what the disk refused."""
        self.crew.stop()
        if self.lock.held:  # else the site is another build's, which has ours wait
            self.written.clear()
        self.lock.release()
        explain_failure(error)

    def _forget_site(self) -> None:
        """Let go of the site of the last build, but not of what was read for it."""
        self.i18n = self.site = self.sitemap = self.production = self.section = None
        self.nav, self.apart, self.blog_files = Navigation([], []), (), ()
        collect()

    @property
    def lang(self) -> str:
        """The language of the running build."""
        return str(self.i18n.current_language) if self.i18n else ""

    @property
    def _langs(self) -> tuple[str, ...]:
        """The site's languages, the default first."""
        return self.site.library.preferred_langs if self.site else ()

    @property
    def _roots(self) -> tuple[str, ...]:
        """The folders of the site's languages, the default's first, which is the site's own."""
        return ("", *self._langs[1:])

    @property
    def _root(self) -> str:
        """The folder of the running build's language, empty for the one at the site's root."""
        return "" if not self.i18n or self.i18n.is_default_language_build else self.lang

    def _state(self, files: Files, config: MkDocsConfig) -> str:
        known = unattended(config, KNOWN, ["env"])
        return state_of_site(self.shelf.digest(), files, self.nav, config) if known else ""

    def _assemble(self, found: list[File], config: MkDocsConfig) -> Site:
        assert self.i18n is not None
        langs, default = self.i18n.build_languages, str(self.i18n.default_language)
        return assemble(
            self.shelf, self.readings, found, self.config, config, langs, default=default, serving=self.serving
        )

    def _find_languages(self, config: MkDocsConfig) -> dict[str, str]:
        with uncollected():
            return inferred_languages(self.shelf, self.readings, self.config, config, serving=self.serving)

    def _find_languages_again(self, config: MkDocsConfig) -> None:
        """Let static-i18n build the languages of the digests that are there now."""
        found = self._find_languages(config)
        if self.i18n and list(found) != list(self.found_languages):
            self.found_languages = found
            change_languages(self.i18n, found, config)

    def _nested(self, config: MkDocsConfig) -> bool:
        i18n = find_i18n(config)
        return bool(i18n and i18n.building)


KNOWN = (DigestPlugin, SearchPlugin)
"""Plugins whose part in the making of a page is known."""
