"""One file from disk, or the reason why it is none to read."""

import errno
import os
import stat
from collections.abc import Iterable
from io import BufferedReader
from pathlib import Path

from mkdocs_digest.model.diagnostic import Diagnostic
from mkdocs_digest.read.messages import remark


def read_file(path: Path, most: int, roots: Iterable[str] = ()) -> bytes | Diagnostic:
    """Return the content of a file, or its first `most + 1` bytes where it is larger.

    With `roots`, folders without symbolic links in their paths, those of the file must end below one of them, and what
    is no regular file (a pipe, a device, which could block for ever) is not opened.
    """
    try:
        if roots and not is_below(os.path.realpath(path, strict=True), roots):
            return remark(1, 1, "outside")
        if roots and not stat.S_ISREG(path.stat().st_mode):
            return remark(1, 1, "unreadable", reason="it is no regular file")
        with path.open("rb") as file:
            return file.read(most + 1)
    except OSError as error:
        reason = "its symbolic link leads to itself" if error.errno == errno.ELOOP else error.strerror or str(error)
        return remark(1, 1, "unreadable", reason=reason)


class IrregularFileError(OSError):
    """Where a regular file was expected there is something else; `filename` and `strerror` say what."""


def open_regular(path: Path) -> BufferedReader:
    """Open a regular file for reading, without ever waiting for it.

    Raise IrregularFileError for anything else, a symbolic link included, another OSError where it cannot be opened.
    """
    _require_regular(path, path.lstat())  # to open a device may already act on it
    file = open(path, "rb", opener=_open_unlinked)  # noqa: SIM115
    try:
        _require_regular(path, os.fstat(file.fileno()))
    except OSError:
        file.close()
        raise
    return file


def kind_of(mode: int) -> str:
    """Return what a file is by its mode (`inode(7)`), with an article."""
    return _KINDS.get(stat.S_IFMT(mode), "a special file")


def _require_regular(path: Path, found: os.stat_result) -> None:
    if not stat.S_ISREG(found.st_mode):
        raise IrregularFileError(errno.EINVAL, f"is {kind_of(found.st_mode)}; expected a regular file", str(path))


def _open_unlinked(path: str, flags: int) -> int:
    return os.open(path, flags | _UNLINKED)


# Neither flag exists on Windows.
_UNLINKED = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)

_KINDS = {
    stat.S_IFREG: "a regular file",
    stat.S_IFDIR: "a folder",
    stat.S_IFLNK: "a symbolic link",
    stat.S_IFIFO: "a named pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}


def is_below(path: str, roots: Iterable[str]) -> bool:
    """Say whether a path is below one of some folders."""
    return any(path.startswith(os.path.join(root, "")) for root in roots)  # noqa: PTH118
