"""What was made of a site, as counted by whoever made it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from mkdocs_digest.slices.spliced import Seams


@dataclass(frozen=True, slots=True)
class Made:
    """What a job has made: the paths of its files, how many were right already, and where any hold pieces."""

    paths: frozenset[str] = frozenset()
    kept: int = 0
    seams: Mapping[str, Seams] = field(default_factory=dict)

    def __add__(self, other: "Made") -> "Made":
        return Made(self.paths | other.paths, self.kept + other.kept, {**self.seams, **other.seams})
