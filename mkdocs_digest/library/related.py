"""Which digests go together: by the rarity of the tags they share, then by closeness in time."""

import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from heapq import nlargest, nsmallest

from mkdocs_digest.library.library import Item

_NEAR = 24
"""Neighbours on either side within a tag that are looked at: keeps the cost linear however common the tag."""

_DAY = 86_400.0


_CLOSENESS = 0.2
"""What closeness in time adds at most to what shared tags give."""


class Related:
    """Finds the related digests of each in a sequence that is in the library's order."""

    def __init__(self, items: Sequence[Item]) -> None:
        self._items = items
        self._at = {item.place: at for at, item in enumerate(items)}
        self._seconds = [item.moment.timestamp() if item.moment else None for item in items]
        self._tagged: dict[str, list[int]] = defaultdict(list)
        for at, item in enumerate(items):
            for tag in item.tags:
                self._tagged[tag.id].append(at)
        self._weights = {id_: 1 / math.log2(1 + len(tagged)) for id_, tagged in self._tagged.items()}

    def of(self, item: Item, most: int) -> tuple[Item, ...]:
        """Return at most `most` digests that share a tag with `item`, the closest first; ties go by place."""
        at = self._at[item.place]
        shared = self._shared(item, at)
        least = min(nlargest(most, shared.values()), default=0.0) - _CLOSENESS
        found = [
            (-self._score(at, other, score), self._items[other].place, other)
            for other, score in shared.items()
            if score >= least
        ]
        return tuple(self._items[other] for _, _, other in nsmallest(most, found))

    def _shared(self, item: Item, at: int) -> dict[int, float]:
        """Return the digests that share tags with one, weighted by how rare the tags are."""
        shared: dict[int, float] = {}
        for tag in item.tags:
            tagged, weight = self._tagged[tag.id], self._weights[tag.id]
            position = bisect_left(tagged, at)
            for other in tagged[max(0, position - _NEAR) : position + _NEAR + 1]:
                shared[other] = shared.get(other, 0.0) + weight
        shared.pop(at, None)
        return shared

    def _score(self, at: int, other: int, shared: float) -> float:
        second, other_second = self._seconds[at], self._seconds[other]
        if second is None or other_second is None:
            return shared
        days = abs(second - other_second) / _DAY
        return shared + _CLOSENESS / (1 + days / 30)
