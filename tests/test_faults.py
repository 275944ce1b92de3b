"""What can go wrong with a machine while it builds: nothing is said in tracebacks, and the next build is right."""

import os
import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import pytest

from tests.sites import digest, environment, make_site, tree, write

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the faults are made by means of Linux")

NOW = 1_717_105_527
FILES = {
    "index.md": "# 首页\n",
    "index.en.md": "# Home\n",
    **{
        f"digests/{n}.md": digest(
            {"zh": f"第 {n} 篇", "en": f"Number {n} of all"}, date=f"2024-05-{n:02}", tags=[f"t{n % 3}"]
        )
        for n in range(1, 13)
    },
}
# A hook that kills the build where it opens its nth file for writing below the folder of the site; it counts them too.
KILLER = """\
import os, signal, sys, atexit
HERE, DIE_AT, COUNT = os.path.dirname(__file__), int(os.environ.get("DIE_AT", "0")), os.environ.get("COUNT")
opened = []
def audit(event, args):
    if event != "open" or not isinstance(args[2], int) or not args[2] & (os.O_WRONLY | os.O_RDWR):
        return
    if os.path.abspath(os.fsdecode(args[0])).startswith(HERE) and not str(args[0]).endswith(".pyc"):
        opened.append(args[0])
        if len(opened) == DIE_AT:
            os.kill(os.getpid(), signal.SIGKILL)
if DIE_AT or COUNT:
    sys.addaudithook(audit)
if COUNT:
    def tell():
        count = len(opened)
        with open(COUNT, "w") as file:
            file.write(str(count))
    atexit.register(tell)
"""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site of twelve digests in two languages."""
    return make_project(tmp_path / "site")


def make_project(folder: Path) -> Path:
    """Write the site, with the hook that can kill its build."""
    make_site(folder, FILES, {"hooks": ["killer.py"]})
    write(folder / "killer.py", KILLER)
    return folder


def start(
    site: Path,
    *prefix: str,
    out: str = "site",
    before: Callable[[], object] | None = None,
    changed: Mapping[str, str] = MappingProxyType({}),
) -> "subprocess.Popen[bytes]":
    """Start a strict build of a site; `prefix` is a program that runs it, `changed` goes over the environment."""
    command = [*prefix, sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", out]
    env = {**environment(), "SOURCE_DATE_EPOCH": str(NOW), **changed}
    return subprocess.Popen(
        command, cwd=site, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, preexec_fn=before
    )


def end(process: "subprocess.Popen[bytes]") -> tuple[int, str]:
    """Wait for a build, and return its exit code and what it printed."""
    log = process.communicate(timeout=120)[0].decode()
    return process.returncode, log


def built(site: Path, **changed: str) -> dict[str, bytes]:
    """Build a site and return its files."""
    code, log = end(start(site, changed=changed))
    assert code == 0, log
    return tree(site / "site")


def fresh(site: Path, **changed: str) -> dict[str, bytes]:
    """Return the files of a build of the same sources in a folder where nothing was ever built."""
    copy = site.with_name("fresh")
    shutil.rmtree(copy, ignore_errors=True)
    copy.mkdir()
    for name in ("mkdocs.yml", "killer.py"):
        shutil.copy2(site / name, copy / name)
    shutil.copytree(site / "docs", copy / "docs")
    return built(copy, **changed)


def differences(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    """Return the names of the files that are not the same."""
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


@dataclass(frozen=True)
class Undisturbed:
    """What an undisturbed build writes: the site's files, and how often it opens one for writing."""

    files: dict[str, bytes]
    writes: int


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Undisturbed:
    """A build in which nothing goes wrong."""
    count = tmp_path_factory.mktemp("clean") / "count"
    files = built(make_project(count.with_name("site")), COUNT=str(count))
    return Undisturbed(files, int(count.read_text("utf-8")))


@pytest.fixture
def clean(undisturbed: Undisturbed) -> dict[str, bytes]:
    """The files of an undisturbed build."""
    return undisturbed.files


def assert_told(code: int, log: str, *words: str) -> None:
    """Demand that a build has failed with one clear message."""
    assert code == 1
    assert "Traceback" not in log
    assert [line for line in log.splitlines() if line.startswith("Error: ") and all(word in line for word in words)]


def small_files() -> None:
    """Let the process write no file of more than 50 kB: what the system refuses is refused in the midst of a write."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))


def test_no_room_for_a_file(site: Path, clean: dict[str, bytes]) -> None:
    """Where the system takes no more bytes of a file, the build says so and fails; the next one is right."""
    assert_told(*end(start(site, before=small_files)), "File too large")
    assert differences(built(site), clean) == []


MOUNT = ["unshare", "--mount", "sh", "-c", 'mount -t tmpfs -o size="$0" tmpfs "$1" && shift && exec "$@"']


def can_mount() -> bool:
    """Say whether this process may mount a file system for itself alone."""
    where = "/tmp"
    return shutil.which("unshare") is not None and (
        subprocess.run([*MOUNT, "64k", where, "true"], capture_output=True, check=False).returncode == 0
    )


@pytest.mark.skipif(not can_mount(), reason="no file system may be mounted here")
@pytest.mark.parametrize("size", ["256k", "3m"], ids=["in the theme's files", "in the pages"])
def test_disk_full(site: Path, clean: dict[str, bytes], size: str) -> None:
    """On a full disk the build says so and fails; the next one, with room, is right."""
    (site / "site").mkdir()
    assert_told(*end(start(site, *MOUNT, size, str(site / "site"))), "No space left on device")
    assert differences(built(site), clean) == []


def plain_rights() -> list[str]:
    """Return what runs a program so that the permissions of files bind it, which they do not for root."""
    if os.geteuid() != 0:
        return []
    return ["setpriv", "--bounding-set", "-dac_override,-dac_read_search"]


@pytest.fixture
def forbid() -> Iterator[Callable[[Path, int], None]]:
    """Set a mode for the length of a test."""
    changed: list[tuple[Path, int]] = []

    def change(path: Path, mode: int) -> None:
        changed.append((path, path.stat().st_mode))
        path.chmod(mode)

    yield change
    for path, mode in changed:
        path.chmod(mode)


@pytest.mark.parametrize("place", ["site", "site/assets", "site/digests"])
def test_read_only_site_dir(
    site: Path, clean: dict[str, bytes], place: str, forbid: Callable[[Path, int], None]
) -> None:
    """Where the site may not be written, the build says which file and fails; the next one that may is right."""
    write(site / place / "left.txt", "a file that cannot be taken away\n")
    forbid(site / place, 0o555)
    assert_told(*end(start(site, *plain_rights())), "Permission denied", str(site / place))
    (site / place).chmod(0o755)
    assert differences(built(site), clean) == []


def test_unreadable_digest(site: Path, forbid: Callable[[Path, int], None]) -> None:
    """A digest that may not be read is named; so is a page of the site's own."""
    forbid(site / "docs/digests/3.md", 0)
    code, log = end(start(site, *plain_rights()))
    assert code == 1
    assert "digests/3.md:1:1: error[unreadable] the file cannot be read: Permission denied" in log
    assert "Traceback" not in log
    assert (site / "site/en/digests/4/index.html").is_file()
    forbid(site / "docs/index.md", 0)
    assert_told(*end(start(site, *plain_rights())), "Permission denied", "index.md")


@pytest.mark.parametrize("part", [0.05, 0.5, 0.9, 1.0])
def test_killed(site: Path, undisturbed: Undisturbed, part: float) -> None:
    """After a build that was killed between two of its writes, early or late, the next one is right."""
    at = max(1, int(undisturbed.writes * part))
    code, _ = end(start(site, changed={"DIE_AT": str(at)}))
    assert code == -signal.SIGKILL
    assert differences(built(site), undisturbed.files) == []


def test_two_builds_at_once(site: Path, clean: dict[str, bytes]) -> None:
    """Two builds of one project at the same time, each to a folder of its own, are both right, and the next one is."""
    for out, (code, log) in zip("ab", map(end, [start(site, out=out) for out in "ab"]), strict=True):
        assert code == 0, log
        assert differences(tree(site / out), clean) == []
    assert differences(built(site), clean) == []


def test_clock_goes_back(site: Path) -> None:
    """An edit with an older time than the last build's, built at an earlier time, shows; all else stays right."""
    later = 4_000_000_000
    for path in site.rglob("*"):
        os.utime(path, (later, later))
    built(site, SOURCE_DATE_EPOCH=str(later))
    edited = site / "docs/digests/3.md"
    size = edited.stat().st_size
    edited.write_text(edited.read_text("utf-8").replace("Number 3 of all", "Edited 3 of all"), "utf-8")
    assert edited.stat().st_size == size
    os.utime(edited, (1_000_000_000, 1_000_000_000))
    after = built(site)
    assert differences(after, fresh(site)) == []
    assert b"Edited 3 of all" in after["en/digests/3/index.html"]
