"""`mkdocs serve` while an author writes: every edit shows, in every language, and no slip stops the server."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import ProxyHandler, build_opener
from weakref import WeakSet

import pytest
from mkdocs.commands.build import build as build_here
from mkdocs.config import load_config
from playwright.sync_api import sync_playwright

from mkdocs_digest.plugin import assemble
from mkdocs_digest.plugin.pages.site import Site
from tests.__main__ import find_browser
from tests.sites import SAMPLE, build, digest, environment, make_site, write
from tests.test_browser import FLAGS

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
    """Half-typed front matter is told with file and line, and the page stays as it was until it is mended."""
    write(server.digest.with_name("other.md"), digest({"zh": "另一篇", "en": "Another"}))
    until_shown(server, "digests/", "另一篇")
    write(server.digest, BROKEN)
    until(lambda: "docs/digests/sample.md:6:" in server.log, server)
    assert server.shows("digests/sample/", ZH_SUMMARY)
    assert server.shows("en/digests/tags/world/", EN_SUMMARY)
    assert server.shows("digests/", "另一篇")
    write(server.digest, SAMPLE.replace(ZH_SUMMARY, f"改好了。{ZH_SUMMARY}"))
    until_shown(server, "digests/sample/", "改好了。")
    until_shown(server, "en/digests/sample/", EN_SUMMARY)
    until_shown(server, "digests/", "改好了。")


def test_half_typed_names_keep_the_last_ones(tmp_path: Path) -> None:
    """While a file of names cannot be read its last names stay, and the server says where it is wrong."""
    files = {"digests/sample.md": SAMPLE, "digests/.tags.yml": "world: {en: The world}\n"}
    with serve(make_site(tmp_path, files)) as server:
        names = tmp_path / "docs/digests/.tags.yml"
        write(names, "world: {en: The wor\n")
        until(lambda: "docs/digests/.tags.yml:2:1" in server.log, server)
        write(server.digest, SAMPLE.replace(EN_SUMMARY, f"Edited. {EN_SUMMARY}"))
        until_shown(server, "en/digests/tags/world/", "Edited.")
        assert server.shows("en/digests/tags/world/", "The world")
        write(names, "world: {en: All nations}\n")
        until_shown(server, "en/digests/tags/world/", "All nations")


def test_a_page_that_is_missing_heals(tmp_path: Path) -> None:
    """Where a digest cannot be read from the start, its address shows an error page that looks again by itself."""
    site = make_site(tmp_path, {"digests/sample.md": SAMPLE, "digests/late.md": "---\ndate: 2024-05-30\n---\n"})
    with serve(site) as server, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=find_browser(), args=FLAGS)
        tab = chromium.new_page()
        tab.goto(f"{server.address}en/digests/late/")
        tab.locator("h1", has_text="404").wait_for()
        write(site / "docs/digests/late.md", digest({"zh": "来晚了", "en": "Late but here"}))
        tab.locator("h1", has_text="Late but here").wait_for()
        chromium.close()


def test_scheduled_digests_are_marked(tmp_path: Path) -> None:
    """A digest of a later date has its page while serving, with a word that says so, in each language."""
    later = digest({"zh": "以后的事", "en": "A thing to come"}, date=date(2999, 1, 1))
    config = {"plugins": [{"digest": {"draft_if_future_date": True}}]}
    with serve(make_site(tmp_path, {"digests/later.md": later, "digests/sample.md": SAMPLE}, config)) as server:
        assert server.shows("digests/later/", "定时发布")
        assert server.shows("en/digests/", "Scheduled")
        assert not server.shows("en/digests/sample/", "Scheduled")


def test_requests_while_files_are_saved(server: Server) -> None:
    """Two hundred requests a second, while a digest is saved again and again, get whole pages and nothing else."""
    paths = ["digests/sample/", "en/digests/sample/", "digests/", "en/digests/tags/world/", "en/digests/atom.xml"]
    wrong: list[tuple[str, int]] = []
    ended = threading.Event()

    def ask(at: int) -> None:
        while not ended.is_set():
            for path in paths[at:] + paths[:at]:
                status, answer = server.get(path)
                if status != 200 or not answer.rstrip().endswith((">", "}")):
                    wrong.append((path, status))
                time.sleep(0.02)

    askers = [threading.Thread(target=ask, args=(at,)) for at in range(4)]
    for asker in askers:
        asker.start()
    for number in range(5):
        write(server.digest, SAMPLE.replace(EN_SUMMARY, f"Save {number}. {EN_SUMMARY}"))
        time.sleep(0.7)
    until_shown(server, "en/digests/sample/", "Save 4.")
    ended.set()
    for asker in askers:
        asker.join()
    assert not wrong


def test_a_build_beside_a_server(server: Server) -> None:
    """A build in the same project while it is served writes the site, and the server goes on as before."""
    build(server.site)
    write(server.digest, SAMPLE.replace(EN_SUMMARY, f"After it. {EN_SUMMARY}"))
    build(server.site)
    until_shown(server, "en/digests/sample/", "After it.")
    assert "After it." in (server.site / "site/en/digests/sample/index.html").read_text("utf-8")


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
        assert running.shows("digests/draft/", ">草稿<")
        assert running.shows("en/digests/draft/", ">Draft<")


@pytest.mark.parametrize("shown", [True, False])
def test_drafts_are_served_if_asked_for(tmp_path: Path, shown: bool) -> None:
    """With `draft_on_serve: false` a draft has no page while serving either."""
    files = {"digests/sample.md": SAMPLE, "digests/draft.md": digest({"zh": "草稿一篇", "en": "A draft"}, draft=True)}
    site = make_site(tmp_path, files, {"plugins": [{"digest": {"draft_on_serve": shown}}]})
    config = load_config(str(site / "mkdocs.yml"))
    config.plugins.on_startup(command="serve", dirty=False)
    build_here(config)
    assert (site / "site/digests/draft/index.html").is_file() == shown
    assert (site / "site/digests/sample/index.html").is_file()


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
