"""Nothing that a site, its digests, a slice or a cache names is a file outside of its folder."""

import json
import os
import sys
from datetime import date
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_digest import parse_digest
from mkdocs_digest.command.files import read_all
from mkdocs_digest.library.library import OutsideError, Policy, collect
from mkdocs_digest.library.slugs import slugify
from mkdocs_digest.library.terms import make_terms
from mkdocs_digest.library.urls import Urls
from mkdocs_digest.model.relative_path import device_fault, path_fault
from mkdocs_digest.plugin.cache.written import Mark, Written, state_of
from mkdocs_digest.plugin.config import DigestConfig
from mkdocs_digest.read.naming import about_name
from mkdocs_digest.slices.manifest import read_manifest
from mkdocs_digest.slices.records import NAME
from tests.sites import build, digest, entries, make_site, tree

OUTSIDE = {
    "the folder above": "../x",
    "above from below": "a/../../x",
    "back again": "a/../x",
    "absolute": "/tmp/x",
    "another host": "//host/share/x",
    "backslashes": "..\\x",
    "a backslash at the end": "a\\",
    "a drive": "C:/x",
    "a folder of a drive": "c:x",
    "NUL": "a\0b",
    "dots that Windows strips": "a/.. /x",
    "three dots": ".../x",
    "two spellings": "a//x",
    "the folder itself": "./x",
    "a folder": "a/",
    "nothing": "",
}
INSIDE = [
    "x",
    "a/b.html",
    "..x/y",
    "x..",
    "rain: a report/x",
    "…/x",
    "%2e%2e/x",
    "～/x",
    "人工智能/index.html",
    "a b/c",
]
DEVICES = ["con", "Aux", "a/nul", "nul.txt/x", "com1", "LPT¹", "con .md"]

hostile = st.one_of(
    st.text(max_size=12),
    st.lists(
        st.sampled_from(["..", ".", "/", "\\", "C:", "\0", " ", "a", "con", "．", "／", "∕", "\n"]), max_size=8
    ).map("".join),
)


@pytest.mark.parametrize("name", OUTSIDE)
def test_a_path_outside_is_refused(name: str) -> None:
    """Whatever leads out of a folder on one system is refused on each, as are second spellings of a path."""
    assert path_fault(OUTSIDE[name])


@pytest.mark.parametrize("path", INSIDE)
def test_a_path_inside_is_not(path: str) -> None:
    """Names that only look like a way out are names."""
    assert path_fault(path) is None


@given(hostile)
def test_what_is_let_through_stays_below_its_folder(path: str) -> None:
    """On POSIX and on Windows, a path without a fault is one below the folder that it is joined to."""
    if path_fault(path) is None:
        for root in (PurePosixPath("/srv/site"), PureWindowsPath("D:/srv/site")):
            joined = root / path
            assert root in joined.parents
            assert ".." not in joined.parts
        assert PurePosixPath(path).as_posix() == path


def _faults(**options: Any) -> list[str]:
    config = DigestConfig()
    config.load_dict(options)
    failed, _ = config.validate()
    return [f"{name}: {error}" for name, error in failed]


@pytest.mark.parametrize(
    "path",
    [OUTSIDE[name] for name in OUTSIDE if name not in ("nothing", "a folder", "two spellings", "the folder itself")]
    + DEVICES,
)
def test_options_that_lead_outside_are_refused(path: str) -> None:
    """`digest_dir` and `url_format` name the fault and what was expected."""
    (fault,) = _faults(digest_dir=path)
    assert "expected a folder below `docs_dir`" in fault
    (fault,) = _faults(url_format=f"{path}/{{slug}}")
    assert "expected a relative path" in fault


@pytest.mark.parametrize("folder", ["digests/", "./digests", "digests//", "digests/."])
def test_a_folder_has_one_spelling(folder: str) -> None:
    """A slash too many does not make another folder."""
    config = DigestConfig()
    config.load_dict({"digest_dir": folder})
    assert config.validate() == ([], [])
    assert config.digest_dir == "digests"


@pytest.mark.parametrize(
    "url_format",
    ["{date.year}/{slug}", "{slug!r}", "{date:{slug}}/{slug}", "{slug[0]}{path}", "{slug", "{0}", "{}", "x"],
)
def test_url_format_has_its_three_fields_only(url_format: str) -> None:
    """What a digest without a date could not fill, or what reads the text of a digest as a format, is refused."""
    (fault,) = _faults(url_format=url_format)
    assert "expected" in fault


@given(hostile)
def test_no_slug_leads_outside(text: str) -> None:
    """The slugs of digests, tags and sources, from whatever text, are paths below their folder, on Windows too."""
    described = make_terms([text], {"x": {"slug": text}, text: None})
    slugs = [slugify(text), *(term.slug for term in described.by_name.values())]
    assert [slug for slug in slugs if path_fault(slug) or device_fault(slug)] == []
    if text:
        place = Urls("digests", "en", True, "{slug}").digest("digests/a.md", date(2024, 5, 30), text)
        assert path_fault(place) is None
        assert device_fault(place) is None


@pytest.mark.parametrize("text", DEVICES)
def test_a_tag_called_like_a_device_has_a_page(text: str) -> None:
    """`con` and `nul.txt` are no names of files on Windows; as tags they have a page."""
    assert device_fault(slugify(text)) is None


def test_no_digest_has_a_page_outside() -> None:
    """Whoever hands a path to the library, a file above the site is none of its pages."""
    read = parse_digest(digest({"en": "Rain"}), path="../rain.md").digest
    assert read
    with pytest.raises(OutsideError, match=r"'\.\./rain\.md' would have the page"):
        collect([read], Policy(Urls("digests", "en"), ("en",)))


@pytest.mark.parametrize("name", OUTSIDE)
def test_a_manifest_of_a_slice_names_no_file_outside(name: str, tmp_path: Path) -> None:
    """A slice whose manifest does is refused before a file is read."""
    path = OUTSIDE[name]
    data = {"site": "a", "days": [], "only": ["2024"], "seams": {}, "files": {path: [0, "0" * 32]}}
    (tmp_path / NAME).write_text(json.dumps(data), "utf-8")
    with pytest.raises(ValueError, match="it names the file"):
        read_manifest(tmp_path)


def test_a_manifest_of_the_cache_names_no_file_outside(tmp_path: Path) -> None:
    """A file beside the site stays, though a list in the cache calls it a page of the last build."""
    site, cache = tmp_path / "site", tmp_path / "cache"
    site.mkdir()
    (site / "a").mkdir()
    (site / "a/page.html").write_text("page", "utf-8")
    (tmp_path / "canary").write_text("here", "utf-8")
    paths = ["../canary", "a/../../canary", str(tmp_path / "canary"), "a/page.html"]
    marks = {path: Mark("00", "", state_of(os.lstat(site / path))) for path in paths}
    Written(cache, site).save("en", marks)
    written = Written(cache, site)
    written.hide()
    written.bring_back()
    assert list(written.present) == ["a/page.html"]
    written.remove_others(())
    assert (tmp_path / "canary").read_text("utf-8") == "here"
    assert list(site.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="a backslash parts folders there")
def test_a_file_name_that_leads_outside_is_named(tmp_path: Path) -> None:
    """A file called `x\\..\\..\\evil.md`, which is one outside elsewhere, is reported; the rest is built."""
    files = {"digests/good.md": digest({"en": "Good"}), "digests/x\\..\\..\\evil.md": digest({"en": "Evil"})}
    folder = make_site(tmp_path / "site", files)
    built = build(folder, strict=False)
    assert built.code == 0, built.log
    assert "error[bad-name] the name of the file has a backslash in it" in built.log
    assert entries(built.page("digests/")) == ["Good"]
    named = [remark.code for source in read_all([str(folder / "docs")]) for remark in source.result.diagnostics]
    assert "bad-name" in named
    assert about_name("digests/good.md") is None


@pytest.mark.parametrize("options", [{"digest_dir": "../outside"}, {"url_format": "../outside/{slug}"}])
def test_a_build_writes_nothing_outside(options: dict[str, str], tmp_path: Path) -> None:
    """A configuration that leads outside ends the build, with its message, before anything is written."""
    folder = make_site(tmp_path, {"digests/a.md": digest({"en": "Rain"})}, {"plugins": [{"digest": options}]})
    make_site(tmp_path / "outside", {"digests/a.md": digest({"en": "Rain"})})
    before = tree(tmp_path)
    built = build(folder, strict=False)
    assert built.code == 1
    assert "leads out of its folder by `..`; expected" in built.log
    assert "Traceback" not in built.log
    assert tree(tmp_path) == before
    assert yaml.safe_load((folder / "mkdocs.yml").read_text("utf-8"))["plugins"] == [{"digest": options}]
