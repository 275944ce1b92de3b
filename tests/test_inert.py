"""Markdown for other programs: whatever builds it, nothing in it acts, and no word is lost."""

import json
import re
import subprocess
import sys
from html import unescape
from pathlib import Path

import markdown
import pytest
import yaml
from bs4 import BeautifulSoup
from hypothesis import given
from markdown_it import MarkdownIt

from mkdocs_digest import parse_digest
from mkdocs_digest.read.commonmark import CommonMark
from mkdocs_digest.write.inert import inert
from mkdocs_digest.write.portable import write_portable
from tests.sites import ROOT, build, digest, environment, make_site, write
from tests.strategies import JUMBLES
from tests.test_renderer_properties import MIXTURES

CASES = json.loads((ROOT / "tests/hostile/cases.json").read_text("utf-8"))
TEXTS = [
    *(case["text"] for case in CASES),
    "```html {onclick=alert(1)}\n<script>alert(1)</script>\n```",
    "- a\n\n  ```\n  <script>alert(1)</script>\n  ```",
    "`<img src=x onerror=alert(1)>` and \\<img src=x onerror=alert(1)>",
    "[x](java&#115;cript:alert(1))",
    "[x]:\n  javascript:alert(1)\n\n[x]",
    "![x](javascript:alert(1)) [y]( <javascript:alert(1)> )",
    "::: os.system",
    "`{{ 1 + 1 }}` {{ 1 + 1 }} {% raw %} {# x #}",
    "x {: onclick=alert(1) }",
    '--8<-- "/etc/passwd"',
    '```\n--8<-- "/etc/passwd"\n{{ 1 + 1 }}\n```',
    "- ```html\n  <script>alert(1)</script>\n  ```\n- ~~~\n  <b>",
    "> 1. ```\n>    <script>alert(1)</script>\n>    ```",
    "<div markdown=1>**x**</div>",
    "<!-- material/tags -->",
    "{{< highlight >}} {{% x %}}",
    "~~~ python onclick=x\n<b>\n~~~",
    "> ```\n> <script>alert(1)</script>\n> ```",
    "<details open ontoggle=alert(1)>",
]
HARMLESS = [
    "A *plain* text with a [link](https://example.org/a_b), `code` & marks: 1 < 2.",
    "1. One\n2. Two\n\n> Said.\n\n| a | b |\n|---|---|\n| 1 | 2 |",
    "```python\nif a < b: print('<b>')\n```",
    "See <https://example.org/> and [x][y].\n\n[y]: https://example.org/",
    "![a](pic.png) [b](../other.md#q1)",
]
EXTENSIONS = [
    "attr_list", "md_in_html", "admonition", "pymdownx.superfences", "pymdownx.details", "pymdownx.snippets", "tables",
    "footnotes",
]  # fmt: skip
ACTIVE = "script, iframe, object, embed, style, form, input, button, svg, math, base, meta, link, audio, video"
ACTING = re.compile(r"on\w+|style|srcdoc|formaction|data-\w+")
ADDRESSES = ("http://", "https://", "mailto:", "#", "/", ".")


def python_markdown(text: str) -> str:
    """Return what the Markdown of MkDocs makes of a text, with the extensions that act."""
    return str(markdown.markdown(text, extensions=EXTENSIONS))


def default_markdown(text: str) -> str:
    """Return what MkDocs makes of a text where no extensions are set."""
    return str(markdown.markdown(text, extensions=["toc", "tables", "fenced_code"]))


def commonmark(text: str) -> str:
    """Return what CommonMark with raw HTML makes of a text."""
    return str(MarkdownIt("commonmark", {"html": True}).enable(["table"]).render(text))


RENDERERS = {"Python-Markdown": python_markdown, "its defaults": default_markdown, "CommonMark": commonmark}


def assert_nothing_acts(html: str) -> None:
    """Demand that HTML has no element, attribute or address that does anything."""
    tree = BeautifulSoup(html, "html.parser")
    assert not tree.select(
        "script, iframe, object, embed, style, form, input, button, svg, math, base, meta, link, audio, video"
    )
    for tag in tree.find_all(True):
        assert not [name for name in tag.attrs if ACTING.fullmatch(name)], tag
        for name in ("href", "src"):
            if tag.has_attr(name):
                address = re.sub(r"[\s\x00-\x20]", "", str(tag[name])).casefold()
                assert not re.match(r"(?!https?:|mailto:)[a-z][a-z0-9+.-]*:", address), tag


@pytest.mark.parametrize("renderer", RENDERERS)
@pytest.mark.parametrize("text", TEXTS)
def test_hostile_text_does_nothing(renderer: str, text: str) -> None:
    """No hostile text acts in a file that was exported, in whatever part it stands."""
    for source in (text, f"Before {text} after", f"- item\n\n  {text}", f"> {text}"):
        assert_nothing_acts(RENDERERS[renderer](inert(source)))


def words(text: str) -> list[str]:
    """Return the words of a text, whatever marks are between them."""
    return re.findall(r"\w+", unescape(text).replace("\u200b", ""))


@given(JUMBLES | MIXTURES)
def test_no_word_is_lost(text: str) -> None:
    """Every word of a text is in what is exported, in its order."""
    shown = re.sub(r"^([ \t>]*(?:`{3,}|~{3,})[ \t]*[\w+#.-]*).*", r"\1", text, flags=re.M)
    found = words(re.sub(r"</?code>", "", inert(text)))
    at = 0
    for word in words(shown):
        assert word in found[at:], word
        at = found.index(word, at) + 1


@pytest.mark.parametrize("text", HARMLESS)
def test_harmless_text_shows_the_same(text: str) -> None:
    """What is no markup of another program's reads as it did."""
    before, after = (CommonMark(html=False).render(source) for source in (text, inert(text)))
    assert before == after


def test_an_exported_site_does_nothing(tmp_path: Path) -> None:
    """All hostile texts, exported and built by MkDocs with macros and snippets, do nothing and keep their words."""
    body = "\n\n".join(f"Case {at}: {text}" for at, text in enumerate(TEXTS) if "\0" not in text)
    front = {"title": 'A "title" <img src=x onerror=alert(1)> {{ 1 }}', "date": "2024-05-30", "tags": ["<b onclick=x>"]}
    source = f"---\n{yaml.safe_dump(front)}---\n\n**Summary:**\n\n{body}\n"
    write(tmp_path / "in/docs/digests/x.md", source)
    command = [sys.executable, "-m", "mkdocs_digest", "export", str(tmp_path / "site/docs"), "--dir", "docs/digests"]
    subprocess.run(command, cwd=tmp_path / "in", env=environment(), check=True, capture_output=True, timeout=60)
    config = {"plugins": ["search", "macros", "tags"], "markdown_extensions": EXTENSIONS}
    built = build(make_site(tmp_path / "site", {"index.md": "# Home\n"}, config), strict=False)
    assert built.code == 0, built.log
    page = built.page("x/")
    assert_nothing_acts(str(page.select_one("article")))
    assert not page.select("img[onerror], [onclick], [onmouseover]")
    assert "root:" not in page.get_text()
    assert "{{ 1 }}" in page.get_text()


def test_two_files_in_one_place_are_refused(tmp_path: Path) -> None:
    """A digest whose export would be another's file is named, and nothing is written."""
    text = digest({"zh": "下雨了", "en": "It rained"})
    for name in ("y.md", "y.en.md"):
        write(tmp_path / "docs/digests" / name, text)
    command = [sys.executable, "-m", "mkdocs_digest", "export", "out"]
    done = subprocess.run(
        command, cwd=tmp_path, env=environment(), capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 2
    assert "would both be out/y.en.md; rename one, or use --layout folder" in done.stderr
    assert not (tmp_path / "out").exists()


def test_macros_are_told_to_leave_pages_alone() -> None:
    """An exported file forbids mkdocs-macros to evaluate it."""
    result = parse_digest("---\ndate: 2024-05-30\n---\n\nSummary: It rained for nine days in the north.\n")
    assert result.digest
    text = write_portable(result.digest, result.digest.translations[0])
    assert yaml.safe_load(text.split("---")[1])["render_macros"] is False
