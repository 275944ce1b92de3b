"""What the theme's script asks of the site, from pages of every kind, depth and language."""

import json
import re
import shutil
import tomllib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from playwright.sync_api import Browser, Page

from mkdocs_digest.write.search import localise_settings
from tests.__main__ import find_browser
from tests.server import serve
from tests.sites import ROOT, Build, attributes, build, content, digest, make_site, one, text
from tests.test_browser import FLAGS, MOUNT, browser  # noqa: F401

ROOTS = {"zh": "", "en": "en/", "ja": "ja/"}
QUERIES = {
    "zh": ("小行星", "digests/2025/osiris-rex-bennu-sample/"),
    "en": ("asteroid", "digests/2025/osiris-rex-bennu-sample/"),
    "ja": ("津波", "digests/2026/tsunami-waves-from-the-deep/"),
}
STARTS = {
    "digest": "digests/2025/osiris-rex-bennu-sample/",
    "tag": "digests/tags/space/",
    "day": "digests/archive/2025/10/02/",
    "error": "digests/2025/nothing/here/",
}


def lang_of(path: str) -> str:
    """Return the language of a page of the example site by its path."""
    return next((lang for lang, root in ROOTS.items() if root and path.startswith(root)), "zh")


def test_every_page_asks_for_the_index_of_its_language(example: Build) -> None:
    """Resolved as a browser does, each page names the index of its language, and the site's root as its base."""
    for path, tree in example.pages.items():
        config = json.loads(one(tree, "#__config").get_text())
        index = json.loads(one(tree, "#__digest").get_text())["index"]
        base = urljoin(urljoin(example.site_url, path), config["base"])
        asked = urljoin(base, index)
        assert urljoin(base, "sitemap.xml") == f"{example.site_url}sitemap.xml", path
        assert asked == f"{example.site_url}{ROOTS[lang_of(path)]}search/search_index.json", path
        assert (example.out / asked.removeprefix(example.site_url)).is_file()


def test_what_an_index_finds_is_there(example: Build) -> None:
    """Every location in an index, resolved against the site's root, is a page in the index's language."""
    for lang, root in ROOTS.items():
        docs = json.loads((example.out / root / "search/search_index.json").read_text("utf-8"))["docs"]
        assert docs
        for entry in docs:
            assert entry["location"].startswith(root)
            assert example.has(urlsplit(entry["location"]).path)
            assert lang_of(entry["location"]) == lang


@pytest.mark.parametrize(
    ("lang", "segmented", "parts"),
    [
        ("zh", False, ["大", "海", "和", "AI"]),
        ("zh-Hant", False, ["大", "海", "和", "AI"]),
        ("zh", True, ["大海和", "AI"]),
        ("en", False, ["大海和", "AI"]),
    ],
)
def test_chinese_is_parted_unless_jieba_has_done_it(lang: str, segmented: bool, parts: list[str]) -> None:
    """Without jieba an index of Chinese is parted at each character; with it, and in other languages, it is not."""
    separator = localise_settings({"separator": r"[\s\-]+"}, lang, segmented=segmented)["separator"]
    assert [part for part in re.split(separator, "大海和 AI") if part.strip()] == parts


def test_the_extra_for_chinese_is_there() -> None:
    """What the README says to install for Chinese is an extra of the package."""
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    (name,) = re.findall(r"`mkdocs-digest\[(\w+)\]`", (ROOT / "README.md").read_text("utf-8"))
    assert [re.split(r"\W", requirement)[0] for requirement in extras[name]] == ["jieba"]


def test_error_pages_lead_home(example: Build) -> None:
    """Each language has an error page in its words, whose menu and links lead to home pages from any address."""
    words = {"zh": "找不到页面", "en": "Page not found", "ja": "ページが見つかりません"}
    homes = {lang: f"/open-record/{root}" for lang, root in ROOTS.items()}
    for lang, root in ROOTS.items():
        shown = example.page(f"{root}404.html")
        assert str(shown.html["lang"]) == lang  # type: ignore[index]
        assert text(one(content(shown), "h1")) == f"404 – {words[lang]}"
        assert words[lang] in one(shown, "title").get_text()
        assert attributes(content(shown), "a", "href")[:2] == [homes[lang], f"{homes[lang]}digests/"]
        menu = {str(link["hreflang"]): str(link["href"]) for link in shown.select("a.md-select__link")}
        assert menu == homes


@pytest.fixture(params=[True, False], ids=["nearest", "root"])
def served(example: Build, request: pytest.FixtureRequest) -> Iterator[str]:
    """The example site below a sub-path, on a server that sends the nearest error page or only the root's."""
    with serve(example.out, MOUNT, nearest=request.param) as address:
        yield address


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:  # noqa: F811
    """A tab of a desktop's width."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


def search(tab: Page, query: str) -> list[str]:
    """Type a query and return the addresses of what is found."""
    field = tab.locator(".md-search__input")
    field.press_sequentially(query)
    field.press("End")  # a key that ends the composition of CJK text
    tab.locator(".md-search-result__link").first.wait_for(state="attached")
    links = tab.locator(".md-search-result__link").evaluate_all("links => links.map(link => link.href)")
    return [str(link) for link in links]


@pytest.mark.parametrize("lang", ROOTS)
@pytest.mark.parametrize("start", STARTS)
def test_typing_finds_pages_of_the_language(tab: Page, served: str, lang: str, start: str) -> None:
    """From a digest, a tag, a day and the error page of each language, typing finds its pages and no others."""
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url) if "search_index" in request.url else None)
    address = f"{served}{ROOTS[lang]}{STARTS[start]}"
    tab.goto(address)
    tab.locator(f"html[lang={lang}]").wait_for(state="attached")
    tab.wait_for_load_state("networkidle")
    assert tab.url == address
    assert asked == [f"{served}{ROOTS[lang]}search/search_index.json"]
    query, found = QUERIES[lang]
    links = search(tab, query)
    assert f"{served}{ROOTS[lang]}{found}" in {link.partition("#")[0].partition("?")[0] for link in links}
    assert {lang_of(link.removeprefix(served)) for link in links} == {lang}


@pytest.mark.parametrize("start", ["", "en/digests/2025/osiris-rex-bennu-sample/", "ja/digests/", "guide/"])
def test_alternates_and_feeds_are_what_they_say(tab: Page, example: Build, start: str) -> None:
    """Once its scripts have run a page has the links it was written with, and nothing it asked for is missing."""
    failed: list[str] = []
    tab.on("response", lambda answer: failed.append(answer.url) if not answer.ok else None)
    tab.on("requestfailed", lambda request: failed.append(request.url))
    with serve(example.out, MOUNT) as address:
        tab.goto(address + start)
        tab.wait_for_load_state("networkidle")
        tab.locator(".md-search__input").press_sequentially("NASA")
        tab.locator(".md-search-result__link").first.wait_for(state="attached")
        for selector in ('link[rel="alternate"][hreflang]', 'link[rel="alternate"][type="application/atom+xml"]'):
            assert tab.locator(selector).count() == len(example.page(start).select(selector)) > 0
    assert not failed


def test_a_click_below_an_alternate_leads_where_it_says(tab: Page, example: Build) -> None:
    """Links to pages below another language's home are not taken for switches of the language."""
    with serve(example.out, MOUNT) as address:
        tab.goto(address)
        tab.wait_for_load_state("networkidle")
        tab.evaluate(
            """href => {
              const link = Object.assign(document.createElement("a"), { href, id: "away", textContent: "away" })
              document.querySelector("h1").append(link)
            }""",
            f"{address}en/digests/tags/",
        )
        tab.locator("#away").click()
        tab.wait_for_url(f"{address}en/digests/tags/")


@pytest.fixture(scope="module")
def instant(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """A site in two languages with instant loading, which static-i18n warns of."""
    files = {
        "index.md": "# 首页\n\n[雨](digests/rain.md) [英文](en/digests/rain/)\n",
        "index.en.md": "# Home\n",
        "digests/rain.md": digest({"zh": "关于雨", "ar": "عن المطر"}, tags=["weather"]),
        "digests/sun.md": digest({"zh": "关于太阳", "ar": "عن الشمس"}, date="2024-05-28", tags=["weather"]),
        "digests/wind.md": digest({"zh": "只有中文的风"}, date="2024-05-29"),
    }
    theme = {"name": "material", "font": False, "features": ["navigation.instant"]}
    plugins = [{"digest": {"languages": ["zh", "ar"]}}]
    config = {"theme": theme, "site_url": "https://example.org/sub/", "plugins": plugins}
    return build(make_site(tmp_path_factory.mktemp("instant"), files, config), strict=False)


def test_instant_loading_stays_within_a_language(tab: Page, instant: Build) -> None:
    """With instant loading, steps within a language keep its menu right; one to another renews language and search."""
    with serve(instant.out, "/sub/") as address:
        tab.route("https://example.org/**", lambda route: route.abort())
        sitemap = (instant.out / "sitemap.xml").read_text("utf-8").replace("https://example.org/sub/", address)
        tab.route("**/sitemap.xml", lambda route: route.fulfill(body=sitemap, content_type="application/xml"))
        tab.goto(f"{address}digests/")
        tab.wait_for_load_state("networkidle")
        tab.evaluate("window.stayed = true")
        tab.locator(".digest-entry__title a", has_text="关于雨").click()
        tab.wait_for_url(f"{address}digests/rain/")
        tab.locator("h1", has_text="关于雨").wait_for()
        assert tab.evaluate("window.stayed")
        menu = tab.locator("a.md-select__link[hreflang=ar]")
        assert menu.evaluate("link => link.href") == f"{address}ar/digests/rain/"
        tab.locator("a[rel=prev], a[rel=next]", has_text="只有中文的风").first.click()
        tab.wait_for_url(f"{address}digests/wind/")
        tab.locator("h1", has_text="只有中文的风").wait_for()
        assert tab.evaluate("window.stayed")
        assert menu.evaluate("link => link.href") == f"{address}ar/"
        tab.go_back()
        tab.wait_for_url(f"{address}digests/rain/")
        tab.locator("h1", has_text="关于雨").wait_for()
        tab.locator(".md-header .md-select button").hover()
        menu.click()
        tab.wait_for_url(f"{address}ar/digests/rain/")
        page = tab.locator("html[lang=ar][dir=rtl], html[lang=ar]:has(body[dir=rtl])")
        page.wait_for(state="attached")
        assert not tab.evaluate("window.stayed")
        tab.wait_for_load_state("networkidle")
        assert all("/sub/ar/" in link for link in search(tab, "المطر"))


@pytest.fixture
def disk(browser: Browser) -> Iterator[Page]:  # noqa: F811
    """A tab of a browser that starts workers from disk, as the theme's shim from the network lets others do."""
    args = [*FLAGS, "--allow-file-access-from-files"]
    with browser.browser_type.launch(executable_path=find_browser(), args=args) as other:
        tab = other.new_page(viewport={"width": 1280, "height": 900})
        tab.route("https://**", lambda route: route.abort())
        yield tab


def test_typing_finds_pages_of_the_language_on_disk(disk: Page, tmp_path: Path) -> None:
    """With the theme's offline plugin, opened from disk, each language's search loads its own index only."""
    site = tmp_path / "site"
    shutil.copytree(ROOT / "example_site", site, ignore=shutil.ignore_patterns("site", ".cache"))
    config = site / "mkdocs.yml"
    config.write_text(config.read_text("utf-8").replace("plugins:\n", "plugins:\n  - offline\n"), "utf-8")
    address = f"file://{build(site).out}/"
    asked: list[str] = []
    disk.on("request", lambda request: asked.append(request.url) if "search_index" in request.url else None)
    for lang, root in ROOTS.items():
        asked.clear()
        disk.goto(f"{address}{root}digests/2026/tsunami-waves-from-the-deep.html")
        disk.locator(".md-search__input").click()
        query, found = QUERIES[lang]
        links = search(disk, query)
        assert set(asked) == {f"{address}{root}search/search_index.js"}
        assert any(link.startswith(f"{address}{root}{found.rstrip('/')}.html") for link in links)
        assert {lang_of(link.removeprefix(address)) for link in links} == {lang}


def test_an_error_page_hands_over_before_its_scripts_run(tab: Page, tmp_path: Path) -> None:
    """Sent from the root for another language's address, an error page runs no script twice, and keeps the address."""
    files = {"digests/rain.md": digest({"zh": "关于雨", "en": "On rain"}), "once.js": "const once = true"}
    site = make_site(tmp_path, files, {"site_url": "https://example.org/sub/", "extra_javascript": ["once.js"]})
    faults: list[str] = []
    tab.on("pageerror", lambda error: faults.append(str(error)))
    with serve(build(site).out, "/sub/") as address:
        for lost in ("en/nothing/here/?a=b#c", "en/nothing.html"):
            tab.goto(address + lost)
            tab.locator("html[lang=en] h1", has_text="Page not found").wait_for()
            tab.wait_for_load_state("networkidle")
            assert tab.url == address + lost
        tab.goto(f"{address}en/404.html")
        tab.wait_for_load_state("networkidle")
        assert tab.url == f"{address}en/404.html"
    assert faults == []
