"""Where a site's cache is."""

from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError

from mkdocs_digest.plugin.config import DigestConfig


def cache_folder(options: DigestConfig, config: MkDocsConfig) -> Path | None:
    """Return the folder of the cache, relative to the configuration; None where there is none.

    Raise PluginError if it lies where `mkdocs serve` would see each change of it as one of the site.
    """
    folder = Path(config.config_file_path or "mkdocs.yml").absolute().parent / options.cache_dir
    for name in ("docs_dir", "site_dir"):
        if folder.is_relative_to(Path(config[name])):
            raise PluginError(f"`cache_dir`: '{options.cache_dir}' is inside `{name}`; expected a folder beside it")
    if not options.cache:
        forget_parts(folder, ())
        return None
    return folder


def forget_parts(folder: Path, parts: Collection[str]) -> None:
    """Remove from a cache what builds have kept of any parts but those named: nobody else would."""
    for path in (*folder.glob("*.sqlite"), *folder.glob("written/*.json")):
        if path.stem not in parts:
            with suppress(OSError):
                path.unlink()
