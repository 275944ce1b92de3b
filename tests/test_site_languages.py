"""Which languages a site has, which stands at its root, and what is said before anything is written."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from mkdocs_digest.languages.codes import likely_code
from tests.sites import Build, build, digest, environment, make_site, text, write

BOTH = {"zh": "中英两种", "en": "In both languages"}
THREE = {f"digests/m{number}.md": digest(BOTH) for number in range(3)}
OLDER = {"digests/a.md": digest({"en": "An older one, in English only"})}


def with_options(**options: Any) -> dict[str, Any]:
    """Return the configuration of a site with some options of the plugin."""
    return {"plugins": [{"digest": options}]}


def faults(folder: Path, **options: Any) -> str:
    """Build a site that cannot be built, and return what is said; nothing is written."""
    built = build(make_site(folder, THREE, with_options(**options)), strict=False)
    assert built.code != 0
    assert not built.out.exists()
    assert "Traceback" not in built.log
    return built.log


def test_the_first_language_of_most_is_at_the_root(tmp_path: Path) -> None:
    """A digest in another language, first by its name, turns no URL round."""
    built = build(make_site(tmp_path, {**THREE, **OLDER}))
    assert str(built.page("digests/m1/").html["lang"]) == "zh"  # type: ignore[index]
    assert built.has("en/digests/m1/")
    assert built.has("en/digests/a/")


@pytest.mark.parametrize(
    ("files", "root"),
    [
        ({**OLDER, "digests/b.md": digest(BOTH)}, "en"),
        ({"digests/a.md": digest({"en": "One"}), "digests/b.md": digest({"zh": "二"})}, "en"),
        ({**THREE, **{f"digests/a{n}.md": digest({"en": f"No. {n}"}) for n in range(4)}}, "en"),
    ],
    ids=["most have it", "met first", "first in most"],
)
def test_ties_are_settled(tmp_path: Path, files: dict[str, str], root: str) -> None:
    """First is the language that stands first in most digests, then the one that most have, then the one met first."""
    built = build(make_site(tmp_path, files))
    assert str(built.page("").html["lang"]) == root  # type: ignore[index]


def test_found_languages_are_told(tmp_path: Path) -> None:
    """A build that finds the languages says which line settles them; one that has them says nothing."""
    site = make_site(tmp_path, {**THREE, **OLDER})
    assert "write `languages: [zh, en]` below `digest` in mkdocs.yml" in build(site).log
    write(
        site / "mkdocs.yml",
        (site / "mkdocs.yml").read_text("utf-8").replace("- digest", "- digest: {languages: [zh, en]}"),
    )
    assert "languages:" not in build(site).log


def test_a_root_that_changes_is_a_warning(tmp_path: Path) -> None:
    """Where the language at the root is not that of the last build, the build warns, once."""
    site = make_site(tmp_path, THREE)
    build(site)
    for number in range(4):
        write(site / f"docs/digests/a{number}.md", digest({"en": f"English only, number {number}"}))
    built = build(site, strict=False)
    assert len(built.faults) == 1
    assert "is now `en`, was `zh` in the last build" in built.faults[0]
    assert "write `languages: [zh, en]`" in built.faults[0]


def test_a_strict_build_fails_until_the_root_is_settled(tmp_path: Path) -> None:
    """A strict build that fails since the language at the root has changed does so again; `languages` settles it."""
    site = make_site(tmp_path, THREE)
    build(site)
    for number in range(4):
        write(site / f"docs/digests/a{number}.md", digest({"en": f"English only, number {number}"}))
    for _ in range(2):
        done = subprocess.run(
            [sys.executable, "-m", "mkdocs", "build", "--strict"],
            cwd=site, env=environment(), capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip
        assert "is now `en`, was `zh` in the last build" in done.stdout + done.stderr
        assert done.returncode == 1
    make_site(tmp_path, {}, {"plugins": [{"digest": {"languages": ["en", "zh"]}}]})
    assert "was `zh`" not in build(site).log


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"language": ["zh", "en"]}, "Unrecognised configuration name: language; did you mean `languages`?"),
        ({"feed_entry": 3}, "did you mean `feed_entries`?"),
        ({"xyzzy": 3}, "Unrecognised configuration name: xyzzy\n"),
    ],
)
def test_misspelt_options_are_named(tmp_path: Path, options: dict[str, Any], words: str) -> None:
    """An option that is none has the one that was meant beside it."""
    built = build(make_site(tmp_path, THREE, {"plugins": [{"digest": options}]}), strict=False)
    assert words in built.log
    assert "Traceback" not in built.log


@pytest.mark.parametrize(
    ("languages", "words"),
    [
        (["zh", "english"], "`english`; did you mean `en`?"),
        (["zh", "cn"], "`cn`; did you mean `zh`?"),
        (["zh-CN"], "`zh-CN`; did you mean `zh`?"),
        (["zh_TW"], "`zh_TW`; did you mean `zh-TW`?"),
        (["jp", "en"], "`jp`; did you mean `ja`?"),
        (["EN"], "`EN`; did you mean `en`?"),
        (["中文"], "`中文`; did you mean `zh`?"),
        (["tlh"], "`tlh`; expected a code like `en`"),
        ({"zh": "中文", "en-US": "English"}, "`en-US`; did you mean `en`?"),
        (["zh", "zh"], "`zh` is there twice"),
        ([], "expected a list like"),
        ("zh", "expected a list like"),
        (["en", False], 'write `"no"` for Norwegian'),
        (["en", 5], "`5` is not the code of a language"),
        ({"en": 5}, "expected a text like `English`"),
    ],
)
def test_languages_that_cannot_be_built(tmp_path: Path, languages: Any, words: str) -> None:
    """One line says which language is wrong and which is meant, before anything is written."""
    assert words in faults(tmp_path, languages=languages)


def test_languages_are_called_as_the_site_says(tmp_path: Path) -> None:
    """The map from code to name that the README shows gives the language menu its names, the first is at the root."""
    built = build(make_site(tmp_path, THREE, with_options(languages={"en": "In English", "zh": "汉语"})))
    for url in ("digests/m0/", "zh/digests/m0/"):
        menu = built.page(url).select(".md-select a[hreflang]")
        assert [text(link) for link in menu] == ["In English", "汉语"]


@pytest.mark.parametrize(
    ("labels", "words"),
    [
        ({"english": {"summary": ["Gist"]}}, "`english` is not the code of a language; did you mean `en`?"),
        ({"en": {"sumary": ["Gist"]}}, "did you mean `summary`?"),
        ({"en": ["Gist"]}, "expected a map like `{summary: [Gist]}`"),
        ({"en": {"summary": {"a": 1}}}, "expected a list of texts"),
        ({"en": {"summary": [""]}}, "expected a list of texts"),
        ([], "expected a map like `{en: {summary: [Gist]}}`"),
    ],
)
def test_labels_that_cannot_be_read(tmp_path: Path, labels: Any, words: str) -> None:
    """Labels of unknown languages or roles, and other shapes, are told before anything is written."""
    assert words in faults(tmp_path, labels=labels)


def test_a_label_may_be_one_text(tmp_path: Path) -> None:
    """A text stands for a list of one."""
    text = "---\ndate: 2024-05-30\nsource: https://example.org/a\n---\n\nGist: It rained for nine days in the north.\n"
    built = build(make_site(tmp_path, {"digests/a.md": text}, with_options(labels={"en": {"summary": "Gist"}})))
    assert built.page("digests/a/").select(".digest-summary")


@pytest.mark.parametrize("option", ["tags_file", "sources_file"])
def test_files_of_names_that_are_not_there(tmp_path: Path, option: str) -> None:
    """A file of tags or sources that the site names must be there."""
    write(tmp_path / "docs/names.yml", "a: A\n")
    log = faults(tmp_path, **{option: "name.yml"})
    assert f"`{option}`: there is no file 'name.yml'" in log
    assert "did you mean `names.yml`?" in log


@pytest.mark.parametrize("name", ["/nowhere/names.yml", "{digest}/names.yml", "{digest_dir/names.yml", "{}/names.yml"])
def test_files_of_names_that_cannot_be(tmp_path: Path, name: str) -> None:
    """A path elsewhere, or one with a field that there is not, is told in one line too."""
    assert "`tags_file`: " in faults(tmp_path, tags_file=name)


@pytest.mark.parametrize(
    ("folder", "files", "likely"),
    [
        ("docs/digests", THREE, "digests"),
        ("Digests", THREE, "digests"),
        ("digest", THREE, "digests"),
        ("digests", {"news/a.md": digest(BOTH)}, "news"),
    ],
)
def test_a_folder_that_is_not_there(tmp_path: Path, folder: str, files: dict[str, str], likely: str) -> None:
    """A folder of digests that does not exist is a warning that names the likely one."""
    built = build(
        make_site(tmp_path, {"index.md": "# Home\n", **files}, {"plugins": [{"digest": {"digest_dir": folder}}]}),
        strict=False,
    )
    assert len(built.faults) == 1
    assert f"there is no folder '{folder}'" in built.faults[0]
    assert f"did you mean `{likely}`?" in built.faults[0]


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({"digests/index.md": "# All\n"}, "has no Markdown files but"),
        ({"digests/a.md": digest(BOTH, draft=True)}, "none is published (1 drafts)"),
        ({"digests/a.md": "---\na: [\n---\n\nSummary: It rained.\n"}, "(1 cannot be read)"),
    ],
)
def test_no_digest_at_all_is_a_warning(tmp_path: Path, files: dict[str, str], words: str) -> None:
    """A site that shows no digest says so, and why."""
    built: Build = build(make_site(tmp_path, {"index.md": "# Home\n", **files}), strict=False)
    assert any(words in fault for fault in built.faults), built.log


@pytest.mark.parametrize(
    ("name", "slug", "place"),
    [
        ("2024-05-30-rain", None, "rain"),
        ("2024-05-30_rain in May", None, "rain in May"),
        ("2024-05-30", None, "2024-05-30"),
        ("2024-05-30-rain", "2024-05-30-sun", "2024-05-30-sun"),
        ("1984-what-came", None, "1984-what-came"),
    ],
)
def test_slugs_in_urls_have_no_date(tmp_path: Path, name: str, slug: str | None, place: str) -> None:
    """`{slug}` is the file's name without the date it begins with; a digest's own slug stays as it is."""
    text = digest(BOTH, **({"slug": slug} if slug else {}))
    config = with_options(url_format="{date:%Y/%m}/{slug}", languages=["zh", "en"])
    built = build(make_site(tmp_path, {f"digests/{name}.md": text}, config))
    assert built.has(f"digests/2024/05/{place}/")


def test_a_suggestion_is_a_language_of_the_theme() -> None:
    """Names in any language, territories and misspelt codes lead to a code that there is."""
    codes = ["zh", "zh-Hant", "en", "ja", "fr", "pt-BR", "pt"]
    meant = {"Chinesse": "zh", "日本語": "ja", "fr_FR": "fr", "hk": "zh-Hant", "tw": "zh-Hant", "pt-br": "pt-BR"}
    assert {text: likely_code(text, codes) for text in meant} == meant
    assert likely_code("xx", codes) is likely_code("", codes) is None
