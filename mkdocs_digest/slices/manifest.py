"""What a slice of a site says of itself, in a hidden file beside its pages."""

import json
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mkdocs_digest.disk import open_regular
from mkdocs_digest.slices.records import NAME, FileRecord, listing_fault
from mkdocs_digest.slices.spliced import Seams

LARGEST = 64_000_000
"""Bytes of the largest manifest that is read: the pages of some hundred thousand digests."""

_HASH = re.compile(r"[0-9a-f]{32}")
_DAY = re.compile(r"\d{4}(?:-\d\d){0,2}")


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a slice is part of, and what it consists of.

    `site` is a hash of what all slices of a site are made of, `days` are the days of all its digests (ISO 8601),
    `starts` those of the slice as in `Slice`, `files` are all its files, `seams` tell which of them hold pieces.
    """

    site: str
    days: tuple[str, ...]
    starts: tuple[str, ...]
    files: Mapping[str, FileRecord]
    seams: Mapping[str, Seams]

    def write(self, folder: Path) -> None:
        """Write the manifest of the slice in `folder`, where there is none yet."""
        seams = {path: [seams.head, seams.joint, seams.pieces] for path, seams in self.seams.items()}
        files = {path: [record.size, record.hash] for path, record in self.files.items()}
        data = {"site": self.site, "days": self.days, "only": self.starts, "seams": seams, "files": files}
        with (folder / NAME).open("x", encoding="utf-8") as file:
            file.write(json.dumps(data, separators=(",", ":")))


def read_manifest(folder: Path) -> Manifest:
    """Read the manifest of a slice; raise OSError where there is no such file, ValueError where it is malformed."""
    with open_regular(folder / NAME) as file:
        content = file.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise ValueError(f"it is larger than {LARGEST // 1_000_000} MB")
    try:
        return _manifest(json.loads(content, object_pairs_hook=_without_repeats))
    except RecursionError:
        raise ValueError("it is nested too deeply") from None


def remove_manifest(folder: Path) -> None:
    """Remove the manifest that an earlier build has left: it does not describe what this one writes."""
    (folder / NAME).unlink(missing_ok=True)


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        twice, _ = Counter(name for name, _ in pairs).most_common(1)[0]
        raise ValueError(f"it names `{twice}` twice")
    return found


def _manifest(data: Any) -> Manifest:
    match data:
        case {"site": str(site), "days": list(days), "only": list(starts), "files": dict(files), "seams": dict(seams)}:
            found = {path: _record(path, row) for path, row in files.items()}
            pieces = {path: _seams(path, row) for path, row in seams.items()}
        case _:
            raise ValueError("it does not have the parts of a manifest")
    if not all(isinstance(day, str) and _DAY.fullmatch(day) for day in [*days, *starts]):
        raise ValueError("its days are not dates")
    unlisted = pieces.keys() - found.keys()
    if unlisted:
        raise ValueError(f"it names the pieces of `{min(unlisted)}`, which is not among its files")
    return Manifest(site, tuple(days), tuple(starts), found, pieces)


def _record(path: str, row: Any) -> FileRecord:
    if fault := listing_fault(path):
        raise ValueError(f"it names the file {path!r}, which {fault}")
    match row:
        case [int(size), str(digest)] if size >= 0 and _HASH.fullmatch(digest):
            return FileRecord(size, digest)
    raise ValueError(f"the record of `{path}` is not a size and a hash")


def _seams(path: str, row: Any) -> Seams:
    match row:
        case [int(head), str(joint), list(pieces)] if head >= 0 and all(map(_is_piece, pieces)):
            return Seams(head, joint, tuple((place, length) for place, length in pieces))
    raise ValueError(f"the pieces of `{path}` are not positions and lengths")


def _is_piece(row: Any) -> bool:
    match row:
        case [int(), int(length)]:
            return length >= 0
    return False
