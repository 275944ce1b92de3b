"""Work beside the build: in which order it is done, and what is known of it."""

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from mkdocs.exceptions import PluginError

from mkdocs_digest.plugin import crew as module
from mkdocs_digest.plugin.crew import Crew
from mkdocs_digest.plugin.made import Made

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="processes are forked on Linux only")

LONG = 0.3


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


def test_patient_job_leaves_its_place_to_later_ones(crew: Crew, tmp_path: Path) -> None:
    """With two processors, a job that can wait begins after one that was given later and cannot."""
    crew.do(job(tmp_path, "first", until="second"), worth=True)
    crew.do(job(tmp_path, "patient"), worth=True, patient=True)
    time.sleep(LONG)
    assert not (tmp_path / "patient").exists()
    crew.do(job(tmp_path, "second"), worth=True)
    assert crew.finish().paths == {"first", "second", "patient"}
    assert (tmp_path / "patient").stat().st_mtime_ns > (tmp_path / "second").stat().st_mtime_ns


def test_patient_job_begins_where_a_processor_stays_free(
    crew: Crew, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With three processors, two jobs can begin before the next is given."""
    monkeypatch.setattr(module, "spare_cores", lambda: 3)
    crew.do(job(tmp_path, "first", until="patient"), worth=True)
    crew.do(job(tmp_path, "patient", until="first"), worth=True, patient=True)
    time.sleep(LONG)
    assert (tmp_path / "patient").exists()
    assert crew.finish().paths == {"first", "patient"}


def test_patient_job_finds_all_as_it_was(crew: Crew) -> None:
    """What a job looks at is what was there when it was given, however late it begins."""
    state = ["then"]
    crew.do(lambda: Made(frozenset(state)), worth=True, patient=True)
    state[0] = "now"
    assert crew.finish().paths == {"then"}


def test_failure_ends_all_that_wait(crew: Crew, tmp_path: Path) -> None:
    """When a job fails, those that have not begun never do, and no process is left."""

    def fail() -> Made:
        raise PluginError("the disk is full")

    crew.do(fail, worth=True)
    crew.do(job(tmp_path, "patient"), worth=True, patient=True)
    crew.do(job(tmp_path, "second", until="never"), worth=True)
    left = [process.pid for process, _ in (*crew.working, *crew.waiting)]
    with pytest.raises(PluginError, match="the disk is full"):
        crew.do(job(tmp_path, "third"), worth=True)
    assert not (tmp_path / "patient").exists()
    assert crew.finish().paths == frozenset()
    assert all(pid and not Path(f"/proc/{pid}").exists() for pid in left)


def test_one_processor_does_all_at_once(crew: Crew, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a processor to spare, or for little work, no process is made."""
    here = os.getpid()
    seen = []

    def work() -> Made:
        seen.append(os.getpid())
        return Made()

    crew.do(work, worth=False, patient=True)
    monkeypatch.setattr(module, "spare_cores", lambda: 1)
    crew.do(work, worth=True)
    assert seen == [here, here]
