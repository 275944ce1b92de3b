"""Texts by key in a file (SQLite): what cannot be read is not there, what cannot be written is not kept."""

import os
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from hashlib import blake2b
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from mkdocs.plugins import get_plugin_logger

log = get_plugin_logger(__name__)

_TABLE = "CREATE TABLE IF NOT EXISTS texts (key BLOB PRIMARY KEY, sum BLOB, text BLOB) WITHOUT ROWID"
_PATIENCE = 30.0
"""Seconds to wait while another build writes."""


class Store:
    """The texts that a build asks for or adds are there for the next one; all others are forgotten.

    A build that is killed leaves the file as it was (SQLite's journal); a text that is not what was written, by its
    checksum, counts as absent. Without a `path` nothing is kept.
    """

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self.added = _Waiting(path.parent) if path else None
        self.used: set[bytes] = set()
        self._connection = self._opened()

    def get(self, key: bytes) -> str | None:
        """Return the text under a key, if there is one."""
        if self.added and key in self.added:
            return _decoded(self.added[key])
        if self._connection is None:
            return None
        try:
            found = self._connection.execute("SELECT sum, text FROM texts WHERE key = ?", (key,)).fetchone()
        except sqlite3.Error:
            self._connection = None
            return None
        if found is None or not isinstance(found[1], bytes) or found[0] != _sum(key, found[1]):
            return None
        try:
            text = _decoded(found[1])
        except UnicodeDecodeError:
            return None
        self.used.add(key)
        return text

    def use(self, key: bytes) -> None:
        """Keep what is under a key, without asking for it."""
        self.used.add(key)

    def put(self, key: bytes, text: str) -> None:
        """Keep a text under a key."""
        if self.added is None:
            return
        try:
            self.added.add(key, text.encode("utf-8", "surrogatepass"))
        except OSError as error:
            self._give_up(error)

    def made(self, key: bytes | None, make: Callable[[], str], is_right: Callable[[str], bool] | None = None) -> str:
        """Return the text under a key, made if it is not there, or not right; without a key it is made each time."""
        found = self.get(key) if key else None
        if found is None or (is_right and not is_right(found)):
            found = make()
            if key:
                self.put(key, found)
        return found

    def save(self) -> None:
        """Write what was added, forget what was not used, and close the file."""
        if self.path is None or self.added is None or not (len(self.added) or self._connection):
            return
        try:
            self._save_anyhow(self.path, self.added)
        except (sqlite3.Error, OSError) as error:
            self._give_up(error)
        self._connection = self.added = None

    def _save_anyhow(self, path: Path, added: "_Waiting") -> None:
        """Write into the file that is there or, where it is damaged inside, into a new one."""
        try:
            self._save(self._connection or _fresh(path), added)
        except sqlite3.Error:
            _remove(path)
            self._save(_connected(path), added)

    def _save(self, connection: sqlite3.Connection, added: "_Waiting") -> None:
        with connection:
            known = {key for (key,) in connection.execute("SELECT key FROM texts")}
            idle = known - self.used - added.keys()
            if idle:
                connection.executemany("DELETE FROM texts WHERE key = ?", ((key,) for key in idle))
            in_order = ((key, added[key]) for key in sorted(added))  # else each would be put into another page
            rows = ((key, _sum(key, text), text) for key, text in in_order)
            connection.executemany("INSERT OR REPLACE INTO texts VALUES (?, ?, ?)", rows)
        connection.close()

    def _give_up(self, error: Exception) -> None:
        log.info(f"Nothing is kept in '{self.path}' for the next build: {error}")
        self.added = None

    def _opened(self) -> sqlite3.Connection | None:
        if self.path is None or not self.path.is_file():
            return None
        try:
            return _connected(self.path)
        except (sqlite3.Error, OSError):
            return None


class _Waiting(Mapping[bytes, bytes]):
    """Texts that wait to be saved, in a file without a name: a large site's are too many for the memory."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._places: dict[bytes, tuple[int, int]] = {}
        self._file: IO[bytes] | None = None

    def add(self, key: bytes, text: bytes) -> None:
        """Let a text wait under a key."""
        if self._file is None:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._file = TemporaryFile(dir=self.folder)  # noqa: SIM115
        self._places[key] = (self._file.seek(0, os.SEEK_END), len(text))
        self._file.write(text)

    def __getitem__(self, key: bytes) -> bytes:
        place, length = self._places[key]
        assert self._file
        self._file.seek(place)
        return self._file.read(length)

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


def _fresh(path: Path) -> sqlite3.Connection:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        return _connected(path)
    except sqlite3.DatabaseError:
        _remove(path)
        return _connected(path)


def _remove(path: Path) -> None:
    """Remove a file, and what SQLite would otherwise put back into the next one of that name."""
    path.unlink()
    for ending in ("-journal", "-wal", "-shm"):
        Path(f"{path}{ending}").unlink(missing_ok=True)


def _connected(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=_PATIENCE)
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA secure_delete = ON")  # what is taken off the site is taken out of the file
    connection.execute(_TABLE)
    connection.execute("SELECT sum, text FROM texts LIMIT 1")
    return connection


def _decoded(text: bytes) -> str:
    return text.decode("utf-8", "surrogatepass")


def _sum(key: bytes, text: bytes) -> bytes:
    return blake2b(text, digest_size=8, key=key).digest()
