"""The other plugins a site of digests stands on, brought in where it has none, and those that need help."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from mkdocs.config.config_options import Plugins
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File
from mkdocs_static_i18n.plugin import I18n

from mkdocs_digest.languages import language
from mkdocs_digest.write.markdown import EXTENSIONS

_ON_PAGES = ("pre_page", "page_read_source", "page_markdown", "page_content", "page_context", "post_page", "nav")


def find_i18n(config: MkDocsConfig) -> I18n | None:
    """Return the site's static-i18n plugin, if it has one."""
    plugin = config.plugins.get("i18n")
    return plugin if isinstance(plugin, I18n) else None


def bring_in_i18n(config: MkDocsConfig, names: Mapping[str, str]) -> I18n:
    """Add static-i18n for some languages (code -> name, the first the default) and return it.

    Like Material's group plugin this loads the plugin through MkDocs' own option, so that its options are validated;
    it must run before static-i18n's `on_config`, which has priority -100.
    """
    _load(config, "i18n", _i18n_options(names))
    plugin = find_i18n(config)
    assert plugin is not None
    _put_first(config, "i18n")
    return plugin


def change_languages(plugin: I18n, names: Mapping[str, str], config: MkDocsConfig) -> None:
    """Let a static-i18n that was brought in build other languages: to be called before the files are collected."""
    plugin.load_config(_i18n_options(names))
    plugin.current_language = None
    plugin.extra_alternate = {}
    config.extra.pop("alternate", None)
    vars(config.extra).pop("alternate", None)
    plugin.on_config(config)


def _i18n_options(names: Mapping[str, str]) -> dict[str, Any]:
    languages = [
        {"locale": code, "name": name or language(code).name, "default": at == 0, "build": True}
        for at, (code, name) in enumerate(names.items())
    ]
    return {"docs_structure": "suffix", "reconfigure_search": False, "languages": languages}


def _put_first(config: MkDocsConfig, name: str) -> None:
    """Let a plugin stand first in the site's list: git-revision-date-localized refuses to stand before `i18n`.

    The order of events is not touched: setting items by the class of the list would add the plugin's events again.
    """
    plugins = {name: config.plugins[name], **config.plugins}
    dict.clear(config.plugins)
    dict.update(config.plugins, plugins)


def bring_in_search(config: MkDocsConfig) -> None:
    """Add the theme's search plugin, unless the site has one."""
    if not {"search", "material/search"} & set(config.plugins):
        _load(config, "search", {})


def bring_in_markdown(config: MkDocsConfig) -> None:
    """Add the Markdown extensions that the pages of trusted digests need, unless the site has them."""
    names = {name.removeprefix("markdown.extensions.").removeprefix("pymdownx.") for name in config.markdown_extensions}
    missing = set() if "extra" in names else set(EXTENSIONS) - names
    config.markdown_extensions.extend(sorted(missing))


def show_to_redirects(config: MkDocsConfig, files: Iterable[File | None], default: str) -> None:
    """Let mkdocs-redirects lead to digests and listings, in the language `default` where it has them.

    It has looked at the files (priority 0) when they were not there yet, and writes every redirect in each language's
    build: the last one stays.
    """
    known = getattr(config.plugins.get("redirects"), "doc_pages", None)
    if not isinstance(known, dict):
        return
    for file in files:
        if file is not None:
            known.setdefault(file.src_uri, getattr(file, "alternates", {}).get(default, file))


def mend_rss(config: MkDocsConfig) -> None:
    """Give mkdocs-rss-plugin its option `default_time` back as text.

    It replaces the text by what it has parsed, and warns of that in the build of the next language. A site's hooks are
    in the list of plugins too, as modules.
    """
    for plugin in config.plugins.values():
        dates = getattr(getattr(plugin, "config", None), "date_from_meta", None)
        time = getattr(dates, "default_time", None)
        if dates is not None and isinstance(time, datetime):
            dates.default_time = f"{time:%H:%M}"


def _load(config: MkDocsConfig, name: str, options: dict[str, Any]) -> None:
    option = dict(config._schema)["plugins"]
    assert isinstance(option, Plugins)
    option.load_plugin_with_namespace(name, options)


def unattended(config: MkDocsConfig, known: Iterable[type], events: Iterable[str] = _ON_PAGES) -> bool:
    """Say whether no plugin or hook but those `known` looks at pages while they are made, or takes part in `events`."""
    allowed = (I18n, *known)
    handlers = (handler for event in events for handler in config.plugins.events[event])
    return all(isinstance(getattr(handler, "__self__", None), allowed) for handler in handlers)
