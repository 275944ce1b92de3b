"""Which digests go together: by the rarity of the tags they share, then by closeness in time."""

import math
from collections import defaultdict
from collections.abc import Sequence

from mkdocs_digest.library.library import Item

_NEAR = 24
"""Neighbours on either side within a tag that are looked at: keeps the cost linear however common the tag."""

_DAY = 86_400.0


class Related:
    """Finds the related digests of each in a sequence that is in the library's order."""

    def __init__(self, items: Sequence[Item]) -> None:
        self._items = {item.place: item for item in items}
        self._tagged: dict[str, list[Item]] = defaultdict(list)
        self._position: dict[tuple[str, str], int] = {}
        for item in items:
            for tag in item.tags:
                self._position[tag.id, item.place] = len(self._tagged[tag.id])
                self._tagged[tag.id].append(item)

    def of(self, item: Item, most: int) -> tuple[Item, ...]:
        """Return at most `most` digests that share a tag with `item`, the closest first; ties go by place."""
        scores: dict[str, float] = defaultdict(float)
        for tag in item.tags:
            tagged = self._tagged[tag.id]
            at = self._position[tag.id, item.place]
            weight = 1 / math.log2(1 + len(tagged))
            for other in tagged[max(0, at - _NEAR) : at + _NEAR + 1]:
                scores[other.place] += weight
        scores.pop(item.place, None)
        ranked = sorted(scores, key=lambda place: (-self._score(item, place, scores[place]), place))
        return tuple(self._items[place] for place in ranked[:most])

    def _score(self, item: Item, place: str, shared: float) -> float:
        other = self._items[place]
        if item.moment is None or other.moment is None:
            return shared
        days = abs((item.moment - other.moment).total_seconds()) / _DAY
        return shared + 0.2 / (1 + days / 30)
