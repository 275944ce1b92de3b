"""The reference sample, as a user's first digest, in every arrangement of languages and URLs."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any

import pytest

from tests.sites import SAMPLE, Build, attributes, build, content, digest, entries, file_at, make_site, one, text

ZH_TITLE = "乔·拜登允许乌克兰使用美国武器打击俄罗斯目标"
EN_TITLE = "Move marks shift by Washington after weeks of pressure from Kyiv and its allies"
TITLES = {"zh": ZH_TITLE, "en": EN_TITLE}
SUMMARIES = {"zh": "乔·拜登批准乌克兰使用美国制造的武器", "en": "Joe Biden approved the use of American-made weapons"}
SOURCE = "https://ft.com/content/cae8f22b-4b12-4bcd-acc8-31deeff7cc42"
QUESTIONS = {
    "zh": "可能有哪些因素影响了乔·拜登的决定，允许在俄罗斯境内特定地区使用美国武器？",
    "en": "What factors may have influenced Joe Biden's decision to allow the use of US weapons in specific areas "
    "within Russia?",
}
ANSWERS = {"zh": ["影响拜登", "这一决定", "批准在乌"], "en": ["The primary", "This decision", "The approval"]}
LISTINGS = (
    "digests/",
    "digests/tags/",
    "digests/tags/world/",
    "digests/archive/",
    "digests/archive/2024/",
    "digests/archive/2024/05/",
    "digests/archive/2024/05/30/",
    "digests/sources/",
    "digests/sources/ft/",
)
FOLDERS = {"digests/", "digests/tags/", "digests/archive/", "digests/sources/"}
HAN = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True)
class Edition:
    """The sample's site in one language of one arrangement."""

    build: Build
    lang: str
    root: str
    directory_urls: bool

    def url(self, place: str) -> str:
        """Return the URL of a page of the contract in this language and style of URLs."""
        path = self.root + place
        if self.directory_urls:
            return path
        return f"{path}index.html" if place in FOLDERS else f"{path.removesuffix('/')}.html"

    @property
    def tree(self) -> Any:
        return self.build.page(self.url("digests/sample/"))


@pytest.fixture(scope="session")
def arrange(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, bool], Build]:
    """Return a function that builds the sample's site, once per arrangement."""

    @cache
    def built(languages: str, directory_urls: bool) -> Build:
        plugin: Any = {"digest": {"languages": languages.split()}} if languages else "digest"
        config = {"plugins": [plugin], "use_directory_urls": directory_urls}
        return build(make_site(tmp_path_factory.mktemp("sample"), {"digests/sample.md": SAMPLE}, config))

    return built


@pytest.fixture(params=["zh", "en"])
def lang(request: pytest.FixtureRequest) -> str:
    """One of the sample's languages."""
    return str(request.param)


@pytest.fixture(params=["", "zh en", "en zh"], ids=["inferred", "zh-en", "en-zh"])
def languages(request: pytest.FixtureRequest) -> str:
    """What the option `languages` says."""
    return str(request.param)


@pytest.fixture(params=[True, False], ids=["folders", "files"])
def edition(
    request: pytest.FixtureRequest, arrange: Callable[[str, bool], Build], languages: str, lang: str
) -> Edition:
    """The sample's site in one language."""
    default = (languages or "zh en").split()[0]
    root = "" if lang == default else f"{lang}/"
    return Edition(arrange(languages, request.param), lang, root, request.param)


def test_page_is_in_its_language(edition: Edition) -> None:
    """The page of each language says so, on the document and on the digest's text."""
    assert edition.tree.html["lang"] == edition.lang
    assert one(edition.tree, ".digest")["lang"] == edition.lang


def test_title_is_printed_once(edition: Edition) -> None:
    """The title stands once in the content, as the heading, though the file repeats it below the front matter."""
    area = content(edition.tree)
    assert text(one(area, "h1")) == TITLES[edition.lang]
    assert area.get_text().count(TITLES[edition.lang]) == 1


def test_title_names_the_document(edition: Edition) -> None:
    """The browser's tab shows the title in the page's language."""
    assert text(edition.tree.title).startswith(TITLES[edition.lang])


def test_questions_have_ids(edition: Edition) -> None:
    """The three questions are `#q1` to `#q3` in every language, the first reads as written, without its marker."""
    assert attributes(edition.tree, "details.question", "id") == ["q1", "q2", "q3"]
    assert text(one(edition.tree, "#q1 > summary")) == QUESTIONS[edition.lang]


def test_answers_follow_questions(edition: Edition) -> None:
    """Each question holds its answer, without the marker in front."""
    answers = [text(one(question, "p")) for question in edition.tree.select("details.question")]
    starts = ANSWERS[edition.lang]
    assert [answer[: len(start)] for answer, start in zip(answers, starts, strict=True)] == starts


def test_summary_is_marked(edition: Edition) -> None:
    """The summary has its hook and comes without its label."""
    assert text(one(edition.tree, ".digest .digest-summary")).startswith(SUMMARIES[edition.lang])


def test_source_is_a_badge(edition: Edition) -> None:
    """The original is linked once, by a badge that names the source; the file's line with the link is gone."""
    badge = one(edition.tree, "a.digest-source")
    assert badge["href"] == SOURCE
    assert "ft" in text(badge)
    assert len(content(edition.tree).select(f'a[href="{SOURCE}"]')) == 1


def test_time_is_the_instant(edition: Edition) -> None:
    """The date is machine-readable to the millisecond."""
    stamp = one(content(edition.tree), "time[datetime]")["datetime"]
    assert datetime.fromisoformat(str(stamp)) == datetime(2024, 5, 30, 21, 45, 27, 816000, UTC)


def test_tag_leads_to_its_page(edition: Edition) -> None:
    """The tag links to the tag's page in the page's language."""
    tag = one(edition.tree, ".digest-tags a")
    assert text(tag) == "world"
    target = edition.build.follow(edition.url("digests/sample/"), str(tag["href"]))
    assert target == edition.url("digests/tags/world/")


def test_description_is_in_the_pages_language(edition: Edition) -> None:
    """The description for search engines is Chinese on the Chinese page and English on the English one."""
    description = str(one(edition.tree, "meta[name=description]")["content"])
    assert len(description) > 20
    assert bool(HAN.search(description)) == (edition.lang == "zh")


@pytest.mark.parametrize("place", LISTINGS)
def test_listing_shows_the_digest(edition: Edition, place: str) -> None:
    """Every listing of the contract exists in each language, and all but the overviews show the digest."""
    tree = edition.build.page(edition.url(place))
    assert tree.html is not None
    assert tree.html["lang"] == edition.lang
    overview = place in FOLDERS - {"digests/"}
    assert entries(tree) == ([] if overview else [TITLES[edition.lang]])


def test_entry_says_what_it_lists(edition: Edition) -> None:
    """A listing's entry links to the digest and has its time, tag, source and excerpt."""
    url = edition.url("digests/")
    entry = one(edition.build.page(url), ".digest-entry")
    links = [edition.build.follow(url, href) for href in attributes(entry, "a", "href")]
    assert edition.url("digests/sample/") in links
    assert edition.url("digests/tags/world/") in links
    assert SOURCE in attributes(entry, "a", "href")
    assert one(entry, "time[datetime]")
    assert SUMMARIES[edition.lang] in text(entry)


def test_index_is_the_home_page(edition: Edition) -> None:
    """A site without a home page of its own shows the index there, in each language."""
    tree = edition.build.page(f"{edition.root}index.html")
    assert entries(tree) == [TITLES[edition.lang]]


def test_every_page_is_expected(arrange: Callable[[str, bool], Build]) -> None:
    """The site has the pages of the contract in two languages, the homes and their error pages, and no others."""
    places = {"", "digests/sample/", *LISTINGS}
    expected = {file_at(root + place) for root in ("", "en/") for place in places}
    assert set(arrange("", True).pages) == {*expected, "404.html", "en/404.html"}


def test_second_page_of_the_index(tmp_path_factory: pytest.TempPathFactory) -> None:
    """An index longer than a page goes on, newest first, at `/digests/page/2/`, and so does a tag."""
    files = {}
    for number in (1, 2, 3):
        titles = {"en": f"Digest number {number}", "zh": f"第{number}篇摘要"}
        files[f"digests/{number}.md"] = digest(titles, date=f"2024-05-0{number}", tags=["C++"])
    config = {"plugins": [{"digest": {"pagination_per_page": 2}}]}
    built = build(make_site(tmp_path_factory.mktemp("pages"), files, config))
    assert entries(built.page("digests/")) == ["Digest number 3", "Digest number 2"]
    assert entries(built.page("digests/page/2/")) == ["Digest number 1"]
    assert entries(built.page("zh/digests/tags/c-plus-plus/page/2/")) == ["第1篇摘要"]
    assert not built.has("digests/page/3/")
