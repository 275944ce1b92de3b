"""Pages of days: one is drawn for all that differ in dates and digests only, cut at these, and filled in for each.

What is drawn is a day under names that no other page has. A day whose own names might look otherwise than they are
in HTML or JSON is drawn itself.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import count
from typing import Any

from mkdocs_digest.library.library import Item
from mkdocs_digest.library.listing import Kind, Listing, ListingPage
from mkdocs_digest.library.urls import Urls
from mkdocs_digest.plugin.pages.apart import FileApart
from mkdocs_digest.plugin.pages.frame import Frame, Frames, Sheet, encoded
from mkdocs_digest.plugin.pages.templates import Templates, rooted
from mkdocs_digest.write.metadata.json_ld import write_text
from mkdocs_digest.write.timestamp import rfc3339

_YEAR = 9901
_MOMENT = datetime(_YEAR, 1, 1, tzinfo=UTC)
_CHANGING = re.compile(r"""[\x00-\x1f<>&"'\\{}]|[^\S ]|  |^ | $""")
"""What is escaped in HTML or JSON, or closed up."""


@dataclass(frozen=True, slots=True)
class Stencil:
    """A page cut at its gaps: UTF-8, and the numbers of its values where they belong; `frame` is the id of its frame.

    Links start at `base`.
    """

    frame: str
    base: str
    pieces: tuple[bytes | int, ...]

    def fill(self, values: Sequence[bytes]) -> bytes:
        """Return the page that has these values."""
        return b"".join([values[piece] if isinstance(piece, int) else piece for piece in self.pieces])


class Stencils:
    """Makes the pages of days in one language; `sheet_of` is given a file and what is to be shown on its page."""

    def __init__(
        self, frames: Frames, templates: Templates, sheet_of: Callable[[FileApart, ListingPage], Sheet]
    ) -> None:
        self.frames = frames
        self.templates = templates
        self.sheet_of = sheet_of
        self.urls = templates.viewer.library.urls
        self._archive = self.urls.in_digests("archive/")
        self._known: dict[tuple[Any, ...], Stencil | None] = {}

    def made(self, file: FileApart) -> tuple[str, bytes] | None:
        """Return the id of a page's frame, and the page; None for one that has to be drawn itself."""
        view = file.subject
        if not isinstance(view, ListingPage) or view.listing.kind is not Kind.DAY or view.pages > 1:
            return None
        if any(_CHANGING.search(listing.title) for listing in _periods(view)):
            return None
        shape = (file.langs, len(view.items), bool(view.newer), bool(view.older))
        if shape not in self._known:
            self._known[shape] = self._cut(file, view)
        stencil = self._known[shape]
        return (stencil.frame, stencil.fill(self._values(view, stencil.base))) if stencil else None

    def _cut(self, file: FileApart, view: ListingPage) -> Stencil | None:
        """Return a stencil, if filling it gives the page of this day."""
        sheet = self.sheet_of(file, view)
        frame = self.frames.frame_of(sheet)
        if frame is None:
            return None
        specimen, base = _renamed(view, self.urls), sheet.outline.base
        html = self._html(frame, self.sheet_of(file, specimen))
        stencil = Stencil(frame.id, base, _pieces(html, self._values(specimen, base)))
        return stencil if stencil.fill(self._values(view, base)) == self._html(frame, sheet) else None

    def _html(self, frame: Frame, sheet: Sheet) -> bytes:
        return frame.fill(self.frames.values(sheet.outline, sheet.draw()))

    def _values(self, view: ListingPage, base: str) -> list[bytes]:
        """Return what tells a day's page from all others."""
        values = [rfc3339(view.changed) if view.changed else ""]
        for listing in _periods(view):
            values += listing.title, listing.place.removeprefix(self._archive)
        for item in view.items:
            entry = self.templates.viewer.entry(item)
            url = self.templates.publication.address(entry.url)
            values += rooted(self.templates.entry(item), base), write_text(entry.title), write_text(url)
        return list(map(encoded, values))


def _periods(view: ListingPage) -> list[Listing]:
    """Return the listings of dates that a page names."""
    return [listing for listing in (view.listing, view.newer, view.older, *view.trail) if listing and listing.period]


def _renamed(view: ListingPage, urls: Urls) -> ListingPage:
    """Return a page under names that are nowhere else on it."""
    periods = {listing.place: _renamed_period(listing, _YEAR + at, urls) for at, listing in enumerate(_periods(view))}
    listing, items = periods[view.listing.place], tuple(map(_renamed_item, view.items, count()))
    return replace(
        view,
        listing=replace(listing, items=items),
        items=items,
        place=listing.place,
        changed=_MOMENT,
        trail=tuple(periods.get(other.place, other) for other in view.trail),
        newer=view.newer and periods[view.newer.place],
        older=view.older and periods[view.older.place],
    )


def _renamed_period(listing: Listing, year: int, urls: Urls) -> Listing:
    period = (year, *(1 for _ in listing.period[1:]))
    return replace(listing, place=urls.period(*period), title=f"xq{year}", period=period)


def _renamed_item(item: Item, number: int) -> Item:
    name = f"xq-{number}-qx"
    translations = tuple(replace(translation, title=name) for translation in item.digest.translations)
    digest = replace(item.digest, translations=translations)
    return replace(item, digest=digest, place=name)


def _pieces(html: bytes, values: Sequence[bytes]) -> tuple[bytes | int, ...]:
    """Return a page cut at its values, each in its place by its number."""
    numbers = {value: number for number, value in enumerate(values)}
    pieces: list[bytes | int] = [html]
    for value in sorted(numbers, key=len, reverse=True):  # one may be part of another
        pieces = [part for piece in pieces for part in _cut_at(piece, value, numbers[value])]
    return tuple(pieces)


def _cut_at(piece: bytes | int, value: bytes, number: int) -> list[bytes | int]:
    if isinstance(piece, int):
        return [piece]
    first, *others = piece.split(value)
    return [first, *(part for other in others for part in (number, other))]
