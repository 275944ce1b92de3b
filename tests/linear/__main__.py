"""Measure every shape at 125 kB and 500 kB: `python -m tests.linear [part of a name]`, a quarter of an hour for all.

Prints the seconds of processor time, how they grow, and the dearest stage; exits with 1 where a text breaks a bound.
"""

import sys

from tests.linear.cost import Cost, best_of, cost_of
from tests.linear.shapes import SHAPES, Shape

SMALL, LARGE = 125_000, 500_000
MOST_SECONDS = 5.0
MOST_GROWTH = LARGE / SMALL * 1.2
SLACK = 0.1


def measured(shape: Shape) -> tuple[Cost, Cost]:
    """Return what a shape costs at both sizes; once more, best of three, where it seems too much."""
    small, large = cost_of(shape(SMALL)), cost_of(shape(LARGE))
    if within(small, large):
        return small, large
    return best_of(3, lambda: cost_of(shape(SMALL))), best_of(3, lambda: cost_of(shape(LARGE)))


def within(small: Cost, large: Cost) -> bool:
    """Return True if a text is read and written within the bounds."""
    return large.page <= MOST_SECONDS and large.total <= MOST_GROWTH * small.total + SLACK


def main(part: str) -> int:
    """Print a row for each shape whose name has `part` in it, and return the exit code."""
    cost_of("The *first* [call](a) loads `what` it needs.\n\n```python\nx = 1\n```\n")
    failed = 0
    for name, shape in SHAPES.items():
        if part not in name:
            continue
        small, large = measured(shape)
        fine = within(small, large)
        failed += not fine
        growth = large.total / max(small.total, 0.001)
        row = f"{name:50} {small.total:7.2f} {large.total:7.2f} {growth:6.1f}x  {large.dearest}"
        print(f"{row:90}{'' if fine else '  TOO SLOW'}", flush=True)
    print(f"{failed} too slow")
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main(" ".join(sys.argv[1:])))
