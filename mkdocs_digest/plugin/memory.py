"""Garbage collection while a library is made: there are many objects then, and no garbage among them."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected(*, for_good: bool) -> Iterator[None]:
    """Look for no garbage inside the block; nor later, `for_good`, among what is there at its end."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if for_good:
            gc.freeze()
        if was_enabled:
            gc.enable()
