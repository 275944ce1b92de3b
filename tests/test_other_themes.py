"""Themes other than Material: the same pages in a plain style, with a language menu of their own."""

import json
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import sync_playwright

from tests.__main__ import find_browser
from tests.server import serve
from tests.sites import Build, attributes, build, digest, file_at, make_site, one, text, tree, write
from tests.test_browser import FLAGS

FILES = {
    "index.md": "# 首页\n\n[两种语言](digests/both.md)\n",
    "index.en.md": "# Home\n\n[Both](digests/both.md)\n",
    "digests/both.md": digest({"zh": "两种语言", "en": "In both"}, tags=["weather"], source="https://example.com/a"),
    "digests/one.md": digest({"zh": "只有中文的一篇"}, tags=["sea"]),
    "digests/asked.md": (
        "---\ndate: 2023-01-01\n---\n\n# 问\n\n**摘要：**\n下雨了。\n\n1. 问：哪里？\n   答：北方。\n\n---\n\n"
        "# Asked\n\n**Summary:**\nIt rained.\n\n1. Q: Where?\n   A: In the north.\n"
    ),
}
MAIN = (
    "<!doctype html><html><head><meta charset=utf-8><title>{{ page.title }}</title>"
    "{% for path in config.extra_css %}<link rel=stylesheet href='{{ path | url }}'>{% endfor %}"
    "{% block extrahead %}{% endblock %}</head>"
    "<body>{% block content %}{{ page.content }}{% endblock %}</body></html>"
)
THEMES: dict[str, dict[str, Any]] = {
    "mkdocs": {"name": "mkdocs", "highlightjs": False},
    "readthedocs": {"name": "readthedocs", "highlightjs": False},
    "own": {"name": None, "custom_dir": "own"},
}
NOTICE = "is not Material"
ROOTS = {"zh": "", "en": "en/"}
IN_BOTH = ["digests/both/", "digests/", "digests/tags/", "digests/tags/weather/", "digests/archive/2024/05/30/"]
PLAIN = ".digest-page"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Build]]:
    """A function that builds the site in one of the themes, once each."""
    done: dict[str, Build] = {}

    def site_in(theme: str) -> Build:
        if theme not in done:
            folder = make_site(tmp_path_factory.mktemp(theme), FILES, {"theme": THEMES[theme]})
            write(folder / "own" / "main.html", MAIN)
            done[theme] = build(folder)
        return done[theme]

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", "1700000000")  # MkDocs' own themes show the time of the build
        yield site_in


@pytest.fixture(params=THEMES)
def site(request: pytest.FixtureRequest, built: Callable[[str], Build]) -> Build:
    """The site in one theme."""
    return built(request.param)


def menu(shown: BeautifulSoup) -> dict[str, str]:
    """Return the links of a page's own language menu by language."""
    links = shown.select("nav.digest-languages[aria-label] a[hreflang][lang]")
    assert all(link["lang"] == link["hreflang"] for link in links)
    return {str(link["hreflang"]): str(link["href"]) for link in links}


def test_the_log_tells_once(site: Build) -> None:
    """The build says once that the theme is not the one that pages are made for, and no strict build fails of it."""
    assert site.log.count(NOTICE) == 1
    assert "set `theme: material`" in site.log


@pytest.mark.parametrize("url", IN_BOTH)
def test_each_page_leads_to_its_translations(site: Build, url: str) -> None:
    """Digests and listings of both languages link to each other, mark the current one and name it in the head."""
    for lang, root in ROOTS.items():
        shown = site.page(f"{root}{url}")
        links = menu(shown)
        assert {code: site.follow(f"{root}{url}", href) for code, href in links.items()} == {
            code: f"{other}{url}" for code, other in ROOTS.items()
        }
        assert attributes(shown, ".digest-languages [aria-current=page]", "lang") == [lang]
        assert [text(link) for link in shown.select(".digest-languages a")] == ["中文", "English"]
        named = attributes(shown, "link[hreflang]:not([hreflang=x-default])", "href")
        assert {site.follow("", href) for href in named} == {f"{other}{url}" for other in ROOTS.values()}
        assert attributes(shown, f"{PLAIN}", "dir") == ["ltr"]


def test_a_page_without_translation_has_no_menu(site: Build) -> None:
    """A digest of one language, and the page of its tag, lead to no other."""
    for url in ("digests/one/", "digests/tags/sea/"):
        assert not menu(site.page(url))
    assert not site.has("en/digests/one/")


def test_no_link_is_dead(site: Build) -> None:
    """Every link of every page, its style and its feeds lead to a file of the site."""
    for path, shown in site.pages.items():
        if path.endswith("404.html"):  # its links start at the root of the server
            continue
        links = [*attributes(shown, "[href]", "href"), *attributes(shown, "[src]", "src")]
        targets = {site.follow(path, href) for href in links if urlsplit(href).scheme in ("", "http", "https")}
        dead = [target for target in targets if target is not None and not (site.out / file_at(target)).is_file()]
        assert not dead, path


def test_pages_say_what_they_say_in_material(site: Build) -> None:
    """A digest has its title, date, source, summary, tags and questions, a listing its entries."""
    shown = site.page("en/digests/both/")
    assert text(one(shown, f"{PLAIN} h1")) == "In both"
    assert attributes(shown, f"{PLAIN} a.digest-source", "href") == ["https://example.com/a"]
    assert one(shown, f"{PLAIN} .digest[lang=en] .digest-summary")
    assert [text(tag) for tag in shown.select(f"{PLAIN} .digest-tags a")] == ["weather"]
    assert one(site.page("digests/asked/"), f"{PLAIN} details.question#q1")
    entries = site.page("en/digests/").select(f"{PLAIN} .digest-entry__title")
    assert [text(entry) for entry in entries] == ["In both", "Asked"]
    assert PLAIN in (site.out / "assets/stylesheets/digest.css").read_text("utf-8")


def test_what_other_themes_lack(built: Callable[[str], Build]) -> None:
    """As the README says: no language menu on the site's own pages, and one search index for all languages."""
    site = built("mkdocs")
    for root in ROOTS.values():
        assert menu(site.page(f"{root}digests/both/"))
        assert not site.page(root).select(".digest-languages")
    found = {entry["title"] for entry in json.loads((site.out / "search/search_index.json").read_bytes())["docs"]}
    assert {"两种语言", "In both"} <= found
    assert not site.has("en/search/search_index.json")


def test_a_second_build_writes_the_same(site: Build) -> None:
    """With a cache the site comes out as without."""
    first = tree(site.out)
    build(site.out.parent)
    again = tree(site.out)
    assert first.keys() == again.keys()
    assert [path for path in first if first[path] != again[path]] == []


def test_a_theme_without_our_blocks_is_warned_of(built: Callable[[str], Build]) -> None:
    """Where a theme cannot show what is on our pages, the build says which block is missing and how it is written."""
    folder = built("own").out.parent.with_name("bare")
    make_site(folder, FILES, {"theme": {"name": None, "custom_dir": "own"}})
    write(folder / "own" / "main.html", "<!doctype html><title>{{ page.title }}</title>{{ page.content }}")
    bare = build(folder, strict=False)
    (fault,) = bare.faults
    assert "no block `content`" in fault
    assert "{% block content %}{{ page.content }}{% endblock %}" in fault
    assert bare.log.count("no block `extrahead`") == 1


def test_a_language_that_a_theme_cannot_be_set_to(built: Callable[[str], Build]) -> None:
    """MkDocs' own themes know no scripts: one line says so."""
    folder = built("own").out.parent.with_name("script")
    plugins = [{"digest": {"languages": ["zh-Hant", "en"]}}]
    refused = build(make_site(folder, FILES, {"theme": "mkdocs", "plugins": plugins}), strict=False)
    assert refused.code == 1
    assert "`zh-Hant`" in refused.log
    assert "Traceback" not in refused.log


def test_material_shows_its_own_menu(example: Build) -> None:
    """In Material there is no second menu, no notice and no other style."""
    assert NOTICE not in example.log
    for shown in example.pages.values():
        assert not shown.select(f"{PLAIN}, .digest-languages")


def test_our_menu_stands_in_where_material_has_none(built: Callable[[str], Build]) -> None:
    """Where a site has switched the theme's language menu off, pages of digests have ours."""
    languages = [{"locale": code, "name": code, "default": code == "zh"} for code in ROOTS]
    i18n = {"i18n": {"docs_structure": "suffix", "reconfigure_material": False, "languages": languages}}
    site = build(make_site(built("own").out.parent.with_name("off"), FILES, {"plugins": [i18n, "digest"]}))
    shown = site.page("en/digests/both/")
    assert NOTICE not in site.log
    assert set(menu(shown)) == set(ROOTS)
    assert not shown.select(f"{PLAIN}, .md-select")


def test_the_menu_stays_at_the_question(built: Callable[[str], Build]) -> None:
    """In a real browser our menu leads to the same question, and pages are no wider than the window."""
    with sync_playwright() as playwright, serve(built("mkdocs").out) as address:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=FLAGS)
        page = browser.new_page(viewport={"width": 390, "height": 844})
        page.goto(f"{address}digests/asked/")
        page.locator("#q1 summary").click()
        page.wait_for_url(f"{address}digests/asked/#q1")
        page.locator(".digest-languages [hreflang=en]").click()
        page.wait_for_url(f"{address}en/digests/asked/#q1")
        assert page.locator("details#q1[open]").is_visible()
        page.goto(f"{address}en/digests/archive/2024/")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        browser.close()
