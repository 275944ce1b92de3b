"""Work that can be done beside the build: in processes of its own where that pays, else at once."""

import gc
import logging
import os
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess

from mkdocs.exceptions import PluginError

from mkdocs_digest.plugin.report import explain_failure

Job = Callable[[], list[str]]
Told = list[tuple[str, int, str]]
"""What was logged: name of the logger, level, message."""


class Crew:
    """Does jobs that write files and return their paths; what they log and why they fail is told by `finish`."""

    def __init__(self) -> None:
        self.paths: set[str] = set()
        self.working: list[tuple[BaseProcess, Connection]] = []

    def do(self, job: Job, *, worth: bool) -> None:
        """Do a job: beside the build if it is `worth` a process and the system has processors to spare."""
        cores = spare_cores() if worth else 1
        if cores == 1:
            self.paths.update(job())
            return
        while len(self.working) >= cores:
            self._wait()
        context = get_context("fork")
        receiver, sender = context.Pipe(duplex=False)
        process = context.Process(target=_work, args=(job, sender))
        process.start()
        sender.close()
        self.working.append((process, receiver))

    def finish(self) -> set[str]:
        """Wait for all jobs, and return the paths of all files; raise PluginError if a job has failed."""
        while self.working:
            self._wait()
        paths, self.paths = self.paths, set()
        return paths

    def stop(self) -> None:
        """End all jobs, whatever they have done."""
        for process, receiver in self.working:
            process.kill()
            process.join()
            receiver.close()
        self.working.clear()
        self.paths.clear()

    def _wait(self) -> None:
        """Wait for whichever job is done next."""
        ready = wait([receiver for _, receiver in self.working])
        process, receiver = next(worker for worker in self.working if worker[1] in ready)
        self.working.remove((process, receiver))
        try:
            told, failure, paths = receiver.recv()
        except EOFError:
            told, failure, paths = [], "a process that writes pages was ended", []
        receiver.close()
        process.join()
        for name, level, message in told:
            logging.getLogger(name).log(level, message)
        self.paths.update(paths)
        if failure:
            self.stop()
            raise PluginError(failure)


def spare_cores() -> int:
    """Return how many processes can share the work: one where a copy of this one would not be safe."""
    if not sys.platform.startswith("linux") or threading.active_count() > 1:
        return 1
    return len(os.sched_getaffinity(0))


def _work(job: Job, sender: Connection) -> None:
    gc.freeze()  # what is shared with the build stays shared: collecting garbage would copy it
    paths, failure = [], ""
    with _overheard() as told:
        try:
            paths = job()
        except Exception as error:
            failure = _explained(error)
    sender.send((told, failure, paths))


def _explained(error: Exception) -> str:
    try:
        explain_failure(error)
    except PluginError as told:
        return str(told)
    return str(error) if isinstance(error, PluginError) else f"writing pages has failed:\n{traceback.format_exc()}"


@contextmanager
def _overheard() -> Iterator[Told]:
    """Note what is logged to MkDocs instead of printing it."""
    told: Told = []

    class Ear(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            told.append((record.name, record.levelno, record.getMessage()))

    logger = logging.getLogger("mkdocs")
    handlers, logger.handlers = logger.handlers, [Ear()]
    try:
        yield told
    finally:
        logger.handlers = handlers
