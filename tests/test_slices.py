"""A site built in slices and joined is the site that one build makes."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_digest.slices.spliced import Spliced, splice
from tests.sites import HOOK, SIX, SIX_TITLES, build, digest, make_site, tree

FILES = {
    **SIX,
    "digests/old.md": digest({"en": "An old digest"}, date="2019-12-31", tags=["science"], author="esa"),
    "digests/undated.md": digest({"zh": "没有日期的摘要", "en": "A digest without a date"}, date=None),
    "digests/pinned.md": digest(SIX_TITLES, date="2024-02-29", tags=["AI/LLM"]).replace("date:", "pin: true\ndate:", 1),
    "digests/linked.md": digest(SIX_TITLES, date="2024-03-01").replace(
        "**Summary:**\n", "**Summary:**\nSee [x](d1.md). "
    ),
    "about.md": "# 关于\n",
    "../hook.py": HOOK,
}
SLICES: tuple[Any, ...] = (["2019", "2024-05"], "2024-01, 2024-02", ["2024-03", "2024-04"], "2024-06-16")


def _digest_options(**options: Any) -> dict[str, Any]:
    plugin = {"pagination_per_page": 2, "feed_entries": 2, **options}
    return {"plugins": ["search", {"digest": {"languages": ["zh", "en"], **plugin}}]}


CONFIGS: dict[str, dict[str, Any]] = {
    "as it is": _digest_options(),
    "a hook looks at pages": {**_digest_options(), "hooks": ["hook.py"]},
    "trusted": _digest_options(trusted=True),
    "files in place of folders": {**_digest_options(), "use_directory_urls": False},
    "untranslated shown": _digest_options(untranslated="show"),
    "read from disk": {"plugins": [*_digest_options()["plugins"], "offline"]},
    "in the navigation": {**_digest_options(), "nav": ["index.md", "digests/d3.md"]},
}


def _only(config: dict[str, Any], only: Any) -> dict[str, Any]:
    plugins = [{"digest": {**item["digest"], "only": only}} if "digest" in item else item for item in config["plugins"]]
    return {**config, "plugins": plugins}


def _slices(folder: Path, config: dict[str, Any], onlys: tuple[Any, ...] = SLICES) -> list[Path]:
    sites = [make_site(folder / str(number), FILES, _only(config, only)) for number, only in enumerate(onlys)]
    return [build(site, strict=False).out for site in sites]


def _merge(slices: list[Path], out: Path) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "mkdocs_digest", "merge", *map(str, slices), "--into", str(out)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


@pytest.mark.parametrize("name", CONFIGS)
def test_joined_slices_are_the_whole(tmp_path: Path, name: str) -> None:
    """Every file of a site joined from slices is, byte for byte, the one that one build writes."""
    whole = tree(build(make_site(tmp_path / "whole", FILES, CONFIGS[name]), strict=False).out)
    slices = _slices(tmp_path / "slices", CONFIGS[name])
    ours = [set(tree(folder)) for folder in slices]
    assert all(len(paths) < len(whole) for paths in ours)
    done = _merge(slices, tmp_path / "joined")
    assert done.returncode == 0, done.stderr
    joined = tree(tmp_path / "joined")
    assert joined.keys() == whole.keys()
    assert [path for path in whole if whole[path] != joined[path]] == []


def test_a_slice_is_taken_up_again_and_made_whole(tmp_path: Path) -> None:
    """A second build of a slice leaves it as it was; the whole site, built in its place, says nothing of slices."""
    site = make_site(tmp_path / "site", FILES, _only(CONFIGS["as it is"], 2024))
    first = tree(build(site, strict=False).out)
    assert tree(build(site, strict=False).out) == first
    make_site(site, FILES, CONFIGS["as it is"])
    fresh = make_site(tmp_path / "fresh", FILES, CONFIGS["as it is"])
    assert tree(build(site, strict=False).out) == tree(build(fresh, strict=False).out)


def test_only_what_belongs_to_a_slice_is_made(tmp_path: Path) -> None:
    """The slice of a year has that year's digests, its month and its archive; no other year's."""
    (out,) = _slices(tmp_path, CONFIGS["as it is"], ("2019",))
    pages = {path for path in tree(out) if path.endswith("index.html")}
    assert {"en/digests/old/index.html", "en/digests/archive/2019/12/index.html"} <= pages
    assert not {"en/digests/d1/index.html", "digests/d1/index.html", "digests/archive/2024/03/index.html"} & pages
    assert "A digest without a date" not in (out / "en/search/search_index.json").read_text("utf-8")


def test_days_without_digests_are_named(tmp_path: Path) -> None:
    """A slice that nothing belongs to is a fault; the message says which days there are."""
    built = build(make_site(tmp_path, FILES, _only(CONFIGS["as it is"], [2024, 2031])), strict=False)
    assert "`only`: no digest is dated '2031'; they are from 2019-12-31 to 2024-06-16" in built.log
    assert any("2031" in fault for fault in built.faults)


@pytest.mark.parametrize("only", ["May", "24", "2024-5", [2024, "x"]])
def test_what_is_no_day_is_refused(tmp_path: Path, only: Any) -> None:
    """`only` takes years, months and days."""
    built = build(make_site(tmp_path, FILES, _only(CONFIGS["as it is"], only)), strict=False)
    assert built.code == 1
    assert "is no year, month or day; expected one like `2024` or `2024-05`" in built.log


def _fails(slices: list[Path], out: Path, *said: str) -> None:
    done = _merge(slices, out)
    assert done.returncode == 1
    assert all(part in done.stderr for part in said), done.stderr
    assert done.stderr.count("\n") == 1
    assert not out.exists()


def test_slices_that_do_not_fit_are_refused(tmp_path: Path) -> None:
    """A missing slice, another site's, a changed file, a spoilt one: each is named, and nothing is written."""
    slices = _slices(tmp_path / "slices", CONFIGS["as it is"], ("2019", "2024"))
    other = _slices(tmp_path / "other", _digest_options(questions="open"), ("2024",))
    out = tmp_path / "out"
    _fails(slices[:1], out, "no slice has 2024-01-11", "in 2024; build")
    _fails([slices[0], *other], out, "are not of one site", str(slices[0]), str(other[0]))
    _fails([slices[0], tmp_path / "slices/0/docs"], out, "is no slice of a site", ".digest-slice.json")
    about = slices[1] / "about/index.html"
    about.write_text(about.read_text("utf-8") + "<!-- now -->", "utf-8")
    _fails(slices, out, "about/index.html is not the same in")
    about.write_bytes((slices[0] / "about/index.html").read_bytes())
    index = slices[1] / "search/search_index.json"
    index.write_bytes(index.read_bytes()[:300])
    _fails(slices, out, "search/search_index.json of the slices cannot be joined", "build the slices again")
    manifest = slices[1] / ".digest-slice.json"
    manifest.write_text(manifest.read_text("utf-8").replace('"search/', '"../../search/'), "utf-8")
    _fails(
        slices,
        out,
        ".digest-slice.json cannot be read (it names the file '../../search/search_index.json', which leads out of",
    )
    manifest.write_text("[]", "utf-8")
    _fails(slices, out, ".digest-slice.json cannot be read", "build the slice again")


def test_merge_writes_to_a_new_folder_only(tmp_path: Path) -> None:
    """What is in a folder already is not mixed with a site."""
    slices = _slices(tmp_path, CONFIGS["as it is"], ("2019, 2024",))
    done = _merge(slices, slices[0])
    assert done.returncode == 1
    assert "is not empty" in done.stderr


@given(
    st.text(),
    st.text(),
    st.sampled_from(["", ",", ", "]),
    st.dictionaries(st.integers(-3, 30), st.text(), max_size=12),
    st.randoms(),
)
def test_pieces_are_found_again(head: str, tail: str, joint: str, pieces: dict[int, str], random: Any) -> None:
    """However the pieces of a text are dealt out, cut and spliced they are the text."""
    whole = Spliced(head, pieces, joint, tail)
    dealt: list[dict[int, str]] = [{}, {}, {}]
    for place, piece in pieces.items():
        random.choice(dealt)[place] = piece
    parts = [Spliced(head, some, joint, tail) for some in dealt]
    assert splice(part.seams.cut(part.text) for part in parts).text == whole.text
