"""Standard output and error of a command: UTF-8, and whatever the system refuses of them is kept for its end."""

import errno
import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from typing import Any, TextIO


class Sink(io.RawIOBase):
    """Bytes on their way out: after the first that the system refuses, the rest goes nowhere, and `fault` says why.

    So a command does all that it was asked for, and has the exit code that it would have, whoever reads on.
    """

    def __init__(self, stream: TextIO | None) -> None:
        buffer: Any = getattr(stream, "buffer", None)
        self._raw = getattr(buffer, "raw", buffer)
        self.fault: OSError | None = None
        if stream is None:  # Python's word for a stream that was closed before it began
            self.fault = OSError(errno.EBADF, os.strerror(errno.EBADF))

    def write(self, data: Any) -> int | None:
        """Write some bytes, and return how many were taken."""
        if self.fault is None:
            try:
                written: int | None = self._raw.write(data)
                return written
            except OSError as error:
                self.fault = error
        return len(data)

    def writable(self) -> bool:
        return True

    def isatty(self) -> bool:
        return self.fault is None and bool(self._raw.isatty())

    def fileno(self) -> int:
        if self._raw is None:
            raise io.UnsupportedOperation("fileno")
        return int(self._raw.fileno())


@contextmanager
def standard_streams() -> Iterator[Sink]:
    """Let what the block prints go through sinks, and yield that of standard output."""
    out, err = Sink(sys.stdout), Sink(sys.stderr)
    with redirect_stdout(_text(out)) as stdout, redirect_stderr(_text(err)) as stderr:
        yield out
        stdout.flush()
        stderr.flush()


def _text(sink: Sink) -> TextIO:
    buffer = io.BufferedWriter(sink)
    return io.TextIOWrapper(buffer, encoding="utf-8", errors="backslashreplace", line_buffering=sink.isatty())
