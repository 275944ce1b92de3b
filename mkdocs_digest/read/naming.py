"""What a file's name says: whether it is a digest, of which day, and what it is called apart from that."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import PurePath

from mkdocs_digest.model.diagnostic import Diagnostic
from mkdocs_digest.model.relative_path import path_fault
from mkdocs_digest.read.front_matter import date_of
from mkdocs_digest.read.messages import remark

_PAGE = re.compile(r"(?:index|readme)(?:\.[a-z]{2}(?:[-_][A-Za-z]{2,4})?)?\.md", re.I)
_DATE = re.compile(r"(?:^|[/\\])(\d{4})[-/\\](\d{2})[-/\\](\d{2})(?=[-_./\\ ]|$)")


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


def date_in(path: str) -> date | None:
    """Return the last date in a path: `2024-05-30-title.md`, `2024/05/30/title.md`."""
    return next((day for day, _ in _dates_in(path)), None)


def name_after_date(path: str) -> str:
    """Return the last segment of a path without the date before it: `rain` for `2024-05-30-rain` and `2024/05/30-rain`.

    A name that is nothing but a date stays.
    """
    name_at = path.rfind("/") + 1
    end = next((end for _, end in _dates_in(path) if end > name_at), name_at)
    rest = path[end:].lstrip("-_. ")
    return rest if any(map(str.isalnum, rest)) else path[name_at:]


def _dates_in(path: str) -> Iterator[tuple[date, int]]:
    """Yield the dates in a path, the last first, and where each ends."""
    for found in reversed(list(_DATE.finditer(path))):
        day = date_of("-".join(found.groups()))
        if day:
            yield day, found.end()
