"""A year as a calendar: its months, weeks and days, with the digests of each day."""

from calendar import Calendar
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from mkdocs_digest.library.library import Item


@dataclass(frozen=True, slots=True)
class Month:
    """A month as weeks of seven days, None outside the month; `count` is its digests'."""

    year: int
    month: int
    weeks: tuple[tuple[date | None, ...], ...]
    count: int


@dataclass(frozen=True, slots=True)
class Year:
    """The twelve months of a year, and how many digests each day has."""

    months: tuple[Month, ...]
    counts: Counter[date]


def make_year(year: int, items: Iterable[Item], first_weekday: int) -> Year:
    """Return the calendar of `year`; `first_weekday` is 0 for Monday."""
    counts = Counter(item.day for item in items if item.day)
    calendar = Calendar(first_weekday)
    months = tuple(_month(year, month, calendar, counts) for month in range(1, 13))
    return Year(months, counts)


def _month(year: int, month: int, calendar: Calendar, counts: Counter[date]) -> Month:
    weeks = tuple(
        tuple(day if day.month == month else None for day in week) for week in calendar.monthdatescalendar(year, month)
    )
    count = sum(counts[day] for week in weeks for day in week if day)
    return Month(year, month, weeks, count)
