"""Where a site's cache is, and what its files are called."""

import re
import stat
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError

from mkdocs_digest.plugin.cache.keys import hashed
from mkdocs_digest.plugin.cache.store import Store
from mkdocs_digest.plugin.cache.written import Written
from mkdocs_digest.plugin.config import DigestConfig

READINGS = "readings"
PARTS = ("digests", "listings")
"""What one process writes of a language."""

_ROOT_LANGUAGE = "root-language.txt"
_OURS = re.compile(rf"{READINGS}|[A-Za-z0-9-]+-(?:{'|'.join(PARTS)})")
"""The names of files that builds leave, without their endings: others may keep theirs in the same folder."""


@dataclass(frozen=True, slots=True)
class Cache:
    """What builds of a site leave for the next, in parts; without a `folder` nothing is kept."""

    folder: Path | None = None

    def store(self, part: str) -> Store:
        """Return the texts that are kept of a part."""
        return Store(self.folder and self.folder / f"{part}.sqlite")

    def written(self, site_dir: Path) -> Written:
        """Return what is known of the files in the site's folder."""
        return Written(self.folder and self.folder / "written", site_dir)

    def root_language(self) -> str | None:
        """Return the language at the site's root in the last build, if that is known."""
        try:
            text = (self.folder / _ROOT_LANGUAGE).read_text("ascii") if self.folder else ""
        except (OSError, ValueError):
            return None
        lang = text.partition("\n")[0]
        return lang if text == _with_sum(lang) else None

    def remember_root_language(self, lang: str) -> None:
        """Keep the language at the site's root for the next build."""
        if self.folder:
            with suppress(OSError, ValueError):
                (self.folder / _ROOT_LANGUAGE).write_text(_with_sum(lang), "ascii")

    def ignore(self) -> None:
        """Let git ignore what is kept."""
        if self.folder and self.folder.is_dir():
            with suppress(OSError), (self.folder / ".gitignore").open("x", encoding="ascii") as file:
                file.write("*\n")

    def forget_others(self, parts: Collection[str]) -> None:
        """Remove what builds have kept of any parts but those named: nobody else would."""
        for path in (*self.folder.glob("*.sqlite"), *self.folder.glob("written/*.json")) if self.folder else ():
            if path.stem not in parts and _OURS.fullmatch(path.stem):
                with suppress(OSError):
                    path.unlink()

    def remove_special(self) -> None:
        """Remove links, pipes and devices: nothing of ours is one, and they would lead elsewhere or never end."""
        if self.folder is None:
            return
        # a link in the place of the inner folder is removed before what is in it is looked for
        for path in chain(self.folder.glob("*"), self.folder.glob("written/*")):
            with suppress(OSError):
                if stat.S_IFMT(path.lstat().st_mode) not in (stat.S_IFREG, stat.S_IFDIR):
                    path.unlink()


def open_cache(options: DigestConfig, config: MkDocsConfig) -> Cache:
    """Return the site's cache, its folder relative to the configuration; a site without one loses what it had.

    Raise PluginError if it lies where `mkdocs serve` would see each change of it as one of the site.
    """
    folder = Path(config.config_file_path or "mkdocs.yml").absolute().parent / options.cache_dir
    for name in ("docs_dir", "site_dir"):
        if folder.is_relative_to(Path(config[name])):
            raise PluginError(f"`cache_dir`: '{options.cache_dir}' is inside `{name}`; expected a folder beside it")
    cache = Cache(folder)
    cache.remove_special()
    if options.cache:
        return cache
    cache.forget_others(())
    return Cache()


def _with_sum(lang: str) -> str:
    """Return a language as it is kept: with a hash, for a damaged one may be another language."""
    return f"{lang}\n{hashed(lang).hex()}\n"
