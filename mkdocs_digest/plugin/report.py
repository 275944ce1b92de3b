"""What the reader remarked, told once to the person who builds the site."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from logging import INFO, WARNING

from mkdocs.plugins import get_plugin_logger

from mkdocs_digest.model.diagnostic import Diagnostic, Severity

log = get_plugin_logger(__name__)

MOST = 5
"""Remarks of one code that are printed before the rest become a number."""


def report(remarks: Mapping[str, Sequence[Diagnostic]]) -> None:
    """Log remarks by path: faults at WARNING, so that `--strict` fails, the rest at INFO; at most `MOST` of a code."""
    by_code: dict[str, list[tuple[str, Diagnostic]]] = defaultdict(list)
    for path, told in remarks.items():
        for remark in told:
            by_code[remark.code].append((path, remark))
    for code, found in by_code.items():
        level = INFO if found[0][1].severity is Severity.INFO else WARNING
        for path, remark in found[:MOST]:
            log.log(level, remark.located(path))
        if len(found) > MOST:
            log.log(level, f"and {len(found) - MOST} more {code}; `mkdocs-digest check` lists them all")
