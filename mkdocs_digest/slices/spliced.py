"""Files that hold a piece of every digest: cut where a site is built in slices, and spliced where these are joined."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate


@dataclass(frozen=True, slots=True)
class Seams:
    """Where the pieces of a text are: the lengths in characters of its head and of its pieces, by their positions."""

    head: int
    joint: str
    pieces: tuple[tuple[int, int], ...]

    def cut(self, text: str) -> "Spliced":
        """Take a text apart; raise ValueError if it has other lengths."""
        steps = (self.head, *(length + len(self.joint) * bool(at) for at, (_, length) in enumerate(self.pieces)))
        ends = list(accumulate(steps))
        if ends[-1] > len(text):
            raise ValueError("shorter than its pieces")
        found = {place: text[end - length : end] for (place, length), end in zip(self.pieces, ends[1:], strict=True)}
        return Spliced(text[: self.head], found, self.joint, text[ends[-1] :])


@dataclass(frozen=True, slots=True)
class Spliced:
    """A text with pieces between its head and its tail, a `joint` between any two; they are sorted by position."""

    head: str
    pieces: Mapping[int, str]
    joint: str = ""
    tail: str = ""

    @property
    def text(self) -> str:
        """The whole."""
        return f"{self.head}{self.joint.join(piece for _, piece in self._sorted())}{self.tail}"

    @property
    def seams(self) -> Seams:
        """Where the pieces are in the text."""
        return Seams(len(self.head), self.joint, tuple((place, len(piece)) for place, piece in self._sorted()))

    def _sorted(self) -> Iterator[tuple[int, str]]:
        return iter(sorted(self.pieces.items()))


def splice(parts: Iterable[Spliced]) -> Spliced:
    """Return one text with the pieces of all `parts`; raise ValueError where they differ in anything else."""
    first, *others = parts
    pieces = dict(first.pieces)
    for other in others:
        if (other.head, other.joint, other.tail) != (first.head, first.joint, first.tail):
            raise ValueError("different around its pieces")
        if any(pieces.setdefault(place, piece) != piece for place, piece in other.pieces.items()):
            raise ValueError("different where both have a piece")
    return Spliced(first.head, pieces, first.joint, first.tail)
