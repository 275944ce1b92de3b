"""What a reader sees and does, in a real Chromium."""

import re
from collections.abc import Iterator
from http import HTTPStatus

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, Response, Route, sync_playwright

from tests.__main__ import find_browser
from tests.server import serve
from tests.sites import Build

MOUNT = "/open-record/"
VOYAGER = "digests/2024/voyager-twin-explorers/"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="module")
def served(example: Build) -> Iterator[str]:
    """The address of the built example site."""
    with serve(example.out, MOUNT) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests of the module."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=find_browser(), args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(params=[(1280, 900, "light"), (390, 844, "dark")], ids=["desktop", "phone"])
def context(browser: Browser, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    """A window of a desktop or a phone."""
    width, height, scheme = request.param
    opened = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A tab that fails its test on a script error, a failed request, or one that leaves the machine."""
    tab = context.new_page()
    faults: list[str] = []

    def check(response: Response) -> None:
        if response.status >= HTTPStatus.BAD_REQUEST or not response.url.startswith("http://127.0.0.1"):
            faults.append(f"{response.status} {response.url}")

    tab.on("response", check)

    def check_failure(request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # what leaving a page does to requests under way
            faults.append(f"{request.failure} {request.url}")

    tab.on("requestfailed", check_failure)
    tab.on("pageerror", lambda error: faults.append(str(error)))
    tab.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    yield tab
    assert not faults


def test_a_question_unfolds(page: Page, served: str) -> None:
    """A question is closed at first, opens by its summary, and its address names it then."""
    page.goto(served + VOYAGER)
    question = page.locator("details.question#q2")
    assert question.get_attribute("open") is None
    question.locator("summary").click()
    assert question.get_attribute("open") is not None
    assert question.locator("p").first.is_visible()
    page.wait_for_url(f"{served}{VOYAGER}#q2")


def test_an_address_with_a_question_opens_it(page: Page, served: str) -> None:
    """A link to a question shows its answer."""
    page.goto(f"{served}{VOYAGER}#q3")
    page.locator("details.question#q3[open]").wait_for()
    assert page.locator("details.question#q3").is_visible()


def test_the_language_menu_stays_at_the_question(page: Page, served: str) -> None:
    """Switching the language leads to the same digest and the same question."""
    page.goto(served + VOYAGER)
    page.locator("#q2 summary").click()
    page.wait_for_url(f"{served}{VOYAGER}#q2")
    page.locator(".md-header .md-select button").hover()
    page.locator(".md-select__link[hreflang=en]").click()
    page.wait_for_url(f"{served}en/{VOYAGER}#q2")
    assert page.locator("html").get_attribute("lang") == "en"
    assert "Voyager" in page.locator("h1").inner_text()
    assert page.locator("details.question#q2").get_attribute("open") is not None


@pytest.mark.parametrize(
    ("start", "language"), [("digests/tags/space/", "en"), ("en/digests/archive/2024/05/", "ja"), ("ja/digests/", "zh")]
)
def test_the_language_menu_stays_on_listings(page: Page, served: str, start: str, language: str) -> None:
    """The language menu of a listing leads to the same listing in the other language, where it exists."""
    page.goto(served + start)
    place = start.removeprefix("en/").removeprefix("ja/")
    page.locator(".md-header .md-select button").hover()
    link = page.locator(f".md-select__link[hreflang={language}]")
    link.click()
    prefix = "" if language == "zh" else f"{language}/"
    exists = language != "ja" or "archive" not in place
    page.wait_for_url(f"{served}{prefix}{place}" if exists else f"{served}{prefix}")
    assert page.locator("html").get_attribute("lang") == language


def test_wayfinding_by_tag_month_and_day(page: Page, served: str) -> None:
    """From a digest a reader goes to its tag, to its day, up to the month, and back to the digest."""
    page.goto(f"{served}en/{VOYAGER}")
    title = page.locator("h1").inner_text()
    page.locator(".digest-tags a", has_text="Space").first.click()
    page.wait_for_url("**/en/digests/tags/space/**")
    page.go_back()
    page.locator("a.digest-date").first.click()
    page.wait_for_url("**/en/digests/archive/2024/03/04/")
    page.locator(".digest-trail a").last.click()
    page.wait_for_url("**/en/digests/archive/2024/03/")
    page.locator(".digest-entry a", has_text=title).click()
    page.wait_for_url(f"**/en/{VOYAGER}")


def test_stepping_through_time_crosses_the_year(page: Page, served: str) -> None:
    """From a year's first month a reader steps back to the last one before that has digests, and forth again."""
    first, last = (f"{served}digests/archive/{month}/" for month in ("2025/02", "2024/12"))
    page.goto(first)
    page.locator(".digest-steps a[rel=prev]").click()
    page.wait_for_url(last)
    page.locator(".digest-steps a[rel=next]").click()
    page.wait_for_url(first)


def test_no_page_is_wider_than_its_window(page: Page, served: str) -> None:
    """No page of any kind scrolls sideways, on a phone neither."""
    for path in (VOYAGER, "en/digests/", "digests/tags/", "en/digests/archive/", "digests/sources/", "en/guide/"):
        page.goto(served + path)
        width = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert width <= 0, path


@pytest.mark.parametrize(
    ("start", "query", "found"),
    [
        ("en/digests/", "asteroid", "/en/digests/2025/osiris-rex-bennu-sample/"),
        ("digests/", "拉尼娜", "/digests/2024/el-nino-and-la-nina/"),
        ("ja/", "津波", "/ja/digests/2026/tsunami-waves-from-the-deep/"),
    ],
)
def test_search_finds_words_of_the_page_language_only(
    page: Page, served: str, start: str, query: str, found: str
) -> None:
    """The search of a language finds its words, and leads to pages of that language only."""
    page.goto(served + start)
    page.wait_for_load_state("networkidle")
    if not page.locator(".md-search__input").is_visible():
        page.locator("label[for=__search]").first.click()
    field = page.locator(".md-search__input")
    field.fill(query)
    field.press("End")
    page.locator(".md-search-result__link").first.wait_for()
    links = page.locator(".md-search-result__link").evaluate_all("links => links.map(link => link.href)")
    root = served.removesuffix("/") + "/" + ("" if start.startswith("digests") else start.split("/")[0] + "/")
    assert any(found in link for link in links)
    assert all(link.startswith(root) for link in links)
    if root == served:
        assert not any(f"{served}{lang}/" in link for lang in ("en", "ja") for link in links)


def test_a_closed_question_is_found_by_keyboard(page: Page, served: str) -> None:
    """A question can be reached and opened without a mouse."""
    page.goto(served + VOYAGER)
    page.locator("#q1 summary").focus()
    page.keyboard.press("Enter")
    assert page.locator("#q1").get_attribute("open") is not None


@pytest.mark.parametrize("feed", ["en/digests/atom.xml", "digests/tags/space/rss.xml", "ja/digests/feeds/2025-10.xml"])
def test_a_feed_reads_well(page: Page, served: str, feed: str) -> None:
    """A feed opened in the browser shows its title, where to subscribe and its entries, no wider than the window."""
    page.goto(served + feed)
    assert "Open Record" in page.locator("h1").inner_text()
    assert page.locator(".subscribe").inner_text().endswith(feed)
    entry = page.locator("article").first
    assert entry.locator("h2 a").inner_text()
    assert "/digests/20" in str(entry.locator("h2 a").get_attribute("href"))
    assert entry.locator("time").inner_text()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_feed_reads_well_without_xslt(context: BrowserContext, served: str) -> None:
    """A browser that has given up XSLT shows the feed's own elements, without ids and markup."""
    tab = context.new_page()

    def drop(route: Route) -> None:
        text = route.fetch().text()
        route.fulfill(body=re.sub(r"<\?xml-stylesheet type=.text/xsl.*?\?>", "", text), content_type="application/xml")

    tab.route("**/atom.xml", drop)
    tab.goto(f"{served}en/digests/atom.xml")
    assert tab.locator("entry > title").first.is_visible()
    assert tab.locator("entry > summary").first.is_visible()
    assert not tab.locator("entry > id").first.is_visible()
    assert not tab.locator("entry > content").first.is_visible()
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
