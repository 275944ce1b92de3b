"""The error page of each language: in its words, with its search, below its folder."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment
from mkdocs.commands.build import _build_template
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.utils import write_file

from mkdocs_digest.languages.words import words
from mkdocs_digest.library.urls import HOME, Urls

ERROR_PAGE = "404.html"


def write_error_page(
    env: Environment, root: str, urls: Urls, files: Files, config: MkDocsConfig, nav: Navigation
) -> None:
    """Write the error page of the language whose folder is `root`.

    MkDocs would write it to the site's root, over that of the default language: it is taken from its list of templates.
    """
    config.theme.static_templates.discard(ERROR_PAGE)
    with _menu_of_homes(config, urls):
        html = _build_template(ERROR_PAGE, env.get_template(ERROR_PAGE), files, config, nav)
    write_file(html.encode("utf-8", "xmlcharrefreplace"), str(Path(config.site_dir, root, ERROR_PAGE)))


@contextmanager
def _menu_of_homes(config: MkDocsConfig, urls: Urls) -> Iterator[None]:
    """Let the language menu lead to the home pages.

    static-i18n leaves that of the last page in an attribute, which templates look at before the item of that name.
    """
    extra: Any = config.extra
    menu = getattr(extra, "alternate", None)
    if menu is not None:
        links = {entry["lang"]: _from_server(urls.url(HOME, entry["lang"]), config) for entry in menu}
        extra.alternate = [{**entry, "link": links[entry["lang"]]} for entry in menu]
    try:
        yield
    finally:
        if menu is not None:
            extra.alternate = menu


def error_page_context(
    lang: str, roots: Iterable[str], urls: Urls, config: MkDocsConfig, *, serving: bool
) -> dict[str, Any]:
    """Return what the template of an error page shows; the one at the root hands over to those in `roots`."""
    phrases = words(lang)
    places = {phrases("home"): HOME, phrases("digests"): urls.index()}
    return {
        "digest_words": phrases,
        "digest_links": {title: _from_server(urls.url(place, lang), config) for title, place in places.items()},
        "digest_serving": serving,
        "digest_is_root": lang == urls.default_lang,
        "digest_folders": [root for root in roots if root],
    }


def _from_server(url: str, config: MkDocsConfig) -> str:
    """Return a URL relative to the site's root as one from the server's, which holds wherever the page is sent."""
    return f"{urlsplit(config.site_url or '').path.rstrip('/')}/{url.removeprefix('./')}"
