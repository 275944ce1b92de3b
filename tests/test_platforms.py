"""What some systems lack is done without: the plugin loads, and builds the same site, where they lack it."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from tests.sites import ROOT, SIX, build, environment, make_site, tree, write

POSIX_ONLY = {"fcntl", "grp", "posix", "pwd", "resource", "termios", "tty", "pty", "readline", "syslog"}
NAMES = {
    "signal": {"SIGKILL", "SIGHUP", "SIGALRM", "SIGUSR1", "SIGUSR2", "alarm", "setitimer", "pthread_kill"},
    "os": {"fork", "getuid", "geteuid", "sched_getaffinity", "sched_setaffinity", "setsid", "mkfifo", "O_NOFOLLOW"},
}
SYSTEMS = {
    "win32": [
        "import os, signal, sys",
        "sys.platform = 'win32'",
        "del signal.SIGKILL, os.sched_getaffinity, os.fork",
    ],
    "darwin": ["import os, sys", "sys.platform = 'darwin'", "del os.sched_getaffinity"],
}
"""What is not there on a system, taken away before anything is imported."""


def test_no_module_imports_what_a_system_lacks() -> None:
    """No module names at its import what Windows or macOS do not have."""
    found = []
    for path in sorted((ROOT / "mkdocs_digest").rglob("*.py")):
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.Import):
                found += [(path.name, alias.name) for alias in node.names if alias.name in POSIX_ONLY]
            elif isinstance(node, ast.ImportFrom):
                lacking = NAMES.get(node.module or "", set())
                found += [(path.name, alias.name) for alias in node.names if alias.name in lacking]
                found += [(path.name, node.module)] if node.module in POSIX_ONLY else []
    assert found == []


@pytest.mark.parametrize("system", SYSTEMS)
def test_a_site_is_built_without_what_a_system_lacks(tmp_path: Path, system: str) -> None:
    """On a system without such names, twice, the site is the same as here."""
    here = tree(build(make_site(tmp_path / "here", SIX)).out)
    site = make_site(tmp_path / "there", SIX)
    # before anything else is imported, but after what the interpreter itself needs of them
    standard = "import asyncio, click, multiprocessing.pool, tempfile, urllib.request, watchdog.observers, filelock"
    main = "from mkdocs.__main__ import cli; cli()"
    write(site / "run.py", "\n".join([standard, *SYSTEMS[system], main]))
    command = [sys.executable, "run.py", "build", "--strict", "-q"]
    for _ in range(2):
        done = subprocess.run(command, cwd=site, env=environment(), capture_output=True, check=False)
        assert done.returncode == 0, done.stderr.decode()
    there = tree(site / "site")
    assert there.keys() == here.keys()
    assert [path for path in here if here[path] != there[path] and not path.endswith(".gz")] == []
