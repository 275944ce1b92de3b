"""The slice of a site that a build makes, told to its editor and to whoever joins it with others."""

from collections.abc import Mapping
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import get_plugin_logger

from mkdocs_digest.library.library import Library
from mkdocs_digest.plugin.cache.keys import hashed, how_made, installed
from mkdocs_digest.plugin.config import DigestConfig
from mkdocs_digest.plugin.sources.shelf import Shelf
from mkdocs_digest.slices.manifest import Manifest, remove_manifest
from mkdocs_digest.slices.slice import Slice, days_of
from mkdocs_digest.slices.spliced import Seams

log = get_plugin_logger(__name__)


def choose_slice(library: Library, options: DigestConfig) -> Slice:
    """Return the slice of the site that is to be made, and say what it is."""
    if not options.only:
        return Slice()
    days = days_of(library)
    for start in options.only:
        if not any(day.startswith(start) for day in days):
            found = f"they are from {days[0]} to {days[-1]}" if days else "none has a date"
            log.warning(f"`only`: no digest is dated '{start}'; {found}")
    log.info(f"Only a slice of the site is made ({', '.join(options.only)}); `mkdocs-digest merge` joins slices")
    return Slice(options.only, days[-1] if days else "")


def leave_manifest(
    options: DigestConfig, config: MkDocsConfig, shelf: Shelf, library: Library, seams: Mapping[str, Seams]
) -> None:
    """Write what the slice is one of; see to it that a whole site has no such file."""
    folder = Path(config.site_dir)
    if not options.only:
        remove_manifest(folder)
        return
    settings = sorted((name, str(value)) for name, value in how_made(options).items())
    site = hashed(installed(), settings, shelf.digest()).hex()
    Manifest(site, days_of(library), options.only, seams).write(folder)
