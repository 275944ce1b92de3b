"""Sites with pages, navigation and languages of their own around the digests."""

from pathlib import Path
from typing import Any

import pytest
from bs4 import Tag

from tests.sites import (
    SAMPLE,
    Build,
    attributes,
    build,
    content,
    digest,
    entries,
    make_site,
    one,
    text,
)

LANGUAGES = [
    {"locale": "zh", "name": "中文版", "default": True, "build": True},
    {"locale": "en", "name": "English edition", "build": True, "site_name": "The English site"},
]
ABOUT = {
    "zh": "# 关于\n\n[摘要](digests/sample.md) [第二问](digests/sample.md#q2) [全部](digests/index.md)\n",
    "en": "# About\n\n[Digest](digests/sample.md) [second](digests/sample.md#q2) [all](digests/index.md)\n",
}
SUFFIX_FILES = {
    "index.md": "# 首页\n",
    "index.en.md": "# Home\n",
    "about.zh.md": ABOUT["zh"],
    "about.en.md": ABOUT["en"],
    "digests/sample.md": SAMPLE,
}
FOLDER_FILES = {
    "zh/index.md": "# 首页\n",
    "en/index.md": "# Home\n",
    "zh/about.md": ABOUT["zh"].replace("digests/", "../digests/"),
    "en/about.md": ABOUT["en"].replace("digests/", "../digests/"),
    "digests/sample.md": SAMPLE,
}
STRUCTURES = {"suffix": SUFFIX_FILES, "folder": FOLDER_FILES}
ROOTS = {"zh": "", "en": "en/"}
BOTH = {"zh": "两种语言", "en": "In two languages"}
ONLY_ZH = {"zh": "只有中文的一篇"}


def i18n(structure: str = "suffix", **options: object) -> dict[str, Any]:
    """Return the configuration of a site's own `i18n` plugin."""
    return {"i18n": {"docs_structure": structure, "languages": LANGUAGES, **options}}


def links(built: Build, url: str, tree: Tag) -> list[str | None]:
    """Return where the links in a part of a page lead, in order."""
    return [built.follow(url, href) for href in attributes(tree, "a", "href")]


def own_text_links(built: Build, url: str) -> list[str | None]:
    """Return where the links lead that a page's author wrote."""
    return [link for link in links(built, url, content(built.page(url))) if link and not link.startswith(f"{url}#")]


@pytest.fixture(params=["digest first", "i18n first"])
def i18n_first(request: pytest.FixtureRequest) -> bool:
    """Whether a site names `i18n` before `digest`."""
    return bool(request.param == "i18n first")


@pytest.fixture(params=["zh", "en"])
def lang(request: pytest.FixtureRequest) -> str:
    """One of the site's languages."""
    return str(request.param)


@pytest.fixture(params=["suffix", "folder"])
def own_i18n(request: pytest.FixtureRequest, tmp_path: Path, i18n_first: bool) -> Build:
    """A site that configures `i18n` itself, with a page of its own beside the digests."""
    plugins = ["search", "digest", i18n(request.param)]
    config = {"plugins": plugins[::-1] if i18n_first else plugins}
    return build(make_site(tmp_path, STRUCTURES[request.param], config))


def test_site_keeps_its_i18n(own_i18n: Build) -> None:
    """The names of the languages and the per-language settings stay as the site's `i18n` has them."""
    zh, en = own_i18n.page("digests/sample/"), own_i18n.page("en/digests/sample/")
    assert [text(item) for item in zh.select(".md-select a[hreflang]")] == ["中文版", "English edition"]
    assert "Test site" in text(one(zh, "title"))
    assert "The English site" in text(one(en, "title"))


def test_own_pages_lead_to_their_languages_digests(own_i18n: Build) -> None:
    """A page's links to a digest's file, to a question in it and to the index keep to the page's language."""
    for root in ROOTS.values():
        sample = f"{root}digests/sample/"
        assert own_text_links(own_i18n, f"{root}about/") == [sample, f"{sample}#q2", f"{root}digests/"]
        assert own_i18n.page(sample).select("#q2")


def test_own_pages_keep_their_alternates(own_i18n: Build) -> None:
    """The site's own pages and the digests both name their translations."""
    for place in ("about/", "digests/sample/"):
        hrefs = attributes(own_i18n.page(place), "link[rel=alternate][hreflang=en]", "href")
        assert [own_i18n.follow(place, href) for href in hrefs] == [f"en/{place}"]


def test_languages_give_way_to_i18n(tmp_path: Path) -> None:
    """The option `languages` is ignored, with a notice, on a site that configures `i18n` itself."""
    config = {"plugins": [{"digest": {"languages": ["en", "ja"]}}, i18n()]}
    built = build(make_site(tmp_path, SUFFIX_FILES, config))
    assert "languages" in "".join(line for line in built.log.splitlines() if "ignored" in line)
    assert built.page("digests/sample/").html["lang"] == "zh"  # type: ignore[index]
    assert not built.has("ja/index.html")


def test_i18n_need_not_build_every_language_of_the_digests(tmp_path: Path) -> None:
    """A site whose `i18n` names one of the digests' languages has pages in that one only."""
    english = {"locale": "en", "name": "English", "default": True, "build": True}
    config = {"plugins": ["digest", i18n(languages=[english])]}
    built = build(make_site(tmp_path, {"digests/both.md": digest(BOTH), "digests/zh.md": digest(ONLY_ZH)}, config))
    assert entries(built.page("digests/")) == [BOTH["en"]]
    assert not built.has("zh/digests/both/")


@pytest.mark.parametrize("default", ["about.md", "about.zh.md"])
def test_pages_by_suffix_work_without_any_i18n(tmp_path: Path, default: str) -> None:
    """With `plugins: [digest]` alone, pages by suffix are built per language and lead to the digests in it."""
    files = {default: ABOUT["zh"], "about.en.md": ABOUT["en"], "digests/sample.md": SAMPLE}
    built = build(make_site(tmp_path, files))
    for root in ROOTS.values():
        sample = f"{root}digests/sample/"
        assert own_text_links(built, f"{root}about/") == [sample, f"{sample}#q2", f"{root}digests/"]
    assert text(one(content(built.page("en/about/")), "h1")).startswith("About")


def test_digests_may_link_to_pages_and_to_each_other(tmp_path: Path) -> None:
    """A digest's relative links to `.md` files lead to the page in the digest's own language."""
    both = digest(BOTH).replace("。\n", "，见[样例](sub/sample.md#q1)和[关于](../about.md)。\n", 1)
    both = both.replace("words.\n", "words, see [sample](sub/sample.md#q1) and [about](../about.md).\n")
    files = {"about.md": "# 关于\n", "about.en.md": "# About\n", "digests/sub/sample.md": SAMPLE, "digests/b.md": both}
    built = build(make_site(tmp_path, files))
    for root in ROOTS.values():
        found = links(built, f"{root}digests/b/", one(built.page(f"{root}digests/b/"), ".digest"))
        assert found == [f"{root}digests/sub/sample/#q1", f"{root}about/"]


@pytest.mark.parametrize("target", ["digests/gone.md", "digests/tags/gone.md"])
def test_dead_link_to_a_digest_is_reported(tmp_path: Path, target: str) -> None:
    """A page's link to a digest or tag that is not there is a warning, as for any page, and fails a strict build."""
    site = make_site(tmp_path, {**SUFFIX_FILES, "about.zh.md": f"# 关于\n\n[没有]({target})\n"})
    built = build(site, strict=False)
    assert any(target in fault for fault in built.faults)


@pytest.fixture
def with_nav(tmp_path: Path) -> Build:
    """A site whose own `nav` has the index of the digests between two of its pages."""
    nav = [{"Start": "index.md"}, {"All digests": "digests/index.md"}, {"Us": "about.md"}]
    files = {**SUFFIX_FILES, "about.md": ABOUT["zh"]}
    del files["about.zh.md"]
    return build(make_site(tmp_path, files, {"nav": nav}))


def test_nav_of_the_site_is_kept(with_nav: Build, lang: str) -> None:
    """A `nav` that names the index is kept as it is, in each language; the plugin adds nothing to it."""
    root = ROOTS[lang]
    menu = one(with_nav.page(f"{root}digests/sample/"), ".md-nav--primary > .md-nav__list")
    found = [with_nav.follow(f"{root}digests/sample/", href) for href in attributes(menu, "a.md-nav__link", "href")]
    assert [link for link in found if link is not None and "#" not in link] == [
        root or "",
        f"{root}digests/",
        f"{root}about/",
    ]
    assert "All digests" in text(menu)


def test_nav_without_the_digests_still_offers_them(tmp_path: Path, lang: str) -> None:
    """Where the site's `nav` leaves the digests out, the menu has a way to the index all the same."""
    built = build(make_site(tmp_path, SUFFIX_FILES, {"nav": ["index.md", "about.md"]}))
    url = f"{ROOTS[lang]}about/"
    menu = one(built.page(url), ".md-nav--primary")
    assert f"{ROOTS[lang]}digests/" in [built.follow(url, href) for href in attributes(menu, "a", "href")]


def test_menu_leads_to_the_listings_but_to_no_digest(tmp_path: Path, lang: str) -> None:
    """Without a `nav`, the menu has the index, tags, archive and sources of the page's language, and no digest."""
    built = build(make_site(tmp_path, SUFFIX_FILES))
    url = f"{ROOTS[lang]}about/"
    menu = links(built, url, one(built.page(url), ".md-nav--primary"))
    places = ["digests/", "digests/tags/", "digests/archive/", "digests/sources/"]
    assert [place for place in places if f"{ROOTS[lang]}{place}" not in menu] == []
    assert f"{ROOTS[lang]}digests/sample/" not in menu


def test_index_is_home_where_there_is_none(tmp_path: Path, lang: str) -> None:
    """A site with pages but no `docs/index.md` has the index as its home page, and the logo leads there."""
    files = {path: source for path, source in SUFFIX_FILES.items() if not path.startswith("index")}
    built = build(make_site(tmp_path, files))
    home = f"{ROOTS[lang]}index.html"
    assert entries(built.page(home)) == entries(built.page(f"{ROOTS[lang]}digests/"))
    assert len(entries(built.page(home))) == 1
    logo = attributes(built.page(f"{ROOTS[lang]}digests/sample/"), "header a.md-logo", "href")
    assert [built.follow(f"{ROOTS[lang]}digests/sample/", href) for href in logo] == [ROOTS[lang]]


def test_own_home_page_stays(tmp_path: Path, lang: str) -> None:
    """A site's own home page is its home page: no listing is put in its place."""
    built = build(make_site(tmp_path, SUFFIX_FILES))
    home = built.page(f"{ROOTS[lang]}index.html")
    assert text(one(content(home), "h1")).startswith({"zh": "首页", "en": "Home"}[lang])
    assert entries(home) == []


INTRODUCTIONS = {"zh": "这里是**编辑部**的话。", "en": "A word from the **editors**."}


@pytest.mark.parametrize("own", [[], [i18n()]], ids=["alone", "own-i18n"])
def test_own_index_introduces_the_listing(tmp_path: Path, own: list[dict[str, Any]], lang: str) -> None:
    """The site's own `digests/index.md` stands above the list of digests, rendered, in each language."""
    files = {
        "digests/index.md": f"# 我们的摘要\n\n{INTRODUCTIONS['zh']}\n",
        "digests/index.en.md": f"# Our digests\n\n{INTRODUCTIONS['en']}\n",
        "digests/sample.md": SAMPLE,
    }
    built = build(make_site(tmp_path, files, {"plugins": ["digest", *own]}))
    area = content(built.page(f"{ROOTS[lang]}digests/"))
    assert text(one(area, "h1")).startswith({"zh": "我们的摘要", "en": "Our digests"}[lang])
    assert "".join(INTRODUCTIONS[lang].split("**")) in area.get_text()
    assert len(entries(area)) == 1


def test_own_index_serves_languages_without_one(tmp_path: Path) -> None:
    """One `digests/index.md` is enough: the other languages' index exists all the same."""
    built = build(make_site(tmp_path, {"digests/index.md": "# 我们的摘要\n", "digests/sample.md": SAMPLE}))
    assert text(one(content(built.page("digests/")), "h1")).startswith("我们的摘要")
    assert len(entries(built.page("en/digests/"))) == 1


@pytest.mark.parametrize("name", ["tags", "archive", "sources"])
def test_own_overview_introduces_the_listing(tmp_path: Path, name: str) -> None:
    """The site's own `digests/tags/index.md` and the like stand above the groups they are named for."""
    files = {f"digests/{name}/index.md": "# 自己的标题\n\n自己的话。\n", "digests/sample.md": SAMPLE}
    built = build(make_site(tmp_path, files))
    area = content(built.page(f"digests/{name}/"))
    group = {"tags": "world/", "archive": "2024/", "sources": "ft/"}[name]
    assert text(one(area, "h1")).startswith("自己的标题")
    assert "自己的话。" in area.get_text()
    assert f"digests/{name}/{group}" in links(built, f"digests/{name}/", area)


def test_url_format_shapes_the_url(tmp_path: Path, lang: str) -> None:
    """`url_format` puts the date into the URL of a digest; links to its file follow."""
    config = {"plugins": [{"digest": {"url_format": "{date:%Y/%m/%d}/{slug}"}}]}
    built = build(make_site(tmp_path, SUFFIX_FILES, config))
    root = ROOTS[lang]
    url = f"{root}digests/2024/05/30/sample/"
    assert built.page(url).select(f".digest[lang={lang}]")
    assert not built.has(f"{root}digests/sample/")
    assert own_text_links(built, f"{root}about/")[:2] == [url, f"{url}#q2"]


def test_slug_replaces_the_file_name(tmp_path: Path) -> None:
    """A `slug` in the front matter is the last part of the URL, below the folder the file is in."""
    built = build(make_site(tmp_path, {"digests/2024/x.md": digest(BOTH, slug="fresh-name")}))
    assert built.has("digests/2024/fresh-name/")
    assert not built.has("digests/2024/x/")


def test_dates_follow_the_time_zone(tmp_path: Path) -> None:
    """`timezone` decides on which day a digest falls: 21:45 in UTC is the next day in Shanghai."""
    built = build(make_site(tmp_path, {"digests/s.md": SAMPLE}, {"plugins": [{"digest": {"timezone": "Asia/Shanghai"}}]}))
    assert len(entries(built.page("digests/archive/2024/05/31/"))) == 1
    assert not built.has("digests/archive/2024/05/30/")


def untranslated(folder: Path, choice: str) -> Build:
    """Build a site of one digest in two languages and one in Chinese only."""
    files = {"digests/both.md": digest(BOTH), "digests/zh.md": digest(ONLY_ZH, date="2024-06-01", tags=["alone"])}
    return build(make_site(folder, files, {"plugins": [{"digest": {"untranslated": choice, "languages": ["zh", "en"]}}]}))


def test_untranslated_are_hidden(tmp_path: Path) -> None:
    """With `hide`, a digest has no page, no entry and no tag page in a language it lacks, and names no alternate."""
    built = untranslated(tmp_path, "hide")
    assert not built.has("en/digests/zh/")
    assert not built.has("en/digests/tags/alone/")
    assert built.has("digests/tags/alone/")
    assert entries(built.page("en/digests/")) == [BOTH["en"]]
    assert entries(built.page("digests/")) == [ONLY_ZH["zh"], BOTH["zh"]]
    assert attributes(built.page("digests/zh/"), "link[rel=alternate][hreflang=en]", "href") == []


def test_untranslated_are_shown(tmp_path: Path) -> None:
    """With `show`, the default text stands in, marked as Chinese, with a notice in the reader's language."""
    built = untranslated(tmp_path, "show")
    tree = built.page("en/digests/zh/")
    assert tree.html is not None
    assert tree.html["lang"] == "en"
    assert one(tree, ".digest")["lang"] == "zh"
    assert one(content(tree), "h1")["lang"] == "zh"
    assert "not" in text(one(content(tree), "p.digest-untranslated"))
    assert not built.page("en/digests/both/").select(".digest-untranslated")


def test_untranslated_name_the_original(tmp_path: Path) -> None:
    """With `show`, the canonical URL of a page that borrows its text is the page it borrows from."""
    built = untranslated(tmp_path, "show")
    canonical = "link[rel=canonical]"
    assert one(built.page("en/digests/zh/"), canonical)["href"] == "https://example.org/digests/zh/"
    assert one(built.page("en/digests/both/"), canonical)["href"] == "https://example.org/en/digests/both/"


def test_untranslated_are_marked_in_listings(tmp_path: Path) -> None:
    """With `show`, a listing marks the language of the title and excerpt it borrows."""
    built = untranslated(tmp_path, "show")
    entry = one(built.page("en/digests/tags/alone/"), ".digest-entry")
    assert one(entry, ".digest-entry__title a")["lang"] == "zh"
    assert one(entry, ".digest-entry__excerpt")["lang"] == "zh"


@pytest.mark.parametrize("home", [{}, {"index.md": "# 自己的首页\n", "index.en.md": "# A home of one's own\n"}])
def test_whole_site_may_be_the_digest(tmp_path: Path, home: dict[str, str], lang: str) -> None:
    """With `digest_dir: .` digests and listings stand at the root; an `index.md` introduces the home page."""
    files = {"sample.md": SAMPLE, "2023/both.md": digest(BOTH, date="2023-01-01"), **home}
    built = build(make_site(tmp_path, files, {"plugins": [{"digest": {"digest_dir": "."}}]}))
    root = ROOTS[lang]
    places = ["sample/", "2023/both/", "tags/", "tags/world/", "archive/2024/05/30/", "sources/ft/"]
    assert [place for place in places if not built.has(root + place)] == []
    area = content(built.page(f"{root}index.html"))
    assert len(entries(area)) == 2
    assert not home or text(one(area, "h1")).startswith({"zh": "自己的首页", "en": "A home of one's own"}[lang])


def test_folder_may_have_any_name(tmp_path: Path, lang: str) -> None:
    """`digest_dir` may be a folder at any depth; the rest of the site is left alone."""
    files = {"news/short/x.md": digest(BOTH), "news/long.md": "# 长文\n"}
    built = build(make_site(tmp_path, files, {"plugins": [{"digest": {"digest_dir": "news/short"}}]}))
    assert entries(built.page(f"{ROOTS[lang]}news/short/")) == [BOTH[lang]]
    assert not built.page("news/long/").select(".digest")


@pytest.mark.parametrize(
    ("names", "meta"),
    [
        (("digests/a/one.md", "digests/a/two.md"), {"slug": "same"}),
        (("digests/Name.md", "digests/name.md"), {}),
    ],
    ids=["slug", "case"],
)
def test_digests_with_one_page_stop_the_build(tmp_path: Path, names: tuple[str, str], meta: dict[str, str]) -> None:
    """Two digests that would write one file stop the build, strict or not, and the message names both."""
    built = build(make_site(tmp_path, {name: digest(BOTH, **meta) for name in names}), strict=False)
    assert built.code != 0
    assert any(all(name in line for name in names) for line in built.log.splitlines())


@pytest.mark.parametrize("digest_path", ["digests/tags/world.md", "digests/archive/2024.md", "digests/page/2.md"])
def test_digest_in_the_place_of_a_listing_stops_the_build(tmp_path: Path, digest_path: str) -> None:
    """A digest whose page a listing would overwrite stops the build, and the message names the digest."""
    files = {"digests/sample.md": SAMPLE, digest_path: digest(BOTH)}
    built = build(make_site(tmp_path, files, {"plugins": [{"digest": {"pagination_per_page": 1}}]}), strict=False)
    assert built.code != 0
    assert digest_path in built.log


@pytest.mark.parametrize("own", [[], [i18n()]], ids=["alone", "own-i18n"])
def test_edit_link_leads_to_the_digests_file(tmp_path: Path, own: list[dict[str, Any]], lang: str) -> None:
    """The edit button of a digest's page leads to the one file all its languages are in."""
    config = {
        "repo_url": "https://github.com/example/site",
        "edit_uri": "edit/main/docs/",
        "theme": {"name": "material", "font": False, "features": ["content.action.edit"]},
        "plugins": ["digest", *own],
    }
    built = build(make_site(tmp_path, {"digests/2024/sample.md": SAMPLE}, config))
    edit = "https://github.com/example/site/edit/main/docs/digests/2024/sample.md"
    hrefs = attributes(built.page(f"{ROOTS[lang]}digests/2024/sample/"), "a", "href")
    assert [href for href in hrefs if "/edit/" in href] == [edit]


def test_listing_has_no_edit_link(tmp_path: Path) -> None:
    """A listing that no file stands behind has no edit button."""
    config = {
        "repo_url": "https://github.com/example/site",
        "edit_uri": "edit/main/docs/",
        "theme": {"name": "material", "font": False, "features": ["content.action.edit"]},
    }
    built = build(make_site(tmp_path, {"digests/sample.md": SAMPLE}, config))
    hrefs = attributes(built.page("digests/tags/world/"), "a", "href")
    assert [href for href in hrefs if "/edit/" in href] == []


@pytest.mark.parametrize("name", ["digests/README.md", "digests/_notes.md", "digests/.hidden.md", "digests/_in/x.md"])
def test_some_names_are_no_digests(tmp_path: Path, name: str) -> None:
    """A README and names that begin with a dot or an underscore are no digests."""
    built = build(make_site(tmp_path, {"digests/sample.md": SAMPLE, name: digest({"zh": "不是摘要"})}))
    assert len(entries(built.page("digests/"))) == 1


def test_drafts_are_not_built(tmp_path: Path) -> None:
    """A draft has no page and no entry in a build."""
    files = {"digests/sample.md": SAMPLE, "digests/draft.md": digest(BOTH, draft=True)}
    built = build(make_site(tmp_path, files))
    assert not built.has("digests/draft/")
    assert len(entries(built.page("digests/"))) == 1


def test_bad_digest_fails_a_strict_build_only(tmp_path: Path) -> None:
    """A digest that cannot be read is told with file and line, and is left out of a build that is not strict."""
    files = {"digests/sample.md": SAMPLE, "digests/bad.md": "---\ntitle: x\ntags: [a\n---\n\n**摘要：**\n一段话。\n"}
    built = build(make_site(tmp_path, files), strict=False)
    assert built.code == 0
    assert len(built.faults) == 1
    assert "digests/bad.md:" in built.faults[0]
    assert "bad-front-matter" in built.faults[0]
    assert not built.has("digests/bad/")
    assert built.has("digests/sample/")
