"""What a reader or a crawler can follow: links, anchors, alternates and the sitemap, on every page of whole sites."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote, unquote, urlsplit
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PreformattedString

from tests.sites import (
    SAMPLE,
    Build,
    attributes,
    build,
    content,
    digest,
    file_at,
    is_error_page,
    listed_pages,
    make_site,
)

AI, XINHUA = "人工智能", "新华社"  # a tag and a source that have no English name
FILES = {
    "index.md": "# 首页\n\n[示例](digests/sample.md#q2)，[标签](digests/tags/index.md)\n",
    "index.en.md": "# Home\n\n[Sample](digests/sample.md#q2), [tags](digests/tags/index.md)\n",
    "digests/sample.md": SAMPLE,
    "digests/2024/中文 名.md": digest({"zh": "两种语言", "en": "In both"}, tags=["C++", "C#", AI], author=XINHUA),
    "digests/a b/c#1 100%.md": digest({"zh": "名字里的符号", "en": "Signs in a name"}, date="2022-02-02"),
    "digests/only.md": digest({"zh": "没有译文的一篇"}, tags=["R&D", AI], date="2023-01-01"),
    "digests/english.md": digest({"en": "A text of many words that nobody has put into Chinese so far"}, tags=["C++"]),
}
SMALL_SITES: dict[str, dict[str, Any]] = {
    "files": {"use_directory_urls": False},
    "folders": {"plugins": [{"digest": {"pagination_per_page": 1}}]},
    "sub-path": {"site_url": "https://example.org/deep/er/", "plugins": [{"digest": {"pagination_per_page": 1}}]},
    "home-made": {"plugins": [{"digest": {"languages": ["en", "zh"], "untranslated": "show"}}]},
}
SITES = ["example", *SMALL_SITES]
UNSEEN = ["script", "style", "template", "svg", "code", "pre"]
ROMAN = re.compile(r"[A-Za-zÀ-ɏ\s]{41,}")
HAN_OR_KANA = re.compile(r"[\u3005\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+")
KANA = re.compile(r"[\u3040-\u30ff]")
ADDRESS = re.compile(r"https?://\S+")


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Build]:
    """Return a function that builds one of the small sites, once each; the last has no home page of its own."""
    done: dict[str, Build] = {}

    def built(name: str) -> Build:
        if name not in done:
            own_home = name != "home-made"
            files = {path: source for path, source in FILES.items() if own_home or not path.startswith("index")}
            done[name] = build(make_site(tmp_path_factory.mktemp(name), files, SMALL_SITES[name]))
        return done[name]

    return built


@pytest.fixture(params=SITES)
def site(request: pytest.FixtureRequest, small: Callable[[str], Build]) -> Build:
    """One whole site."""
    if request.param == "example":
        return request.getfixturevalue("example")  # type: ignore[no-any-return]
    return small(request.param)


def internal(site: Build, selector: str, name: str) -> Iterator[tuple[str, str, str]]:
    """Yield page, link and target of every link that does not leave the site."""
    for path, tree in site.pages.items():
        for href in attributes(tree, selector, name):
            if urlsplit(href).scheme not in ("", "http", "https"):
                continue
            target = site.follow(quote(path), href)
            if target is not None:
                yield path, href, target


def alternates(site: Build, path: str, tree: BeautifulSoup) -> dict[str, str | None]:
    """Return the file of each language that a page names as its translations."""
    found = {}
    for link in tree.select("link[rel=alternate][hreflang]:not([type], [hreflang=x-default])"):
        target = site.follow(quote(path), str(link["href"]))
        found[str(link["hreflang"])] = None if target is None else file_at(target)
    return found


def language_of(path: str, site: Build) -> str:
    """Return the language that the folder of a page stands for."""
    folder = path.split("/")[0]
    default = str(site.page("404.html").html["lang"])  # type: ignore[index]
    return folder if folder in {"zh", "en", "ja"} - {default} else default


def pages_in(site: Build, lang: str) -> dict[str, BeautifulSoup]:
    """Return the pages in the folder of a language."""
    return {path: tree for path, tree in site.pages.items() if language_of(path, site) == lang}


def spoken(tag: Tag, lang: str) -> Iterator[str]:
    """Yield the texts that an element shows in its own language: not code, nor the language menu."""
    for child in tag.children:
        if isinstance(child, Tag):
            foreign = child.get("lang", lang) != lang or (child.name == "a" and child.get("hreflang", lang) != lang)
            menu = "md-select" in child.get_attribute_list("class")
            if child.name not in UNSEEN and not foreign and not menu:
                yield from spoken(child, lang)
        elif isinstance(child, NavigableString) and not isinstance(child, PreformattedString):
            yield ADDRESS.sub("", child)


def is_borrowed(tree: Tag, lang: str) -> bool:
    """Say whether a page shows its readers a digest in another language, for want of a translation."""
    return any(other != lang for other in attributes(tree, ".digest[lang]", "lang"))


def strangers(site: Build, lang: str, pattern: re.Pattern[str]) -> list[tuple[str, str]]:
    """Return page and text wherever pages of a language show what the pattern finds, their titles included.

    Of a page that borrows its text only the content counts: the title in the tab and the header cannot be marked.
    """
    found = []
    for path, tree in pages_in(site, lang).items():
        if is_borrowed(tree, lang):
            texts = list(spoken(content(tree), lang))
        else:
            texts = [*spoken(tree, lang), *attributes(tree, "meta[name=description]", "content")]
        found += [(path, hit[0]) for text in texts if (hit := pattern.search(" ".join(text.split())))]
    return found


def sitemap(site: Build) -> dict[str, dict[str, str]]:
    """Return the files that the sitemap lists, each with its alternates' files by language, `x-default` aside."""
    spaces = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
    urls = ElementTree.parse(site.out / "sitemap.xml").findall("s:url", spaces)
    places = [relative(site, url.findtext("s:loc", "", spaces)) for url in urls]
    assert [place for place, count in Counter(places).items() if count > 1] == []
    links = [
        [(link.get("hreflang", ""), link.get("href", "")) for link in url.findall("x:link", spaces)] for url in urls
    ]
    found = [{lang: relative(site, href) for lang, href in group if lang != "x-default"} for group in links]
    return dict(zip(places, found, strict=True))


def relative(site: Build, address: str) -> str:
    """Return the file of an absolute URL of the site."""
    assert address.startswith(site.site_url)
    return file_at(address.removeprefix(site.site_url))


@pytest.mark.parametrize(("selector", "name"), [("a", "href"), ("link", "href"), ("script, img", "src")])
def test_no_link_is_dead(site: Build, selector: str, name: str) -> None:
    """Every link, stylesheet, script, image, feed and alternate of every page leads to a file of the site."""
    followed = list(internal(site, selector, name))
    assert followed or selector != "a"
    assert [(path, href) for path, href, target in followed if not site.has(target)] == []


def test_no_anchor_is_dead(site: Build) -> None:
    """Every link to a part of a page leads to an element with that id."""
    ids = {path: set(attributes(tree, "[id]", "id")) for path, tree in site.pages.items()}
    named = [(path, href, target) for path, href, target in internal(site, "a", "href") if urlsplit(target).fragment]
    dead = [
        (path, href)
        for path, href, target in named
        if unquote(urlsplit(target).fragment) not in ids.get(file_at(target), ())
    ]
    assert named
    assert dead == []


def test_ids_are_unique(site: Build) -> None:
    """No page gives one id to two elements."""
    counts = {path: Counter(attributes(tree, "[id]", "id")) for path, tree in site.pages.items()}
    assert [(path, id_) for path, ids in counts.items() for id_, count in ids.items() if count > 1] == []


def test_alternates_are_mutual(site: Build) -> None:
    """A page that names another as its translation is named by that one in turn, and names itself."""
    named = {path: alternates(site, path, tree) for path, tree in site.pages.items() if not is_error_page(path)}
    one_sided = [
        (path, lang, other)
        for path, targets in named.items()
        for lang, other in targets.items()
        if other is None or named.get(other, {}).get(language_of(path, site)) != path
    ]
    assert any(len(targets) > 1 for targets in named.values())
    assert one_sided == []


def test_alternates_are_in_their_language(site: Build) -> None:
    """The page that an alternate leads to is in the language it is announced for."""
    announced = [
        (path, lang, str(site.pages[target].html["lang"]))  # type: ignore[index]
        for path, tree in site.pages.items()
        for lang, target in alternates(site, path, tree).items()
        if target in site.pages
    ]
    assert announced
    assert [item for item in announced if item[1] != item[2]] == []


def test_language_follows_the_folder(site: Build) -> None:
    """Every page says on `html` the language whose folder it is in."""
    said = {path: str(tree.html["lang"]) for path, tree in site.pages.items()}  # type: ignore[index]
    assert {path: lang for path, lang in said.items() if lang != language_of(path, site)} == {}
    assert len(set(said.values())) > 1


def test_sitemap_lists_every_page_once(site: Build) -> None:
    """The sitemap has every page, once, but error pages and those that name another one as canonical."""
    assert set(sitemap(site)) == listed_pages(site)


def test_sitemap_alternates_are_mutual(site: Build) -> None:
    """A page's alternates in the sitemap list that page in turn, under its language."""
    listed = sitemap(site)
    one_sided = [
        (path, lang, other)
        for path, targets in listed.items()
        for lang, other in targets.items()
        if listed.get(other, {}).get(language_of(path, site)) != path
    ]
    assert any(len(targets) > 1 for targets in listed.values())
    assert one_sided == []


def test_head_and_sitemap_agree(site: Build) -> None:
    """A page with translations names the same ones in its head as in the sitemap."""
    listed = {path: targets for path, targets in sitemap(site).items() if len(targets) > 1}
    assert {path: alternates(site, path, site.pages[path]) for path in listed} == listed


def test_chinese_pages_are_chinese(site: Build) -> None:
    """No Chinese page shows a sentence in Roman letters, but where it is marked as another language's or code."""
    assert strangers(site, "zh", ROMAN) == []


def test_english_pages_are_english(site: Build) -> None:
    """No English page shows Han or Kana, but where it is marked as another language's or code."""
    found = strangers(site, "en", HAN_OR_KANA)
    assert [(path, hit) for path, hit in found if hit not in (AI, XINHUA)] == []


def test_names_without_an_english_form_are_marked(site: Build) -> None:
    """In the content of English pages all Han and Kana are marked: also names on badges, and of tags beside a tag."""
    texts = ((path, told) for path, tree in pages_in(site, "en").items() for told in spoken(content(tree), "en"))
    assert [(path, told) for path, told in texts if HAN_OR_KANA.search(told)] == []


def test_japanese_pages_are_japanese(example: Build) -> None:
    """Every Japanese page has Kana in its content."""
    pages = pages_in(example, "ja")
    assert len(pages) > 10
    assert [path for path, tree in pages.items() if not KANA.search(content(tree).get_text())] == []


def test_check_sees_a_mixed_page(example: Build) -> None:
    """The look for strangers finds the Chinese of a Chinese page, so that finding none on others means something."""
    assert {path for path, _ in strangers(example, "zh", HAN_OR_KANA)} == set(pages_in(example, "zh"))
