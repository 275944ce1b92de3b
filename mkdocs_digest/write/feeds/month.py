"""The months by which feeds and data files are cut (archived feeds: RFC 5005, section 4)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from mkdocs_digest.library.library import Item

UNDATED = "undated"


@dataclass(frozen=True, slots=True)
class Month:
    """The digests of a month, named like `2024-05`; those without a date are one too."""

    name: str
    items: tuple[Item, ...]


def months_of(items: Iterable[Item]) -> tuple[Month, ...]:
    """Return the months of some digests, newest first, those without a date last."""
    groups: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        groups[item.day.isoformat()[:7] if item.day else UNDATED].append(item)
    names = sorted(groups, key=lambda name: (name != UNDATED, name), reverse=True)
    return tuple(Month(name, tuple(groups[name])) for name in names)


def archived_months(months: tuple[Month, ...], feed_entries: int) -> tuple[Month, ...]:
    """Return the months that get an archive document: all but the newest, which still grows.

    An archive document should not change once it is written; the newest month's is needed only if the feed of
    `feed_entries` cannot hold it.
    """
    return months if months and len(months[0].items) > feed_entries else months[1:]
