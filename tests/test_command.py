"""The command line, as people, CI and programs call it."""

import json
import os
import subprocess
import sys
from ast import literal_eval
from dataclasses import dataclass
from pathlib import Path

import pytest

from mkdocs_digest.command.terminal import printable
from tests.sites import SAMPLE

FAULTY = "---\ndate: 2024-05-30\nsource: https://example.org/a\n---\n**Summary:** It rained.\n\n1. Q: Where?\n"


@dataclass(frozen=True)
class Done:
    """What a run of the program gave, decoded as UTF-8."""

    code: int
    out: str
    err: str


def run(*arguments: str, stdin: str | bytes = "", cwd: Path | None = None) -> Done:
    """Run the program in a process of its own, in the C locale, 80 columns wide."""
    content = stdin.encode() if isinstance(stdin, str) else stdin
    environment = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "COLUMNS": "80"}
    command = [sys.executable, "-m", "mkdocs_digest", *arguments]
    done = subprocess.run(command, input=content, capture_output=True, cwd=cwd, env=environment, check=False)
    return Done(done.returncode, done.stdout.decode(), done.stderr.decode())


def test_show_json_prints_one_object() -> None:
    """`show --json` prints what the contract says of the sample."""
    done = run("show", "--json", "-", stdin=SAMPLE)
    record = json.loads(done.out)
    assert done.code == 0
    assert record["path"] == "-"
    assert record["date"] == "2024-05-30T21:45:27.816000+00:00"
    assert record["tags"] == ["world"]
    assert record["author"] == "ft"
    assert [item["lang"] for item in record["translations"]] == ["zh", "en"]
    assert [len(item["questions"]) for item in record["translations"]] == [3, 3]
    assert record["meta"]["description"].startswith("Move marks shift")
    assert record["diagnostics"] == []


def test_show_lays_translations_side_by_side() -> None:
    """`show` prints both titles in one row, and no line is wider than the terminal."""
    done = run("show", "-", stdin=SAMPLE)
    assert "Move marks shift by" in done.out
    assert "q3" in done.out
    wide = sum(1 for line in done.out.splitlines() if len(line) > 80)
    assert wide == 0


def test_check_shows_line_and_caret(tmp_path: Path) -> None:
    """`check` prints path, line, column, severity, code and cure, then the line with a caret."""
    (tmp_path / "x.md").write_text(FAULTY, "utf-8")
    done = run("check", "x.md", cwd=tmp_path)
    lines = done.out.splitlines()
    assert lines[0] == "x.md:7:1: warning[missing-answer] question 1 has no answer; write `A:` below it"
    assert lines[1].endswith("| 1. Q: Where?")
    assert lines[2].endswith("| ^")
    assert lines[-1] == "1 file: 0 error, 1 warning, 0 info"


@pytest.mark.parametrize(
    ("text", "arguments", "code"),
    [
        (SAMPLE, [], 0),
        (FAULTY, [], 0),
        (FAULTY, ["--strict"], 1),
        ("---\ntitle: a: b\n---\nSummary: x\n", [], 1),
        ("", [], 1),
    ],
)
def test_exit_codes(text: str, arguments: list[str], code: int) -> None:
    """0 is fine, 1 is errors, and with `--strict` warnings too."""
    assert run("check", *arguments, "-", stdin=text).code == code


@pytest.mark.parametrize("arguments", [["check", "missing.md"], ["show", "missing.md"], ["show"], ["frobnicate"]])
def test_wrong_usage_is_two(arguments: list[str], tmp_path: Path) -> None:
    """A missing file or a wrong call exits with 2 and a message, never with a traceback."""
    done = run(*arguments, cwd=tmp_path)
    assert done.code == 2
    assert done.err
    assert "Traceback" not in done.err


def test_github_annotations_are_escaped(tmp_path: Path) -> None:
    """`--format github` prints one workflow command a remark, its data percent-encoded."""
    (tmp_path / "a,b.md").write_text(FAULTY.replace("Questions", "100%"), "utf-8")
    done = run("check", "--format", "github", "a,b.md", cwd=tmp_path)
    assert done.out == (
        "::warning file=a%2Cb.md,line=7,col=1,title=missing-answer::question 1 has no answer; write `A:` below it\n"
    )


def test_json_format_is_a_list(tmp_path: Path) -> None:
    """`--format json` prints a list of remarks with their paths."""
    (tmp_path / "x.md").write_text(FAULTY, "utf-8")
    rows = json.loads(run("check", "--format", "json", "x.md", cwd=tmp_path).out)
    assert [(row["path"], row["line"], row["code"]) for row in rows] == [("x.md", 7, "missing-answer")]


def test_check_walks_folders_as_the_site_does(tmp_path: Path) -> None:
    """A folder means the digests below it: no index, README, hidden or underscored files, nothing twice."""
    for name in (
        "a.md",
        "deep/b.md",
        "index.md",
        "index.en.md",
        "README.md",
        ".hidden.md",
        "_draft.md",
        "deep/_old/c.md",
    ):
        (tmp_path / "docs/digests" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "docs/digests" / name).write_text(FAULTY, "utf-8")
    done = run("check", cwd=tmp_path)
    assert done.out.splitlines()[-1].startswith("2 files: 0 error, 2 warning")
    assert "docs/digests/a.md:7" in done.out
    assert "docs/digests/deep/b.md:7" in done.out


def test_control_characters_do_not_reach_the_terminal() -> None:
    """Escape sequences and direction overrides of a digest are printed, not obeyed."""
    done = run("show", "-", stdin="---\ndate: 2024-05-30\n---\n**Summary:** a\x1b[31mred\u202egnp.exe\n")
    assert "\x1b" not in done.out
    assert "\u202e" not in done.out
    assert printable("\x1b]8;;x\x07") == "\\x1b]8;;x\\x07"


def test_bytes_that_are_no_text_are_a_message() -> None:
    """Input that is not UTF-8 is one error with its line."""
    done = run("check", "-", stdin=b"---\ndate: 2024-05-30\n---\nSummary: \xff\xfe")
    assert done.code == 1
    assert done.out.startswith("-:4:1: error[bad-encoding]")


@pytest.mark.parametrize("command", ["show x.md", "check x.md"])
def test_no_command_waits_for_what_pages_need(command: str, tmp_path: Path) -> None:
    """Reading and checking import neither MkDocs nor what only pages need."""
    assert imported(command, tmp_path, "mkdocs", "material", "babel", "nh3", "jinja2") == []


@pytest.mark.parametrize("command", ["new Rain", "status x.md", "export out --dir .", "merge . --into out"])
def test_no_command_needs_mkdocs(command: str, tmp_path: Path) -> None:
    """Neither do the others import MkDocs or its theme."""
    assert imported(command, tmp_path, "mkdocs", "material", "mkdocs_static_i18n") == []


def imported(command: str, folder: Path, *names: str) -> list[str]:
    """Return which packages a command imports, of some."""
    (folder / "x.md").write_text(SAMPLE, "utf-8")
    code = (
        "import sys; from mkdocs_digest.command.main import main; main(sys.argv[1:]); "
        f"print([name for name in {names} if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *command.split()], capture_output=True, text=True, check=True, cwd=folder
    )
    return list(literal_eval(done.stdout.splitlines()[-1]))


def test_new_writes_a_digest_that_reads_back(tmp_path: Path) -> None:
    """`new` writes a file with all that was given, which reads as a digest, and never overwrites one."""
    call = ["new", "Rain: a story", "--date", "2024-05-30", "--tag", "AI", "--tag", "rain", "--author", "ft"]
    call += ["--source", "https://example.org/a", "--lang", "en", "--lang", "zh"]
    done = run(*call, cwd=tmp_path)
    assert done.out == "docs/digests/2024/2024-05-30-rain-a-story.md\n"
    record = json.loads(run("show", "--json", done.out.strip(), cwd=tmp_path).out)
    assert record["diagnostics"] == []
    assert record["tags"] == ["AI", "rain"]
    assert [(item["lang"], item["title"]) for item in record["translations"]] == [("en", "Rain: a story"), ("zh", "…")]
    assert {item["source"] for item in record["translations"]} == {"https://example.org/a"}
    again = run(*call, cwd=tmp_path)
    assert again.code == 2
    assert "exists already" in again.err


def test_new_names_unknown_languages(tmp_path: Path) -> None:
    """A language without a data file is wrong usage."""
    done = run("new", "x", "--lang", "tlh", cwd=tmp_path)
    assert done.code == 2
    assert "tlh" in done.err


def test_status_counts_by_month_language_and_state(tmp_path: Path) -> None:
    """`status` shows months, languages, drafts and scheduled digests, and which lack a language."""
    (tmp_path / "a.md").write_text(SAMPLE, "utf-8")
    (tmp_path / "b.md").write_text(SAMPLE.replace("author: ft", "draft: true"), "utf-8")
    (tmp_path / "c.md").write_text(FAULTY.replace("2024-05-30", "2999-01-01"), "utf-8")
    done = run("status", ".", cwd=tmp_path)
    rows = [line.split("│")[1:-1] for line in done.out.splitlines() if line.startswith("│")]
    cells = {row[0].strip(): [cell.strip() for cell in row[1:]] for row in rows}
    assert cells["2024-05"] == ["1, 1 draft", "1, 1 draft"]
    assert cells["2999-01"] == ["0", "1 scheduled"]
    assert "c.md: no zh" in done.out


@pytest.mark.parametrize("command", ["show", "check", "status"])
def test_standard_input_is_read(command: str) -> None:
    """`show`, `check` and `status` read a digest from standard input."""
    done = run(command, "-", stdin=SAMPLE)
    assert done.code == 0
    assert {"show": "Move marks shift", "check": "1 file: 0 error", "status": "2024-05"}[command] in done.out


def test_tags_that_differ_in_case_are_told(tmp_path: Path) -> None:
    """Two files that spell a tag differently are one remark."""
    for name in ("AI", "ai"):
        front = f"---\ndate: 2024-05-30\nsource: https://example.org/{name}\ntags: [{name}]\n---\n"
        (tmp_path / f"{ord(name[0])}.md").write_text(f"{front}Summary: It rained.\n", "utf-8")
    out = run("check", ".", cwd=tmp_path).out
    assert out.count("info[similar-tag]") == 1
    assert out.splitlines()[-1] == "2 files: 0 error, 0 warning, 1 info"


@pytest.mark.parametrize(
    ("layout", "names"), [("suffix", ["2024/x.en.md", "2024/x.md"]), ("folder", ["en/2024/x.md", "zh/2024/x.md"])]
)
def test_export_writes_plain_markdown(layout: str, names: list[str], tmp_path: Path) -> None:
    """`export` writes a file per language that reads as that translation, and never into a folder in use."""
    (tmp_path / "docs/digests/2024").mkdir(parents=True)
    (tmp_path / "docs/digests/2024/x.md").write_text(SAMPLE, "utf-8")
    done = run("export", "out", "--layout", layout, cwd=tmp_path)
    assert done.out == "2 files in out\n"
    found = sorted(path.relative_to(tmp_path / "out").as_posix() for path in (tmp_path / "out").rglob("*.md"))
    assert found == names
    original = json.loads(run("show", "--json", "-", stdin=SAMPLE).out)["translations"]
    for path in (tmp_path / "out").rglob("*.md"):
        text = path.read_text("utf-8")
        again = json.loads(run("show", "--json", "-", stdin=text).out)["translations"][0]
        source = next(item for item in original if item["lang"] == again["lang"])
        assert (again["title"], again["source"]) == (source["title"], source["source"])
        assert again["summary"] == source["summary"]
        assert "{#q3}" in text
    assert run("export", "out", cwd=tmp_path).code == 2
