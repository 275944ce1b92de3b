"""The README against the code: options, commands, pictures."""

import argparse
import re
from pathlib import Path

import pytest
from mkdocs.utils.yaml import yaml_load

from mkdocs_digest import parse_digest
from mkdocs_digest.command.main import make_parser
from mkdocs_digest.plugin.config import DigestConfig
from mkdocs_digest.read.messages import CODES

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
COMMANDS = re.findall(r"```sh\n(python3 -m venv [^\n]+)\n```", README)


def test_ci_runs_the_test_command_as_written() -> None:
    """The last line of `.ci/run` is the README's test command."""
    assert len(COMMANDS) == 2
    assert (ROOT / ".ci" / "run").read_text("utf-8").rstrip().splitlines()[-1] == COMMANDS[1]


def test_every_option_is_documented_with_its_default() -> None:
    """The option table names every option and shows its default."""
    rows = dict(re.findall(r"^\| (`[^|]+) \| ([^|]+) \|", README.split("## Options")[1].split("\n## ")[0], re.M))
    documented: dict[str, str] = {}
    for names, defaults in rows.items():
        for name, default in zip(names.split(" / "), defaults.split(" / "), strict=False):
            documented[name.strip(" `")] = default.strip(" `")
    options = {name: option.default for name, option in DigestConfig._schema}
    assert set(documented) == set(options)
    for name in ("digest_dir", "untranslated", "timezone", "pagination_per_page", "questions", "tags_file", "enabled"):
        assert documented[name] == str(options[name]).lower() or documented[name] == str(options[name])


def test_the_example_digest_reads_as_described() -> None:
    """The digest shown in the README gives two translations with a title, a summary and a question each."""
    example = README.split("## A digest")[1].split("```markdown\n")[1].split("\n```")[0]
    result = parse_digest(example)
    assert result.digest is not None
    assert result.diagnostics == ()
    assert [item.lang for item in result.digest.translations] == ["zh", "en"]
    for translation in result.digest.translations:
        assert translation.title
        assert translation.summary
        assert len(translation.questions) == 1
        assert translation.source == "https://science.nasa.gov/mission/osiris-rex/"


@pytest.mark.parametrize("block", re.findall(r"```yaml\n(.*?)```", README, re.S))
def test_yaml_examples_are_yaml(block: str) -> None:
    """Every YAML example of the README can be read."""
    assert isinstance(yaml_load(block), dict)


def test_the_screenshot_is_there_and_light() -> None:
    """The README's picture is in the repository and not bigger than 300 kB."""
    picture = ROOT / re.findall(r"!\[[^\]]+\]\(([^)]+)\)", README)[0]
    assert 10_000 < picture.stat().st_size <= 300_000


def test_the_repository_has_no_stray_files() -> None:
    """The top level of the repository holds what CONTRIBUTING describes, and dot files."""
    tracked = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")}
    generated = {"build", "dist", "mkdocs_digest.egg-info", "site"}
    expected = {"pyproject.toml", "mkdocs_digest", "example_site", "tests", "README.md"}
    assert tracked - generated == expected | {"LICENSE", "CHANGELOG.md", "CONTRIBUTING.md"}


FRONT = "---\ndate: 2024-05-30\nsource: https://example.org/a\n---\n"
EXAMPLES = re.findall(r"^\| `([a-z-]+)` \| (error|warning|info) \| `(.+)` \|$", README, re.M)


@pytest.mark.parametrize(("code", "severity", "example"), EXAMPLES, ids=[row[0] for row in EXAMPLES])
def test_the_example_of_a_diagnostic_raises_it(code: str, severity: str, example: str) -> None:
    """The text shown for a diagnostic gives that diagnostic, with that severity, on a line of the text."""
    text = example.replace("⏎", "\n")
    text = text if text.startswith("---") else FRONT + text
    found = [remark for remark in parse_digest(text).diagnostics if remark.code == code]
    assert [remark.severity for remark in found] == [severity]
    assert found[0].line <= text.count("\n") + 1


def test_every_diagnostic_is_documented() -> None:
    """The table of diagnostics names every code that can occur, with its severity."""
    documented = dict(re.findall(r"^\| `([a-z-]+)` \| (error|warning|info) \|", README, re.M))
    assert documented == {code: str(severity) for code, (severity, _) in CODES.items()}


def test_every_command_and_option_is_documented() -> None:
    """The README's synopsis names each command with its options, as `--help` does."""
    synopsis = README.split("## Command line")[1].split("```text\n")[1].split("```")[0]
    commands = next(action for action in make_parser()._actions if isinstance(action, argparse._SubParsersAction))
    for name, parser in commands.choices.items():
        lines = [line for line in synopsis.splitlines() if line.startswith(f"mkdocs-digest {name} ")]
        assert lines, name
        for action in parser._actions:
            for option in action.option_strings:
                assert option in lines[0] or option in ("-h", "--help"), (name, option)
