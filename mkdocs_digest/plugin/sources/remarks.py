"""What the reader remarked, told once to the person who builds the site."""

import os
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from logging import INFO, WARNING
from pathlib import Path

from mkdocs.plugins import get_plugin_logger

from mkdocs_digest.command.terminal import printable_line
from mkdocs_digest.library.library import Moved
from mkdocs_digest.model.diagnostic import Diagnostic, Severity
from mkdocs_digest.read.messages import remark

log = get_plugin_logger(__name__)

MOST = 5
"""Remarks of one code that are printed before the rest become a number."""

Remarks = Mapping[str, Sequence[Diagnostic]]


def report(remarks: Remarks, docs_dir: Path, allowed: Collection[str] = ()) -> None:
    """Log remarks by path: faults at WARNING, so that `--strict` fails, the rest at INFO; at most `MOST` of a code.

    Paths are below `docs_dir`. The codes that are `allowed` name what the site lets pass.
    """
    by_code: dict[str, list[tuple[str, Diagnostic]]] = defaultdict(list)
    for path, told in remarks.items():
        for item in told:
            if item.code not in allowed:
                by_code[item.code].append((path, item))
    for code, found in by_code.items():
        level = INFO if found[0][1].severity is Severity.INFO else WARNING
        for path, item in found[:MOST]:
            log.log(level, printable_line(item.located(clickable(docs_dir / path))))
        if len(found) > MOST:
            log.log(level, f"and {len(found) - MOST} more {code}; `mkdocs-digest check` lists them all")


def clickable(path: Path) -> str:
    """Return a path as a terminal can open it: relative to the working folder if it is below it, else absolute."""
    absolute = Path(os.path.abspath(path))  # noqa: PTH100
    here = Path.cwd()
    return str(absolute.relative_to(here) if absolute.is_relative_to(here) else absolute)


def merged(remarks: Iterable[Remarks]) -> dict[str, list[Diagnostic]]:
    """Return remarks from several sources by path."""
    found: dict[str, list[Diagnostic]] = defaultdict(list)
    for some in remarks:
        for path, told in some.items():
            found[path] += told
    return {path: sorted(set(told)) for path, told in sorted(found.items())}


def moved_digests(moved: Iterable[Moved]) -> Remarks:
    """Return the remarks on digests whose place was taken."""
    return {item.path: (_on_move(item),) for item in moved}


def _on_move(item: Moved) -> Diagnostic:
    other = f"'{item.other}'" if item.other else "a listing"
    return remark(1, 1, "same-page", other=other, place=item.place, moved=item.moved)


def allowed_codes(*, trusted: bool, images: bool) -> set[str]:
    """Return the codes of remarks that say nothing on a site that trusts its digests, or lets in their images."""
    return ({"raw-html", "unsafe-link", "image-text"} if trusted else set()) | ({"image-text"} if images else set())
