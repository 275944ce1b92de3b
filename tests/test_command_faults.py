"""What the system refuses a command: one line on standard error and exit code 2, never a traceback."""

import json
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.sites import SAMPLE, write
from tests.test_command import FAULTY
from tests.test_faults import plain_rights
from tests.test_slices import small_slices

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the faults are made by means of Linux")

PROGRAM = [sys.executable, "-m", "mkdocs_digest"]
BAD = "---\ntitle: a: b\n---\nSummary: x\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder with two digests, and the slices of a site."""
    write(tmp_path / "docs/digests/a.md", SAMPLE)
    write(tmp_path / "docs/digests/2024/b.md", FAULTY)
    small_slices(tmp_path)
    return tmp_path


COMMANDS = {
    "help": ["--help"],
    "show": ["show", "docs/digests/a.md"],
    "show --json": ["show", "--json", "docs/digests/a.md"],
    "check": ["check"],
    "check --format json": ["check", "--format", "json"],
    "new": ["new", "Rain"],
    "status": ["status"],
    "export": ["export", "out"],
    "merge": ["merge", "slices/a", "slices/b", "--into", "out"],
}


def run(
    arguments: list[str], cwd: Path, *, before: Callable[[], object] | None = None, prefix: tuple[str, ...] = ()
) -> "subprocess.CompletedProcess[str]":
    """Run the program; `before` is called in its process."""
    return subprocess.run(
        [*prefix, *PROGRAM, *arguments],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
        stdin=subprocess.DEVNULL,
        preexec_fn=before,
    )


def assert_refused(done: "subprocess.CompletedProcess[str]", *said: str) -> None:
    """Demand one line that says what was refused."""
    assert done.returncode == 2, done
    assert done.stderr.startswith("mkdocs-digest: ")
    assert done.stderr.count("\n") == 1
    assert all(part in done.stderr for part in said), done.stderr


def full_disk() -> None:
    """Let standard output be a disk without room."""
    os.dup2(os.open("/dev/full", os.O_WRONLY), 1)


def closed_output() -> None:
    """Let there be no standard output."""
    os.close(1)


@pytest.mark.parametrize("name", COMMANDS)
def test_no_room_for_the_output(project: Path, name: str) -> None:
    """Whatever a command prints, it is an error if that cannot be written."""
    assert_refused(run(COMMANDS[name], project, before=full_disk), "standard output: No space left on device")


@pytest.mark.parametrize("name", ["show", "check", "new"])
def test_output_is_closed(project: Path, name: str) -> None:
    """A closed standard output is named; nothing is printed to a file that happens to have its number."""
    assert_refused(run(COMMANDS[name], project, before=closed_output), "standard output: Bad file descriptor")
    assert (project / "docs/digests/a.md").read_bytes().decode() == SAMPLE


def test_error_output_is_closed(project: Path) -> None:
    """Without a standard error the exit code tells, and no message gets into the output."""
    done = run(["show", "missing.md"], project, before=lambda: os.close(2))
    assert (done.returncode, done.stdout) == (2, "")


def test_input_is_closed(project: Path) -> None:
    """A closed standard input is named."""
    assert_refused(run(["show", "-"], project, before=lambda: os.close(0)), "standard input is closed")


@pytest.mark.parametrize("name", COMMANDS)
def test_a_reader_that_has_seen_enough(project: Path, name: str) -> None:
    """Behind a closed pipe, as `head` leaves it, a command is quiet and exits as it would have."""
    assert through_closed_pipe(COMMANDS[name], project) == (0, "")


@pytest.mark.parametrize("command", [["check"], ["check", "--format", "github"], ["show", "docs/digests/bad.md"]])
def test_a_reader_does_not_hide_errors(project: Path, command: list[str]) -> None:
    """Errors are told by the exit code even if nobody reads what they are."""
    write(project / "docs/digests/bad.md", BAD)
    assert through_closed_pipe(command, project) == (1, "")


def through_closed_pipe(arguments: list[str], cwd: Path) -> tuple[int, str]:
    """Return the exit code and standard error of a command whose output nobody reads."""
    reader, writer = os.pipe()
    os.close(reader)
    process = subprocess.Popen([*PROGRAM, *arguments], cwd=cwd, stdout=writer, stderr=subprocess.PIPE, text=True)
    os.close(writer)
    _, said = process.communicate(timeout=100)
    return process.returncode, said


def no_bytes() -> None:
    """Let no file grow, as on a full disk."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


@pytest.mark.parametrize(("name", "made"), [("new", "docs/digests/2026"), ("export", "out"), ("merge", "out")])
def test_no_room_for_a_file(project: Path, name: str, made: str) -> None:
    """What cannot be written whole is not there."""
    arguments = [*COMMANDS[name], *(["--date", "2026-01-02"] if name == "new" else [])]
    assert_refused(run(arguments, project, before=no_bytes), made, "File too large")
    assert not [path for path in (project / made).rglob("*") if path.is_file()]
    assert name == "new" or not (project / made).exists()


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("show", "docs/digests/a.md"),
        ("check", "docs/digests/2024"),
        ("status", "docs/digests/2024"),
        ("export", "docs/digests/2024"),
        ("new", "docs/digests"),
        ("export", "."),
        ("merge", "."),
        ("merge", "slices/a/.digest-slice.json"),
        ("merge", "slices/a/about"),
    ],
)
def test_no_permission(project: Path, name: str, place: str) -> None:
    """What may not be read, or written to, is named."""
    mode = (project / place).stat().st_mode
    written = place in (".", "docs/digests")
    (project / place).chmod(0o555 if written else 0)
    done = run(COMMANDS[name], project, prefix=tuple(plain_rights()))
    (project / place).chmod(mode)
    assert_refused(done, "Permission denied", *([] if written else [place]))


@pytest.mark.parametrize("name", ["check", "status", "export"])
def test_an_unreadable_digest_is_an_error(project: Path, name: str) -> None:
    """A digest in a folder that cannot be read is named, the others are read, and the exit code is 1."""
    (project / "docs/digests/a.md").chmod(0)
    done = run(COMMANDS[name], project, prefix=tuple(plain_rights()))
    (project / "docs/digests/a.md").chmod(0o644)
    assert done.returncode == 1, done
    assert "a.md:1:1: error[unreadable] the file cannot be read: Permission denied" in done.stdout + done.stderr
    assert name != "export" or (project / "out/2024/b.md").is_file()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["show", "docs"], "docs: Is a directory"),
        (["show", "missing.md"], "missing.md: No such file or directory"),
        (["show", "docs/digests/a.md/x"], "Not a directory"),
        (["show", "x" * 300], "File name too long"),
        (["check", "x" * 300], "File name too long"),
        (["check", "missing"], "missing: No such file or directory"),
        (["status", "missing"], "missing: No such file or directory"),
        (["new", "Rain", "--dir", "docs/digests/a.md"], "docs/digests/a.md"),
        (["new", "Rain", "--dir", "x" * 300], "File name too long"),
        (["new", "Rain", "--dir", "/proc/x"], "/proc/x"),
        (["export", "docs/digests/a.md"], "is not empty"),
        (["export", "docs/digests/a.md/x"], "docs/digests/a.md"),
        (["export", "out", "--dir", "missing"], "missing"),
        (["merge", "slices/a", "slices/b", "--into", "x" * 300], "File name too long"),
        (["merge", "slices/a", "slices/b", "--into", "docs"], "docs is not empty"),
        (["new", "   "], "the title is empty"),
        (["new", "Rain", "--lang", "tlh"], "tlh"),
        (["new", "Rain", "--source", "javascript:x"], "'javascript:x' is not an address of the web"),
        (["new", "Rain", "--source", ""], "is not an address of the web"),
        (["new", os.fsdecode(b"a\xff")], "is not UTF-8"),
    ],
)
def test_what_cannot_be_done_is_said(project: Path, arguments: list[str], said: str) -> None:
    """A path that is no file, no folder, too long, in use; an argument that makes no digest: one line, exit code 2."""
    assert_refused(run(arguments, project), said)


@pytest.mark.parametrize("name", ["check", "check --format json", "status", "export"])
def test_nothing_to_check(project: Path, name: str) -> None:
    """A folder without digests is an error that says where they were looked for, and what was expected."""
    for path in ("a.md", "2024/b.md"):
        (project / "docs/digests" / path).unlink()
    write(project / "docs/digests/index.md", SAMPLE)
    assert_refused(run(COMMANDS[name], project), "docs/digests", "expected .md files")


@pytest.mark.parametrize(
    ("limit", "arguments"),
    [("NOFILE", ["check"]), ("NOFILE", ["show", "docs/digests/a.md"]), ("NOFILE", ["export", "x"])],
)
def test_too_many_open_files(project: Path, limit: str, arguments: list[str]) -> None:
    """Where no file can be opened any more, that is said."""
    code = (
        "import resource, sys; from mkdocs_digest.command.main import main; "
        "resource.setrlimit(resource.RLIMIT_NOFILE, (3, 3)); sys.exit(main(sys.argv[1:]))"
    )
    command = [sys.executable, "-c", code, *arguments]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False, timeout=100)
    assert_refused(done, "Too many open files")


@pytest.mark.parametrize(
    "arguments", [["show", "a\0b"], ["check", "a\0b"], ["new", "x", "--dir", "a\0b"], ["export", "\0"]]
)
def test_a_path_with_nul(arguments: list[str], capfd: pytest.CaptureFixture[str]) -> None:
    """A NUL character, which only a caller from Python can pass, is wrong usage."""
    from mkdocs_digest.command.main import main

    assert main(arguments) == 2
    assert "has a NUL character in it" in capfd.readouterr().err


def heed_interruptions() -> None:
    """Undo what a shell does to a job in the background."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_interrupted(project: Path) -> None:
    """Ctrl-C ends a command with one line and the exit code of an interruption."""
    process = subprocess.Popen(
        [*PROGRAM, "show", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=project,
        preexec_fn=heed_interruptions,
    )
    assert process.stdin
    process.stdin.write(b"x" * 1_000_000)  # more than a pipe holds: the command reads by now
    process.stdin.flush()
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=100)
    assert (process.returncode, out, err) == (130, b"", b"mkdocs-digest: interrupted\n")


def test_remarks_are_not_broken_in_a_pipe(project: Path) -> None:
    """What `show` remarks, and what `status` misses, stands on one line each for the programs that read it."""
    name = "docs/digests/a-name-that-is-longer-than-what-is-left-of-eighty-columns-with-some-words-beside-it.md"
    write(project / name, FAULTY)
    shown = run(["show", name], project).stdout.splitlines()
    assert f"{name}:7:1: warning[missing-answer] question 1 has no answer; write `A:` below it" in shown
    assert f"{name}: no zh" in run(["status"], project).stdout.splitlines()


@pytest.mark.parametrize(
    "title", ["!!!", "🚀", "# x", "Summary: x", "a\nb", "-- x", "../../x", "雨/𠀀" * 60, "a <b> c: d", "…"]
)
def test_new_with_an_odd_title(project: Path, title: str) -> None:
    """A title of signs, of markup, or longer than a file's name may be gives a digest that has it."""
    done = run(["new", "--source", "https://example.org/a", "--", title], project)
    assert done.returncode == 0, done
    record = json.loads(run(["show", "--json", done.stdout.strip()], project).stdout)
    assert record["translations"][0]["title"] == " ".join(title.split())
    assert Path(done.stdout.strip()).parent.parent == Path("docs/digests")


def test_new_with_a_language_twice(project: Path) -> None:
    """A language that is given twice is written once."""
    done = run(["new", "Rain", "--lang", "en", "--lang", "en", "--tag", "a", "--tag", "a"], project)
    record = json.loads(run(["show", "--json", done.stdout.strip()], project).stdout)
    assert [item["lang"] for item in record["translations"]] == ["en"]
    assert record["tags"] == ["a"]
