"""Front matter values as every output can hold them: legible text, numbers that can be printed, no endless nesting."""

import re
from typing import Any

MOST_VALUES = 200_000
"""Values of one front matter, aliases followed; a hundred characters of text count as one more."""

ILLEGIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
"""What XML cannot hold (XML 1.0 section 2.2) or is no character at all."""

_LARGEST_BITS = 128
_DEEPEST = 100


def legible(text: str) -> str:
    """Return `text` with U+FFFD for every character that XML cannot hold."""
    return text if text.isprintable() else ILLEGIBLE.sub("\ufffd", text)


class TooManyValuesError(ValueError):
    """Front matter is bigger than any digest's: aliases of aliases, or one that holds itself."""

    def __init__(self) -> None:
        super().__init__(f"it holds more than {MOST_VALUES:,} values; are there anchors that repeat each other?")


def tame(value: Any) -> Any:
    """Return a front matter value as a tree of plain values.

    Raise TooManyValuesError where it would be too big, RecursionError where it is too deep for what prints it.
    """
    return _Tamer().tame(value)


class _Tamer:
    """Counts what it has seen, so that a small text cannot stand for a tree that fills the memory."""

    def __init__(self) -> None:
        self.left = MOST_VALUES

    def tame(self, value: Any, depth: int = 0) -> Any:
        self._count(value)
        if depth > _DEEPEST:
            raise RecursionError
        if isinstance(value, str):
            return legible(value)
        if isinstance(value, int) and value.bit_length() > _LARGEST_BITS:
            return hex(value)
        if isinstance(value, dict):
            return {self.tame(key, depth + 1): self.tame(item, depth + 1) for key, item in value.items()}
        if isinstance(value, list | tuple):
            return type(value)(self.tame(item, depth + 1) for item in value)
        if isinstance(value, set):
            return sorted((self.tame(item, depth + 1) for item in value), key=str)
        return value

    def _count(self, value: Any) -> None:
        self.left -= 1 + (len(value) // 100 if isinstance(value, str) else 0)
        if self.left < 0:
            raise TooManyValuesError
