"""Files that are no digests, or hardly: one clear message each, and the rest of the site is built."""

import os
import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from mkdocs.exceptions import PluginError

from mkdocs_digest import parse_digest
from mkdocs_digest.command.main import main
from mkdocs_digest.plugin.sources.names import read_names
from mkdocs_digest.write.record import record_of
from tests.sites import Build, build, digest, entries, make_site

GOOD = {"digests/good.md": digest({"zh": "好的一篇", "en": "The good one"})}
BAD = digest({"zh": "坏的一篇", "en": "The bad one"})
BODY = "**Summary:**\nSome words of a digest.\n"
LAUGHS = "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12))
MERGES = "a0: &a0 {x: 1}\n" + "".join(f"a{n}: &a{n} {{<<: [*a{n - 1}, *a{n - 1}]}}\n" for n in range(1, 40))


def front(text: str) -> str:
    """Return a digest with some text as its front matter."""
    return f"---\n{text}\n---\n\n{BODY}"


CONTENTS: dict[str, tuple[bytes, str]] = {
    "bad UTF-8": (b"---\ndate: 2024-05-30\n---\n\nCaf\xff society.\n", "5:1: error[bad-encoding]"),
    "Latin-1": ("---\ndate: 2024-05-30\n---\n\nCaf\xe9 society.\n".encode("latin-1"), "5:1: error[bad-encoding]"),
    "UTF-16": (BAD.encode("utf-16"), "1:1: error[bad-encoding]"),
    "UTF-16 without a mark": (BAD.encode("utf-16-le"), "1:1: error[bad-encoding]"),
    "binary": (bytes(range(256)) * 40, "2:1: error[bad-encoding]"),
    "empty": (b"", "1:1: error[empty-digest]"),
    "blank": (b"\n \n\t\n", "1:1: error[empty-digest]"),
    "NUL": (front("date: 2024-05-30").replace("words", "w\x00rds").encode(), "6:7: warning[control-character] U+0000"),
    "100 MB": (b"x" * 100_000_000, "1:1: error[too-large]"),
    "1 MB and a byte": (b"x" * 1_000_001, "1:1: error[too-large]"),
    "YAML bomb": (front(LAUGHS).encode(), "1:1: error[bad-front-matter]"),
    "YAML merge bomb": (front(MERGES).encode(), "1:1: error[bad-front-matter]"),
    "YAML that holds itself": (front("a: &a [*a]").encode(), "1:1: error[bad-front-matter]"),
    "YAML nested deeply": (front("a: " + "[" * 100_000).encode(), "1:1: error[bad-front-matter]"),
    "YAML tag": (front("title: !!python/object/apply:os.system [id]").encode(), "2:8: error[bad-front-matter]"),
    "YAML module": (front("title: !!python/name:os.system").encode(), "2:8: error[bad-front-matter]"),
    "tomorrow": (front("title: x\ndate: tomorrow").encode(), "3:1: warning[bad-date]"),
    "the year 9999": (front("date: 9999-12-31T23:59:59-12:00").encode(), "2:1: warning[bad-date]"),
    "30 February": (front("date: 2024-02-30").encode(), "2:1: warning[bad-date]"),
    "a number of 9,000 digits": (front(f"date: 2024-05-30\ntitle: 0x{'f' * 8000}").encode(), "1:1: info[no-source]"),
    "a lone surrogate": (f'{{"date": "2024-05-30", "title": "\\ud800 x"}}\n\n{BODY}'.encode(), "1:1: info[no-source]"),
    "a long tag": (front(f"date: 2024-05-30\ntags: [{'x' * 10_000}]").encode(), "3:1: warning[long-tag]"),
    "10,000 tags": (
        front(f"date: 2024-05-30\ntags: [{', '.join(f't{n}' for n in range(10_000))}]").encode(),
        "3:1: warning[many-tags]",
    ),
}
PUBLISHED = {"NUL", "tomorrow", "the year 9999", "30 February", "a long tag", "10,000 tags", "a number of 9,000 digits",
             "a lone surrogate"}  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """A site of one good digest and all broken ones."""
    folder = make_site(tmp_path_factory.mktemp("broken"), GOOD)
    for name, (content, _) in CONTENTS.items():
        (folder / "docs" / "digests" / f"{name}.md").write_bytes(content)
    return build(folder, strict=False)


@pytest.mark.parametrize("name", CONTENTS)
def test_a_broken_file_is_named(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`check` says in which file, on which line and what is wrong, and shows no traceback."""
    content, told = CONTENTS[name]
    path = tmp_path / f"{name}.md"
    path.write_bytes(content)
    assert main(["check", str(path)]) == int("error[" in told)
    assert f"{path}:{told}" in capsys.readouterr().out


def test_the_rest_of_the_site_is_built(site: Build) -> None:
    """Broken files are named in the log, digests that can be read are published, and nothing is raised."""
    assert site.code == 0
    assert "Traceback" not in site.log
    published = {path.parent.name for path in site.out.rglob("digests/*/index.html")}
    assert {*PUBLISHED, "good"} <= published
    for name, (_, told) in CONTENTS.items():
        assert name in PUBLISHED or f"digests/{name}.md:" in site.log or "more bad-" in site.log, told


@pytest.mark.parametrize("name", [name for name, (_, told) in CONTENTS.items() if "info[" not in told])
def test_each_is_a_warning(name: str, site: Build) -> None:
    """Each broken file is told at WARNING with its line, or counted with others like it: a strict build fails."""
    _, told = CONTENTS[name]
    code = told.split("[")[1].split("]")[0]
    line = f"WARNING -  mkdocs_digest: docs/digests/{name}.md:{told}"
    counted = rf"WARNING -  mkdocs_digest: and \d+ more {code};"
    assert any(fault.startswith(line) or re.match(counted, fault) for fault in site.faults), site.faults


def test_a_strict_build_fails(tmp_path: Path) -> None:
    """With `--strict` a broken file stops the build with its message."""
    folder = make_site(tmp_path, {**GOOD, "digests/bad.md": front("title: [")})
    strict = folder / "mkdocs.yml"
    strict.write_text(strict.read_text("utf-8") + "strict: true\n", "utf-8")
    built = build(folder, strict=False)
    assert built.code == 1
    assert "digests/bad.md:3:1: error[bad-front-matter]" in built.log
    assert "Traceback" not in built.log


def _unreadable(folder: Path) -> None:
    (folder / "gone.md").symlink_to(folder / "nowhere")


def _symlink(folder: Path) -> None:
    outside = folder.parent.parent / "secret.md"
    outside.write_text(BAD.replace("The bad one", "Root password"), "utf-8")
    (folder / "link.md").symlink_to(outside)


def _linked_folder(folder: Path) -> None:
    outside = folder.parent.parent / "elsewhere"
    outside.mkdir()
    (outside / "secret.md").write_text(BAD.replace("The bad one", "Root password"), "utf-8")
    (folder / "linked").symlink_to(outside)


def _loop(folder: Path) -> None:
    (folder / "loop.md").symlink_to(folder / "loop.md")


def _pipe(folder: Path) -> None:
    os.mkfifo(folder / "pipe.md")


def _device(folder: Path) -> None:
    (folder / "zero.md").symlink_to("/dev/zero")


def _case(folder: Path) -> None:
    (folder / "Good.md").write_text(BAD, "utf-8")


def _unicode(folder: Path) -> None:
    (folder / "caf\u00e9.md").write_text(BAD, "utf-8")
    (folder / "cafe\u0301.md").write_text(BAD, "utf-8")


def _bytes(folder: Path) -> None:
    (Path(os.fsdecode(os.fsencode(folder) + b"/\xff\xfe.md"))).write_text(BAD, "utf-8")


ON_DISK: dict[str, tuple[Callable[[Path], None], str]] = {
    "a file that is not there": (_unreadable, "digests/gone.md:1:1: error[outside|unreadable]"),
    "a link out of the folder": (_symlink, "digests/link.md:1:1: error[outside]"),
    "a folder that is a link": (_linked_folder, "digests/linked/secret.md:1:1: error[outside]"),
    "a link to itself": (_loop, "digests/loop.md:1:1: error[unreadable]"),
    "a pipe": (_pipe, "digests/pipe.md:1:1: error[unreadable]"),
    "a device": (_device, "digests/zero.md:1:1: error[outside]"),
    "two names but for case": (_case, "digests/good.md:1:1: warning[same-page]"),
    "two names but for Unicode form": (_unicode, "warning[same-page]"),
    "a name that is not UTF-8": (_bytes, "digests/\\xdcff\\xdcfe.md:1:1: error[bad-name]"),
}


@pytest.mark.parametrize("name", ON_DISK)
@pytest.mark.skipif(sys.platform != "linux", reason="file systems elsewhere have no such files")
def test_what_a_disk_can_hold(name: str, tmp_path: Path) -> None:
    """Links, pipes and names that are no digests are named and not followed; the rest is built."""
    make, told = ON_DISK[name]
    folder = make_site(tmp_path / "site", GOOD)
    make(folder / "docs" / "digests")
    built = build(folder, strict=False)
    assert built.code == 0, built.log
    assert "Traceback" not in built.log
    assert told.replace("outside|", "") in built.log
    assert "The good one" in str(entries(built.page("en/digests/")))
    assert "Root password" not in "".join(path.read_text("utf-8") for path in built.out.rglob("*.html"))


def test_both_of_two_alike_are_published(tmp_path: Path) -> None:
    """Of two files whose names differ in case only, the second has another page, and no text is lost."""
    folder = make_site(tmp_path / "site", GOOD)
    _case(folder / "docs" / "digests")
    built = build(folder, strict=False)
    assert set(entries(built.page("en/digests/"))) == {"The good one", "The bad one"}
    assert built.has("digests/Good/")
    assert built.has("digests/good-2/")


def test_a_slug_cannot_take_the_page_of_a_listing(tmp_path: Path) -> None:
    """Digests that ask for the tags' page, or a feed's name, get one beside it."""
    slugs = ("tags", "archive", "sources", "atom.xml")
    files = {f"digests/{n}.md": digest({"en": f"Number {n} of them"}, slug=slug) for n, slug in enumerate(slugs)}
    built = build(make_site(tmp_path, {**GOOD, **files}), strict=False)
    assert built.code == 0, built.log
    assert all(built.has(f"digests/{slug}-2/") for slug in slugs)


@pytest.mark.skipif(sys.platform == "win32", reason="no such names there")
def test_a_hostile_name_is_text(tmp_path: Path) -> None:
    """A file's name is escaped where it becomes a title or an address, and made visible in the log."""
    name = "<img src=x onerror=alert(1)>\"'&{{ 7*7 }}\n\x1b[31m\u202e#?%"
    source = "---\ndate: 2024-05-30\n---\n\n1. Q: ?\n   A: !\n\n---\n\n**Summary:**\n"
    folder = make_site(tmp_path, {**GOOD, f"digests/{name}.md": source, "digests/-rf ~.md": BAD})
    built = build(folder, strict=False)
    assert built.code == 0, built.log
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", built.log)
    for tree in built.pages.values():
        assert not tree.select("img[onerror]")


def test_a_folder_may_be_called_like_a_file(tmp_path: Path) -> None:
    """A folder whose name ends in `.md` is a folder: what lies in it is published, and nobody is warned."""
    built = build(make_site(tmp_path, {**GOOD, "digests/x.md/inner.md": BAD, "digests/empty.md/.keep": ""}))
    assert built.has("en/digests/x.md/inner/")


NAMES: dict[str, tuple[bytes, str]] = {
    "YAML bomb": (LAUGHS.encode(), "1:1: this cannot be read: it holds more than 200,000 values"),
    "YAML merge bomb": (MERGES.encode(), "1:1: this cannot be read: it holds more than 200,000 values"),
    "YAML that holds itself": (b"a: &a [*a]\n", "1:1: this cannot be read: it "),
    "YAML nested deeply": (b"a: " + b"[" * 100_000, "1:1: this cannot be read: it is nested too deeply"),
    "YAML tag": (b"rain:\n  en: !!python/object/apply:os.system [id]\n", "2:7: this cannot be read: could not"),
    "no YAML": (b"rain: [\n", "2:1: this cannot be read: "),
    "NUL": (b"rain: R\x00in\n", "1:1: this cannot be read: unacceptable character #x0000"),
    "bad UTF-8": (b"rain: Regen\nsun: S\xffn\n", "2:1: this cannot be read: it is not UTF-8; save the file as UTF-8"),
    "a list": (b"- rain\n", "1:1: expected a map from an id to its names, got list"),
    "100 MB": (b"#" * 100_000_000, "1:1: larger than 10 MB"),
}


@pytest.mark.parametrize("name", NAMES)
def test_a_file_of_names_is_told_with_its_place(name: str, tmp_path: Path) -> None:
    """What is wrong with a tag or source file is one message with the file's path and line."""
    content, told = NAMES[name]
    path = tmp_path / ".tags.yml"
    path.write_bytes(content)
    with pytest.raises(PluginError) as raised:
        read_names(path)
    assert str(raised.value).startswith(f"{path}:{told}")
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("name", [".tags.yml", ".sources.yml"])
def test_a_build_ends_with_that_message(name: str, tmp_path: Path) -> None:
    """A build that cannot read its tags or sources fails with the message and no traceback."""
    folder = make_site(tmp_path, {**GOOD, f"digests/{name}": LAUGHS})
    built = build(folder, strict=False)
    assert built.code == 1
    assert f"docs/digests/{name}:1:1: this cannot be read" in built.log
    assert "Traceback" not in built.log


def test_names_of_any_kind_are_taken(tmp_path: Path) -> None:
    """Numbers, single words and wrong kinds of values in a tag file neither stop the build nor join tags by letters."""
    names = (
        "1: {name: 5, aliases: 7}\nrain: {name: [a], aliases: sun}\nice: {aliases: {x: y}, url: 3, slug: [s]}\nfog:\n"
    )
    tags = ["rain", "sun", "s", 7, "ice", "fog"]
    site = make_site(tmp_path, {"digests/a.md": digest({"en": "One"}, tags=tags), "digests/.tags.yml": names})
    slugs = {path.parent.name for path in build(site).out.glob("digests/tags/*/index.html")}
    assert {"rain", "s", "1", "fog"} <= slugs
    assert not {"sun", "7"} & slugs


@pytest.mark.skipif(sys.platform == "win32", reason="no such links there")
@pytest.mark.parametrize("place", ["digests/sub/loop", "loop"])
def test_a_folder_that_is_a_link_to_itself(tmp_path: Path, place: str) -> None:
    """A loop of folders, which MkDocs cannot walk, is told in one line; the next build without it is right."""
    folder = make_site(tmp_path / "site", {**GOOD, "digests/sub/other.md": BAD})
    (folder / "docs" / place).symlink_to(folder / "docs", target_is_directory=True)
    built = build(folder, strict=False)
    assert built.code == 1
    assert "Traceback" not in built.log
    assert f"Error: '{folder}/docs/{place}" in built.log
    assert "Too many levels of symbolic links" in built.log
    (folder / "docs" / place).unlink()
    assert sorted(entries(build(folder).page("en/digests/"))) == ["The bad one", "The good one"]


def test_front_matter_of_any_kind_becomes_json() -> None:
    """Sets, bytes, infinities and numbers too long to print have a form in the record."""
    text = front("date: 2024-05-30\na: !!set {x, y}\nb: !!binary aGk=\nc: .inf\nd: 0x" + "f" * 8000 + "")
    meta = record_of("x.md", parse_digest(text))["meta"]
    assert meta["a"] == ["x", "y"]
    assert meta["c"] == "inf"
    assert meta["d"].startswith("0xffff")


def test_the_size_limit_is_the_sites(tmp_path: Path) -> None:
    """`digest_size_limit` decides which files are read, and a cache of a build with another limit is not believed."""
    text = f"---\ndate: 2024-05-30\n---\n\nSummary: It rained.\n\n{'It rained. ' * 200}\n"
    folder = make_site(tmp_path, {"digests/long.md": text, "digests/short.md": text[:100]})
    fine = build(folder, strict=False)
    assert fine.has("digests/long/")
    make_site(tmp_path, {}, {"plugins": [{"digest": {"digest_size_limit": 1000}}]})
    small = build(folder, strict=False)
    assert "digests/long.md:1:1: error[too-large] the file is larger than 1,000 bytes" in small.log
    assert "`digest_size_limit`" in small.log
    assert not small.has("digests/long/")
    assert small.has("digests/short/")
