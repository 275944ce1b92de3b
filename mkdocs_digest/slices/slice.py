"""Which part of a site a build makes."""

from collections.abc import Iterable
from dataclasses import dataclass

from mkdocs_digest.library.library import Item, Library


@dataclass(frozen=True, slots=True)
class Slice:
    """What belongs to the days (ISO 8601) that begin with one of `starts`, like `2024` or `2024-05`; without any, all.

    A page or a file belongs to the newest day that it shows, one that shows no day to the library's `newest`.
    """

    starts: tuple[str, ...] = ()
    newest: str = ""

    def holds(self, items: Iterable[Item]) -> bool:
        """Say whether what shows these digests belongs to the slice."""
        if not self.starts:
            return True
        day = max((item.day.isoformat() for item in items if item.day), default=self.newest)
        return not day or self.covers(day)

    def covers(self, day: str) -> bool:
        """Say whether a day belongs to the slice."""
        return not self.starts or day.startswith(self.starts)


def days_of(library: Library) -> tuple[str, ...]:
    """Return the days of a library (ISO 8601), the oldest first."""
    return tuple(sorted({item.day.isoformat() for item in library.items if item.day}))
