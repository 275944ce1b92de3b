"""Run the benchmark: `python -m tests.benchmark [--quick] [--sizes 1000,2000,8000] [--runs 5] [--rows cold,serve]`."""

import argparse
import sys
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmark.corpus import Corpus
from tests.benchmark.measure import Run
from tests.benchmark.report import report, verdict
from tests.benchmark.rounds import Contest
from tests.benchmark.rows import ROWS, TARGETED, Table, growth_table, measure_size, reading_table

RESULTS = Path(__file__).parent / "RESULTS.md"
SIZES = (1000, 2000, 8000)
QUICK_SIZE = 150
PACE = 10
"""Digests a day of a busy publisher; over ten years, most digests of a small corpus have a day of their own."""


def main(arguments: Sequence[str]) -> int:
    """Measure, print the tables; return 1 if a short run goes beyond a limit."""
    options = _options(arguments)
    with TemporaryDirectory(prefix="mkdocs-digest-benchmark-") as folder:
        tables = _measure(options, Path(folder))
    text = report(tables, options.runs)
    print(text)
    if options.write or (options.sizes == SIZES and options.rows == ROWS and options.runs >= 5):
        RESULTS.write_text(text, "utf-8")
    beyond = verdict([row for table in tables for row in table.rows]) if options.quick else []
    print("\n".join(beyond), file=sys.stderr)
    return 1 if beyond else 0


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmark", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a short run that fails when a ratio is beyond its limit")
    parser.add_argument("--sizes", type=_numbers, help="numbers of digests, default 1000,2000,8000")
    parser.add_argument("--runs", type=int, help="rounds per size, default 5")
    parser.add_argument("--rows", type=_rows, default=ROWS, help=f"some of {','.join(ROWS)}, default all")
    parser.add_argument("--write", action="store_true", help="write RESULTS.md, as a run of all rows at all sizes does")
    options = parser.parse_args(arguments)
    options.sizes = options.sizes or ((QUICK_SIZE,) if options.quick else SIZES)
    options.runs = options.runs or (2 if options.quick else 5)
    return options


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(sorted(int(part) for part in text.split(",")))


def _rows(text: str) -> tuple[str, ...]:
    wanted = text.split(",")
    unknown = sorted(set(wanted) - set(ROWS))
    if unknown:
        raise argparse.ArgumentTypeError(f"no row {', '.join(unknown)}; there are {', '.join(ROWS)}")
    return tuple(row for row in ROWS if row in wanted)


def _measure(options: argparse.Namespace, folder: Path) -> list[Table]:
    tables: list[Table] = []
    sizes: dict[int, dict[str, list[Run]]] = {}
    for size in options.sizes if set(options.rows) - {"reading"} else ():
        table, sizes[size] = measure_size(Contest(folder / str(size), Corpus(), size), options.rows, options.runs)
        tables.append(table)
        if size == TARGETED and "listings" in options.rows:
            daily = Contest(folder / "daily", Corpus(span=timedelta(days=size / PACE)), size)
            tables.append(measure_size(daily, ["listings"], options.runs)[0])
    if "growth" in options.rows and len(sizes) > 1:
        tables.append(growth_table(sizes))
    if "reading" in options.rows:
        tables.append(reading_table())
    return tables


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
