"""Work that can be done beside the build: in processes of its own where that pays, else at once."""

import ctypes
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
from signal import SIGKILL

from mkdocs.exceptions import PluginError

from mkdocs_digest.plugin.failure import explain_failure
from mkdocs_digest.plugin.made import Made
from mkdocs_digest.plugin.progress import PROGRESS

_SIGNAL_ON_PARENTS_DEATH = 1
"""The number of this wish in `prctl(2)`."""

Job = Callable[[], Made]
Worker = tuple[BaseProcess, Connection]
Told = list[tuple[str, int, str]]
"""What was logged: name of the logger, level, message."""


class Crew:
    """Does jobs that write files; what they have made, what they log and why they fail is told by `finish`.

    Each of `working` and of `waiting` is a process, and the pipe that it is told to begin by and tells its end by.
    """

    def __init__(self) -> None:
        self.made = Made()
        self.working: list[Worker] = []
        self.waiting: list[Worker] = []

    def do(self, job: Job, *, worth: bool, patient: bool = False) -> None:
        """Do a job: beside the build if it is `worth` a process and the system has processors to spare.

        A `patient` one finds all as it is now, whenever it begins: it leaves a processor to those that are not.
        """
        cores = spare_cores() if worth else 1
        if cores == 1:
            self.made += job()
            return
        while not patient and len(self.working) >= cores:
            self._wait()
        self.waiting.append(_hired(job))
        if not patient or len(self.working) < cores - 1:
            self._begin()

    def wait(self) -> None:
        """Wait for all jobs; raise PluginError if one has failed."""
        while self.working or self.waiting:
            if len(self.working) < spare_cores():
                for _ in self.waiting[:2]:  # so that the last ones end together
                    self._begin()
            self._wait()

    def finish(self) -> Made:
        """Wait for all jobs, and return what they have made; raise PluginError if one has failed."""
        self.wait()
        made, self.made = self.made, Made()
        return made

    def stop(self) -> None:
        """End all jobs, whatever they have done."""
        for process, pipe in (*self.working, *self.waiting):
            process.kill()
            process.join()
            pipe.close()
        self.working.clear()
        self.waiting.clear()
        self.made = Made()

    def _begin(self) -> None:
        """Let whoever has come last begin."""
        worker = self.waiting.pop()
        worker[1].send(None)
        self.working.append(worker)

    def _wait(self) -> None:
        """Wait for whichever job is done next."""
        ready = wait([pipe for _, pipe in self.working])
        process, pipe = next(worker for worker in self.working if worker[1] in ready)
        self.working.remove((process, pipe))
        try:
            told, failure, made = pipe.recv()
        except EOFError:
            told, failure, made = [], "a process that writes pages was ended", Made()
        pipe.close()
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
    return len(os.sched_getaffinity(0))


def _hired(job: Job) -> Worker:
    context = get_context("fork")
    pipe, far_end = context.Pipe()
    process = context.Process(target=_work, args=(job, far_end))
    process.start()
    far_end.close()
    return process, pipe


def _work(job: Job, pipe: Connection) -> None:
    ctypes.CDLL(None).prctl(_SIGNAL_ON_PARENTS_DEATH, SIGKILL)  # nothing is written any more once the build has ended
    pipe.recv()
    gc.freeze()  # what is shared with the build stays shared: collecting garbage would copy it
    made, failure = Made(), ""
    with _overheard() as told:
        try:
            made = job()
        except Exception as error:
            failure = _explained(error)
    pipe.send((told, failure, made))


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
