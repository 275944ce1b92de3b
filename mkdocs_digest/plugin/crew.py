"""Work that can be done beside the build: in processes of its own where that pays, else at once."""

import ctypes
import logging
import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess

from mkdocs.exceptions import PluginError

from mkdocs_digest.plugin.failure import explain_failure
from mkdocs_digest.plugin.made import Made
from mkdocs_digest.plugin.memory import leave_shared
from mkdocs_digest.plugin.progress import PROGRESS

_SIGNAL_ON_PARENTS_DEATH = 1
"""The number of this wish in `prctl(2)`."""

Job = Callable[[], Made]
Told = list[tuple[str, int, str]]
"""What was logged: name of the logger, level, message."""


class Crew:
    """Does jobs that write files; what they have made, what they log and why they fail is told by `finish`."""

    def __init__(self) -> None:
        self.made = Made()
        self.working: list[tuple[BaseProcess, Connection]] = []

    def do(self, job: Job, *, worth: bool) -> None:
        """Do a job: beside the build if it is `worth` a process and the system has processors to spare."""
        cores = spare_cores() if worth else 1
        if cores == 1:
            self.made += job()
            return
        while len(self.working) >= cores:
            self._wait()
        context = get_context("fork")
        receiver, sender = context.Pipe(duplex=False)
        process = context.Process(target=_work, args=(job, sender))
        process.start()
        sender.close()
        self.working.append((process, receiver))

    def wait(self) -> None:
        """Wait for all jobs; raise PluginError if one has failed."""
        while self.working:
            self._wait()

    def finish(self) -> Made:
        """Wait for all jobs, and return what they have made; raise PluginError if one has failed."""
        self.wait()
        made, self.made = self.made, Made()
        return made

    def stop(self) -> None:
        """End all jobs, whatever they have done."""
        for process, receiver in self.working:
            process.kill()
            process.join()
            receiver.close()
        self.working.clear()
        self.made = Made()

    def _wait(self) -> None:
        """Wait for whichever job is done next."""
        ready = wait([receiver for _, receiver in self.working])
        process, receiver = next(worker for worker in self.working if worker[1] in ready)
        self.working.remove((process, receiver))
        try:
            told, failure, made = receiver.recv()
        except EOFError:
            told, failure, made = [], "a process that writes pages was ended", Made()
        receiver.close()
        process.join()
        for name, level, message in told:
            logging.getLogger(name).log(level, message)
        self.made += made
        if failure:
            self.stop()
            raise PluginError(failure)


def spare_cores() -> int:
    """Return how many processes can share the work: one where a copy of this one would not be safe."""
    if not sys.platform.startswith("linux") or threading.active_count() > 1:
        return 1
    return len(os.sched_getaffinity(0))  # with `fork` and `prctl`, which `_work` needs, this is Linux's alone


def _work(job: Job, sender: Connection) -> None:
    # nothing is written any more once the build has ended
    ctypes.CDLL(None).prctl(_SIGNAL_ON_PARENTS_DEATH, signal.SIGKILL)
    leave_shared()
    made, failure = Made(), ""
    with _overheard() as told:
        try:
            made = job()
        except Exception as error:
            failure = _explained(error)
    sender.send((told, failure, made))


def _explained(error: Exception) -> str:
    try:
        explain_failure(error)
    except PluginError as told:
        return str(told)
    return str(error) if isinstance(error, PluginError) else f"writing pages has failed:\n{traceback.format_exc()}"


@contextmanager
def _overheard() -> Iterator[Told]:
    """Note what is logged to MkDocs instead of printing it, but for how far the work is."""
    told: Told = []
    logger = logging.getLogger("mkdocs")
    handlers = logger.handlers

    class Ear(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if record.__dict__.get(PROGRESS):
                for handler in handlers:
                    handler.handle(record)
            else:
                told.append((record.name, record.levelno, record.getMessage()))

    logger.handlers = [Ear()]
    try:
        yield told
    finally:
        logger.handlers = handlers
