"""Which files are digests, by their names alone."""

import re
from pathlib import PurePath

from mkdocs_digest.model.diagnostic import Diagnostic
from mkdocs_digest.model.relative_path import path_fault
from mkdocs_digest.read.messages import remark

_PAGE = re.compile(r"(?:index|readme)(?:\.[a-z]{2}(?:[-_][A-Za-z]{2,4})?)?\.md", re.I)


def is_digest(path: PurePath) -> bool:
    """Say whether a path below the folder of the digests names one: no index, README, hidden or underscored name.

    The pages of a language (`index.en.md`) are no digests either.
    """
    if path.suffix != ".md" or _PAGE.fullmatch(path.name):
        return False
    return not any(part.startswith((".", "_")) for part in path.parts)


def about_name(path: str) -> Diagnostic | None:
    """Return the remark on a file whose name cannot become a URL on every system; `path` has forward slashes."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return remark(1, 1, "bad-name", fault="is not UTF-8")
    fault = path_fault(path)
    return remark(1, 1, "bad-name", fault=fault) if fault else None
