"""A site built in slices and joined is the site that one build makes."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from functools import partial
from hashlib import blake2b
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_digest.command.merge import SliceError, join_slices
from mkdocs_digest.disk import IrregularFileError
from mkdocs_digest.slices.manifest import Manifest, read_manifest
from mkdocs_digest.slices.records import NAME, ChangedFileError, find_files, read_recorded, record_files
from mkdocs_digest.slices.slice import Slice
from mkdocs_digest.slices.spliced import Spliced, splice
from tests.sites import HOOK, SIX, SIX_TITLES, build, digest, make_site, tree, write
from tests.test_library import digest as dated
from tests.test_library import library

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


NEWEST = "2025-01-02"


@pytest.mark.parametrize(
    ("days", "owner"),
    [
        (["2023-12-31", "2024-05-30"], "2024-05-30"),
        (["2023-12-31", None], "2023-12-31"),
        ([None], NEWEST),
        ([], NEWEST),
    ],
)
def test_the_newest_day_that_is_shown_decides(days: list[str | None], owner: str) -> None:
    """What shows digests belongs to the newest day among theirs, and what shows no day to the newest of all."""
    shown = library(*(dated(str(at), date.fromisoformat(day) if day else None) for at, day in enumerate(days))).items
    for start in ("2023-12-31", "2024-05-30", NEWEST):
        assert Slice((start,), NEWEST).holds(shown) == (start == owner)


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
    assert done.returncode == 1, done
    assert all(part in done.stderr for part in said), done.stderr
    assert done.stderr.count("\n") == 1
    assert not out.exists()


def test_slices_that_do_not_fit_are_refused(tmp_path: Path) -> None:
    """A missing slice, another site's, a file that is not the same in both: each is named, and nothing is written."""
    slices = _slices(tmp_path / "slices", CONFIGS["as it is"], ("2019", "2024"))
    other = _slices(tmp_path / "other", _digest_options(questions="open"), ("2024",))
    config = _only(CONFIGS["as it is"], "2024")
    edited = build(
        make_site(tmp_path / "edited", {**FILES, "digests/d1.md": FILES["digests/d2.md"]}, config), strict=False
    )
    out = tmp_path / "out"
    _fails([slices[0], edited.out], out, "are not of one site", str(slices[0]), str(edited.out))
    _fails(slices[:1], out, "no slice has 2024-01-11", "in 2024; build")
    _fails([slices[0], *other], out, "are not of one site", str(slices[0]), str(other[0]))
    _fails([slices[0], tmp_path / "slices/0/docs"], out, "is not a slice of a site", ".digest-slice.json")
    _fails([slices[0], tmp_path / "slices/0/mkdocs.yml"], out, "mkdocs.yml is not a slice of a site")
    about = slices[1] / "about/index.html"
    about.write_text(about.read_text("utf-8") + "<!-- now -->", "utf-8")
    _edit_manifest(slices[1], lambda data: data["files"].update(_recorded(about, "about/index.html")))
    _fails(slices, out, "about/index.html is not the same in", str(slices[0]), str(slices[1]))


def _recorded(file: Path, path: str) -> dict[str, list[Any]]:
    return {path: [file.stat().st_size, blake2b(file.read_bytes(), digest_size=16).hexdigest()]}


def _edit_manifest(folder: Path, edit: Callable[[dict[str, Any]], object]) -> None:
    manifest = folder / NAME
    data = json.loads(manifest.read_bytes())
    edit(data)
    manifest.write_text(json.dumps(data), "utf-8")


@pytest.fixture
def slices(tmp_path: Path) -> list[Path]:
    """Two small slices of one site, to be tampered with."""
    return small_slices(tmp_path)


def small_slices(folder: Path) -> list[Path]:
    """Write two small slices of one site, without a build."""
    return [
        _slice(folder / "slices/a", "2019", {"digests/d0/index.html": "d0", "digests/atom.xml": "<feed/>"}, {0: "[0]"}),
        _slice(folder / "slices/b", "2024", {"digests/d1/index.html": "d1", "sitemap.xml.gz": "gz"}, {1: "[1]"}),
    ]


def _slice(folder: Path, start: str, pages: dict[str, str], pieces: dict[int, str]) -> Path:
    index = Spliced("{", pieces, ",", "}")
    joined = {"en/search/search_index.json": index.text, "en/search/search_index.js": f"var __index = {index.text}"}
    shared = {"about/index.html": "about", "assets/digest.css": "a{}"}
    for path, content in {**pages, **joined, **shared}.items():
        write(folder / path, content)
    files = record_files(folder, find_files(folder).files)
    seams = {"en/search/search_index.json": index.seams}
    Manifest("site", ("2019-12-31", "2024-05-30"), (start,), files, seams).write(folder)
    return folder


def _refuses(slices: list[Path], out: Path, *said: str) -> None:
    """Demand what `_fails` does, without a process for each of many cases."""
    with pytest.raises(SliceError) as refused:
        join_slices(slices, out)
    assert all(part in str(refused.value) for part in said), refused.value
    assert not out.exists()


@pytest.mark.parametrize(
    "path",
    [
        "digests/d1/index.html",
        "about/index.html",
        "en/search/search_index.json",
        "en/search/search_index.js",
        "sitemap.xml.gz",
    ],
)
@pytest.mark.parametrize("change", ["a byte", "longer", "shorter", "empty", "gone"])
def test_a_file_changed_after_the_build_is_refused(slices: list[Path], tmp_path: Path, path: str, change: str) -> None:
    """A page, a file of all slices, one that is joined of pieces: whatever is not as it was built is named."""
    file = slices[1] / path
    content = file.read_bytes()
    half = len(content) // 2
    changes = {
        "a byte": content[:half] + bytes([content[half] ^ 1]) + content[half + 1 :],
        "longer": content + b"<script src=//evil.example>",
        "shorter": content[:-1],
        "empty": b"",
    }
    if change in changes:
        file.write_bytes(changes[change])
        _refuses(slices, tmp_path / "out", f"{file} is not as it was built")
    else:
        file.unlink()
        _refuses(slices, tmp_path / "out", f"{file} is missing")


def _link(path: Path, target: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    path.unlink(missing_ok=True)
    path.symlink_to(target)


def _pipe(path: Path) -> None:
    path.unlink(missing_ok=True)
    os.mkfifo(path)


@pytest.mark.parametrize("path", ["about/index.html", "p.html", "en/search/search_index.json", "en", "assets/x", NAME])
@pytest.mark.parametrize("kind", ["file", "folder", "device", "pipe", "nothing", "itself"])
def test_what_is_not_a_regular_file_is_refused(slices: list[Path], tmp_path: Path, path: str, kind: str) -> None:
    """A link to a secret, to a folder, to a device, to the right bytes, a pipe: named, not followed, not waited for."""
    victim, secret = slices[1] / path, tmp_path / "secrets/secret.txt"
    write(secret, "secret")
    if kind == "pipe" and victim.is_dir():
        shutil.rmtree(victim)
    targets = {"file": secret, "folder": secret.parent, "device": Path("/dev/zero"), "nothing": tmp_path / "nowhere"}
    if kind == "pipe":
        _pipe(victim)
    elif kind == "itself":
        copy = shutil.move(victim, tmp_path / "copy") if victim.exists() else tmp_path / "copy"
        _link(victim, Path(copy))
    else:
        _link(victim, targets[kind])
    found = "a named pipe" if kind == "pipe" else "a symbolic link"
    _refuses(slices, tmp_path / "out", f"{victim} is {found}; expected")


def test_only_files_that_a_build_wrote_are_joined(slices: list[Path], tmp_path: Path) -> None:
    """A repository, hidden files and what somebody has put into a slice are left out, and named unless it is `.git`."""
    whole = tmp_path / "whole"
    assert _merge(slices, whole).stderr == ""
    write(slices[0] / ".git/config", "[core]")
    write(slices[0] / "en/.git", "gitdir: elsewhere")
    write(slices[1] / ".env", "TOKEN=x")
    write(slices[1] / "en/notes.txt", "stray")
    done = _merge(slices, tmp_path / "out")
    assert done.returncode == 0
    assert tree(tmp_path / "out") == tree(whole)
    assert done.stderr == (
        f"mkdocs-digest: left out what no build has written: {slices[1]}/.env, {slices[1]}/en/notes.txt\n"
    )


def test_hard_links_are_copied(slices: list[Path], tmp_path: Path) -> None:
    """What is joined is a copy: a file that a slice shares with another place is not shared with the site."""
    page = slices[1] / "about/index.html"
    (tmp_path / "elsewhere.html").hardlink_to(page)
    assert _merge(slices, tmp_path / "out").returncode == 0
    assert (tmp_path / "out/about/index.html").stat().st_nlink == 1


def test_late_and_hidden_files_belong_to_a_slice(tmp_path: Path) -> None:
    """What other plugins and hooks write or rewrite at the very end is joined too, hidden or not; leftovers are not."""
    hook = """\
from pathlib import Path
from mkdocs.plugins import event_priority
@event_priority(-1000)
def on_post_build(config):
    site = Path(config.site_dir)
    (site / ".nojekyll").write_text("")
    (site / ".well-known").mkdir(exist_ok=True)
    (site / ".well-known/security.txt").write_text("Contact: mailto:a@example.org")
    (site / "robots.txt").write_text("User-agent: *")
    about = site / "about/index.html"
    about.write_text(about.read_text("utf-8").replace("</body>", "<!-- late --></body>"), "utf-8")
"""
    config = {**CONFIGS["as it is"], "hooks": ["late.py"]}
    files = {**FILES, "../late.py": hook}
    whole = tree(build(make_site(tmp_path / "whole", files, config), strict=False).out)
    folders = []
    for only in ("2019", "2024"):
        site = make_site(tmp_path / only, files, _only(config, only))
        write(site / "site/.git/config", "[core]")
        write(site / "site/.old/left.html", "left")
        folders.append(build(site, strict=False).out)
    build(tmp_path / "2024", strict=False)
    assert _merge(folders, tmp_path / "joined").returncode == 0
    assert tree(tmp_path / "joined") == whole
    assert {".nojekyll", ".well-known/security.txt", "robots.txt"} <= whole.keys()


def test_a_link_in_a_built_slice_is_a_fault(tmp_path: Path) -> None:
    """A link that a hook puts into a slice cannot be joined: the build says so."""
    hook = "import os\ndef on_post_build(config):\n    os.path.lexists(LINK) or os.symlink('about', LINK)\n"
    hook = f"{hook}LINK = {str(tmp_path / 'site/link')!r}\n"
    site = make_site(
        tmp_path, {**FILES, "../link.py": hook}, {**_only(CONFIGS["as it is"], 2024), "hooks": ["link.py"]}
    )
    assert any("link' is a symbolic link" in fault for fault in build(site, strict=False).faults)


def test_a_failed_build_leaves_no_manifest(tmp_path: Path) -> None:
    """The manifest of an earlier build does not stay beside the pages of one that has failed."""
    site = make_site(tmp_path, FILES, _only(CONFIGS["as it is"], 2024))
    assert (build(site, strict=False).out / NAME).is_file()
    write(site / "fail.py", "def on_post_page(output, page, config):\n    raise SystemExit(3)\n")
    make_site(site, FILES, {**_only(CONFIGS["as it is"], 2024), "hooks": ["fail.py"]})
    assert build(site, strict=False).code == 3
    assert not (site / "site" / NAME).exists()


_PATHS = [
    "/etc/passwd",
    "../out.html",
    "a/../../out.html",
    "a//b",
    "",
    ".",
    "..",
    "a\0b",
    ".git/config",
    "en/.GIT/x",
    NAME,
]


def _add(part: str, path: str, row: list[Any], data: dict[str, Any]) -> None:
    data[part][path] = row


_DAMAGES: dict[str, Callable[[dict[str, Any]], object]] = {
    **{f"file {path!r}": partial(_add, "files", path, [0, "0" * 32]) for path in _PATHS},
    **{f"pieces {path!r}": partial(_add, "seams", path, [0, "", []]) for path in _PATHS},
    "negative size": lambda data: data["files"].update({"about/index.html": [-1, "0" * 32]}),
    "no hash": lambda data: data["files"].update({"about/index.html": [1]}),
    "short hash": lambda data: data["files"].update({"about/index.html": [1, "00"]}),
    "size as text": lambda data: data["files"].update({"about/index.html": ["1", "0" * 32]}),
    "negative pieces": lambda data: data["seams"].update({"about/index.html": [0, "", [[0, -5]]]}),
    "pieces of text": lambda data: data["seams"].update({"about/index.html": [0, "", "abc"]}),
    "days as text": lambda data: data.update(days="2024"),
    "every day": lambda data: data.update(only=[""]),
    "no days": lambda data: data.update(only=[None]),
    "no files": lambda data: data.pop("files"),
    "files as a list": lambda data: data.update(files=[]),
    "site as a number": lambda data: data.update(site=1),
}


@pytest.mark.parametrize("damage", _DAMAGES)
def test_a_damaged_manifest_is_refused(slices: list[Path], tmp_path: Path, damage: str) -> None:
    """A path outside the site, a wrong type, a missing part: the manifest is named with what is wrong with it."""
    _edit_manifest(slices[1], _DAMAGES[damage])
    _refuses(slices, tmp_path / "out", f"{slices[1] / NAME} cannot be read (", "build the slice again")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"null",
        b"{",
        b"\xff\xfe",
        b"[" * 1_000_000,
        b'{"files":' * 100_000,
        b"1" * 10_000,
        b'{"site":"x","site":"y"}',
        b'{"site":"x","days":[],"only":[],"seams":{},"files":{"a":[0,"x"],"a":[1,"x"]}}',
    ],
    ids=lambda content: content[:12].decode("latin-1"),
)
def test_a_manifest_that_is_none_is_refused(slices: list[Path], tmp_path: Path, content: bytes) -> None:
    """Whatever stands in the manifest, it is named in one line."""
    (slices[1] / NAME).write_bytes(content)
    _refuses(slices, tmp_path / "out", f"{slices[1] / NAME} cannot be read (")


def test_a_truncated_or_huge_manifest_is_refused(slices: list[Path], tmp_path: Path) -> None:
    """A manifest that was cut off, and one of a gigabyte that takes no room on disk."""
    manifest = slices[1] / NAME
    content = manifest.read_bytes()
    manifest.write_bytes(content[: len(content) // 2])
    _fails(slices, tmp_path / "out", f"{manifest} cannot be read (")
    os.truncate(manifest, 1 << 30)
    _fails(slices, tmp_path / "out", f"{manifest} cannot be read (it is larger than 64 MB)")


def test_a_site_is_joined_beside_its_slices_only(slices: list[Path], tmp_path: Path) -> None:
    """A folder in use, or one inside a slice, even by way of a link, is wrong usage; nothing is touched."""
    before = tree(tmp_path)
    (tmp_path / "link").symlink_to(slices[1], target_is_directory=True)
    for out, said in [
        (slices[0].parent, "is not empty"),
        (slices[0] / "about/index.html", "is in the slice"),
        (slices[0] / "new", "is in the slice"),
        (tmp_path / "link/new", "is in the slice"),
    ]:
        done = _merge(slices, out)
        assert (done.returncode, done.stdout) == (2, "")
        assert said in done.stderr
    (tmp_path / "link").unlink()
    assert tree(tmp_path) == before


def test_an_empty_folder_is_filled_and_left_empty_on_failure(slices: list[Path], tmp_path: Path) -> None:
    """An empty folder may be there already, and is still there, and empty, after slices that could not be joined."""
    (tmp_path / "out").mkdir()
    (slices[1] / "sitemap.xml.gz").write_bytes(b"")
    assert _merge(slices, tmp_path / "out").returncode == 1
    assert list((tmp_path / "out").iterdir()) == []
    assert _merge([slices[0], *slices[:1]], tmp_path / "out").returncode == 1


def test_a_slice_that_changes_while_it_is_read(slices: list[Path], tmp_path: Path) -> None:
    """What is checked is what is written: a file that changes or becomes a link behind the first look is refused."""
    records = read_manifest(slices[1]).files
    page = slices[1] / "about/index.html"
    assert find_files(slices[1]).others == {}
    write(tmp_path / "secret.html", "secret")
    _link(page, tmp_path / "secret.html")
    with pytest.raises(IrregularFileError):
        list(read_recorded(page, records["about/index.html"]))
    page.unlink()
    page.write_bytes((slices[0] / "about/index.html").read_bytes())
    reading = read_recorded(page, records["about/index.html"])
    next(reading)
    with page.open("ab") as file:
        file.write(b"more")
    with pytest.raises(ChangedFileError):
        list(reading)


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
