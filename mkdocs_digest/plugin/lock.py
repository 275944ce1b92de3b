"""One build at a time in a site's folder and its cache."""

import os
import tempfile
from contextlib import ExitStack
from hashlib import blake2b
from pathlib import Path

from filelock import FileLock, Timeout
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import get_plugin_logger

from mkdocs_digest.plugin.cache.folder import Cache

log = get_plugin_logger(__name__)


class BuildLock:
    """Keeps other builds out of the folders that this one writes to, until it is released or its process ends.

    MkDocs empties the site's folder, so the files of the locks are in the system's temporary folder.
    """

    def __init__(self) -> None:
        self._held = ExitStack()
        self.held = False

    def acquire(self, config: MkDocsConfig, cache: Cache) -> None:
        """Wait until no other build writes to the site's folder or the cache, and say so."""
        folders = {Path(config.site_dir), *([cache.folder] if cache.folder else [])}
        for real in sorted(os.path.realpath(folder) for folder in folders):  # in one order, so that none waits for ever
            try:
                self._held.callback(_wait_for(real).release)
            except OSError as error:
                log.info(f"Cannot keep other builds out of '{real}': {error}")
        self.held = True

    def release(self) -> None:
        """Let others build."""
        self._held.close()
        self.held = False


def _wait_for(folder: str) -> FileLock:
    """Return the lock on a folder, acquired."""
    name = blake2b(os.fsencode(folder), digest_size=16).hexdigest()
    lock = FileLock(Path(tempfile.gettempdir(), f"mkdocs-digest-{name}.lock"), thread_local=False)
    try:
        lock.acquire(timeout=0.1)
    except Timeout:
        log.info(f"Waiting for another build that writes to '{folder}'")
        lock.acquire()
    return lock
