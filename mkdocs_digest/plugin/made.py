"""What was made of a site, as counted by whoever made it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Made:
    """What a job has made: the paths of its files, and how many of them were right already."""

    paths: frozenset[str] = frozenset()
    kept: int = 0

    def __add__(self, other: "Made") -> "Made":
        return Made(self.paths | other.paths, self.kept + other.kept)
