"""Digests as data, and digests that a site trusts as it trusts its own pages; and digests taken off."""

import gzip
import json
import re
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag

from mkdocs_digest import parse_digest
from mkdocs_digest.languages.words import words
from mkdocs_digest.plugin.pages.meta import safe_meta
from mkdocs_digest.write.markdown import adapted, write_markdown
from tests.sites import ROOT, SAMPLE, Build, attributes, build, content, digest, make_site, one, text

LIVE = """\
---
date: 2024-05-30
source: https://example.org/
title: {en: A live one, zh: 活的一篇}
---

**摘要：**
这一篇用了网站的 Markdown：<b class="raw">粗</b>。

1. 问题：哪一种？
   答案：有列表的。
2. 问题：然后呢？
   答案：继续。

---

**Summary:**
Raw <b class="raw">HTML</b> and an attribute{: .mark } of *its own*{: .marked }.
- a list directly below
- and `code`

**Questions:**

1. Q: Which <i class="raw">kind</i>?
   A: One with a list:
   - first
     - nested
   - second

   ```python
   print("code")
   ```

2. Q: And after?
   A: It goes on.

## Notes

!!! note "Admonition"
    Its text.

Line above a rule
***
{{ 7 * 7 }}
"""


def site(folder: Path, files: dict[str, str], *plugins: Any, **options: Any) -> Build:
    """Build a site with options of the plugin, strictly."""
    config = {
        "plugins": [*plugins, "search", {"digest": options}],
        "markdown_extensions": ["admonition", "pymdownx.superfences", "pymdownx.snippets"],
    }
    return build(make_site(folder, files, config))


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """A site that trusts its digests."""
    return site(tmp_path_factory.mktemp("live"), {"digests/live.md": LIVE, "digests/sample.md": SAMPLE}, trusted=True)


@pytest.fixture
def page(live: Build) -> Tag:
    """The English page of the trusted digest."""
    return content(live.page("en/digests/live/"))


def test_raw_html_and_extensions_work(page: Tag) -> None:
    """Raw HTML, attribute lists and admonitions are the site's own Markdown."""
    assert len(page.select("b.raw")) == 1
    assert one(page, "summary i.raw")
    assert one(page, "em.marked")
    assert text(one(page, ".admonition .admonition-title")) == "Admonition"


def test_the_hooks_are_the_same(page: Tag) -> None:
    """Themes and links find the digest, its summary and its questions where they are in every other digest."""
    assert one(page, ".digest")["lang"] == "en"
    assert "Raw HTML" in text(one(page, ".digest > .digest-summary"))
    assert attributes(page, ".digest > details.question", "id") == ["q1", "q2"]
    assert attributes(page, "h2", "id") == ["questions", "section-1"]
    assert text(one(page, "#q1 > summary")) == "Which kind ?"


def test_lists_are_lists(page: Tag) -> None:
    """A list directly below a paragraph, and one in an answer that is indented by three blanks, are lists."""
    assert [text(item) for item in page.select(".digest-summary > ul > li")] == ["a list directly below", "and code"]
    assert [text(item) for item in page.select("#q1 li li")] == ["nested"]
    assert "print" in text(one(page, "#q1 pre"))
    assert one(page, "#q2")


def test_the_sample_reads_the_same(live: Build, tmp_path: Path) -> None:
    """A digest without markup of its own shows the same words, trusted or not."""
    plain = build(make_site(tmp_path, {"digests/sample.md": SAMPLE}))
    for url in ("digests/sample/", "en/digests/sample/"):
        assert text(one(live.page(url), ".digest")) == text(one(plain.page(url), ".digest"))


def test_feeds_and_excerpts_stay_clean(live: Build) -> None:
    """Feeds show raw HTML of a trusted digest as text, and search shows none."""
    feed = json.loads((live.out / "en/digests/feed.json").read_bytes())["items"]
    written = next(item["content_html"] for item in feed if item["title"] == "A live one")
    assert '<b class="raw">HTML</b>' in BeautifulSoup(written, "html.parser").get_text()
    assert not BeautifulSoup(written, "html.parser").select(".raw, .marked")
    found = json.loads((live.out / "en/search/search_index.json").read_bytes())["docs"]
    excerpts = " ".join(entry["text"] for entry in found if entry["location"].startswith("en/digests/live/"))
    assert "Raw HTML" in excerpts
    assert not BeautifulSoup(excerpts, "html.parser").select("b, i, [class]")


def test_untrusted_text_is_shown_as_written(tmp_path: Path) -> None:
    """The same digest on a site that does not trust it is text: no element, no attribute, and the log tells of it."""
    built = site(tmp_path, {"digests/live.md": LIVE})
    page = content(built.page("en/digests/live/"))
    assert not page.select(".raw, .marked, .admonition")
    assert '<b class="raw">HTML</b>' in page.get_text()
    line = LIVE[: LIVE.index("Raw <b")].count("\n") + 1
    assert f"digests/live.md:{line}:1: info[raw-html]" in built.log


@pytest.mark.parametrize("trusted", [False, True])
def test_macros_evaluate_trusted_digests_only(tmp_path: Path, trusted: bool) -> None:
    """mkdocs-macros evaluates neither the text nor the title, tag or name of a digest, unless it is trusted."""
    files = {
        "index.md": "# Home\n\n{{ 6 * 7 }}\n",
        "digests/live.md": LIVE,
        "digests/{{ 8 * 8 }}.md": digest({"en": "Why {{ 9 * 9 }} is no number"}, tags=["{{ 5 * 5 }}"]),
    }
    built = site(tmp_path, files, "macros", trusted=trusted, languages=["zh", "en"])
    assert "42" in text(content(built.page("")))
    assert ("49" in text(content(built.page("en/digests/live/")))) == trusted
    assert ("{{ 7 * 7 }}" in text(content(built.page("en/digests/live/")))) != trusted
    headings = [text(content(tree)) for tree in built.pages.values() if tree.select(".digest-entry, .digest-tags")]
    titles = " ".join([*(str(tree.title) for tree in built.pages.values()), *(headings if not trusted else [])])
    assert "81 is no number" not in titles
    assert "Why {{ 9 * 9 }} is no number" in titles
    assert not any(number in titles for number in ("64", "81", "{{25}}"))


def test_snippets_and_directives_stay_text(tmp_path: Path) -> None:
    """Nothing that asks another plugin or extension for something gets it."""
    asks = ['--8<-- "mkdocs.yml"', "::: mkdocs_digest", "<!-- material/tags -->", "[TOC]", "{! mkdocs.yml !}"]
    body = "\n\n".join(asks)
    built = site(
        tmp_path, {"digests/a.md": f"---\ndate: 2024-05-30\n---\n\n**Summary:**\nWords.\n\n## More\n\n{body}\n"}
    )
    shown = text(one(built.page("digests/a/"), ".digest"))
    assert all(ask in shown for ask in asks)
    assert "site_name" not in shown


WATCHING = """\
def note(text):
    with open("seen.txt", "a", encoding="utf-8") as seen:
        seen.write(f"{text}\\n")

def on_files(files, config):
    for file in files.documentation_pages():
        note(file.content_string)

def on_page_read_source(page, config):
    note(page.file.src_uri)

def on_page_markdown(markdown, page, config, files):
    note(markdown)
"""


def test_no_plugin_sees_the_source_of_a_digest(tmp_path: Path) -> None:
    """A hook that looks at all files, and at the Markdown of all pages, finds the site's own only."""
    files = {"index.md": "# Own words\n", "digests/a.md": digest({"en": "Foreign words"}), "../hook.py": WATCHING}
    built = build(make_site(tmp_path, files, {"hooks": ["hook.py"]}))
    assert "Foreign words" in text(content(built.page("digests/a/")))
    seen = (tmp_path / "seen.txt").read_text("utf-8")
    assert "# Own words" in seen
    assert "Foreign words" not in seen


IMAGES = """\
---
date: 2024-05-30
---

**Summary:**
![A map](map.png) ![far](https://example.org/i.png) ![no](http://example.org/i.png)
"""


@pytest.mark.parametrize(("images", "sources"), [(False, []), (True, ["../map.png", "https://example.org/i.png"])])
def test_images_come_in_if_the_site_asks(tmp_path: Path, images: bool, sources: list[str]) -> None:
    """Images are shown as their text, unless the site lets in its own and those from https."""
    config = {"plugins": [{"digest": {"images": images}}]}
    built = build(make_site(tmp_path, {"digests/a.md": IMAGES, "digests/map.png": "x"}, config), strict=False)
    area = one(built.page("digests/a/"), ".digest")
    assert attributes(area, "img", "src") == sources
    assert "no" in text(area)
    assert ("A map" in text(area)) != images
    assert "warning[unsafe-link] no link leads to `http://example.org/i.png`" in built.log


def test_front_matter_is_no_order_to_the_theme(tmp_path: Path) -> None:
    """A template, an icon, a status or a wrong kind of value in front matter neither acts nor stops the build."""
    meta = {"template": "nowhere.html", "icon": "no/such", "status": "x", "hide": 5, "search": 7, "own": "<kept>"}
    built = build(make_site(tmp_path, {"digests/a.md": digest({"en": "Plain words of a digest"}, **meta)}))
    assert one(built.page("digests/a/"), ".digest")


def test_front_matter_says_what_it_may() -> None:
    """Of the keys that the README names none comes through as written but those nobody knows."""
    safety = (ROOT / "README.md").read_text("utf-8").split("## Safety")[1]
    named = re.findall(r"`(\w+)`", safety.split("keys that themes and plugins act on (")[1].split(")")[0])
    assert len(named) >= 7
    safe = safe_meta({**dict.fromkeys(named, "<b>{{ 7 }}</b>"), "own": "<b>{{ 7 }}</b>"})
    assert safe == {"own": "<b>{{ 7 }}</b>", "render_macros": False}
    kept = {"hide": ["toc", "footer"], "search": {"exclude": True, "boost": 2}, "comments": True}
    assert safe_meta(kept) == {**kept, "render_macros": False}
    for wrong in (
        {"hide": "toc", "search": "exclude", "comments": "yes"},
        {"hide": ["<b>"], "search": [], "comments": 1},
    ):
        assert not any(safe_meta(wrong).values())


SECRET = "zqxSecretWordqxz"
TAKEN_OFF = digest({"zh": f"秘密 {SECRET}", "en": f"Secret {SECRET}"}, tags=[SECRET], author=SECRET, description=SECRET)


@pytest.mark.parametrize(
    ("options", "source"),
    [
        ({}, TAKEN_OFF.replace("---\n", "---\ndraft: true\n", 1)),
        ({"hide": [f"2024/{SECRET.lower()}.md"]}, TAKEN_OFF),
        ({"hide": [f"*{SECRET.lower()}"]}, TAKEN_OFF),
        ({}, None),
    ],
    ids=["draft", "path", "glob", "removed"],
)
@pytest.mark.parametrize("published", [True, False])
def test_no_byte_of_what_is_taken_off_is_left(
    tmp_path: Path, options: dict[str, Any], source: str | None, published: bool
) -> None:
    """A draft or hidden digest is in no file of the site or of a cache, also where it has been published before."""
    name = SECRET.lower()
    secret = f"digests/2024/{name}.md"
    files = {secret: TAKEN_OFF, "digests/b.md": digest({"zh": "另一篇", "en": "Another one"})}
    folder = tmp_path / "site"
    if published:
        build(make_site(folder, files))
        assert leaks(folder, name)
    settled = {"languages": ["zh", "en"], **options}
    make_site(folder, {**files, secret: source or ""}, {"plugins": ["search", {"digest": settled}]})
    if source is None:
        (folder / "docs" / secret).unlink()
    build(folder)
    assert leaks(folder, name) == []


def leaks(folder: Path, word: str) -> list[str]:
    """Return the files of a project, its sources and settings apart, that have a word in their name or their bytes."""
    paths = [path for path in folder.rglob("*") if path.relative_to(folder).parts[0] not in ("docs", "mkdocs.yml")]
    return [str(path) for path in paths if word in path.name.lower() or word.encode() in _bytes_in(path).lower()]


def _bytes_in(path: Path) -> bytes:
    if not path.is_file():
        return b""
    raw = path.read_bytes()
    return gzip.decompress(raw) if path.suffix == ".gz" else raw


def test_a_glob_that_hides_nothing_is_told(tmp_path: Path) -> None:
    """A slip in `hide` is a warning: what was meant to go would stay."""
    config = {"plugins": [{"digest": {"hide": ["typo.md"]}}]}
    built = build(
        make_site(tmp_path, {"digests/a.md": digest({"en": "Plain words of a digest"})}, config), strict=False
    )
    assert "`hide`: no digest is called 'typo.md'" in built.log


def test_a_language_of_drafts_only_is_none(tmp_path: Path) -> None:
    """A language that only a draft is in has no home page."""
    files = {"digests/a.md": digest({"en": "Plain words"}), "digests/b.md": digest({"zh": "草稿的一篇"}, draft=True)}
    built = build(make_site(tmp_path, files))
    assert not built.has("zh/")


def test_markdown_is_adapted() -> None:
    """Lists get a blank line before them and four blanks a level; rules and headings stay what they were."""
    written = "Text\n- one\n  - two\n\n    more\n- three\n\n1. a\n   b\n\nabove\n***\n# head"
    assert adapted(written) == (
        "Text\n\n- one\n    - two\n\n        more\n- three\n\n1. a\n    b\n\nabove\n\n***\n\n### head"
    )


def test_markdown_numbers_questions_through() -> None:
    """Questions of several runs are numbered through, as in the article."""
    source = (
        "**Summary:**\nWords of it.\n\n1. Q: a?\n   A: b\n\n## More\n\nText.\n\n**Questions:**\n\n1. Q: c?\n   A: d\n"
    )
    found = parse_digest(source).digest
    assert found is not None
    written = write_markdown(found.translations[0], words("en"), open_questions=True)
    assert 'id="q1" open' in written
    assert 'id="q2" open' in written
    assert "{ #questions-2 }" in written
