"""Which digests go together: by the rarity of the tags they share, then by closeness in time."""

import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from heapq import nlargest, nsmallest
from typing import NamedTuple

from mkdocs_digest.library.library import Item

_NEAR = 24
"""Neighbours on either side within a tag that are looked at: keeps the cost linear however common the tag."""

_DAY = 86_400.0
_CLOSENESS = 0.2
"""What closeness in time adds at most to what shared tags give."""


class _Traits(NamedTuple):
    """What relates a digest to others; `tags` are the ids of its terms."""

    place: str
    moment: datetime | None
    tags: tuple[str, ...]


class Related:
    """Finds the related digests of each among some that are in the library's order."""

    def __init__(self, digests: tuple[_Traits, ...]) -> None:
        self._digests = digests
        self._at = {digest.place: at for at, digest in enumerate(digests)}
        self._seconds = [digest.moment.timestamp() if digest.moment else None for digest in digests]
        self._tagged: dict[str, list[int]] = defaultdict(list)
        for at, digest in enumerate(digests):
            for tag in digest.tags:
                self._tagged[tag].append(at)
        self._weights = {tag: 1 / math.log2(1 + len(tagged)) for tag, tagged in self._tagged.items()}
        self._found: dict[tuple[str, int], tuple[int, ...]] = {}

    def of(self, place: str, most: int) -> tuple[int, ...]:
        """Return the positions of at most `most` digests that share a tag with the one at `place`, the closest first.

        Ties go by place.
        """
        if (place, most) not in self._found:
            self._found[place, most] = self._closest(self._at[place], most)
        return self._found[place, most]

    def _closest(self, at: int, most: int) -> tuple[int, ...]:
        shared = self._shared(at)
        least = min(nlargest(most, shared.values()), default=0.0) - _CLOSENESS
        found = [
            (-self._score(at, other, score), self._digests[other].place, other)
            for other, score in shared.items()
            if score >= least
        ]
        return tuple(other for _, _, other in nsmallest(most, found))

    def _shared(self, at: int) -> dict[int, float]:
        """Return the digests that share tags with one, weighted by how rare the tags are."""
        shared: dict[int, float] = {}
        for tag in self._digests[at].tags:
            tagged, weight = self._tagged[tag], self._weights[tag]
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


def related_among(items: Iterable[Item]) -> Related:
    """Return what finds the related among some digests: it is kept until their places, dates or tags change."""
    return _related(tuple(_Traits(item.place, item.moment, tuple(tag.id for tag in item.tags)) for item in items))


_related = lru_cache(maxsize=8)(Related)  # languages that lack other digests have one each
