"""The files that a command is given: paths, folders, or `-` for standard input."""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from mkdocs_digest.model.digest import ParseResult
from mkdocs_digest.read import parse_digest
from mkdocs_digest.read.messages import remark

DEFAULT = "docs/digests"
_NOT_DIGESTS = ("index.md", "readme.md")


class UsageError(Exception):
    """What was asked cannot be done; the message says why, on one line."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file's path as the user named it, its text, and what it reads as."""

    path: str
    text: str
    result: ParseResult


def read_all(paths: Sequence[str]) -> Iterator[Source]:
    """Yield the digests at `paths`; a folder stands for all digests below it, in order of their names.

    Raise UsageError for a path that does not exist.
    """
    for path in paths or [DEFAULT if Path(DEFAULT).is_dir() else "."]:
        if path == "-":
            yield _source("-", sys.stdin.buffer.read())
        elif Path(path).is_dir():
            yield from (read_one(str(file)) for file in sorted(Path(path).rglob("*.md")) if _is_digest(file, path))
        else:
            yield read_one(path)


def read_one(path: str) -> Source:
    """Return the digest in a file, or on standard input for `-`; raise UsageError where there is none to read."""
    if path == "-":
        return _source("-", sys.stdin.buffer.read())
    try:
        return _source(path, Path(path).read_bytes())
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}") from None


def _source(path: str, content: bytes) -> Source:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = 1 + content.count(b"\n", 0, error.start)
        return Source(path, content.decode("utf-8", "replace"), ParseResult(None, (remark(line, 1, "bad-encoding"),)))
    return Source(path, text, parse_digest(text, path=path))


def _is_digest(file: Path, root: str) -> bool:
    inner = file.relative_to(root)
    hidden = any(part.startswith((".", "_")) for part in inner.parts)
    return file.is_file() and not hidden and file.name.casefold() not in _NOT_DIGESTS
