"""Garbage collection during a build: most of what is made then is there until its end, and no garbage."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_RARELY = 10_000
"""Objects made and still there that call for a look: those of some two hundred pages, nearly all for good."""


@contextmanager
def uncollected() -> Iterator[None]:
    """Look for no garbage inside the block, nor later among what is there at its end, until `collect`."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_enabled:
            gc.enable()


def collect() -> None:
    """Look for garbage among what was there at the end of such blocks, if there were any."""
    if gc.get_freeze_count():
        gc.unfreeze()
        gc.collect()


def leave_shared() -> None:
    """Look for no garbage in what a forked process shares with its parent: that would copy it; and rarely elsewhere."""
    gc.freeze()
    gc.set_threshold(_RARELY)
