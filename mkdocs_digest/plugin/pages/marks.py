"""Marks: texts that stand for a page's own while a theme is watched, and what a theme has made of them."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape
from mkdocs.structure.pages import Page

_TEXTS = ("title", "meta-title", "meta-description", "meta-author", "older-title", "newer-title", "anchor-title")
_PARTS = ("head", "body", "items")
_FORMS: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("<b>xq-{}-qx&lt;", str),
    ("&lt;b&gt;xq-{}-qx&amp;lt;", lambda text: str(escape(text))),
    ("xq-{}-qx<", lambda text: Markup(text).striptags()),
    ("xq-{}-qx&lt;", lambda text: str(escape(Markup(text).striptags()))),
    ("xq-{}-qy&amp;", lambda url: str(escape(url))),
    ("xq-{}-qy&", str),
    ("xq-{}-qz", str),
)
"""What filters make of a mark, and of what it stands for: a text that is HTML (`qx`), a URL (`qy`), a part (`qz`)."""

UNASKED = "xq-url-qx"
"""What must not be in a frame: a theme that prints it has looked at what it was not told."""

_NAME = "([a-z-]+?)"
_MARK = re.compile("|".join(form.format(_NAME) for form, _ in _FORMS))


class UntoldError(Exception):
    """A theme asks of a page what its frame cannot answer."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A gap in a frame: the name of a value, and which of `_FORMS` the theme gives it."""

    name: str
    form: int

    def of(self, values: Mapping[str, str]) -> str:
        """Return what the theme makes of the slot's value."""
        return _FORMS[self.form][1](values[self.name])


class Likeness:
    """Stands for a page, and refuses what it has not been told."""

    def __init__(self, page: Page, told: Mapping[str, Any], meta: Any) -> None:
        same = ("parent", "ancestors", "children", "active", *(name for name in dir(page) if name.startswith("is_")))
        vars(self).update(told, meta=meta, **{name: getattr(page, name) for name in same})

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        raise UntoldError(name)


def _untold(*_: Any, **__: Any) -> Any:
    raise UntoldError


class _Mark(str):
    """A text that can be printed, and filtered as `_FORMS` knows, but not looked at."""

    __slots__ = ()

    def __str__(self) -> str:
        return str.__str__(self)

    def __bool__(self) -> bool:
        return True

    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = __len__ = __contains__ = __getitem__ = __iter__ = _untold
    __hash__ = __mod__ = __mul__ = __rmul__ = __format__ = _untold


for _name in dir(str):
    if not _name.startswith("_"):
        setattr(_Mark, _name, _untold)


class Asked:
    """Front matter that notes what is asked of it; its texts are marks."""

    def __init__(self, meta: Mapping[str, Any], asked: dict[str, Any]) -> None:
        self._meta = meta
        self._asked = asked

    def __getitem__(self, key: str) -> Any:
        self._asked[key] = answer(self._meta, key)
        found = self._meta[key]
        return text_mark(f"meta-{key}") if key in SLOTTED else found

    def get(self, key: str, default: Any = None) -> Any:
        try:
            return self[key]
        except KeyError:
            return default

    def __contains__(self, key: str) -> bool:
        self._asked[key] = answer(self._meta, key)
        return key in self._meta

    def __bool__(self) -> bool:
        return True

    __iter__ = __len__ = __eq__ = __str__ = __repr__ = __or__ = keys = values = items = copy = pop = _untold
    __hash__ = None  # type: ignore[assignment]


SLOTTED = ("title", "description", "author")
"""The texts of front matter that are gaps in a frame."""


def part_mark(name: str) -> str:
    """Return the mark of a part of a page that a theme puts where it belongs, and does not look at."""
    return f"xq-{name}-qz"


def answer(meta: Mapping[str, Any], key: str) -> tuple[bool, str]:
    """Return what a theme sees of front matter: of texts that are gaps, whether they are there."""
    value = meta.get(key)
    return key in meta, repr(bool(value) if key in SLOTTED else value)


def _kind_of(name: str) -> str:
    """Return what a mark of this name ends with: whether it stands for a text, a part or a URL."""
    return "qx" if name in _TEXTS else "qz" if name in _PARTS else "qy"


def text_mark(name: str) -> _Mark:
    """Return the mark of a text that is HTML."""
    return _Mark(f"<b>xq-{name}-qx&lt;")


def address_mark(name: str) -> _Mark:
    """Return the mark of a URL."""
    return _Mark(f"xq-{name}-qy&")


def cut(html: str) -> tuple[str | Slot, ...]:
    """Return HTML cut at its marks; raise UntoldError where a mark has become something else."""
    pieces: list[str | Slot] = []
    at = 0
    for found in _MARK.finditer(html):
        form = (found.lastindex or 1) - 1
        name = found[form + 1]
        if f"-{_kind_of(name)}" not in found[0]:
            raise UntoldError(name)
        pieces += [html[at : found.start()], Slot(name, form)]
        at = found.end()
    pieces.append(html[at:])
    if any("xq-" in piece.lower() for piece in pieces if isinstance(piece, str)):
        raise UntoldError("a text")
    return tuple(pieces)
