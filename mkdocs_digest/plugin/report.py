"""What the reader remarked, told once to the person who builds the site."""

import errno
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from logging import INFO, WARNING
from pathlib import Path

from mkdocs.exceptions import PluginError
from mkdocs.plugins import get_plugin_logger

from mkdocs_digest.command.terminal import printable_line
from mkdocs_digest.library.library import Library, Moved
from mkdocs_digest.model.diagnostic import Diagnostic, Severity
from mkdocs_digest.plugin.made import Made
from mkdocs_digest.plugin.search import INDEX
from mkdocs_digest.read.messages import remark

log = get_plugin_logger(__name__)

MOST = 5
"""Remarks of one code that are printed before the rest become a number."""


Remarks = Mapping[str, Sequence[Diagnostic]]

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_REFUSED = {errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO, errno.ELOOP}


def report(remarks: Remarks, allowed: Collection[str] = ()) -> None:
    """Log remarks by path: faults at WARNING, so that `--strict` fails, the rest at INFO; at most `MOST` of a code.

    The codes that are `allowed` name what the site lets pass.
    """
    by_code: dict[str, list[tuple[str, Diagnostic]]] = defaultdict(list)
    for path, told in remarks.items():
        for item in told:
            if item.code not in allowed:
                by_code[item.code].append((path, item))
    for code, found in by_code.items():
        level = INFO if found[0][1].severity is Severity.INFO else WARNING
        for path, item in found[:MOST]:
            log.log(level, printable_line(item.located(path)))
        if len(found) > MOST:
            log.log(level, f"and {len(found) - MOST} more {code}; `mkdocs-digest check` lists them all")


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


def explain_failure(error: Exception) -> None:
    """Raise PluginError, which is shown without a traceback, if a build failed because the disk refused something."""
    if isinstance(error, OSError) and error.errno in _FULL | _REFUSED:
        what = f"'{error.filename}'" if error.filename else "the site cannot be written"
        raise PluginError(printable_line(f"{what}: {error.strerror}")) from error


def summarise(library: Library, pages: int, made: Made, site_dir: Path, seconds: float) -> None:
    """Log in one line what a build has made; `pages` counts all that are of digests and listings."""
    indexes = (site_dir / root / INDEX for root in ("", *library.langs))
    index = sum(path.stat().st_size for path in indexes if path.is_file())
    feeds = sum((site_dir / path).stat().st_size for path in made.paths if not path.endswith(".html"))
    counts = f"{len(library.items):,} digests in {', '.join(library.langs)}"
    sizes = f"search index {index / 1e6:.1f} MB, feeds and data {feeds / 1e6:.1f} MB"
    log.info(f"{counts}: {pages - made.kept:,} pages written, {made.kept:,} kept, in {seconds:.1f} s; {sizes}")
