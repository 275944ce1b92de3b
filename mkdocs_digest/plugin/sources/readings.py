"""What files read as: from memory, from the store of an earlier build, else from their text."""

import json
import os
import re
import time
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from hashlib import blake2b
from multiprocessing import get_context
from pathlib import Path
from stat import S_ISREG

from mkdocs.structure.files import File

from mkdocs_digest.disk import read_file
from mkdocs_digest.model.codec import UncodableError, decode, encode
from mkdocs_digest.model.diagnostic import Diagnostic
from mkdocs_digest.model.digest import ParseResult
from mkdocs_digest.plugin.cache.keys import hashed
from mkdocs_digest.plugin.cache.store import Store
from mkdocs_digest.plugin.cache.written import state_of
from mkdocs_digest.plugin.crew import spare_cores
from mkdocs_digest.read.content import parse_content
from mkdocs_digest.read.grammar import Grammar
from mkdocs_digest.read.naming import about_name

State = tuple[int | str, ...]

_SETTLED = 2 * 10**9
"""Nanoseconds after which another change of a file has another time, on any file system."""

_WORTH_PROCESSES = 400
"""Texts from which on several processes read them more quickly than one."""

_WITHIN = re.compile(r"\]\(\s*<?(?!https?:|mailto:|#)")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file read as: `key` is the hash of its content, `state` how the system knows the file again."""

    version: bytes
    state: State | None
    key: bytes
    result: ParseResult

    @property
    def stands_alone(self) -> bool:
        """Whether the pages of the digest depend on nothing but its file: it links to no other page of the site."""
        digest = self.result.digest
        texts = [text for translation in digest.translations for text in translation.texts] if digest else []
        return bool(self.key) and not any("]:" in text or ("](" in text and _WITHIN.search(text)) for text in texts)


@dataclass(frozen=True, slots=True)
class _Unread:
    path: str
    state: State | None
    key: bytes
    content: bytes


class Reader:
    """Reads files below `roots`, of `size_limit` bytes at most.

    What was read under the same `version` is taken from the `store`.
    """

    def __init__(self, grammar: Grammar, roots: Sequence[str], size_limit: int, store: Store, version: bytes) -> None:
        self.grammar = grammar
        self.size_limit = size_limit
        self.roots = roots
        self.store = store
        self.version = version
        self._folders: dict[str, str] = {}

    def read(self, files: Iterable[File], known: Mapping[str, Reading]) -> dict[str, Reading]:
        """Return what each file reads as, by `src_uri`; what is `known` of those that have not changed."""
        remembered = {} if known else self._remembered()
        found: dict[str, Reading] = {}
        unread: list[_Unread] = []
        for file in files:
            path, state = file.src_uri, self._state_of(file)
            last = known.get(path)
            reading = (
                self._unchanged(last, state)
                or self._recalled(path, remembered.get(path), state)
                or self._opened(file, state, last)
            )
            if isinstance(reading, _Unread):
                unread.append(reading)
            else:
                found[path] = reading
        for item, result in zip(unread, self._parsed(unread), strict=True):
            found[item.path] = Reading(self.version, item.state, item.key, result)
        for reading in found.values():
            self.store.use(reading.key)
        self._remember(found)
        return found

    def _unchanged(self, last: Reading | None, state: State | None) -> Reading | None:
        same = last is not None and last.version == self.version and state is not None and last.state == state
        return last if same else None

    def _state_of(self, file: File) -> State | None:
        """Return what changes whenever somebody writes a file or moves its folder.

        None stands for a file that may be written at this moment, or is a link.
        """
        if not file.abs_src_path:
            return None
        folder = os.path.dirname(file.abs_src_path)  # noqa: PTH120
        if folder not in self._folders:
            self._folders[folder] = os.path.realpath(folder)
        try:
            stat = os.lstat(file.abs_src_path)
        except (OSError, ValueError):
            return None
        settled = time.time_ns() - stat.st_ctime_ns > _SETTLED
        return (self._folders[folder], *state_of(stat)) if settled and S_ISREG(stat.st_mode) else None

    def _opened(self, file: File, state: State | None, last: Reading | None) -> "Reading | _Unread":
        content = _content_of(file, self.size_limit, self.roots)
        if isinstance(content, Diagnostic):
            return Reading(self.version, None, b"", ParseResult(None, (content,)))
        key = blake2b(content, digest_size=16, key=hashed(self.version, file.src_uri)).digest()
        if last is not None and last.key == key:
            return replace(last, state=state)
        result = self._stored(key, file.src_uri)
        return Reading(self.version, state, key, result) if result else _Unread(file.src_uri, state, key, content)

    def _recalled(self, path: str, row: "tuple[State, bytes] | None", state: State | None) -> Reading | None:
        """Return what a file read as in an earlier build, if it has not been written since."""
        if row is None or state is None or row[0] != state:
            return None
        result = self._stored(row[1], path)
        return Reading(self.version, state, row[1], result) if result else None

    def _stored(self, key: bytes, path: str) -> ParseResult | None:
        text = self.store.get(key)
        try:
            result = decode(text) if text else None
        except ValueError:
            return None
        is_its_own = result is None or result.digest is None or result.digest.path == path
        return result if is_its_own else None

    def _parsed(self, unread: Sequence[_Unread]) -> list[ParseResult]:
        cores = spare_cores() if len(unread) >= _WORTH_PROCESSES else 1
        if cores == 1:
            return [self._parsed_here(item) for item in unread]
        with get_context("fork").Pool(cores) as pool:
            parse = partial(_encoded, self.grammar, self.size_limit)
            texts = pool.map(parse, [(item.path, item.content) for item in unread], 50)
        return [self._received(item, text) for item, text in zip(unread, texts, strict=True)]

    def _received(self, item: _Unread, text: str | None) -> ParseResult:
        """Return what another process has read; what cannot be sent is read here."""
        if text is None:
            return self._parsed_here(item)
        result = decode(text)
        if not _is_draft(result):
            self.store.put(item.key, text)
        return result

    def _parsed_here(self, item: _Unread) -> ParseResult:
        result = parse_content(item.content, path=item.path, grammar=self.grammar, size_limit=self.size_limit)
        if not _is_draft(result):
            with suppress(UncodableError):
                self.store.put(item.key, encode(result))
        return result

    def _remembered(self) -> dict[str, tuple[State, bytes]]:
        """Return the states and keys of the files that the last build read."""
        try:
            rows = json.loads(self.store.get(self._states) or "{}")
            return {path: (tuple(state), bytes.fromhex(key)) for path, (key, *state) in rows.items()}
        except (ValueError, TypeError, AttributeError, RecursionError):
            return {}

    def _remember(self, found: Mapping[str, Reading]) -> None:
        rows = {path: [item.key.hex(), *item.state] for path, item in found.items() if item.state and item.key}
        text = json.dumps(rows, separators=(",", ":"))
        if self.store.get(self._states) != text:
            self.store.put(self._states, text)

    @property
    def _states(self) -> bytes:
        return hashed("states", self.version)


def _encoded(grammar: Grammar, size_limit: int, file: tuple[str, bytes]) -> str | None:
    path, content = file
    try:
        return encode(parse_content(content, path=path, grammar=grammar, size_limit=size_limit))
    except UncodableError:
        return None


def _is_draft(result: ParseResult) -> bool:
    """Say whether a file is a draft: nothing of one is left in a cache."""
    return result.digest is not None and result.digest.draft


def _content_of(file: File, size_limit: int, roots: Sequence[str]) -> bytes | Diagnostic:
    bad_name = about_name(file.src_uri)
    if bad_name:
        return bad_name
    if file.abs_src_path is None:
        return file.content_bytes
    return read_file(Path(file.abs_src_path), size_limit, roots)
