"""The slice of a site that a build makes, told to its editor and to whoever joins it with others."""

from collections.abc import Mapping
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import get_plugin_logger

from mkdocs_digest.library.library import Library
from mkdocs_digest.plugin.cache.keys import hashed, how_made, installed
from mkdocs_digest.plugin.cache.written import state_of
from mkdocs_digest.plugin.config import DigestConfig
from mkdocs_digest.plugin.sources.shelf import Shelf
from mkdocs_digest.slices.manifest import Manifest
from mkdocs_digest.slices.records import find_files, listing_fault, record_files
from mkdocs_digest.slices.slice import Slice, days_of
from mkdocs_digest.slices.spliced import Seams

Leftovers = Mapping[str, tuple[int, ...]]
"""States of files that an earlier build, or somebody else, has left, by their paths."""

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


def find_leftovers(site_dir: Path) -> Leftovers:
    """Return the files that MkDocs leaves in the site's folder when it cleans it, hidden ones, and their states."""
    if not site_dir.is_dir():
        return {}
    paths = (path for path in find_files(site_dir).files if path.startswith("."))
    return {path: state_of((site_dir / path).lstat()) for path in paths}


def leave_manifest(
    options: DigestConfig,
    config: MkDocsConfig,
    shelf: Shelf,
    library: Library,
    seams: Mapping[str, Seams],
    leftovers: Leftovers,
) -> None:
    """Write what the slice is one of and which files the build has written: all but unchanged `leftovers`."""
    folder = Path(config.site_dir)
    found = find_files(folder)
    for path, kind in found.others.items():
        log.warning(f"'{folder / path}' is {kind} and cannot be part of a slice; write a regular file instead")
    for path in found.files:
        if fault := listing_fault(path):
            log.warning(f"'{folder / path}' {fault}, so the file cannot be part of a slice; rename it")
    written = (path for path in found.files if leftovers.get(path) != state_of((folder / path).lstat()))
    ours = [path for path in written if not listing_fault(path)]
    settings = sorted((name, str(value)) for name, value in how_made(options).items())
    site = hashed(installed(), settings, shelf.digest()).hex()
    Manifest(site, days_of(library), options.only, record_files(folder, ours), seams).write(folder)
