"""The digest files of a site, read once per content."""

import re
from collections.abc import Iterable
from hashlib import blake2b
from pathlib import PurePosixPath

from mkdocs.structure.files import File, Files

from mkdocs_digest.model.digest import Digest, ParseResult
from mkdocs_digest.read import parse_digest
from mkdocs_digest.read.grammar import Grammar
from mkdocs_digest.read.messages import remark

_PAGE_NAME = re.compile(r"(?:index|readme)(?:\.[a-z]{2}(?:[-_][A-Za-z]{2,4})?)?\.md", re.I)


def is_digest(src_uri: str, digest_dir: str) -> bool:
    """Say whether a file of the site is a digest: below the folder, and no index (`index.md`, `index.en.md`), hidden or underscored."""
    path = PurePosixPath(src_uri)
    if path.suffix != ".md" or _PAGE_NAME.fullmatch(path.name):
        return False
    if digest_dir != "." and not path.is_relative_to(digest_dir):
        return False
    return not any(part.startswith((".", "_")) for part in path.parts)


class Shelf:
    """Reads digest files, and remembers what each content read as until it is no longer there."""

    def __init__(self) -> None:
        self._read: dict[str, tuple[bytes, ParseResult]] = {}

    def read(self, files: Iterable[File], grammar: Grammar) -> dict[str, ParseResult]:
        """Return what each file reads as, by `src_uri`, in the order of the names."""
        found = {file.src_uri: self._one(file, grammar) for file in files}
        self._read = {path: self._read[path] for path in found}
        return {path: found[path] for path in sorted(found)}

    def _one(self, file: File, grammar: Grammar) -> ParseResult:
        path = file.src_uri
        try:
            content = file.content_bytes
        except OSError as error:
            content, result = b"", _unreadable(error.strerror or str(error))
        else:
            key = blake2b(content).digest()
            known = self._read.get(path)
            if known and known[0] == key:
                return known[1]
            result = _parse(content, path, grammar)
        self._read[path] = (blake2b(content).digest(), result)
        return result


def _parse(content: bytes, path: str, grammar: Grammar) -> ParseResult:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = 1 + content.count(b"\n", 0, error.start)
        return ParseResult(None, (remark(line, 1, "bad-encoding"),))
    return parse_digest(text, path=path, grammar=grammar)


def _unreadable(reason: str) -> ParseResult:
    return ParseResult(None, (remark(1, 1, "unreadable", reason=reason),))


def digests_in(results: Iterable[ParseResult]) -> list[Digest]:
    """Return the digests among some results that can be published."""
    return [result.digest for result in results if result.digest and result.publishable]


def digest_files(files: Files, digest_dir: str) -> list[File]:
    """Return the files of a site that are digests and not excluded by its configuration."""
    return [file for file in files if is_digest(file.src_uri, digest_dir) and not file.inclusion.is_excluded()]
