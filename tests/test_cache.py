"""A site built with what the last build has left is the site built from nothing."""

import json
import os
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from hashlib import blake2b
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import yaml
from mkdocs.config.defaults import MkDocsConfig

from mkdocs_digest.plugin.cache.folder import Cache
from mkdocs_digest.plugin.cache.keys import folder_hash, installed
from mkdocs_digest.plugin.lock import BuildLock
from tests.sites import HOOK, PAGED, SIX, SIX_TAGS, SIX_TITLES, build, digest, environment, make_site, tree, write

CACHE = ".cache/plugin/digest"
SEEDS = range(int(os.environ.get("CACHE_SEEDS", "2")))
STEPS = 9


def _start(site: Path) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "mkdocs", "build", "-q"]
    return subprocess.Popen(command, cwd=site, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def assert_as_from_nothing(site: Path, fresh: Path) -> None:
    """Build a site again and, at the same time, a copy of it that has neither site nor cache: they are the same."""
    shutil.copytree(site, fresh, ignore=shutil.ignore_patterns("site", ".cache"))
    builds = [_start(site), _start(fresh)]
    logs = [process.communicate(timeout=120)[0].decode() for process in builds]
    assert [process.returncode for process in builds] == [0, 0], logs
    warned, unwarned = (re.sub(r"WARNING .*language at the site's root.*\n", "", log) for log in logs)
    assert warned.replace(str(site), "") == unwarned.replace(str(fresh), "")
    warm, cold = tree(site / "site"), tree(fresh / "site")
    assert warm.keys() == cold.keys()
    assert [path for path in cold if warm[path] != cold[path]] == []


def _digests(site: Path) -> list[Path]:
    return sorted((site / "docs/digests").rglob("*.md"))


def _replace(pattern: str, value: Callable[[random.Random], str]) -> Callable[[Path, random.Random], None]:
    def edit(site: Path, chance: random.Random) -> None:
        path = chance.choice(_digests(site))
        write(path, re.sub(pattern, lambda _: value(chance), path.read_text("utf-8"), count=1, flags=re.M))

    return edit


def _add(site: Path, chance: random.Random) -> None:
    number = chance.randrange(100, 999)
    titles = {lang: SIX_TITLES[lang].format(number) for lang in chance.choice([("zh", "en"), ("en",), ("en", "zh")])}
    date = f"2024-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}"
    write(site / f"docs/digests/n{number}.md", digest(titles, date=date, tags=chance.sample(SIX_TAGS, 2), author="esa"))


def _rename(site: Path, chance: random.Random) -> None:
    path = chance.choice(_digests(site))
    path.rename(path.with_name(f"r{chance.randrange(1000)}.md"))


def _remove(site: Path, chance: random.Random) -> None:
    if len(_digests(site)) > 3:
        chance.choice(_digests(site)).unlink()


def _link(site: Path, chance: random.Random) -> None:
    path, other = chance.sample(_digests(site), 2)
    write(path, path.read_text("utf-8").replace("**Summary:**\n", f"**Summary:**\nSee [this]({other.name}) too. ", 1))


def _set_option(site: Path, chance: random.Random) -> None:
    config = yaml.safe_load((site / "mkdocs.yml").read_text("utf-8"))
    options = config["plugins"][-1]["digest"]
    name, value = chance.choice(
        [("pagination_per_page", 2), ("questions", "open"), ("untranslated", "show"), ("timezone", "Asia/Shanghai"),
         ("archive", ["year"]), ("labels", {"en": {"summary": ["Gist"]}}), ("feeds", False), ("images", True)]
    )  # fmt: skip
    options[name] = value
    write(site / "mkdocs.yml", yaml.safe_dump(config, allow_unicode=True))


def _set_theme(site: Path, chance: random.Random) -> None:
    config = yaml.safe_load((site / "mkdocs.yml").read_text("utf-8"))
    config["theme"]["features"] = chance.sample(["navigation.footer", "navigation.tabs", "toc.integrate"], 2)
    config["copyright"] = str(chance.randrange(100))
    write(site / "mkdocs.yml", yaml.safe_dump(config, allow_unicode=True))


def _override(site: Path, chance: random.Random) -> None:
    config = yaml.safe_load((site / "mkdocs.yml").read_text("utf-8"))
    config["theme"]["custom_dir"] = "overrides"
    write(site / "mkdocs.yml", yaml.safe_dump(config, allow_unicode=True))
    name, text = chance.choice(
        [("partials/digest/date.html", "<time>{}</time>"), ("main.html", '{{% extends "base.html" %}}<!-- {} -->')]
    )
    write(site / "overrides" / name, text.format(chance.randrange(100)))


def _name_tags(site: Path, chance: random.Random) -> None:
    names = {"world": {"zh": "世界", "en": f"World {chance.randrange(9)}"}, "science": {"aliases": ["C++"]}}
    write(site / "docs/digests/.tags.yml", yaml.safe_dump(names, allow_unicode=True))


def _add_page(site: Path, chance: random.Random) -> None:
    write(site / "docs" / f"about{chance.randrange(3)}.md", f"# About {chance.randrange(9)}\n")


EDITS: dict[str, Callable[[Path, random.Random], None]] = {
    "text": _replace("told in one paragraph", lambda chance: f"told in {chance.randrange(2, 9)} paragraph"),
    "title": _replace("^# Digest .*", lambda chance: f"# Another title {chance.randrange(100)}"),
    "date": _replace("^date: .*", lambda chance: f"date: 2024-0{chance.randrange(1, 9)}-2{chance.randrange(9)}"),
    "tags": _replace("^tags:\n- .*", lambda chance: f"tags:\n- {chance.choice(SIX_TAGS)}"),
    "draft": _replace("^date:", lambda chance: "draft: true\ndate:"),
    "pin": _replace("^date:", lambda chance: "pin: true\ndate:"),
    "source": _replace("^author: .*", lambda chance: f"author: s{chance.randrange(3)}"),
    "add": _add, "rename": _rename, "remove": _remove, "link": _link, "option": _set_option, "theme": _set_theme,
    "override": _override, "names": _name_tags, "page": _add_page, "nothing": lambda site, chance: None,
}  # fmt: skip


@pytest.mark.parametrize("seed", SEEDS)
def test_whatever_has_changed_the_site_is_as_built_from_nothing(tmp_path: Path, seed: int) -> None:
    """After each of many random edits, every file is the same byte for byte, and so is what is logged."""
    chance = random.Random(seed)
    site = make_site(tmp_path / "site", SIX, PAGED)
    for step in range(STEPS):
        done = [chance.choice(sorted(EDITS)) for _ in range(chance.choice((1, 1, 2)))] if step else []
        for name in done:
            EDITS[name](site, chance)
        assert_as_from_nothing(site, tmp_path / f"fresh{step}")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site that has been built once."""
    made = make_site(tmp_path / "site", SIX, PAGED)
    build(made)
    return made


def _states(site: Path) -> dict[str, tuple[int, int]]:
    out = site / "site"
    files = {path.relative_to(out).as_posix(): path.stat() for path in out.rglob("*.html")}
    return {path: (stat.st_ino, stat.st_mtime_ns) for path, stat in files.items()}


def test_files_that_are_right_already_are_left_alone(site: Path, tmp_path: Path) -> None:
    """One changed digest rewrites its pages and the listings it is on, not those that have nothing to do with it."""
    before = _states(site)
    path = site / "docs/digests/d1.md"
    write(path, path.read_text("utf-8").replace("# Digest 1", "# Changed digest 1"))
    build(site)
    after = _states(site)
    apart = {path for path in before if path.count("/") > 1}
    changed = {path for path in apart if before[path] != after[path]}
    assert {"digests/d1/index.html", "en/digests/d1/index.html", "digests/archive/2024/01/index.html"} <= changed
    assert {"digests/archive/2024/05/15/index.html", "en/digests/archive/2024/05/index.html"} <= apart - changed
    assert "Changed digest 1" in (site / "site/en/digests/d1/index.html").read_text("utf-8")


def test_a_build_says_what_it_has_made(site: Path) -> None:
    """One line counts digests, pages written and kept, and the size of index and feeds."""
    told = re.search(
        r"6 digests in zh, en: (\d+) pages written, (\d+) kept, in [\d.]+ s; .+ MB, .+ MB", build(site).log
    )
    assert told
    written, kept = map(int, told.groups())
    ours = [path for path in _states(site) if "digests/" in path]
    assert written + kept == len(ours)
    assert 0 < written < kept


def test_a_build_counts_what_it_leaves_out(tmp_path: Path) -> None:
    """The line that counts digests says how many are drafts, wait for their day or are hidden; none has a page."""
    left_out = {
        "draft": digest(SIX_TITLES, draft=True),
        "later": digest(SIX_TITLES, date="2999-01-01"),
        "retracted": digest(SIX_TITLES),
    }
    files = {"digests/d.md": digest(SIX_TITLES), **{f"digests/{name}.md": source for name, source in left_out.items()}}
    options = {"languages": ["zh", "en"], "draft_if_future_date": True, "hide": ["retracted.md"]}
    built = build(make_site(tmp_path, files, {"plugins": [{"digest": options}]}))
    assert "1 digest in zh, en (1 draft, 1 scheduled, 1 hidden left out): " in built.log
    assert [name for name in left_out if built.has(f"digests/{name}/")] == []


def test_site_comes_from_the_cache_where_the_site_is_gone(site: Path, tmp_path: Path) -> None:
    """A machine that keeps the cache but not the site, as CI does, writes the same files."""
    shutil.rmtree(site / "site")
    assert_as_from_nothing(site, tmp_path / "fresh")


def _garble(path: Path) -> None:
    content = bytearray(path.read_bytes())
    for at in range(200, len(content), 97):
        content[at] ^= 0x55
    path.write_bytes(content)


def _flip_text(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"sea", b"see").replace("海洋".encode(), "河流".encode()))


def _as_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


BREAKAGES: dict[str, Callable[[Path], object]] = {
    "empty": lambda path: path.write_bytes(b""),
    "foreign": lambda path: path.write_bytes(b"GIF89a" + bytes(5000)),
    "other JSON": lambda path: path.write_bytes(b'{"site_dir": 5, "files": [1, {"a": null}]}'),
    "cut": lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]),
    "garbled": _garble,
    "other text": _flip_text,
    "a folder": _as_folder,
    "gone": Path.unlink,
}


@pytest.mark.parametrize("breakage", BREAKAGES)
def test_a_broken_cache_is_no_cache(site: Path, tmp_path: Path, breakage: str) -> None:
    """Files of the cache that are cut, garbled, foreign or gone make the build slower and nothing else."""
    for path in [path for path in (site / CACHE).rglob("*") if path.is_file()]:
        BREAKAGES[breakage](path)
    for path in list((site / "site").rglob("*.html"))[::2]:
        path.unlink()
    assert_as_from_nothing(site, tmp_path / "fresh")


def _rows(path: Path) -> list[tuple[bytes, bytes]]:
    with closing(sqlite3.connect(path)) as connection:
        return list(connection.execute("SELECT key, text FROM texts ORDER BY key"))


def _poison(path: Path, make: Callable[[str], str | bytes]) -> None:
    """Put another text in the place of each, under a checksum that holds."""
    with closing(sqlite3.connect(path)) as connection, connection:
        for key, text in _rows(path):
            made = make(text.decode("utf-8", "surrogatepass"))
            made = made.encode("utf-8", "surrogatepass") if isinstance(made, str) else made
            sum_ = blake2b(made, digest_size=8, key=key).digest()
            connection.execute("UPDATE texts SET text = ?, sum = ? WHERE key = ?", (made, sum_, key))


def _other_types(text: str) -> str:
    return re.sub(r'"(?=[^"]*"[,\]}])[^"]*"', "5", text)


POISONS: dict[str, Callable[[str], str | bytes]] = {
    "nested deeply": lambda text: "[" * 100_000,
    "no JSON": lambda text: text + "]",
    "other JSON": lambda text: "[5, {}]",
    "a number": lambda text: "7",
    "other types": _other_types,
    "no values": lambda text: re.sub(r"\{.*\}", "{}", text, flags=re.S),
    "bytes": lambda text: b"\xff\xfe" + text.encode(errors="replace"),
    "empty": lambda text: "",
}


def _may_be_cards(text: str, poison: str) -> bool:
    """Return True if a text is that of flash cards, and would be that of others when it is poisoned."""
    return (text.startswith("http") or text == "") and poison in ("empty", "other types")


@pytest.mark.parametrize("poison", POISONS)
def test_a_poisoned_cache_is_no_cache(site: Path, tmp_path: Path, poison: str) -> None:
    """Texts of the cache that are not what a build puts there, under the right checksums, are made again."""
    for path in (site / CACHE).glob("*.sqlite"):
        _poison(path, lambda text: text if _may_be_cards(text, poison) else POISONS[poison](text))
    shutil.rmtree(site / "site")
    assert_as_from_nothing(site, tmp_path / "fresh")


def test_lists_of_files_name_no_others(site: Path, tmp_path: Path) -> None:
    """A list of written files that names a hidden file or one elsewhere takes nothing away."""
    secret, config = tmp_path / "secret.html", site / "site/.git/config"
    for path in (secret, config):
        write(path, "kept")
    named = {}
    for name, path in {"../../secret.html": secret, ".git/config": config, str(secret): secret}.items():
        stat = path.lstat()
        named[name] = ["", "", stat.st_ino, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns]
    data = {"site_dir": str(site / "site"), "files": named}
    write(site / CACHE / "written/zh-digests.json", json.dumps(data))
    build(site)
    build(site)
    assert secret.read_text("utf-8") == config.read_text("utf-8") == "kept"


def _damage_inside(path: Path) -> None:
    """Damage all pages of a database but the first, which says what is in it."""
    content = bytearray(path.read_bytes())
    content[4096:] = bytes(len(content) - 4096)
    path.write_bytes(content)


def test_a_damaged_cache_is_replaced(site: Path) -> None:
    """A cache that is damaged inside is there again after one build, not given up for all to come."""
    paths = sorted((site / CACHE).glob("*.sqlite"))
    kept = {path: {key for key, _ in _rows(path)} for path in paths}
    assert any(path.stat().st_size > 4096 for path in paths)
    for path in paths:
        _damage_inside(path)
    shutil.rmtree(site / "site")
    build(site)
    assert {path: {key for key, _ in _rows(path)} for path in paths} == kept


def _lead(path: Path, target: Path) -> None:
    """Put a link in the place of whatever is there."""
    if path.is_dir():
        shutil.rmtree(path)
    path.unlink(missing_ok=True)
    path.symlink_to(target)


LINKS = {"written": "", "written/hidden": "", "written/zh-digests.json": "pipe", "readings.sqlite": "/dev/zero"}


@pytest.mark.parametrize("name", LINKS)
def test_a_cache_leads_nowhere_else(site: Path, tmp_path: Path, name: str) -> None:
    """Links, pipes and devices in the cache are taken for nothing, and what is elsewhere stays as it is."""
    elsewhere = tmp_path / "elsewhere"
    mine = {f"{top}/index.html": "mine" for top in ("digests", "hidden", "own")} | {"notes-digests.json": "mine"}
    for path, text in mine.items():
        write(elsewhere / path, text)
    os.mkfifo(elsewhere.with_name("pipe"))
    _lead(site / CACHE / name, tmp_path / (LINKS[name] or "elsewhere"))
    assert_as_from_nothing(site, tmp_path / "fresh")
    assert {path: text.decode() for path, text in tree(elsewhere).items()} == mine


@pytest.mark.parametrize("wanted", [True, False])
def test_the_folder_of_the_cache_may_hold_other_files(tmp_path: Path, wanted: bool) -> None:
    """What others keep in the folder of the cache stays there, with the cache or without."""
    others = {"../kept/notes.sqlite": "mine", "../kept/written/notes.json": "mine"}
    options = {"plugins": [{"digest": {"cache_dir": "kept", "cache": wanted}}]}
    build(make_site(tmp_path, {**SIX, **others}, options))
    assert {path: (tmp_path / "docs" / path).read_text("utf-8") for path in others} == others


def test_a_damaged_language_is_not_another_one(tmp_path: Path) -> None:
    """Whatever has happened to the note on the language at the site's root, no build warns that it was another."""
    site = make_site(tmp_path, SIX, PAGED)
    build(site)
    note = site / CACHE / "root-language.txt"
    write(note, note.read_text("utf-8").replace("zh", "en", 1))
    build(site)


def test_names_too_long_for_the_disk_are_no_files(site: Path, tmp_path: Path) -> None:
    """A list of written files with names that no system takes counts for nothing."""
    names = [f"{'x' * 5000}/index.html", "\ud800/index.html", "a\0b/index.html", "digests", "digests/d1/index.html/x"]
    data = {"site_dir": str(site / "site"), "files": {name: ["", "", 1, 2, 3, 4] for name in names}}
    write(site / CACHE / "written/zh-digests.json", json.dumps(data))
    assert_as_from_nothing(site, tmp_path / "fresh")


def test_a_build_without_changes_keeps_what_the_next_needs(site: Path) -> None:
    """What is kept of pages, feeds and cards is the same after a build in which nothing has changed."""
    kept = {path.name: {key for key, _ in _rows(path)} for path in (site / CACHE).glob("*-digests.sqlite")}
    assert all(kept.values())
    build(site)
    assert {path.name: {key for key, _ in _rows(path)} for path in (site / CACHE).glob("*-digests.sqlite")} == kept


def test_the_cache_ignores_itself(site: Path) -> None:
    """Git sees nothing of the cache, whatever the site's own `.gitignore` says."""
    subprocess.run(["git", "init", "-q"], cwd=site, check=True)
    status = ["git", "status", "--porcelain", "--untracked-files=all", ".cache"]
    assert subprocess.run(status, cwd=site, capture_output=True, text=True, check=True).stdout == ""


WRITER = """\
from pathlib import Path
def on_pre_build(config):
    source = Path(config.config_file_path).with_name("source.md")
    Path(config.docs_dir, "digests/written.md").write_bytes(source.read_bytes())
"""


def test_digests_that_a_hook_writes_are_never_stale(tmp_path: Path) -> None:
    """A digest that a hook writes before a build is in that build, its language too."""
    site = make_site(tmp_path / "site", {**SIX, "../hook.py": WRITER}, {**PAGED, "hooks": ["hook.py"]})
    for number, langs in enumerate([("en",), ("zh", "en"), ("ja", "en"), ("ja", "zh", "en"), ("en",)]):
        titles = {"zh": f"钩子写的第{number}篇", "en": f"Written by a hook {number}", "ja": f"フックの{number}番"}
        write(site / "source.md", digest({lang: titles[lang] for lang in langs}))
        build(site, strict=False)
        for lang in langs:
            root = "" if lang == "zh" else f"{lang}/"
            assert titles[lang] in (site / f"site/{root}digests/written/index.html").read_text("utf-8")
        assert (site / "site/ja").is_dir() == ("ja" in langs)


DYING = """\
import os, signal
from mkdocs.plugins import event_priority
@event_priority(200)
def on_files(files, config):
    if os.environ.get("DIE"):
        os.kill(os.getpid(), signal.SIGKILL)
    return files
"""


def test_a_build_killed_while_files_are_hidden_publishes_none_of_them(site: Path, tmp_path: Path) -> None:
    """What is put out of the way of MkDocs' cleaning is never in the site's folder, and the next build is right."""
    _hook(site, DYING)
    build(site)
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "-q"], cwd=site, env={**environment(), "DIE": "1"}, check=False
    )
    assert done.returncode == -signal.SIGKILL
    hidden = site / CACHE / "written/hidden"
    assert any(hidden.rglob("*.html"))
    assert list((site / "site").glob(".*")) == []
    assert_as_from_nothing(site, tmp_path / "fresh")
    assert not hidden.exists()


def test_two_builds_at_once_wait_for_each_other(tmp_path: Path) -> None:
    """Builds of one site that begin together wait for one another, and the site is right."""
    site = make_site(tmp_path / "site", SIX, PAGED)
    builds = [_start(site) for _ in range(3)]
    logs = [process.communicate(timeout=120)[0].decode() for process in builds]
    assert [process.returncode for process in builds] == [0, 0, 0], logs
    assert_as_from_nothing(site, tmp_path / "fresh")


@pytest.mark.parametrize("shared", ["site", "cache"])
def test_a_build_says_that_it_waits(tmp_path: Path, shared: str, caplog: pytest.LogCaptureFixture) -> None:
    """A build with the folder of the site or of the cache in common waits until the other ends, and says for which."""
    caplog.set_level("INFO", "mkdocs.plugins")
    configs, locks = [MkDocsConfig() for _ in range(2)], [BuildLock() for _ in range(2)]
    caches = []
    for number, config in enumerate(configs):
        own = {name: tmp_path / (name if name == shared else f"{name}-{number}") for name in ("site", "cache")}
        config.site_dir = str(own["site"])
        caches.append(Cache(own["cache"]))
    locks[0].acquire(configs[0], caches[0])
    other = Thread(target=locks[1].acquire, args=(configs[1], caches[1]))
    other.start()
    other.join(timeout=1)
    assert other.is_alive()
    locks[0].release()
    other.join(timeout=30)
    assert locks[1].held
    locks[1].release()
    assert f"Waiting for another build that writes to '{tmp_path / shared}'" in caplog.text


def _configure(site: Path, **settings: Any) -> None:
    config = yaml.safe_load((site / "mkdocs.yml").read_text("utf-8"))
    write(site / "mkdocs.yml", yaml.safe_dump({**config, **settings}, allow_unicode=True))


def _hook(site: Path, source: str) -> None:
    write(site / "hook.py", source)
    _configure(site, hooks=["hook.py"])


def _trust(site: Path) -> None:
    _configure(site, plugins=["search", {"digest": {"trusted": True}}])


def _put_file_in_place_of_page(site: Path) -> None:
    (site / "docs/digests/d1.md").unlink()
    write(site / "docs/index.md", "# 首页\n")
    write(site / "docs/index.en.md", "# Home\n")
    write(site / "docs/digests/d1/index.html", "an asset")


def _describe_tag(site: Path) -> None:
    write(site / "docs/digests/.tags.yml", "world: {description: All of it}\n")


def _show_all_in_partial(site: Path) -> None:
    _configure(site, theme={"name": "material", "font": False, "custom_dir": "overrides"})
    write(site / "overrides/partials/digest/siblings.html", '{{ viewer.library["items"] | length }}')


STAMP = """\
from pathlib import Path
def on_post_build(config):
    for path in sorted(Path(config.site_dir).rglob("*.html")):
        text = path.read_text("utf-8")
        path.write_text(text if "<!--seen-->" in text else text + "<!--seen-->", "utf-8")
"""
CHANGES: dict[str, Callable[[Path], None]] = {
    "a hook looks at pages": lambda site: _hook(site, HOOK),
    "a hook stamps files": lambda site: _hook(site, STAMP),
    "digests are trusted": _trust,
    "nav names a digest": lambda site: _configure(site, nav=["index.md", "digests/d1.md"]),
    "a file in place of a page": _put_file_in_place_of_page,
    "a tag is described": _describe_tag,
    "a partial of the site's own": _show_all_in_partial,
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_another_writes_is_left_to_it(site: Path, tmp_path: Path, change: str) -> None:
    """Whoever makes a page or looks at it after this change, the site is as built from nothing, twice."""
    CHANGES[change](site)
    assert_as_from_nothing(site, tmp_path / "fresh")
    _add(site, random.Random(1))
    assert_as_from_nothing(site, tmp_path / "again")


@pytest.mark.parametrize("definition", ["> [x]: d2.md", "- [x]: d2.md", "[x\ny]: d2.md", "[x]: d2.md", "[x](d2.md)"])
def test_a_link_to_a_digest_follows_it(tmp_path: Path, definition: str) -> None:
    """However a digest links to another, its pages and feeds lead to where that one is now."""
    text = SIX["digests/d1.md"].replace("**Summary:**\n", f"**Summary:**\nSee [x] and [x y].\n\n{definition}\n\n")
    site = make_site(tmp_path / "site", {**SIX, "digests/d1.md": text}, PAGED)
    build(site)
    write(site / "docs/digests/d2.md", SIX["digests/d2.md"].replace("date:", "slug: elsewhere\ndate:", 1))
    assert_as_from_nothing(site, tmp_path / "fresh")


def test_templates_in_linked_folders_count(tmp_path: Path) -> None:
    """A change of a template below a folder that is a link is seen."""
    site = make_site(tmp_path / "site", SIX, PAGED)
    _configure(site, theme={"name": "material", "font": False, "custom_dir": "overrides"})
    write(tmp_path / "shared/source-file.html", "one")
    (site / "overrides").mkdir()
    (site / "overrides/partials").symlink_to(tmp_path / "shared")
    build(site)
    write(tmp_path / "shared/source-file.html", "two")
    build(site)
    assert "two" in (site / "site/en/digests/d1/index.html").read_text("utf-8")


def test_compiled_files_do_not_count(tmp_path: Path) -> None:
    """Whatever an interpreter leaves beside sources, half written or not, their hash is the same; theirs is not."""
    write(tmp_path / "code.py", "x = 1")
    before = folder_hash(tmp_path)
    write(tmp_path / "__pycache__/code.cpython-311.pyc.140235", "half")
    assert folder_hash(tmp_path) == before
    write(tmp_path / "code.py", "x = 2")
    assert folder_hash(tmp_path) != before


def test_versions_of_what_is_installed_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A package more, or another version of one, is another state: slices and caches of two states do not mix."""
    states = [installed.__wrapped__()]
    monkeypatch.syspath_prepend(str(tmp_path))
    metadata = tmp_path / "another-1.0.dist-info" / "METADATA"
    for version in ("1.0", "1.1"):
        write(metadata, f"Metadata-Version: 2.1\nName: another\nVersion: {version}\n")
        states.append(installed.__wrapped__())
    assert len(set(states)) == 3


def test_a_dirty_build_writes_into_the_site(tmp_path: Path) -> None:
    """`--dirty` writes where any build writes."""
    site = make_site(tmp_path / "site", SIX, PAGED)
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "--dirty"]
    subprocess.run(command, cwd=site, env=environment(), check=True, timeout=120)
    assert sorted(path.name for path in site.iterdir()) == [".cache", "docs", "mkdocs.yml", "site"]
    assert (site / "site/en/digests/d1/index.html").is_file()


def test_a_failed_build_leaves_no_page_of_the_last(site: Path) -> None:
    """Where a build fails, what the last one wrote is gone, as it is without this plugin."""
    _hook(site, "def on_env(env, config, files):\n    raise ValueError('no')\n")
    assert build(site, strict=False).code
    assert list((site / "site").rglob("d1/index.html")) == []
    assert [path.name for path in (site / "site").glob(".*")] == []


def test_nothing_is_kept_of_a_language_no_longer_built(tmp_path: Path) -> None:
    """What was made in a language that the site has given up is not left in the cache."""
    languages = {"plugins": [{"digest": {"languages": ["zh", "en"]}}]}
    site = make_site(tmp_path, {"digests/a.md": digest(SIX_TITLES)}, languages)
    build(site)
    assert list((site / CACHE).glob("en-*"))
    _configure(site, plugins=[{"digest": {"languages": ["zh"]}}])
    build(site)
    assert list((site / CACHE).glob("**/en-*")) == []


def test_cache_of_another_site_is_of_no_use(site: Path, tmp_path: Path) -> None:
    """A cache copied from a site with other texts changes nothing."""
    texts = {path: source.replace("sea", "land").replace("海洋", "陆地") for path, source in SIX.items()}
    other = make_site(tmp_path / "other", texts, PAGED)
    build(other)
    shutil.rmtree(site / CACHE)
    shutil.copytree(other / CACHE, site / CACHE)
    assert_as_from_nothing(site, tmp_path / "fresh")


def test_cache_that_cannot_be_written_is_done_without(tmp_path: Path) -> None:
    """Where the folder of the cache is a file, the site is built all the same, and the log says what is not kept."""
    site = make_site(tmp_path / "site", {**SIX, "../.cache": "a file"}, PAGED)
    assert "not kept" in build(site).log or "Nothing is kept" in build(site).log
    assert_as_from_nothing(site, tmp_path / "fresh")


def test_pages_changed_by_hand_are_written_again(site: Path, tmp_path: Path) -> None:
    """A page of the last build that somebody has edited, replaced or added to is not taken for ours."""
    pages = site / "site/en/digests"
    page = pages / "d1/index.html"
    times = page.stat()
    page.write_bytes(page.read_bytes().replace(b"sea", b"see"))
    os.utime(page, ns=(times.st_atime_ns, times.st_mtime_ns))
    (pages / "d2/index.html").unlink()
    (pages / "d3/stray.html").write_text("stray")
    (pages / "d4/index.html").unlink()
    (pages / "d4/index.html").symlink_to(pages / "d5/index.html")
    assert_as_from_nothing(site, tmp_path / "fresh")


def test_links_to_a_page_are_not_written_through(site: Path, tmp_path: Path) -> None:
    """A copy of the site by hard links keeps what it has when the page changes."""
    page, copy = site / "site/en/digests/d1/index.html", tmp_path / "copy.html"
    os.link(page, copy)
    before = copy.read_bytes()
    path = site / "docs/digests/d1.md"
    write(path, path.read_text("utf-8").replace("# Digest 1", "# Changed digest 1"))
    build(site)
    assert copy.read_bytes() == before
    assert b"Changed digest 1" in page.read_bytes()


def test_warnings_are_repeated(tmp_path: Path) -> None:
    """What is wrong with a digest is said by every build, not only by the one that first made its page."""
    wrong = SIX["digests/d1.md"].replace("**Summary:**\n", "**Summary:**\nSee [nowhere](nowhere.md). ")
    site = make_site(tmp_path, {**SIX, "digests/d1.md": wrong}, PAGED)
    first, second = (build(site, strict=False) for _ in range(2))
    assert first.faults
    assert second.faults == first.faults


@pytest.mark.parametrize("folder", ["docs/.cache", "site/cache"])
def test_cache_inside_the_site_is_refused(tmp_path: Path, folder: str) -> None:
    """A cache below `docs_dir` would make `mkdocs serve` build for ever; one below `site_dir` would be published."""
    built = build(make_site(tmp_path, SIX, {"plugins": [{"digest": {"cache_dir": folder}}]}), strict=False)
    assert built.code == 1
    assert f"`cache_dir`: '{folder}' is inside" in built.log


def test_no_cache_is_left_where_none_is_wanted(tmp_path: Path) -> None:
    """`cache: false` writes nothing beside the site."""
    site = make_site(tmp_path, SIX, {"plugins": [{"digest": {"cache": False}}]})
    build(site)
    assert sorted(path.name for path in site.iterdir()) == ["docs", "mkdocs.yml", "site"]
