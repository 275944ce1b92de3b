"""The digest files of a site, read once per content."""

import json
import os
import re
import time
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path, PurePosixPath

from mkdocs.structure.files import File, Files

from mkdocs_digest.disk import read_file
from mkdocs_digest.model.codec import UncodableError, decode, encode
from mkdocs_digest.model.diagnostic import Diagnostic
from mkdocs_digest.model.digest import Digest, ParseResult
from mkdocs_digest.plugin.cache.keys import hashed
from mkdocs_digest.plugin.cache.store import Store
from mkdocs_digest.plugin.cache.written import state_of
from mkdocs_digest.read.content import parse_content
from mkdocs_digest.read.grammar import Grammar
from mkdocs_digest.read.messages import remark
from mkdocs_digest.read.naming import is_digest

_SETTLED = 2 * 10**9
"""Nanoseconds after which another change of a file has another time, on any file system."""

_WITHIN = re.compile(r"\]\(\s*<?(?!https?:|mailto:|#)|^[ \t]*\[[^\]\n]+\]:", re.M)


class Shelf:
    """Reads digest files, and remembers what each content read as until it is no longer there."""

    def __init__(self) -> None:
        self._read: dict[str, _Reading] = {}

    def read(
        self, files: Iterable[File], grammar: Grammar, roots: Sequence[str], store: Store, version: bytes
    ) -> dict[str, ParseResult]:
        """Return what each file reads as, by `src_uri`, in the order of the names; all must lie below `roots`.

        What was read before under the same `version` is taken from the `store`.
        """
        if not self._read:
            self._read = _remembered(store, version)
        found = {file.src_uri: self._one(file, grammar, roots, store, version) for file in files}
        self._read = {path: self._read[path] for path in found}
        _remember(self._read, store, version)
        return {path: found[path] for path in sorted(found)}

    def contents(self) -> dict[str, bytes]:
        """Return the hash of each file's content, of those whose pages depend on nothing but it."""
        known = ((path, read.key, read.result) for path, read in self._read.items() if read.key)
        return {path: key for path, key, result in known if result and not _links_within(result)}

    def _one(self, file: File, grammar: Grammar, roots: Sequence[str], store: Store, version: bytes) -> ParseResult:
        path, known = file.src_uri, self._read.get(file.src_uri)
        state = _state_of(file)
        if known is None or known.version != version or state is None or known.state != state:
            known = self._read[path] = self._again(known, file, grammar, roots, store, version, state)
        store.use(known.key)
        if known.result is None:
            result = _stored(known.key, store)
            known = (
                self._again(None, file, grammar, roots, store, version, state)
                if result is None
                else replace(known, result=result)
            )
            self._read[path] = known
        assert known.result is not None
        return known.result

    def _again(
        self,
        known: "_Reading | None",
        file: File,
        grammar: Grammar,
        roots: Sequence[str],
        store: Store,
        version: bytes,
        state: tuple[int, ...] | None,
    ) -> "_Reading":
        """Return what a file reads as now; what its content read as before, if that is the same."""
        path, content = file.src_uri, _content_of(file, roots)
        if isinstance(content, Diagnostic):
            return _Reading(version, None, b"", ParseResult(None, (content,)))
        key = blake2b(content, digest_size=16, key=hashed(version, path)).digest()
        if known is not None and known.key == key:
            return replace(known, state=state)
        result = _stored(key, store) or _parsed(key, content, path, grammar, store)
        return _Reading(version, state, key, result)


@dataclass(frozen=True, slots=True)
class _Reading:
    """What a file read as: `key` is the hash of its content, `state` how the system knows the file again.

    A `result` that has not been asked for is still in the store.
    """

    version: bytes
    state: tuple[int, ...] | None
    key: bytes
    result: ParseResult | None


def _remembered(store: Store, version: bytes) -> dict[str, _Reading]:
    """Return what the store has of the files that the last build read."""
    try:
        rows = json.loads(store.get(hashed("states", version)) or "{}")
        return {path: _Reading(version, tuple(state), bytes.fromhex(key), None) for path, (key, *state) in rows.items()}
    except (ValueError, TypeError, AttributeError):
        return {}


def _remember(readings: Mapping[str, _Reading], store: Store, version: bytes) -> None:
    rows = {path: [read.key.hex(), *read.state] for path, read in readings.items() if read.state and read.key}
    key, text = hashed("states", version), json.dumps(rows, separators=(",", ":"))
    if store.get(key) != text:
        store.put(key, text)


def _state_of(file: File) -> tuple[int, ...] | None:
    """Return what changes whenever somebody writes a file, None for one that may be written at this moment."""
    try:
        stat = os.stat(file.abs_src_path) if file.abs_src_path else None  # noqa: PTH116
    except (OSError, ValueError):
        return None
    if stat is None or not time.time_ns() - stat.st_ctime_ns - _SETTLED > 0:
        return None
    return state_of(stat)


def _stored(key: bytes, store: Store) -> ParseResult | None:
    text = store.get(key)
    try:
        return decode(text) if text else None
    except (ValueError, KeyError, TypeError):
        return None


def _parsed(key: bytes, content: bytes, path: str, grammar: Grammar, store: Store) -> ParseResult:
    result = parse_content(content, path=path, grammar=grammar)
    if result.digest and result.digest.meta.get("draft"):
        return result
    with suppress(UncodableError):
        store.put(key, encode(result))
    return result


def _links_within(result: ParseResult) -> bool:
    """Say whether a digest may link to other pages of the site, whose addresses its page then depends on."""
    return result.digest is not None and any(
        ("](" in text or "]:" in text) and _WITHIN.search(text)
        for translation in result.digest.translations
        for text in translation.texts
    )


def _content_of(file: File, roots: Sequence[str]) -> bytes | Diagnostic:
    try:
        file.src_uri.encode()
    except UnicodeEncodeError:
        return remark(1, 1, "bad-name")
    if file.abs_src_path is None:
        return file.content_bytes
    return read_file(Path(file.abs_src_path), roots)


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


def digests_in(results: Iterable[ParseResult]) -> list[Digest]:
    """Return the digests among some results that can be published."""
    return [result.digest for result in results if result.digest and result.publishable]


def digest_files(files: Files, digest_dir: str) -> list[File]:
    """Return the files of a site that are digests and not excluded by its configuration."""
    return [file for file in files if _is_shelved(file, digest_dir) and not file.inclusion.is_excluded()]


def _is_shelved(file: File, digest_dir: str) -> bool:
    inside = digest_dir == "." or file.src_uri.startswith(f"{digest_dir}/")
    return inside and _is_digest(file.src_uri)


@lru_cache(maxsize=100_000)
def _is_digest(src_uri: str) -> bool:
    return is_digest(PurePosixPath(src_uri))
