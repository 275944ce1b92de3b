"""A folder that a command fills: with all that the command makes or, where it fails, with nothing."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from mkdocs_digest.command.files import UsageError


@contextmanager
def new_folder(path: Path) -> Iterator["NewFolder"]:
    """Yield a folder to fill, and remove what is in it if the block fails; raise UsageError if it is not empty."""
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise UsageError(f"{path} is not empty; expected the path of a new folder")
    with ExitStack() as removals:
        folder = NewFolder(path, removals)
        folder.require(path)
        try:
            yield folder
        except OSError as error:
            error.filename = error.filename or str(path)  # a write that fails does not say where
            raise
        removals.pop_all()


class NewFolder:
    """Writes files below `path`; each must be new, so none is overwritten, and no link that others put there followed.

    What is created is noted in `removals`.
    """

    def __init__(self, path: Path, removals: ExitStack) -> None:
        self.path = path
        self.count = 0
        self._removals = removals
        self._folders: set[Path] = set()

    def create(self, path: str) -> BinaryIO:
        """Open a new file; raise UsageError if there is one of that name, or of one that is the same to this system."""
        target = self.path / path
        try:
            self.require(target.parent)
            file = target.open("xb")
        except FileExistsError as error:
            raise UsageError(
                f"{error.filename} would be written twice: two files have this path, or paths that are the same to "
                "this system (in another case or Unicode form); rename one of them"
            ) from None
        self._removals.callback(_quietly, target.unlink)
        self.count += 1
        return file

    def write(self, path: str, content: bytes) -> None:
        """Write a new file."""
        with self.create(path) as file:
            file.write(content)

    def require(self, folder: Path) -> None:
        """Create a folder, unless it is there."""
        if folder in self._folders:
            return
        if not folder.is_dir():
            self.require(folder.parent)
            folder.mkdir(exist_ok=True)
            self._removals.callback(_quietly, folder.rmdir)
        self._folders.add(folder)


def _quietly(remove: Callable[[], None]) -> None:
    with suppress(OSError):
        remove()
