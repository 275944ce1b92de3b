"""Text from the web, through a model, on its way to a reader: it stays text on every way out of the site."""

import json
import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml
from playwright.sync_api import Page, Request, sync_playwright

from mkdocs_digest.command.main import main
from mkdocs_digest.library.urls import Urls
from tests.__main__ import find_browser
from tests.allowlist import ADDRESS, ATTRIBUTES, IGNORED, TAGS
from tests.server import serve
from tests.sites import Build, build, make_site
from tests.test_browser import FLAGS

CASES: list[dict[str, str]] = json.loads((Path(__file__).parent / "hostile" / "cases.json").read_text("utf-8"))
FIELDS = (
    "title", "description", "tags", "author", "source", "image", "template", "icon", "status", "subtitle",
    "robots", "location", "revision_date", "git_revision_date_localized", "hide", "search", "lang", "social", "unknown",
)  # fmt: skip
SETTINGS: dict[str, Any] = {
    "plugins": ["search", {"digest": {"languages": ["en"], "pagination_per_page": 1000, "feed_entries": 1000}}],
    "theme": {"name": "material", "font": False, "features": ["navigation.footer", "content.action.edit"]},
    "repo_url": "https://example.org/repository",
    "edit_uri": "edit/main/docs/",
}
LOADING = {"src", "srcset", "poster", "data", "background", "action", "formaction", "xlink:href"}
IDS = re.compile(r"q\d+|section-\d+|questions(?:-\d+)?")


def hostile(case: dict[str, str]) -> str:
    """Return a digest with a case's text in every field and section; a slug only if the case is about slugs."""
    text = case["text"]
    meta: dict[str, object] = dict.fromkeys(FIELDS, text)
    meta |= {"tags": [text], "hide": [text], "date": "2024-05-30"}
    if case["field"] != "any":
        meta[case["field"]] = text
    front = yaml.safe_dump(meta, allow_unicode=True)
    body = f"**Summary:**\n\n{text}\n\n1. Q: {text}\n   A: {text}\n\n2. Q: why?\n   A: because\n\n## {text}\n\n{text}\n"
    return (
        f"---\n{front}---\n\n<!-- lang: en -->\n\n# {text}\n\n[Source]({text})\n\n{body}\n{case['name']} ends here.\n"
    )


def path_of(case: dict[str, str]) -> str:
    """Return the path of a case's digest: a folder of its own for those whose slugs could be equal."""
    return f"digests/{case['name']}{'/x' if case['field'] == 'slug' else ''}.md"


def tame(case: dict[str, str]) -> str:
    """Return the same digest with a harmless text."""
    return hostile({**case, "field": "any", "text": "https://example.org/ is harmless"}).replace(
        "source: https://example.org/ is harmless", "source: https://example.org/"
    )


def html_files(site: Build) -> list[Path]:
    """Return the HTML files of a site; a slug such as `base.html` makes a folder."""
    return sorted(path for path in site.out.rglob("*.html") if path.is_file())


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """A site of one digest per case, and one that is no case."""
    files = {path_of(case): hostile(case) for case in CASES}
    return build(make_site(tmp_path_factory.mktemp("hostile"), files, SETTINGS), strict=False)


@pytest.fixture(scope="module")
def harmless(tmp_path_factory: pytest.TempPathFactory) -> "Seen":
    """What stands in the HTML of the same site without the hostile texts."""
    files = {f"digests/{case['name']}.md": tame(case) for case in CASES[:3]}
    built = build(make_site(tmp_path_factory.mktemp("harmless"), files, SETTINGS), strict=False)
    seen = Seen()
    for path in html_files(built):
        seen.read(path)
    return seen


class Seen(HTMLParser):
    """The elements with their attributes, the ids, the scripts and the addresses of some pages."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pairs: set[tuple[str, str]] = {(tag, name) for tag in TAGS for name in {"", *ATTRIBUTES.get(tag, ())}}
        self.ids: set[str] = set()
        self.scripts: set[str] = set()
        self.addresses: set[tuple[str, str, str]] = set()
        self.script: str | None = None

    def read(self, path: Path) -> None:
        """Add a page."""
        self.reset()
        self.feed(path.read_text("utf-8"))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.pairs |= {(tag, ""), *((tag, name) for name, _ in attrs)}
        values = {name: value or "" for name, value in attrs}
        self.ids |= {values["id"]} if "id" in values else set()
        self.addresses |= {(tag, name, values[name]) for name in {"href", *LOADING} & set(values)}
        self.script = values.get("type", "") if tag == "script" else None

    def handle_data(self, data: str) -> None:
        if self.script is not None and "json" in self.script:
            json.loads(data)
        elif self.script is not None:
            self.scripts.add(re.sub(r'"[^"]*"', '""', data))

    def handle_endtag(self, tag: str) -> None:
        self.script = None


def test_there_are_enough_cases() -> None:
    """The corpus has at least 150 different texts, each with a name of its own."""
    assert len({case["text"] for case in CASES}) >= 150
    assert len({case["name"] for case in CASES}) == len(CASES)


def test_every_case_has_its_page(site: Build) -> None:
    """Nothing hostile keeps a digest, or the words behind the hostile ones, from being published."""
    assert site.code == 0, site.log
    assert "Traceback" not in site.log
    cases = [case["name"] for case in CASES if case["field"] != "slug"]
    assert [name for name in cases if not site.has(f"digests/{name}/")] == []
    entries = json.loads((site.out / "digests" / "feed.json").read_text("utf-8"))["items"]
    assert len(entries) == len(CASES)


def test_nothing_is_written_outside_of_the_site(site: Build) -> None:
    """No slug, tag, source or date leads out of `site_dir`, nor to a name that hides."""
    folder = site.out.parent
    assert sorted(path.name for path in folder.iterdir()) == [".cache", "docs", "mkdocs.yml", "site"]
    own = {path.relative_to(folder / "docs").as_posix() for path in (folder / "docs").rglob("*") if path.is_file()}
    assert own == set(map(path_of, CASES))
    written = [path.relative_to(site.out).parts for path in site.out.rglob("*")]
    assert [parts for parts in written if any(part.startswith(".") for part in parts)] == []
    assert not any(set("<>\"'\\\x00\x1b") & set("".join(parts)) for parts in written)


@pytest.mark.parametrize("url_format", ["{path}", "{slug}", "{date:%Y/%m}/{slug}"])
def test_no_slug_leads_out_of_its_folder(url_format: str) -> None:
    """Whatever the slug, the page is one below the folder of the digests."""
    urls = Urls("digests", "en", True, url_format)
    for case in CASES:
        place = urls.digest("digests/a.md", date(2024, 5, 30), case["text"])
        assert re.fullmatch(r"digests/(?:2024/05/)?[^/\\<>\"'\x00-\x1f]+", place), place
        assert place.rpartition("/")[2].strip(".")


def test_pages_hold_nothing_that_the_theme_and_the_list_do_not(site: Build, harmless: Seen) -> None:
    """No page has an element, attribute, id or script that harmless digests do not give it."""
    faults: dict[str, set[Any]] = {}
    for path in html_files(site):
        seen = Seen()
        seen.read(path)
        strange = {id_ for id_ in seen.ids - harmless.ids if not IDS.fullmatch(id_)}
        found: set[Any] = (seen.pairs - harmless.pairs) | strange | (seen.scripts - harmless.scripts)
        found |= {address for address in seen.addresses - harmless.addresses if not harmless_address(*address)}
        if found:
            faults[path.relative_to(site.out).as_posix()] = found
    assert faults == {}


def harmless_address(tag: str, name: str, value: str) -> bool:
    """Say whether an address may stand in an attribute: what a page loads by itself stays on the site."""
    plain = IGNORED.sub("", value).lower()
    loads = name in LOADING or (tag == "link" and not plain.startswith("https://example.org/"))
    return bool(ADDRESS.match(plain)) and not (loads and ":" in plain.split("/")[0])


def test_nothing_is_evaluated(site: Build) -> None:
    """No file, template or environment comes into a page: the texts that ask for them stand there as written."""
    for path in html_files(site):
        page = path.read_text("utf-8")
        assert "root:x:0:0" not in page
        assert "uid=0" not in page
    page = (site.out / "digests" / "mkdocs-01" / "index.html").read_text("utf-8")
    assert page.count("7 * 7") > 3


def test_the_search_index_holds_no_markup_of_a_digest(site: Build) -> None:
    """What search shows has only the elements that Material's search keeps, with no attributes."""
    index = json.loads((site.out / "search" / "search_index.json").read_text("utf-8"))
    assert len(index["docs"]) > len(CASES)
    kept = {"p", "li", "ul", "ol", "code", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr",
            "td", "th", "em", "strong", "mark", "span", "blockquote", "hr", "div"}  # fmt: skip
    for doc in index["docs"]:
        seen = Seen()
        seen.pairs = set()
        seen.feed(doc["text"] + doc["title"])
        assert {tag for tag, _ in seen.pairs} <= kept, doc
        assert {name for _, name in seen.pairs} <= {"", "start", "style"}, doc


def test_feeds_are_well_formed_and_harmless(site: Build) -> None:
    """Every feed is XML or JSON, and the HTML within holds only what is on the list."""
    feeds = list(site.out.rglob("*.xml"))
    assert feeds
    for path in feeds:
        ElementTree.parse(path)
    entries = json.loads((site.out / "digests" / "feed.json").read_text("utf-8"))["items"]
    allowed = Seen().pairs | {("div", "lang"), ("div", "dir")}
    for entry in entries:
        seen = Seen()
        seen.feed(entry["content_html"])
        found = {pair for pair in seen.pairs - allowed if pair[1]}
        assert not found, entry["url"]
        assert not {tag for tag, _ in seen.pairs} & {"script", "style", "iframe", "object", "form", "svg", "base"}
        assert all(harmless_address(*address) for address in seen.addresses), entry["url"]


def test_the_log_holds_no_control_characters(site: Build) -> None:
    """What the build says of hostile texts cannot drive a terminal."""
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", site.log)


NAME = "\x1b[31m\u202egnp\x07\n::error::x.md"
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")


@pytest.mark.parametrize("form", ["text", "github", "json"])
def test_check_prints_text(form: str, tmp_path: Path, capsysbinary: Any) -> None:
    """`check` prints no control character or direction override of a digest or of its name, whatever the form."""
    for case in CASES:
        (tmp_path / f"{case['name']}{NAME}").write_bytes(hostile(case).encode())
    assert main(["check", "--format", form, str(tmp_path)]) in (0, 1)
    printed = capsysbinary.readouterr().out.decode()
    assert UNPRINTABLE.findall(printed) == []
    assert "\n::error::x.md" not in printed


@pytest.mark.parametrize("options", [[], ["--json"]])
def test_show_prints_text(options: list[str], tmp_path: Path, capsysbinary: Any) -> None:
    """`show` neither prints nor obeys the control characters and the markup of a digest."""
    path = tmp_path / NAME
    for case in CASES:
        if case["name"].startswith(("terminal", "front")):
            path.write_bytes(hostile(case).encode())
            assert main(["show", *options, str(path)]) in (0, 1)
            printed = capsysbinary.readouterr().out.decode()
            assert UNPRINTABLE.findall(printed) == [], case["name"]


# Opens what is folded, and fires on every element of the content the events that a reader's hand would.
PROVOKE = """() => {
  for (const details of document.querySelectorAll("details")) details.open = true
  for (const element of document.querySelectorAll(".md-content *, .md-search-result *, title"))
    for (const name of ["mouseover", "focus", "toggle", "error", "load", "pointerover"])
      element.dispatchEvent(new Event(name))
}"""


def search(tab: Page, root: str) -> None:
    """Have the theme show what it finds: every digest holds "ends", the others are words of hostile texts."""
    tab.goto(f"{root}digests/", wait_until="networkidle")
    for words in ("ends", "onerror", "alert", "script", "javascript"):
        tab.locator(".md-search__input").fill(words)
        tab.locator(".md-search__input").press("End")
        tab.wait_for_timeout(500)
        tab.evaluate(PROVOKE)
        if words == "ends":
            tab.locator(".md-search-result__link").first.wait_for()


def test_no_script_runs_and_nothing_is_asked_elsewhere(site: Build) -> None:
    """In a browser no dialog opens, no script of a digest runs, and no request leaves the machine."""
    found: list[str] = []

    def note(request: Request) -> None:
        if not request.url.startswith(("http://127.0.0.1:", "data:", "blob:")):
            found.append(f"{request.frame.url} asks {request.url}")

    pages = [f"digests/{case['name']}/" for case in CASES if case["field"] != "slug"]
    with serve(site.out) as root, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=FLAGS)
        tab = browser.new_page()
        tab.on("dialog", lambda dialog: found.append(f"{tab.url} says {dialog.message}"))
        tab.on("request", note)
        for url in ["digests/", "digests/tags/", "digests/sources/", *pages]:
            tab.goto(root + url, wait_until="domcontentloaded")
            tab.evaluate(PROVOKE)
        search(tab, root)
        browser.close()
    assert found == []
