"""The results as Markdown, with the machine they are from."""

import os
import platform
from collections.abc import Iterator, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from statistics import median

from tests.benchmark.rows import TARGETED, Figures, Row, Table

_PACKAGES = ("mkdocs-digest", "mkdocs", "mkdocs-material", "mkdocs-static-i18n", "markdown-it-py", "hugo")
_HEAD = """\
| | min | median | max | against | min | median | max | ratio | (range) | processors' time | target | |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |"""
_ABOUT = """\
Whole processes, fresh ones, every contestant once per round; ratios are the medians over the rounds. *hand* is the same
digests split by hand into `x.md` and `x.en.md`: Material, static-i18n, search, `navigation.prune`, the digests out of
the navigation (in it, such a site takes twice as long), no listings, no feeds. Ours has everything on. Hugo has trivial
templates, tag pages and feeds of 20, no search. The corpus is ten years in two languages, with 40 tags and 12 sources;
no text occurs twice. What listings cost hangs on the pace: over ten years, 2,000 digests have almost as many days, each
with a page; where a day has ten of them, a tenth. Memory is that of a build of its own, since looking at it takes time.
`python -m tests.benchmark` writes this file."""


def report(tables: Sequence[Table], times: int) -> str:
    """Return the tables as a Markdown document."""
    parts = ["# What a build costs", _ABOUT, _machine(times), *(_section(table) for table in tables)]
    return "\n\n".join(parts) + "\n"


def verdict(rows: Sequence[Row]) -> list[str]:
    """Return a line for each row beyond its limit for a short run."""
    return [
        f"{row.ours.name}: {median(row.ratios):.2f} times {row.other.name}, at most {row.limit.quick}"
        for row in rows
        if row.beyond(row.limit.quick)
    ]


def _machine(times: int) -> str:
    found = " · ".join(f"{name} {number}" for name in _PACKAGES if (number := _version(name)))
    cores = os.cpu_count()
    return (
        f"{_processor()}, {cores} cores · {platform.system()} · Python {platform.python_version()} · {found} · "
        f"{times} rounds"
    )


def _processor() -> str:
    try:
        rows = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    names = [row.partition(":")[2].strip() for row in rows if row.startswith("model name")]
    return names[0] if names else platform.machine()


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _section(table: Table) -> str:
    rows = "\n".join([_HEAD, *(_row(row, targeted=table.size in (None, TARGETED)) for row in table.rows)])
    if table.size is None:
        return f"## {table.rows[0].key.partition('-')[0].capitalize()}\n\n{rows}"
    pages = ", ".join(f"{name} {count:,}" for name, count in table.pages.items())
    return f"## {table.size:,} digests in 2 languages, over {table.days:,} days\n\n{rows}\n\nPages written: {pages}."


def _row(row: Row, *, targeted: bool) -> str:
    target = row.limit.target
    cells = [row.ours.name, *_cells(row.ours), row.other.name, *_cells(row.other), *_ratio(row)]
    cells.append(f"{target:g}" if target is not None else "")
    cells.append("" if target is None or not targeted else "missed" if row.beyond(target) else "met")
    return f"| {' | '.join(cells)} |"


def _cells(figures: Figures) -> Iterator[str]:
    digits = 0 if figures.unit == "MiB" else 2
    for value in (min(figures.values), median(figures.values), max(figures.values)):
        yield f"{value:,.{digits}f} {figures.unit}"


def _ratio(row: Row) -> Iterator[str]:
    yield f"**{median(row.ratios):.2f}**"
    yield f"{min(row.ratios):.2f}–{max(row.ratios):.2f}"
    yield f"{row.cpu_ratio:.2f}" if row.cpu_ratio is not None else ""
