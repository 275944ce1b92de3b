"""The files that the last build has written, so that this one can leave alone those that it would write again.

MkDocs empties the site's folder at the start of each build, hidden files apart. The folders that hold our files are
hidden meanwhile; what is in them and is not exactly as the last build has left it goes the way of all others.
"""

import contextlib
import json
import os
import shutil
import tempfile
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mkdocs.plugins import get_plugin_logger

from mkdocs_digest.model.relative_path import path_fault

log = get_plugin_logger(__name__)

HIDDEN = "hidden"


@dataclass(frozen=True, slots=True)
class Mark:
    """A file as it was written: the key of its content, that of its frame, and how the system knows it again."""

    key: str
    frame: str
    state: tuple[int, ...]


class Written:
    """The files of a site that are there already; `folder` is where the lists of them are kept, one for each part.

    A part is what one process writes: it saves its own list.
    """

    def __init__(self, folder: Path | None, site_dir: Path) -> None:
        self.folder = folder
        self.site_dir = site_dir
        self.present: dict[str, Mark] = {}
        self._known: dict[str, Mark] = {}
        self._folders: set[str] = set()

    def hide(self) -> None:
        """Put the folders of our files out of the way of MkDocs' cleaning."""
        self.present = {}
        self._known = dict(self._listed())
        hidden = self._hidden
        if hidden is None:
            return
        _remove_whole(hidden)
        tops = {path.partition("/")[0] for path in self._known if "/" in path}
        for top in sorted(tops):
            with contextlib.suppress(OSError):  # on another file system MkDocs removes it, and it is made again
                if (self.site_dir / top).is_dir() and not (self.site_dir / top).is_symlink():
                    hidden.mkdir(parents=True, exist_ok=True)
                    (self.site_dir / top).rename(hidden / top)

    @property
    def _hidden(self) -> Path | None:
        """Where the folders are meanwhile: outside the site's, which may be published if the build is killed."""
        return self.folder and self.folder / HIDDEN

    def bring_back(self) -> None:
        """Put the folders back, with nothing in them but files as the last build has left them."""
        hidden = self._hidden
        if hidden is None or not hidden.is_dir():
            return
        self.site_dir.mkdir(parents=True, exist_ok=True)
        for top in sorted(path.name for path in hidden.iterdir()):
            if not (self.site_dir / top).exists():
                (hidden / top).rename(self.site_dir / top)
                self._sift(top)
        _remove_whole(hidden)

    def clear(self) -> None:
        """Remove what is hidden and what is left of the last build, after one that has failed."""
        if self._hidden:
            _remove_whole(self._hidden)
        self.remove_others(())

    def is_right(self, path: str, key: bytes) -> Mark | None:
        """Return the mark of a file that has this key, and is still as it was written."""
        mark = self.present.get(path)
        if mark is None or mark.key != key.hex() or not self._is_untouched(path, mark):
            return None
        return mark

    def give_up(self, paths: Iterable[str]) -> None:
        """Remove files that somebody else is going to write."""
        for path in paths:
            if self.present.pop(path, None):
                (self.site_dir / path).unlink(missing_ok=True)

    def remove_others(self, paths: Collection[str]) -> None:
        """Remove the files of the last build that are not among `paths`, nor written by somebody else meanwhile."""
        for path, mark in self.present.items():
            if path not in paths and self._is_untouched(path, mark):
                self._remove(path)
        self.present = {}

    def _is_untouched(self, path: str, mark: Mark) -> bool:
        try:
            return mark.state == state_of(os.lstat(f"{self.site_dir}/{path}"))
        except OSError:
            return False

    def _remove(self, path: str) -> None:
        target = self.site_dir / path
        target.unlink()
        for folder in target.parents:
            if folder == self.site_dir or any(folder.iterdir()):
                break
            folder.rmdir()

    def write(self, path: str, content: bytes) -> tuple[int, ...]:
        """Write a file, and return how the system knows it again."""
        target = f"{self.site_dir}/{path}"
        folder = target.rpartition("/")[0]
        if path in self.present:  # others may have linked to the file: it is replaced, not written to
            Path(target).unlink(missing_ok=True)
        if folder not in self._folders:
            self._make_folder(folder)
        with open(target, "wb") as file:  # noqa: PTH123
            file.write(content)
            file.flush()
            return state_of(os.fstat(file.fileno()))

    def _make_folder(self, folder: str) -> None:
        try:
            os.mkdir(folder)  # noqa: PTH102
        except OSError:
            os.makedirs(folder, exist_ok=True)  # noqa: PTH103
        self._folders.add(folder)

    def save(self, part: str, marks: Mapping[str, Mark]) -> None:
        """Keep the list of a part's files."""
        if self.folder:
            rows = {path: [mark.key, mark.frame, *mark.state] for path, mark in marks.items()}
            data = {"site_dir": str(self.site_dir), "files": rows}
            _replace_file(self.folder / f"{part}.json", json.dumps(data, separators=(",", ":")).encode())

    def _listed(self) -> Iterator[tuple[str, Mark]]:
        for path in sorted(self.folder.glob("*.json")) if self.folder else ():
            try:
                data = json.loads(path.read_bytes())
                if data["site_dir"] == str(self.site_dir):
                    for name, (key, frame, *state) in data["files"].items():
                        if _may_be_ours(name):
                            yield name, Mark(str(key), str(frame), tuple(state))
            except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
                continue

    def _sift(self, folder: str) -> bool:
        """Note the files below a folder that are as they were, and remove all others; say whether any are left."""
        left = False
        for entry in list(os.scandir(f"{self.site_dir}/{folder}")):
            path = f"{folder}/{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                left |= self._sift(path)
                continue
            mark = self._known.get(path)
            if mark and mark.state == state_of(entry.stat(follow_symlinks=False)):
                self.present[path] = mark
                left = True
            else:
                os.unlink(entry)  # noqa: PTH108
        if not left:
            (self.site_dir / folder).rmdir()
        return left


def _remove_whole(path: Path) -> None:
    """Remove a folder with all that is in it, or whatever is in its place, where that may be done."""
    shutil.rmtree(path, ignore_errors=True)
    with contextlib.suppress(OSError):
        path.unlink()


def _may_be_ours(path: Any) -> bool:
    """Return True if a list of files may name a path: ours are neither hidden nor outside the site."""
    hidden = isinstance(path, str) and any(name.startswith(".") for name in path.split("/"))
    return isinstance(path, str) and not hidden and path_fault(path) is None


def state_of(stat: os.stat_result) -> tuple[int, ...]:
    """Return what changes whenever somebody writes a file, whatever they do to its dates."""
    return stat.st_ino, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns


def _replace_file(path: Path, content: bytes) -> None:
    """Put a file in place of another in one step; where that cannot be, leave things as they are."""
    unfinished = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as file:
            unfinished = Path(file.name)
            file.write(content)
        unfinished.replace(path)
    except OSError as error:
        log.info(f"'{path}' is not kept for the next build: {error}")
        if unfinished:
            with contextlib.suppress(OSError):
                unfinished.unlink()
