"""Build a large archive whole and in slices, and compare: `python -m tests.benchmark.slices [--digests 20000]`.

The slices are built one after another, each from nothing, as machines of their own would; the joined site must be the
whole one byte for byte.
"""

import argparse
import filecmp
import os
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from mkdocs_digest.slices.records import NAME
from tests.benchmark.corpus import Corpus
from tests.benchmark.layouts import DIGEST_CONFIG, begin_digests, write_digest
from tests.benchmark.measure import Run, mkdocs, run
from tests.sites import write

CONFIG = DIGEST_CONFIG.replace("  - digest\n", "  - digest:\n      only: !ENV [DIGEST_ONLY, '']\n")


def main(arguments: Sequence[str]) -> int:
    """Build, join, compare, and print what it took; return 1 if the sites differ."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmark.slices", description=__doc__)
    parser.add_argument("--digests", type=int, default=20_000)
    parser.add_argument("--slices", type=int, default=4)
    options = parser.parse_args(arguments)
    with TemporaryDirectory(prefix="mkdocs-digest-slices-") as name:
        months = _write(Path(name), options.digests)
        folder = Path(name, "digest")
        write(folder / "mkdocs.yml", CONFIG)
        _say(f"whole, {options.digests:,} digests", _build(folder, "whole"))
        parts = _dealt(months, options.slices)
        for number, part in enumerate(parts, 1):
            count = sum(months[month] for month in part)
            _say(f"slice {number}, {part[0]} to {part[-1]}, {count:,} digests", _build(folder, str(number), part))
        slices = [str(folder / str(number)) for number in range(1, len(parts) + 1)]
        merge = [sys.executable, "-m", "mkdocs_digest", "merge", *slices, "--into", "joined"]
        _say("merge", run(merge, folder, watched=True))
        different = _different(folder / "whole", folder / "joined")
    print(f"{len(different)} files differ {different[:5] or ''}".rstrip())
    return 1 if different else 0


def _write(folder: Path, count: int) -> Counter[str]:
    """Write digests and return how many there are in each month; in so many, a phrase may come twice."""
    begin_digests(folder)
    corpus, months = Corpus(), Counter[str]()
    for story in map(corpus.story, range(count)):
        write_digest(folder, story)
        months[f"{story.moment:%Y-%m}"] += 1
    return months


def _dealt(months: Counter[str], slices: int) -> list[list[str]]:
    """Deal the months out, in order, to slices of about as many digests each."""
    found: list[list[str]] = [[] for _ in range(slices)]
    passed, total = 0, sum(months.values())
    for month in sorted(months):
        found[min(slices - 1, passed * slices // total)].append(month)
        passed += months[month]
    return [part for part in found if part]


def _build(folder: Path, out: str, only: Sequence[str] = ()) -> Run:
    os.environ["DIGEST_ONLY"] = ",".join(only)
    took = mkdocs(folder, "-d", out, watched=True)
    cache = folder / ".cache"
    cache.rename(folder / f".cache-{out}")
    return took


def _say(what: str, took: Run) -> None:
    print(f"{what}: {took.seconds:.1f} s, {took.peak / 2**20:,.0f} MiB", flush=True)


def _different(left: Path, right: Path) -> list[str]:
    paths = {path.relative_to(top) for top in (left, right) for path in top.rglob("*") if not path.is_dir()}
    return sorted(str(path) for path in paths - {Path(NAME)} if not _same(left / path, right / path))


def _same(left: Path, right: Path) -> bool:
    return left.is_file() and right.is_file() and filecmp.cmp(left, right, shallow=False)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
