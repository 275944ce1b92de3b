"""One file from disk, or the reason why it is none to read."""

import stat
from collections.abc import Iterable
from pathlib import Path

from mkdocs_digest.model.diagnostic import Diagnostic
from mkdocs_digest.read.content import LARGEST
from mkdocs_digest.read.messages import remark


def read_file(path: Path, roots: Iterable[Path] = ()) -> bytes | Diagnostic:
    """Return the content of a file, one byte more than `LARGEST` at most.

    With `roots`, symbolic links must end below one of them, and what is no regular file (a pipe, a device, which could
    block for ever) is not opened.
    """
    try:
        roots = [root.resolve() for root in roots]
        if roots and not any(path.resolve().is_relative_to(root) for root in roots):
            return remark(1, 1, "outside")
        if roots and not stat.S_ISREG(path.stat().st_mode):
            return remark(1, 1, "unreadable", reason="it is no regular file")
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except OSError as error:
        return remark(1, 1, "unreadable", reason=error.strerror or str(error))
    except RuntimeError:  # pathlib's word for a loop of symbolic links
        return remark(1, 1, "unreadable", reason="its symbolic link leads to itself")
