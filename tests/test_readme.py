"""The README against the code: options, commands, pictures."""

import argparse
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from babel import Locale
from mkdocs.config import load_config
from mkdocs.utils.yaml import yaml_load

from mkdocs_digest import parse_digest
from mkdocs_digest.command.main import make_parser
from mkdocs_digest.languages import known_languages
from mkdocs_digest.plugin.config import DigestConfig
from mkdocs_digest.read.content import parse_content
from mkdocs_digest.read.messages import CODES
from tests.sites import attributes, build, content, make_site, text, write

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
    unset: dict[str, tuple[str, object]] = {
        "languages": ("found in the digests", None),
        "labels": ("none", {}),
        "hide": ("none", []),
        "only": ("all", None),
    }
    assert {name: (documented.pop(name), options.pop(name)) for name in unset} == unset
    spelled = {name: str(default).replace("'", "") for name, default in options.items()}
    assert documented == {name: text.lower() if text in ("True", "False") else text for name, text in spelled.items()}


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


def test_every_language_of_the_reader_is_named() -> None:
    """The README names the languages whose labels are known, and counts them."""
    named = re.search(r"below; in (Arabic,.+?)\. Add", README, re.S)
    assert named
    known = {Locale.parse(code.split("-")[0]).english_name for code in known_languages()}
    assert "Chinese (simplified and traditional)" in " ".join(named[1].split())
    assert {name.split()[0] for name in re.split(r",\s| and (?=V)", named[1])} == known
    assert f"those of {len(known_languages())} languages" in README


HEADED = "# Heading\n\nSummary: It rained. Then it hailed.\n"
PLAIN = "Summary: It rained. Then it hailed.\n"
CHINESE = "\n---\n\n摘要：下雨了，很大。然后又下了雪。\n"


@pytest.mark.parametrize(
    ("front", "body", "title"),
    [
        ("title: {en: Mapped, zh: 图}\ndescription: Described", HEADED, "Mapped"),
        ("title: Rain in the north\ndescription: Described", HEADED, "Heading"),
        ("title: Rain in the north", HEADED.replace("# Heading", "A lone line"), "A lone line"),
        ("title: Rain in the north\ndescription: The rain came", PLAIN, "Rain in the north"),
        ("title: 北方下了大雨\ndescription: The rain came", PLAIN + CHINESE, "The rain came"),
        ("title: 北方下了大雨", PLAIN, "北方下了大雨"),
        ("title: 北方下了大雨\ndescription: 昨天的雨", PLAIN + CHINESE, "It rained."),
    ],
)
def test_a_title_is_found_in_the_order_described(front: str, body: str, title: str) -> None:
    """The map, the text's own first line, then `title`, `description` and the summary, each only in its language."""
    digest = parse_digest(f"---\ndate: 2024-05-30\n{front}\n---\n\n{body}").digest
    assert digest is not None
    assert digest.translations[0].title == title


@pytest.mark.parametrize(
    ("body", "lang"),
    [
        ("Résumé : La pluie.", "fr"),
        ("Summary: La pluie est tombée dans le nord.", "en"),
        ("Summary: 下雨了，很大，大家都没有出门。", "zh"),
        ("下雨了，很大，大家都没有出门。", "zh"),
        ("La pluie est tombée dans le nord et les rues sont vides.", "fr"),
    ],
)
def test_a_language_is_found_as_described(body: str, lang: str) -> None:
    """A label tells the language, but not against the script; without one, script, letters and common words do."""
    digest = parse_digest(f"---\ndate: 2024-05-30\n---\n\n{body}\n").digest
    assert digest is not None
    assert digest.langs == (lang,)


@pytest.mark.parametrize("code", known_languages())
def test_labels_of_every_language_are_read(code: str) -> None:
    """Each label of a summary, however it is written, and each pair of markers is read in the language's own words."""
    language = known_languages()[code]
    prose = " ".join(language.words[key] for key in ("all_digests", "related", "by_name", "by_size", "home")) + "."
    for label in language.labels["summary"]:
        for form in ("**{}:** {}", "{}: {}", "**{}**：{}", "## {}\n\n{}", "**🌧 {}:**\n{}", "1. {}:\n{}"):
            assert _read(form.format(label, prose)) == [(code, prose, [])], label
    begin = f"{language.labels['summary'][0]}: {prose}\n\n{language.labels['questions'][0]}:\n\n"
    for ask in language.markers["question"]:
        for answer in language.markers["answer"]:
            asked = f"1. {ask}: {prose}\n   {answer}: {prose}\n2. **{ask}：** {prose}\n\n   {answer}：{prose}"
            assert _read(begin + asked) == [(code, prose, [(prose, prose)] * 2)], (ask, answer)


def _read(body: str) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Return what a text reads as: language, summary, questions with their answers."""
    digest = parse_digest(f"---\ndate: 2024-05-30\n---\n\n{body}\n").digest
    texts = digest.translations if digest else ()
    return [(item.lang, item.summary, [(asked.question, asked.answer) for asked in item.questions]) for item in texts]


def test_texts_of_each_language_come_from_maps() -> None:
    """`title`, `description` and `source` may be maps; a link in one translation is the source of all."""
    maps = "title: {en: Rain, zh: 雨}\ndescription: {en: Much of it, zh: 很多}\n"
    links = {"en": "https://example.org/en", "zh": "https://example.org/zh"}
    front = f"---\ndate: 2024-05-30\n{maps}source: {links}\n---\n\n{PLAIN}{CHINESE}"
    digest = parse_digest(front).digest
    assert digest is not None
    found = {item.lang: (item.title, item.description, item.source) for item in digest.translations}
    assert found == {"en": ("Rain", "Much of it", links["en"]), "zh": ("雨", "很多", links["zh"])}
    shared = parse_digest(f"---\ndate: 2024-05-30\n---\n\n{PLAIN}{CHINESE}\nhttps://example.org/a\n").digest
    assert shared is not None
    assert [item.source for item in shared.translations] == ["https://example.org/a"] * 2


@pytest.mark.parametrize("path", ["2024-05-30-title.md", "2024/05/30/title.md"])
def test_a_date_in_the_name_of_a_file(path: str) -> None:
    """Both forms of a name that the README shows give the digest its date."""
    assert f"`{path}`" in README
    digest = parse_digest(PLAIN, path=f"digests/{path}").digest
    assert digest is not None
    assert digest.date == date(2024, 5, 30)


@pytest.mark.parametrize(
    ("code", "most", "text"),
    [
        ("many-tags", 100, lambda count: f"tags: [{', '.join(f't{number}' for number in range(count))}]"),
        ("long-tag", 200, lambda count: f"tags: [{'x' * count}]"),
    ],
)
def test_limits_of_tags_are_those_documented(code: str, most: int, text: Callable[[int], str]) -> None:
    """So many tags, or characters of one, pass without a remark, and one more does not."""
    assert re.search(rf"^\| `{code}` \| warning \| .*more than {most} ", README, re.M)
    for count, told in ((most, False), (most + 1, True)):
        found = parse_digest(f"---\ndate: 2024-05-30\n{text(count)}\n---\n\n{PLAIN}").diagnostics
        assert (code in {remark.code for remark in found}) == told


def test_the_limit_of_a_file_is_the_one_documented() -> None:
    """What is wrong in a file of 1 MB is found, and a file of a byte more is not read."""
    assert "| `digest_size_limit` | `1000000` |" in README
    for size, code in ((1_000_000, "bad-encoding"), (1_000_001, "too-large")):
        assert [remark.code for remark in parse_content(b"\xff" * size, path="a.md").diagnostics] == [code]


@pytest.mark.parametrize("block", re.findall(r"```yaml\n(.*?)```", README, re.S))
def test_yaml_examples_are_yaml(block: str) -> None:
    """Every YAML example of the README can be read."""
    assert isinstance(yaml_load(block), dict)


def test_the_site_of_the_readme_is_built(tmp_path: Path) -> None:
    """The settings, the digest and the names that the README shows make the site that it speaks of."""
    settings, names = re.findall(r"```yaml\n(.*?)```", README, re.S)[:2]
    example = README.split("```markdown\n")[1].split("\n```")[0]
    files = {
        "about.md": "# 关于\n\n[一篇](digests/space/2025/bennu.md)\n",
        "about.en.md": "# About\n\n[One](digests/space/2025/bennu.md)\n",
        "digests/space/2025/bennu.md": example.replace("- space", "- space\n- Technology"),
        "digests/.tags.yml": names,
    }
    site = make_site(tmp_path, files)
    write(site / "mkdocs.yml", settings)
    built = build(site)
    for root, titles in (("", ["太空", "工程"]), ("en/", ["Space", "Engineering"])):
        shown = content(built.page(f"{root}digests/space/2025/bennu/"))
        assert [text(tag) for tag in shown.select(".digest-tags .md-tag")] == titles
        assert "How machines are made." in text(content(built.page(f"{root}digests/tags/engineering/")))
        links = [built.follow(f"{root}about/", href) for href in attributes(built.page(f"{root}about/"), "a", "href")]
        assert f"{root}digests/space/2025/bennu/" in links


def test_the_example_site_is_where_it_is_said_to_be() -> None:
    """The address at which `mkdocs serve` shows the example site has the path of its `site_url`."""
    served = re.findall(r"<http://127\.0\.0\.1:8000(/[^>]*)>", README)
    config = load_config(str(ROOT / "example_site" / "mkdocs.yml"))
    assert served == [urlsplit(config.site_url).path]


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
