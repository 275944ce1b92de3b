"""Start a command from a small process, and print its seconds, its processors' seconds and its peak memory.

Run by its path, without this package: a process counts among its own peak what the one that started it held, so that no
child of the benchmark would seem to need less than the benchmark itself.
"""

import os
import sys
import time


def main(command: list[str]) -> int:
    """Run a command with its output sent to stderr; return its exit code."""
    to_stderr = [(os.POSIX_SPAWN_DUP2, 2, 1)]
    started = time.perf_counter()
    process = os.posix_spawnp(command[0], command, os.environ, file_actions=to_stderr)
    _, status, usage = os.wait4(process, 0)
    seconds = time.perf_counter() - started
    print(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss)
    return os.waitstatus_to_exitcode(status)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
