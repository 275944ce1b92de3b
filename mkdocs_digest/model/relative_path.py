"""Paths below a folder: the one rule on which texts may name a file of a site, on whatever system the site is built."""

import re

_DRIVE = re.compile(r"[A-Za-z]:")
_DEVICE = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])[ ]*(?:[.:].*)?", re.I | re.S)


def path_fault(path: str) -> str | None:
    """Return why `path` must not be joined to a folder, as a predicate; None if it names a file below any folder.

    A path has one spelling: forward slashes, no empty or `.` segment. What escapes on Windows only is refused on every
    system, since sites, slices and caches travel: backslashes, drives, segments of dots and blanks.
    """
    if not path:
        return "is empty"
    if "\0" in path:
        return "has a NUL character in it"
    if "\\" in path:
        return "has a backslash in it"
    if path.startswith("/") or _DRIVE.match(path):
        return "is absolute"
    return next(filter(None, map(_segment_fault, path.split("/"))), None)


def _segment_fault(segment: str) -> str | None:
    if segment == "..":
        return "leads out of its folder by `..`"
    if not segment:
        return "has an empty segment"
    return "has a segment of dots and blanks only" if not segment.strip(". ") else None


def device_fault(path: str) -> str | None:
    """Return why `path` names a device on Windows, in whatever folder: `nul`, `con.txt`; None if it names none.

    Apart from `path_fault`, since a file of that name is a plain one on other systems.
    https://learn.microsoft.com/windows/win32/fileio/naming-a-file
    """
    name = next((segment for segment in path.split("/") if is_device(segment)), None)
    return name and f"has the segment '{name}', a device on Windows"


def is_device(name: str) -> bool:
    """Return True if Windows opens a device under `name`, one segment of a path."""
    return bool(_DEVICE.fullmatch(name))
