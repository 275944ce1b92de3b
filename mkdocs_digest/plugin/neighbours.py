"""The other plugins a site of digests stands on, brought in where the site does not name them."""

from collections.abc import Mapping
from typing import Any

from mkdocs.config.config_options import Plugins
from mkdocs.config.defaults import MkDocsConfig
from mkdocs_static_i18n.plugin import I18n

from mkdocs_digest.languages import language
from mkdocs_digest.write.markdown import EXTENSIONS


def find_i18n(config: MkDocsConfig) -> I18n | None:
    """Return the site's static-i18n plugin, if it has one."""
    plugin = config.plugins.get("i18n")
    return plugin if isinstance(plugin, I18n) else None


def bring_in_i18n(config: MkDocsConfig, names: Mapping[str, str]) -> I18n:
    """Add static-i18n for some languages (code -> name, the first the default) and return it.

    Like Material's group plugin this loads the plugin through MkDocs' own option, so that its options are validated;
    it must run before static-i18n's `on_config`, which has priority -100.
    """
    languages = [
        {"locale": code, "name": name or language(code).name, "default": at == 0, "build": True}
        for at, (code, name) in enumerate(names.items())
    ]
    options = {"docs_structure": "suffix", "reconfigure_search": False, "languages": languages}
    _load(config, "i18n", options)
    plugin = find_i18n(config)
    assert plugin is not None
    return plugin


def bring_in_search(config: MkDocsConfig) -> None:
    """Add the theme's search plugin, unless the site has one."""
    if not {"search", "material/search"} & set(config.plugins):
        _load(config, "search", {})


def bring_in_markdown(config: MkDocsConfig) -> None:
    """Add the Markdown extensions that the pages of trusted digests need, unless the site has them."""
    names = {name.removeprefix("markdown.extensions.").removeprefix("pymdownx.") for name in config.markdown_extensions}
    missing = set() if "extra" in names else set(EXTENSIONS) - names
    config.markdown_extensions.extend(sorted(missing))


def _load(config: MkDocsConfig, name: str, options: dict[str, Any]) -> None:
    option = dict(config._schema)["plugins"]
    assert isinstance(option, Plugins)
    option.load_plugin_with_namespace(name, options)
