"""One file from disk, or the reason why it is none to read."""

import errno
import os
import stat
from collections.abc import Iterable
from pathlib import Path

from mkdocs_digest.model.diagnostic import Diagnostic
from mkdocs_digest.read.content import LARGEST
from mkdocs_digest.read.messages import remark


def read_file(path: Path, roots: Iterable[str] = ()) -> bytes | Diagnostic:
    """Return the content of a file, one byte more than `LARGEST` at most.

    With `roots`, folders without symbolic links in their paths, those of the file must end below one of them, and what
    is no regular file (a pipe, a device, which could block for ever) is not opened.
    """
    try:
        if roots and not is_below(os.path.realpath(path, strict=True), roots):
            return remark(1, 1, "outside")
        if roots and not stat.S_ISREG(path.stat().st_mode):
            return remark(1, 1, "unreadable", reason="it is no regular file")
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except OSError as error:
        reason = "its symbolic link leads to itself" if error.errno == errno.ELOOP else error.strerror or str(error)
        return remark(1, 1, "unreadable", reason=reason)


def is_below(path: str, roots: Iterable[str]) -> bool:
    """Say whether a path is below one of some folders."""
    return any(path.startswith(os.path.join(root, "")) for root in roots)  # noqa: PTH118
