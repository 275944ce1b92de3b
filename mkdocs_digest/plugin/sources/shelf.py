"""The digest files of a site: which they are, and what they read as."""

import os
from collections.abc import Iterable, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Any

from mkdocs.structure.files import File, Files

from mkdocs_digest.model.digest import Digest, ParseResult
from mkdocs_digest.plugin.cache.keys import hashed
from mkdocs_digest.plugin.sources.readings import Reader, Reading
from mkdocs_digest.read.naming import is_digest


class Shelf:
    """Remembers what each file read as, until it is no longer there."""

    def __init__(self) -> None:
        self._read: dict[str, Reading] = {}
        self._last: dict[str, Digest] = {}
        self.contents: dict[str, bytes] = {}
        """The hash of each file's content, of those whose pages depend on nothing but it."""
        self.names: dict[Path, dict[Any, Any]] = {}
        """What the files of tags and sources said when they could last be read."""

    def read(self, files: Iterable[File], reader: Reader, *, lenient: bool) -> dict[str, ParseResult]:
        """Return what each file reads as, by `src_uri`, in the order of the names.

        Where `lenient`, a file that cannot be published has the digest that it had before: it is half typed.
        """
        self._read = reader.read(files, self._read)
        results = {path: self._read[path].result for path in sorted(self._read)}
        kept = {path for path in self._last if lenient and path in results and not results[path].publishable}
        results |= {path: replace(results[path], digest=self._last[path]) for path in kept}
        self._last = {path: result.digest for path, result in results.items() if result.digest}
        settled = {path: reading for path, reading in self._read.items() if path not in kept}
        self.contents = {path: reading.key for path, reading in settled.items() if reading.stands_alone}
        return results

    def digest(self) -> bytes:
        """Return a hash of all that was read."""
        return hashed(*(f"{path}\0{self._read[path].key.hex()}" for path in sorted(self._read)))


def roots_of(docs_dir: str, digest_dir: str) -> tuple[str, ...]:
    """Return the folders below which digests must lie once symbolic links are followed.

    The folder of the digests may itself be a link: whoever makes the site has set it.
    """
    return os.path.realpath(docs_dir), os.path.realpath(Path(docs_dir, digest_dir))


def without_hidden(files: Iterable[File], globs: Sequence[str], digest_dir: str) -> tuple[list[File], list[str]]:
    """Return the files that no glob hides, and the globs that hide none; `*` matches `/` too."""
    files, idle, hidden = list(files), [], set()
    for glob in globs:
        found = {file.src_uri for file in files if any(fnmatchcase(name, glob) for name in _names(file, digest_dir))}
        hidden |= found
        idle += [] if found else [glob]
    return [file for file in files if file.src_uri not in hidden], idle


def _names(file: File, digest_dir: str) -> tuple[str, ...]:
    inner = file.src_uri.removeprefix(f"{digest_dir}/")
    return inner, inner.removesuffix(".md"), file.src_uri


def digests_in(results: Iterable[ParseResult], *, lenient: bool = False) -> list[Digest]:
    """Return the digests among some results that can be published or, where `lenient`, shown to their author."""
    return [result.digest for result in results if result.digest and (lenient or result.publishable)]


def digest_files(files: Files, digest_dir: str) -> list[File]:
    """Return the files of a site that are digests and not excluded by its configuration."""
    return [file for file in files if _is_shelved(file, digest_dir) and not file.inclusion.is_excluded()]


def _is_shelved(file: File, digest_dir: str) -> bool:
    inside = digest_dir == "." or file.src_uri.startswith(f"{digest_dir}/")
    return inside and _is_digest(file.src_uri)


@lru_cache(maxsize=100_000)
def _is_digest(src_uri: str) -> bool:
    return is_digest(PurePosixPath(src_uri))
