"""The theme around our pages: which of its templates are known, and what else it may show."""

import logging
from importlib.metadata import version
from pathlib import Path

import material
from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation

from mkdocs_digest.plugin.cache.keys import hashed
from mkdocs_digest.plugin.pages.soundness import Obstacle, find_obstacle

log = get_plugin_logger(__name__)

THEME = Path(__file__).parents[2] / "theme"
PAGES = ("digest.html", "digest-listing.html")

_TESTED = ("9.5.", "9.6.", "9.7.", "9.8.")
_PASSING = ("build_date_utc", "random", "lipsum")
"""Words of a template that shows something else at each build."""


def find_theme_obstacle(env: Environment, config: MkDocsConfig) -> Obstacle | None:
    """Return why pages cannot share a frame in this theme, if they cannot, and say so.

    Of Material's templates those of versions that were tested are known to print what they show of a page whole.
    """
    known = [THEME, *([_material()] if version("mkdocs-material").startswith(_TESTED) else [])]
    obstacle = find_obstacle(env, PAGES, config.theme.dirs, known)
    if obstacle and log.isEnabledFor(logging.DEBUG):
        log.debug(f"Each page is rendered in full: {obstacle}")
    return obstacle


def state_of_site(digests: bytes, files: Files, nav: Navigation, config: MkDocsConfig) -> str:
    """Return a hash of all texts of a site, or nothing where its templates show something else at each build.

    `digests` is that of the digests.
    """
    known = (THEME, _material())
    own = [Path(folder) for folder in config.theme.dirs if not any(Path(folder).is_relative_to(top) for top in known)]
    sources = [path.read_text("utf-8", "replace") for folder in own for path in sorted(folder.rglob("*.html"))]
    if any(word in source for source in sources for word in _PASSING):
        return ""
    shown = files.documentation_pages()
    pages = [(file.src_uri, file.page.title, file.page.markdown, file.page.meta) for file in shown if file.page]
    return hashed(digests.hex(), nav, *pages).hex()


def _material() -> Path:
    return Path(str(material.__file__)).parent
