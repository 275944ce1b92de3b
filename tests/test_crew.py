"""Work beside the build: how much of it at once, and what is known of it."""

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from mkdocs.exceptions import PluginError

from mkdocs_digest.plugin import crew as module
from mkdocs_digest.plugin.cache.folder import PARTS
from mkdocs_digest.plugin.crew import Crew
from mkdocs_digest.plugin.made import Made
from mkdocs_digest.plugin.press.production import WORTH_A_PROCESS
from tests.sites import ROOT

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="processes are forked on Linux only")


@pytest.fixture
def crew(monkeypatch: pytest.MonkeyPatch) -> Crew:
    """Return a crew that has two processors."""
    monkeypatch.setattr(module, "spare_cores", lambda: 2)
    return Crew()


def job(folder: Path, name: str, *, until: str = "") -> Callable[[], Made]:
    """Return a job that leaves a file when it begins, and ends once there is the file `until`."""

    def work() -> Made:
        (folder / name).touch()
        for _ in range(1000):
            if not until or (folder / until).exists():
                return Made(frozenset([name]))
            time.sleep(0.01)
        raise TimeoutError(until)

    return work


def test_jobs_find_all_as_it_was(crew: Crew) -> None:
    """What a job looks at is what was there when it was given, whatever the build does meanwhile."""
    state = ["then"]
    crew.do(lambda: Made(frozenset(state)), worth=True)
    state[0] = "now"
    assert crew.finish().paths == {"then"}
    assert crew.finish().paths == frozenset()


def test_no_more_jobs_at_once_than_processors(crew: Crew, tmp_path: Path) -> None:
    """With two processors, a third job begins when one of the first two is done."""
    crew.do(job(tmp_path, "first", until="second"), worth=True)
    crew.do(job(tmp_path, "second", until="third"), worth=True)
    crew.do(job(tmp_path, "third"), worth=True)
    assert len(crew.working) == 2
    assert crew.finish().paths == {"first", "second", "third"}


def test_failure_ends_all_others(crew: Crew, tmp_path: Path) -> None:
    """When a job fails, the reason is told, and no process is left."""

    def fail() -> Made:
        raise PluginError("the disk is full")

    crew.do(job(tmp_path, "first", until="never"), worth=True)
    crew.do(fail, worth=True)
    left = [process.pid for process, _ in crew.working]
    with pytest.raises(PluginError, match="the disk is full"):
        crew.finish()
    assert crew.finish().paths == frozenset()
    assert len(left) == 2
    assert not any(Path(f"/proc/{pid}").exists() for pid in left)


def test_the_readme_says_when_processes_pay() -> None:
    """The README has the number of pages from which on there are processes, and the parts that they make."""
    said = " ".join((ROOT / "README.md").read_text("utf-8").split())
    assert f"a language that has {WORTH_A_PROCESS} pages or more" in said
    assert f"one process makes the {' and another the '.join(PARTS)} of a language" in said


def test_one_processor_does_all_at_once(crew: Crew, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a processor to spare, or for little work, no process is made."""
    here = os.getpid()
    seen = []

    def work() -> Made:
        seen.append(os.getpid())
        return Made()

    crew.do(work, worth=False)
    monkeypatch.setattr(module, "spare_cores", lambda: 1)
    crew.do(work, worth=True)
    assert seen == [here, here]
