"""A year as its page shows it: a calendar whose days and months lead to their digests."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from mkdocs_digest.languages.words import Words
from mkdocs_digest.library.calendar import Month, Year

UrlOf = Callable[..., str]
"""Returns the URL of a year, month or day, relative to the site's root; empty where it has no page."""


@dataclass(frozen=True, slots=True)
class DayView:
    """A day; `url` is empty where it has no page to lead to.

    Of one with digests, `name` is the date in full, `digests` says how many there are.
    """

    number: int
    count: int = 0
    url: str = ""
    name: str = ""
    digests: str = ""


@dataclass(frozen=True, slots=True)
class MonthView:
    """A month as weeks of seven days, None outside the month; `url` is empty where it has no page to lead to."""

    title: str
    count: int
    url: str
    digests: str
    weeks: tuple[tuple[DayView | None, ...], ...]


def view_year(year: Year, words: Words, url_of: UrlOf) -> tuple[MonthView, ...]:
    """Return the months of a year; where days have no pages, they lead to that of their month."""
    return tuple(_month(month, year, words, url_of) for month in year.months)


def _month(month: Month, year: Year, words: Words, url_of: UrlOf) -> MonthView:
    url = url_of(month.year, month.month) if month.count else ""

    def view(day: date | None) -> DayView | None:
        if day is None:
            return None
        if not (count := year.counts[day]):
            return DayView(day.day)
        own = url_of(day.year, day.month, day.day)
        return DayView(day.day, count, own or url, words.day(day), words("count", n=count))

    weeks = tuple(tuple(map(view, week)) for week in month.weeks)
    return MonthView(words.month_name(month.month), month.count, url, words("count", n=month.count), weeks)
