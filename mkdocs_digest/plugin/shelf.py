"""The digest files of a site, read once per content."""

import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from fnmatch import fnmatchcase
from hashlib import blake2b
from pathlib import Path, PurePosixPath

from mkdocs.structure.files import File, Files

from mkdocs_digest.disk import read_file
from mkdocs_digest.model.codec import UncodableError, decode, encode
from mkdocs_digest.model.diagnostic import Diagnostic
from mkdocs_digest.model.digest import Digest, ParseResult
from mkdocs_digest.plugin.cache.keys import hashed
from mkdocs_digest.plugin.cache.store import Store
from mkdocs_digest.read.content import parse_content
from mkdocs_digest.read.grammar import Grammar
from mkdocs_digest.read.messages import remark
from mkdocs_digest.read.naming import is_digest

_WITHIN = re.compile(r"\]\(\s*<?(?!https?:|mailto:|#)|^[ \t]*\[[^\]\n]+\]:", re.M)


class Shelf:
    """Reads digest files, and remembers what each content read as until it is no longer there."""

    def __init__(self) -> None:
        self._read: dict[str, tuple[bytes, ParseResult]] = {}

    def read(
        self, files: Iterable[File], grammar: Grammar, roots: Sequence[Path], store: Store, version: bytes
    ) -> dict[str, ParseResult]:
        """Return what each file reads as, by `src_uri`, in the order of the names; all must lie below `roots`.

        What was read before under the same `version` is taken from the `store`.
        """
        found = {file.src_uri: self._one(file, grammar, roots, store, version) for file in files}
        self._read = {path: self._read[path] for path in found}
        return {path: found[path] for path in sorted(found)}

    def contents(self) -> dict[str, bytes]:
        """Return the hash of each file's content, of those whose pages depend on nothing but it."""
        return {path: key for path, (key, result) in self._read.items() if key and not _links_within(result)}

    def _one(self, file: File, grammar: Grammar, roots: Sequence[Path], store: Store, version: bytes) -> ParseResult:
        path = file.src_uri
        content = _content_of(file, roots)
        if isinstance(content, Diagnostic):
            self._read[path] = (b"", ParseResult(None, (content,)))
            return self._read[path][1]
        key = blake2b(content, digest_size=16, key=hashed(version, path)).digest()
        known = self._read.get(path)
        if known is None or known[0] != key:
            self._read[path] = (key, _stored(key, store) or _parsed(key, content, path, grammar, store))
        store.use(key)
        return self._read[path][1]


def _stored(key: bytes, store: Store) -> ParseResult | None:
    text = store.get(key)
    try:
        return decode(text) if text else None
    except (ValueError, KeyError, TypeError):
        return None


def _parsed(key: bytes, content: bytes, path: str, grammar: Grammar, store: Store) -> ParseResult:
    result = parse_content(content, path=path, grammar=grammar)
    with suppress(UncodableError):
        store.put(key, encode(result))
    return result


def _links_within(result: ParseResult) -> bool:
    """Say whether a digest may link to other pages of the site, whose addresses its page then depends on."""
    return result.digest is not None and any(
        _WITHIN.search(text) for translation in result.digest.translations for text in translation.texts
    )


def _content_of(file: File, roots: Sequence[Path]) -> bytes | Diagnostic:
    try:
        file.src_uri.encode()
    except UnicodeEncodeError:
        return remark(1, 1, "bad-name")
    if file.abs_src_path is None:
        return file.content_bytes
    return read_file(Path(file.abs_src_path), roots)


def roots_of(docs_dir: str, digest_dir: str) -> tuple[Path, ...]:
    """Return the folders below which digests must lie once symbolic links are followed.

    The folder of the digests may itself be a link: whoever makes the site has set it.
    """
    return Path(docs_dir), Path(docs_dir, digest_dir)


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
    path = PurePosixPath(file.src_uri)
    return is_digest(path) and (digest_dir == "." or path.is_relative_to(digest_dir))
