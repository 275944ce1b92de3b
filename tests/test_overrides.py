"""Whatever a site's own templates do with a page, its pages are those that would be rendered one by one."""

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from mkdocs.commands.build import build as build_here
from mkdocs.config import load_config
from mkdocs.structure.files import Files

from mkdocs_digest.plugin import plugin
from mkdocs_digest.plugin.pages import theme
from mkdocs_digest.plugin.pages.frame import Frame, Frames
from mkdocs_digest.plugin.pages.soundness import Obstacle
from tests.sites import ROOT, digest, make_site, tree, write
from tests.test_frames import resolved

MAIN = '{{% extends "base.html" %}}{{% block {} %}}{}{{% endblock %}}'
FEATURES = ["navigation.footer", "navigation.path"]
BLOCKS = ("announce", "extrahead", "htmltitle", "content", "footer", "header")

DATA = yaml.safe_load((ROOT / "tests/data/overrides.yml").read_text("utf-8"))
HOOK = """\
def on_env(env, config, files):
    env.filters["loud"] = lambda text: text.upper()
    env.globals["now"] = lambda: "now"
"""
CHANGED_FILTER = """\
def on_env(env, config, files):
    env.filters["striptags"] = lambda text: str(text)[:9]
"""


def override(expression: str, at: int) -> dict[str, str]:
    """Return the templates that print an expression in one of the theme's blocks."""
    text = expression.replace("T", "page.title") if "_Template" not in expression else expression
    inside = "{{ super() }}" if BLOCKS[at % 6] not in ("htmltitle", "header") else ""
    guarded = f"{inside}{{% if page %}}{text}{{% endif %}}"
    return {
        "main.html": MAIN.format(BLOCKS[at % 6], guarded),
        "partials/say.html": "{{ page.title|length }}",
        "partials/lib.html": "{% macro say() %}{{ page.title|length }}{% endmacro %}",
    }


CASES: dict[str, dict[str, str]] = {
    **{f"{at} {expression}": override(expression, at) for at, expression in enumerate(DATA["expressions"])},
    **{f"partial: {name}": files for name, files in DATA["templates"].items()},
}
TITLES = {
    "a": {"zh": "海", "en": "Sea"},
    "b": {
        "zh": "一篇关于大海与远方的长长的摘要",
        "en": "A much longer title about the sea, a & b <i>and</i> long winds",
    },
    "c": {"zh": "abc", "en": "abc"},
}


def write_site(folder: Path, templates: dict[str, str], titles: dict[str, dict[str, str]], hook: str) -> Path:
    """Write a site with templates of its own."""
    dated = enumerate(titles.items(), 1)
    files = {f"digests/{name}.md": digest(title, tags=["t"], date=f"2024-05-0{at}") for at, (name, title) in dated}
    files["digests/b.md"] = files["digests/b.md"].replace("date:", "own: a\nlong: 1\ndate:", 1)
    plugin = {"languages": ["zh", "en"], "feeds": False, "archive": ["year"], "search": False, "sources": False}
    config = {
        "copyright": "None",
        "extra": {"links": ["x", "y"]},
        "repo_url": "https://example.org/repo",
        "edit_uri": "edit/",
        "theme": {"name": "material", "font": False, "custom_dir": "overrides", "features": FEATURES},
        "plugins": [{"digest": plugin}],
        **({"hooks": ["hook.py"]} if hook else {}),
    }
    for name, text in templates.items():
        write(folder / "overrides" / name, text)
    (folder / "overrides").mkdir(parents=True, exist_ok=True)
    return make_site(folder, {**files, "index.md": "# Home\n", "../hook.py": hook}, config)


def pages(site: Path) -> dict[str, str]:
    """Build a site in this process, and return its pages as readers have them."""
    build_here(load_config(str(site / "mkdocs.yml")))
    files = tree(site / "site").items()
    return {path: resolved(path, content.decode()) for path, content in files if path.endswith(".html")}


@pytest.fixture(autouse=True)
def assets(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out the theme's assets: finding and copying them takes longer than the pages."""
    for name in ("copy_static_files", "add_files_from_theme"):
        monkeypatch.setattr(Files, name, lambda *_, **__: None)


@pytest.fixture(autouse=True)
def garbage(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave garbage to Python: to look for it at each build, among all that pytest holds, takes longer than that."""
    monkeypatch.setattr(plugin, "collect", gc.unfreeze)


@pytest.fixture
def whole(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """What lets each page be rendered in full."""
    with monkeypatch.context() as patch:
        yield patch


EDITED = {**TITLES, "a": {"zh": "另一片更辽阔的海", "en": "Another sea with a longer name than before"}}


@pytest.mark.parametrize("case", CASES)
def test_pages_are_those_rendered_one_by_one(tmp_path: Path, whole: pytest.MonkeyPatch, case: str) -> None:
    """Cold, and warm after a title has changed, every page is what it is with frames off."""
    hook = HOOK if "loud" in case or "now()" in case else ""
    site = write_site(tmp_path / "site", CASES[case], TITLES, hook)
    cold = pages(site)
    write_site(tmp_path / "site", {}, EDITED, hook)
    warm = pages(site)
    whole.setattr(theme, "find_obstacle", lambda *_: Obstacle("test", 0, "frames are off"))
    for titles, ours in ((TITLES, cold), (EDITED, warm)):
        theirs = pages(write_site(tmp_path / f"whole{len(ours)}{titles is TITLES}", CASES[case], titles, hook))
        assert ours.keys() == theirs.keys()
        assert [path for path in ours if ours[path] != theirs[path]] == []


@pytest.mark.parametrize("case", DATA["whole"])
def test_texts_printed_whole_keep_their_frame(tmp_path: Path, whole: pytest.MonkeyPatch, case: str) -> None:
    """Templates that print texts as they are, or ask for none, share a frame, and the pages are the same."""
    traced: list[Frame | None] = []
    trace = Frames._traced
    whole.setattr(Frames, "_traced", lambda *args: traced.append(trace(*args)) or traced[-1])  # type: ignore[func-returns-value]
    ours = pages(write_site(tmp_path / "ours", DATA["whole"][case], TITLES, ""))
    assert traced
    assert None not in traced
    whole.setattr(theme, "find_obstacle", lambda *_: Obstacle("test", 0, "frames are off"))
    theirs = pages(write_site(tmp_path / "theirs", DATA["whole"][case], TITLES, ""))
    assert [path for path in ours if ours[path] != theirs[path]] == []


def test_a_filter_of_jinja_that_a_hook_replaces(tmp_path: Path, whole: pytest.MonkeyPatch) -> None:
    """What a hook makes of the theme's own filters shows on every page."""
    ours = pages(write_site(tmp_path / "ours", {}, TITLES, CHANGED_FILTER))
    whole.setattr(theme, "find_obstacle", lambda *_: Obstacle("test", 0, "frames are off"))
    theirs = pages(write_site(tmp_path / "theirs", {}, TITLES, CHANGED_FILTER))
    assert ours == theirs


def test_pages_rendered_in_full_are_kept(tmp_path: Path) -> None:
    """Where nothing has changed, no page is rendered again, in full or not; where something has, all are."""
    site = write_site(tmp_path / "site", CASES[next(iter(CASES))], TITLES, "")
    pages(site)
    page = site / "site/digests/b/index.html"
    before = page.stat().st_ino, page.stat().st_mtime_ns
    pages(site)
    assert (page.stat().st_ino, page.stat().st_mtime_ns) == before
    write_site(tmp_path / "site", {}, EDITED, "")
    pages(site)
    assert (page.stat().st_ino, page.stat().st_mtime_ns) != before


def test_the_log_names_what_keeps_pages_from_sharing(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """`--verbose` tells of the template and the line that do more with a text than print it."""
    caplog.set_level("DEBUG", "mkdocs.plugins")
    main = '{% extends "base.html" %}\n\n{% block htmltitle %}{{ page.title | truncate(60) }}{% endblock %}'
    pages(write_site(tmp_path / "site", {"main.html": main}, TITLES, ""))
    assert "Each page is rendered in full: main.html:3" in caplog.text


def test_there_are_as_many_overrides_as_were_tried() -> None:
    """The cases are all there."""
    assert len(CASES) >= 120
