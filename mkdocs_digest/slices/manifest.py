"""What a slice of a site says of itself, in a hidden file beside its pages."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from mkdocs_digest.model.relative_path import path_fault
from mkdocs_digest.slices.spliced import Seams

NAME = ".digest-slice.json"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a slice is part of.

    `site` is a hash of what all slices of a site are made of, `days` are the days of all its digests (ISO 8601),
    `starts` those of the slice as in `Slice`, `seams` tell the files that hold pieces, by their paths.
    """

    site: str
    days: tuple[str, ...]
    starts: tuple[str, ...]
    seams: Mapping[str, Seams]

    def write(self, folder: Path) -> None:
        """Write the manifest of the slice in `folder`."""
        seams = {path: [seams.head, seams.joint, seams.pieces] for path, seams in self.seams.items()}
        data = {"site": self.site, "days": self.days, "only": self.starts, "seams": seams}
        (folder / NAME).write_text(json.dumps(data, separators=(",", ":")), "utf-8")


def read_manifest(folder: Path) -> Manifest:
    """Read the manifest of a slice; raise OSError where there is none, ValueError where it is none."""
    try:
        data = json.loads((folder / NAME).read_text("utf-8"))
        seams = {
            str(path): Seams(int(head), str(joint), tuple((int(place), int(length)) for place, length in pieces))
            for path, (head, joint, pieces) in data["seams"].items()
        }
        _reject_paths_outside(seams)
        return Manifest(str(data["site"]), tuple(map(str, data["days"])), tuple(map(str, data["only"])), seams)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"not a manifest: {error!r}") from None


def _reject_paths_outside(paths: Iterable[str]) -> None:
    for path in paths:
        if fault := path_fault(path):
            raise ValueError(f"it names the file {path!r}, which {fault}")


def remove_manifest(folder: Path) -> None:
    """Remove the manifest that an earlier build has left: the site is whole now."""
    (folder / NAME).unlink(missing_ok=True)
