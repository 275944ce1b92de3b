"""Where a site's cache is."""

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError

from mkdocs_digest.plugin.config import DigestConfig


def cache_folder(options: DigestConfig, config: MkDocsConfig) -> Path | None:
    """Return the folder of the cache, relative to the configuration; None where there is none.

    Raise PluginError if it lies where `mkdocs serve` would see each change of it as one of the site.
    """
    if not options.cache:
        return None
    folder = Path(config.config_file_path or "mkdocs.yml").absolute().parent / options.cache_dir
    for name in ("docs_dir", "site_dir"):
        if folder.is_relative_to(Path(config[name])):
            raise PluginError(f"`cache_dir`: '{options.cache_dir}' is inside `{name}`; expected a folder beside it")
    return folder
