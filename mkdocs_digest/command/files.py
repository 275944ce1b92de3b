"""The files that a command is given: paths, folders, or `-` for standard input."""

import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from mkdocs_digest.disk import read_file
from mkdocs_digest.model.diagnostic import Diagnostic, Severity
from mkdocs_digest.model.digest import ParseResult
from mkdocs_digest.read.content import SIZE_LIMIT, parse_content
from mkdocs_digest.read.naming import about_name, is_digest

DEFAULT = "docs/digests"


class UsageError(Exception):
    """What was asked cannot be done; the message says why, on one line."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file's path as the user named it, its text, and what it reads as."""

    path: str
    text: str
    result: ParseResult

    @property
    def faulty(self) -> bool:
        """Whether something in the file is an error."""
        return any(remark.severity is Severity.ERROR for remark in self.result.diagnostics)


def read_all(paths: Sequence[str]) -> list[Source]:
    """Return the digests at `paths`; a folder stands for all digests below it, in order of their names.

    Raise OSError for a path that cannot be opened, UsageError where there is no digest at all.
    """
    places = paths or [DEFAULT if Path(DEFAULT).is_dir() else "."]
    found = list(_read_all(places))
    if not found:
        looked = ", ".join(f"'{Path(place).absolute()}'" for place in places)
        raise UsageError(f"no digests in {looked}; expected .md files (not index.md, README.md or hidden ones)")
    return found


def _read_all(paths: Sequence[str]) -> Iterator[Source]:
    for path in paths:
        if path != "-" and Path(path).is_dir():
            root = os.path.realpath(path)
            for file in sorted(_files_below(path)):
                yield _source(str(file), _named(file, path) or read_file(file, SIZE_LIMIT, [root]))
        else:
            yield read_one(path)


def _files_below(folder: str) -> Iterator[Path]:
    def refuse(error: OSError) -> None:
        raise error

    for inside, _, names in os.walk(folder, onerror=refuse):
        paths = (Path(inside, name) for name in names)
        yield from (path for path in paths if is_digest(path.relative_to(folder)))


def read_one(path: str) -> Source:
    """Return the digest in a file, or on standard input for `-`; raise OSError where it cannot be opened."""
    if path != "-":
        with Path(path).open("rb") as file:
            return _source(path, file.read(SIZE_LIMIT + 1))
    if sys.stdin is None:
        raise UsageError("-: standard input is closed")
    return _source("-", sys.stdin.buffer.read(SIZE_LIMIT + 1))


def _named(file: Path, folder: str) -> Diagnostic | None:
    return about_name(file.relative_to(folder).as_posix())


def _source(path: str, content: bytes | Diagnostic) -> Source:
    if isinstance(content, Diagnostic):
        return Source(path, "", ParseResult(None, (content,)))
    return Source(path, content.decode("utf-8-sig", "replace"), parse_content(content, path=path))
