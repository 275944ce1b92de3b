"""`mkdocs serve` while an author writes: every edit shows, in every language, and no slip stops the server."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import ProxyHandler, build_opener
from weakref import WeakSet

import pytest
from mkdocs.commands.build import build as build_here
from mkdocs.config import load_config

from mkdocs_digest.plugin import assemble
from mkdocs_digest.plugin.pages.site import Site
from tests.sites import SAMPLE, digest, environment, make_site, write

PATIENCE = 30.0
ZH_SUMMARY = "乔·拜登批准乌克兰"
EN_SUMMARY = "Joe Biden approved the use"
BROKEN = SAMPLE.replace("tags: \n- world", "tags: [world")


@dataclass(frozen=True)
class Server:
    """A running `mkdocs serve` and the site it serves."""

    site: Path
    address: str
    log_file: Path

    @property
    def log(self) -> str:
        return self.log_file.read_text("utf-8")

    @property
    def digest(self) -> Path:
        return self.site / "docs" / "digests" / "sample.md"

    def get(self, url: str) -> tuple[int, str]:
        """Return the status and the text of a page; the status is 0 where no server answers."""
        try:
            with build_opener(ProxyHandler({})).open(self.address + url, timeout=5) as answer:
                return answer.status, answer.read().decode()
        except HTTPError as error:
            return error.code, ""
        except (URLError, OSError, HTTPException):
            return 0, ""

    def shows(self, url: str, words: str) -> bool:
        """Say whether the page at a URL has some words in it."""
        return words in self.get(url)[1]


def until(condition: Callable[[], bool], server: Server) -> None:
    """Wait for a condition; fail with the server's log after `PATIENCE` seconds."""
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, server.log
        time.sleep(0.1)


def until_shown(server: Server, url: str, words: str) -> None:
    """Wait until the page at a URL has some words in it."""
    until(lambda: server.shows(url, words), server)


def free_port() -> int:
    """Return a port that no server listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@contextmanager
def serve(site: Path) -> Iterator[Server]:
    """Run `mkdocs serve` on a site until the block ends."""
    port = free_port()
    log_file = site / "serve.log"
    # `--livereload` is the default, but click 8.3.0 loses it: https://github.com/mkdocs/mkdocs/issues/4032
    command = [sys.executable, "-m", "mkdocs", "serve", "--livereload", "--dev-addr", f"127.0.0.1:{port}"]
    here = {**environment(), "TMPDIR": str(site)}  # a server that is ended leaves what it has served
    with log_file.open("wb") as log:
        process = subprocess.Popen(command, cwd=site, env=here, stdout=log, stderr=subprocess.STDOUT)
    server = Server(site, f"http://127.0.0.1:{port}/", log_file)
    try:
        until(lambda: server.get("")[0] == 200 or process.poll() is not None, server)
        yield server
    finally:
        os.kill(process.pid, signal.SIGTERM)
        process.wait(timeout=10)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """The sample's site, served."""
    with serve(make_site(tmp_path, {"digests/sample.md": SAMPLE})) as running:
        yield running


def test_edits_show_in_every_language(server: Server) -> None:
    """A digest's edit shows on its page in each language and in the listings that quote it."""
    assert server.shows("digests/sample/", ZH_SUMMARY)
    edited = SAMPLE.replace(ZH_SUMMARY, f"新写的一句。{ZH_SUMMARY}")
    write(server.digest, edited.replace(EN_SUMMARY, f"Freshly written. {EN_SUMMARY}"))
    until_shown(server, "digests/sample/", "新写的一句。")
    until_shown(server, "en/digests/sample/", "Freshly written.")
    until_shown(server, "digests/", "新写的一句。")
    until_shown(server, "en/digests/tags/world/", "Freshly written.")


def test_new_digest_shows(server: Server) -> None:
    """A file added while the server runs has its pages and entries, and loses them when it is deleted."""
    added = server.digest.with_name("added.md")
    write(added, digest({"zh": "新来的一篇", "en": "A new arrival"}))
    until_shown(server, "digests/", "新来的一篇")
    until_shown(server, "en/digests/added/", "A new arrival")
    added.unlink()
    until(lambda: server.get("en/digests/added/")[0] == 404, server)
    until(lambda: not server.shows("digests/", "新来的一篇"), server)


def test_names_outside_the_documents_are_watched(tmp_path: Path) -> None:
    """A change of a file of names that is not below `docs_dir` shows."""
    files = {"digests/sample.md": SAMPLE, "../names/tags.yml": "world: {en: The world}\n"}
    config = {"plugins": [{"digest": {"tags_file": "../names/tags.yml"}}]}
    with serve(make_site(tmp_path, files, config)) as server:
        assert server.shows("en/digests/tags/world/", "The world")
        write(tmp_path / "names/tags.yml", "world: {en: All nations}\n")
        until_shown(server, "en/digests/tags/world/", "All nations")


def test_slip_is_told_and_mended(server: Server) -> None:
    """Bad front matter is told with file and line while the server goes on; once mended, the page is back."""
    write(server.digest.with_name("other.md"), digest({"zh": "另一篇", "en": "Another"}))
    until_shown(server, "digests/", "另一篇")
    write(server.digest, BROKEN)
    until(lambda: "digests/sample.md:6:" in server.log, server)
    until(lambda: server.get("digests/sample/")[0] == 404, server)
    assert server.shows("digests/", "另一篇")
    write(server.digest, SAMPLE)
    until_shown(server, "digests/sample/", ZH_SUMMARY)
    until_shown(server, "en/digests/sample/", EN_SUMMARY)
    until_shown(server, "digests/", ZH_SUMMARY)


def test_collision_does_not_end_the_server(server: Server) -> None:
    """Two digests with one page are told by name; once one of them is gone, the server goes on."""
    double = server.digest.with_name("double.md")
    write(double, digest({"zh": "重名", "en": "Namesake"}, slug="sample"))
    until(lambda: "double.md" in server.log and "sample.md" in server.log, server)
    double.unlink()
    write(server.digest, SAMPLE.replace(ZH_SUMMARY, f"改过了。{ZH_SUMMARY}"))
    until_shown(server, "digests/sample/", "改过了。")


def test_server_rests_when_nothing_changes(server: Server) -> None:
    """A site nobody edits is built once: the plugin writes nothing where the server watches."""
    time.sleep(2)
    assert server.log.count("Documentation built") == 1


def test_drafts_are_served(tmp_path: Path) -> None:
    """A draft has its page and entry while serving, as with Material's blog plugin."""
    files = {"digests/draft.md": digest({"zh": "草稿一篇", "en": "A draft of mine"}, draft=True)}
    with serve(make_site(tmp_path, files)) as running:
        assert running.shows("digests/draft/", "草稿一篇")
        assert running.shows("en/digests/", "A draft of mine")


def test_rebuilds_need_no_more_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However often one process builds a site, that of the last build is the only one it keeps."""
    kept: WeakSet[Site] = WeakSet()

    class Noted(Site):
        def __init__(self, *facts: Any) -> None:
            super().__init__(*facts)
            kept.add(self)

    monkeypatch.setattr(assemble, "Site", Noted)
    site = make_site(tmp_path, {"digests/sample.md": SAMPLE})
    for _ in range(3):
        build_here(load_config(str(site / "mkdocs.yml")))
    assert len(kept) == 1
