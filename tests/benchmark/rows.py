"""The rows of the table: what is compared with what, and how far apart the two may be."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median

from tests.benchmark.measure import Run
from tests.benchmark.reading import read_in_turns
from tests.benchmark.rounds import STEPS, Contest, can_take, take_rounds, tell

MIB = 1024.0 * 1024
TARGETED = 2000
"""The number of digests that the targets are for."""


@dataclass(frozen=True, slots=True)
class Limit:
    """The largest ratio allowed: `target` is the aim at `TARGETED` digests, `quick` guards the short run in CI."""

    target: float | None = None
    quick: float | None = None


# A short run has 150 digests: half of its time is Python's and MkDocs' start, which no cache saves. Memory is that of
# all processes that write at once.
LIMITS = {
    "cold": Limit(0.8, 1.3),
    "changed": Limit(0.2, 0.8),
    "unchanged": Limit(0.15, 0.75),
    "serve": Limit(0.08, 0.8),
    "memory": Limit(1.0, 2.2),
    "growth-cold": Limit(8.8),
    "growth-changed": Limit(8.8),
    "hugo": Limit(1.5),
    "listings": Limit(1.25),
    "reading": Limit(1.5, 1.8),
}
STEPS_OF = {
    "cold": ("hand", "cold"),
    "changed": ("hand", "cold", "changed"),
    "unchanged": ("hand", "cold", "unchanged"),
    "serve": (),
    "memory": ("hand", "watched"),
    "growth": ("cold", "changed"),
    "hugo": ("cold", "changed", "hugo"),
    "listings": ("bare", "cold"),
    "reading": (),
}
"""The steps that each row needs."""

ROWS = tuple(STEPS_OF)


@dataclass(frozen=True, slots=True)
class Figures:
    """Figures of one thing in one unit, and the processor's share of them where it is known."""

    name: str
    values: tuple[float, ...]
    unit: str = "s"
    cpu: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """Ours next to another's; `ratios` are one per round."""

    key: str
    ours: Figures
    other: Figures

    @property
    def ratios(self) -> list[float]:
        return _ratios(self.ours.values, self.other.values)

    @property
    def cpu_ratio(self) -> float | None:
        found = _ratios(self.ours.cpu, self.other.cpu)
        return median(found) if found else None

    @property
    def limit(self) -> Limit:
        return LIMITS[self.key]

    def beyond(self, most: float | None) -> bool:
        """Say whether the median of the ratios is above a limit."""
        return most is not None and median(self.ratios) > most


@dataclass(frozen=True, slots=True)
class Table:
    """The rows at one size (none for those of no size), and how many pages each contestant has written.

    `days` are those over which the digests are spread.
    """

    size: int | None
    rows: tuple[Row, ...]
    pages: Mapping[str, int] = field(default_factory=dict)
    days: int = 0


def measure_size(contest: Contest, rows: Sequence[str], times: int) -> tuple[Table, dict[str, list[Run]]]:
    """Measure the rows that belong to a size, and return what the steps took besides."""
    needed = {step for row in rows for step in STEPS_OF[row]}
    runs = take_rounds(contest, [step for step in STEPS if step in needed and can_take(step)], times)
    found = [*_build_rows(rows, runs), *(_serve_row(contest, times) if "serve" in rows else ())]
    written = {"digest": "cold", "hand": "hand", "hugo": "hugo"}
    pages = {contestant: contest.pages(contestant) for contestant, step in written.items() if step in runs}
    return Table(contest.size, tuple(found), pages, contest.corpus.span.days), runs


def growth_table(sizes: Mapping[int, Mapping[str, Sequence[Run]]]) -> Table:
    """Compare the largest size with the smallest."""
    least, most = min(sizes), max(sizes)
    rows = [
        Row(
            f"growth-{step}",
            _seconds(f"{name}, {most:,}", sizes[most][step]),
            _seconds(f"{least:,}", sizes[least][step]),
        )
        for step, name in (("cold", "cold"), ("changed", "one changed"))
    ]
    return Table(None, tuple(rows))


def reading_table(times: int = 1000) -> Table:
    """Compare reading the sample with the least that reads it."""
    tell(f"reading the sample {times:,} times")
    ours, least = (tuple(1000 * value for value in values) for values in read_in_turns(times))
    other = Figures("front matter and blocks", least, "ms")
    return Table(None, (Row("reading", Figures("parse_digest", ours, "ms"), other),))


def _build_rows(rows: Sequence[str], runs: Mapping[str, Sequence[Run]]) -> Iterator[Row]:
    for key, (step, name, other, other_name) in _BUILDS.items():
        if key in rows and step in runs and other in runs:
            yield Row(key, _seconds(name, runs[step]), _seconds(other_name, runs[other]))
    if "memory" in rows:
        yield Row("memory", _memory("peak memory, cold", runs["watched"]), _memory("hand", runs["hand"]))


_BUILDS = {
    "cold": ("cold", "cold, empty cache", "hand", "hand"),
    "changed": ("changed", "warm, one changed", "hand", "hand"),
    "unchanged": ("unchanged", "warm, nothing changed", "hand", "hand"),
    "hugo": ("changed", "warm, one changed", "hugo", "Hugo, in full"),
    "listings": ("cold", "cold, listings and feeds on", "bare", "off"),
}


def _serve_row(contest: Contest, times: int) -> Iterator[Row]:
    tell(f"{contest.size:,} digests: serving ours")
    ours = contest.serve_digest(times)
    tell(f"{contest.size:,} digests: serving hand")
    hand = contest.serve_hand(times)
    yield Row("serve", Figures("serve, saved to served", tuple(ours)), Figures("hand, served", tuple(hand)))


def _seconds(name: str, runs: Sequence[Run]) -> Figures:
    return Figures(name, tuple(run.seconds for run in runs), "s", tuple(run.cpu for run in runs))


def _memory(name: str, runs: Sequence[Run]) -> Figures:
    return Figures(name, tuple(run.peak / MIB for run in runs), "MiB")


def _ratios(ours: Sequence[float], others: Sequence[float]) -> list[float]:
    return [value / other for value, other in zip(ours, others, strict=True)] if others else []
