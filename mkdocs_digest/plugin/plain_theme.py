"""Themes other than Material and those made from it: they have no language menu, and none of the style of our pages."""

from pathlib import Path

from jinja2 import Environment, TemplateNotFound, nodes
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import get_plugin_logger
from mkdocs_static_i18n.plugin import I18n
from mkdocs_static_i18n.reconfigure import MKDOCS_THEMES

log = get_plugin_logger(__name__)

PLAIN_THEME = Path(__file__).parent.parent / "plain_theme"
"""Templates and style in place of those that are made for Material."""

_LANGUAGE_MENU = "partials/alternate.html"


def is_plain(config: MkDocsConfig) -> bool:
    """Return True if a site's theme is neither Material nor made from it."""
    return not any(Path(folder, _LANGUAGE_MENU).is_file() for folder in config.theme.dirs)


def has_language_menu(config: MkDocsConfig) -> bool:
    """Return True if the theme shows a language menu: Material does where the site has other languages to show."""
    return bool(config.extra.get("alternate")) and not is_plain(config)


def announce_plain_theme(config: MkDocsConfig) -> None:
    """Say what a site has in a theme other than Material."""
    log.info(
        f"{_named(config)} is not Material: pages of digests have a plain style and a language menu of their own, "
        "other pages have no language menu; set `theme: material` for the design they are made for"
    )


def check_locales(config: MkDocsConfig, i18n: I18n) -> None:
    """Raise PluginError for a language that MkDocs' own themes cannot be set to."""
    wrong = [code for code in i18n.build_languages if "-" in code and config.theme.name in MKDOCS_THEMES]
    if wrong:
        raise PluginError(
            f"`languages`: {_named(config)} cannot be set to `{wrong[0]}`, only to codes without `-`; "
            f"set `theme: material`, or use `{wrong[0].split('-')[0]}`"
        )


def check_blocks(env: Environment, config: MkDocsConfig) -> None:
    """Warn of a theme whose `main.html` has not the blocks that our pages fill."""
    blocks = _blocks(env, "main.html")
    if "content" not in blocks:
        log.warning(
            f"{_named(config)} has no block `content`: pages of digests and listings are empty; "
            "in its main.html write `{% block content %}{{ page.content }}{% endblock %}`"
        )
    if "extrahead" not in blocks:
        log.info(
            f"{_named(config)} has no block `extrahead`: pages of digests name neither their translations nor their "
            "feeds; write `{% block extrahead %}{% endblock %}` at the end of `<head>` in its main.html"
        )


def _named(config: MkDocsConfig) -> str:
    return f"The theme '{config.theme.name or config.theme.custom_dir}'"


def _blocks(env: Environment, name: str) -> set[str]:
    """Return the names of the blocks that a template has, and those it extends; all that we ask for if unknown."""
    assert env.loader is not None
    try:
        tree = env.parse(env.loader.get_source(env, name)[0])
    except TemplateNotFound:
        return {"content", "extrahead"}
    found = {block.name for block in tree.find_all(nodes.Block)}
    for parent in tree.find_all(nodes.Extends):
        known = isinstance(parent.template, nodes.Const)
        found |= _blocks(env, parent.template.value) if known else {"content", "extrahead"}  # type: ignore[attr-defined]
    return found
