"""The files of a slice, recorded by size and hash when it is built and checked against that when slices are joined."""

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from hashlib import blake2b, file_digest
from pathlib import Path

from mkdocs_digest.disk import kind_of, open_regular
from mkdocs_digest.model.relative_path import path_fault

NAME = ".digest-slice.json"
"""The manifest of a slice, a hidden file beside its pages."""

REPOSITORY = ".git"
"""What a deployed site may be a checkout of; never a part of the site."""

_CHUNK = 1 << 20
_new_hash = partial(blake2b, digest_size=16)


class ChangedFileError(Exception):
    """A file is not as it was recorded."""


@dataclass(frozen=True, slots=True)
class FileRecord:
    """The size of a file in bytes and its BLAKE2b hash in hexadecimal digits."""

    size: int
    hash: str


@dataclass(frozen=True, slots=True)
class FolderContents:
    """What is below a folder, by path: its regular files, and the kinds of all else that is not a folder."""

    files: tuple[str, ...]
    others: Mapping[str, str] = field(default_factory=dict)


def listing_fault(path: str) -> str | None:
    """Return why `path` cannot be that of a file of a slice, as a predicate; None if it can be."""
    if path == NAME or REPOSITORY in path.lower().split("/"):
        return "is never part of a site"
    return path_fault(path)


def find_files(folder: Path) -> FolderContents:
    """List what is below a folder without following links, but for manifests at its top and for repositories."""
    files, others, folders = [], {}, [""]
    while folders:
        inside = folders.pop()
        with os.scandir(folder / inside) as entries:
            for entry in entries:
                path = inside + entry.name
                if path == NAME or entry.name.lower() == REPOSITORY:
                    continue
                if entry.is_dir(follow_symlinks=False):
                    folders.append(f"{path}/")
                elif entry.is_file(follow_symlinks=False):
                    files.append(path)
                else:
                    others[path] = kind_of(entry.stat(follow_symlinks=False).st_mode)
    return FolderContents(tuple(sorted(files)), dict(sorted(others.items())))


def record_files(folder: Path, paths: Iterable[str]) -> dict[str, FileRecord]:
    """Return the records of some files below a folder, by their paths."""
    return {path: _record(folder / path) for path in paths}


def _record(path: Path) -> FileRecord:
    with open_regular(path) as file:
        found = file_digest(file, _new_hash)
        return FileRecord(file.tell(), found.hexdigest())


def read_recorded(path: Path, record: FileRecord) -> Iterator[bytes]:
    """Yield the bytes of a file piece by piece; raise ChangedFileError once they are not those that were recorded.

    What was yielded is right only if the iterator ends without that error.
    """
    found, left = _new_hash(), record.size
    with open_regular(path) as file:
        while chunk := file.read(min(_CHUNK, left + 1)):
            found.update(chunk)
            left -= len(chunk)
            if left < 0:
                raise ChangedFileError
            yield chunk
    if left or found.hexdigest() != record.hash:
        raise ChangedFileError
