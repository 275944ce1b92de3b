"""`mkdocs build` in processes that are forked from one in which MkDocs, Material and the plugin are loaded already.

Starting Python and importing them takes longer than building a small site.
"""

import multiprocessing
import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

_LOADED = [
    "mkdocs.__main__",
    "mkdocs.commands.build",
    "material.plugins.search.plugin",
    "mkdocs_static_i18n.plugin",
    "mkdocs_digest.plugin.plugin",
    "mkdocs_digest.write.article",
]
_context = multiprocessing.get_context("forkserver")
_context.set_forkserver_preload(_LOADED)


def run_mkdocs(arguments: list[str], site: Path, env: dict[str, str], timeout: float = 120) -> tuple[str, int]:
    """Run `mkdocs` in a folder and return what it prints and its exit code; end it after `timeout` seconds."""
    with TemporaryDirectory() as folder:
        log = Path(folder, "log")
        process = _context.Process(target=_run, args=(arguments, str(site), env, str(log)))
        process.start()
        process.join(timeout)
        if process.is_alive():
            process.kill()
            process.join()
        code = process.exitcode
        process.close()
        assert code is not None
        return log.read_text("utf-8", errors="replace") if log.exists() else "", code


def _run(arguments: list[str], site: str, env: dict[str, str], log: str) -> None:
    with Path(log).open("wb") as file:
        for stream in (1, 2):
            os.dup2(file.fileno(), stream)
    os.chdir(site)
    os.environ.clear()
    os.environ.update(env)
    sys.path.insert(0, site)
    sys.argv = ["mkdocs", *arguments]
    from mkdocs.__main__ import cli

    cli.main(arguments, prog_name="mkdocs")
