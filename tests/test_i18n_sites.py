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


@pytest.fixture(scope="session", params=["suffix", "folder"])
def structure(request: pytest.FixtureRequest) -> str:
    """How a site that configures `i18n` itself keeps its languages apart."""
    return str(request.param)


@pytest.fixture(scope="session", params=[False, True], ids=["digest-first", "i18n-first"])
def own_i18n(request: pytest.FixtureRequest, structure: str, tmp_path_factory: pytest.TempPathFactory) -> Build:
    """A site that configures `i18n` itself, before or after `digest`, with a page of its own beside the digests."""
    plugins = ["search", "digest", i18n(structure)]
    config = {"plugins": plugins[::-1] if request.param else plugins}
    return build(make_site(tmp_path_factory.mktemp("own-i18n"), STRUCTURES[structure], config))


@pytest.fixture(scope="session")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """A site with `plugins: [digest]` and pages of its own by suffix, the home page included."""
    return build(make_site(tmp_path_factory.mktemp("plain"), SUFFIX_FILES))


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


def test_pages_by_suffix_work_without_any_i18n(plain: Build) -> None:
    """With `plugins: [digest]` alone, pages by suffix are built per language and lead to the digests in it."""
    for lang, root in ROOTS.items():
        sample = f"{root}digests/sample/"
        assert own_text_links(plain, f"{root}about/") == [sample, f"{sample}#q2", f"{root}digests/"]
        assert text(one(content(plain.page(f"{root}about/")), "h1")).startswith({"zh": "关于", "en": "About"}[lang])


def test_page_without_suffix_serves_every_language(tmp_path: Path) -> None:
    """A page in one language only is there for the readers of all, its links leading to digests in theirs."""
    built = build(make_site(tmp_path, {"about.md": ABOUT["zh"], "digests/sample.md": SAMPLE}))
    for root in ROOTS.values():
        sample = f"{root}digests/sample/"
        assert own_text_links(built, f"{root}about/") == [sample, f"{sample}#q2", f"{root}digests/"]


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


def menu_links(built: Build, url: str) -> list[str | None]:
    """Return where the site's menu leads from a page, anchors of the page left out."""
    hrefs = attributes(one(built.page(url), ".md-nav--primary > .md-nav__list"), "a.md-nav__link", "href")
    return [built.follow(url, href) for href in hrefs if "#" not in href]


@pytest.fixture(scope="session")
def with_nav(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """A site whose own `nav` has the index of the digests between two of its pages."""
    nav = [{"Start": "index.md"}, {"Every digest of ours": "digests/index.md"}, {"Us": "about.md"}]
    files = {path.replace(".zh.", "."): source for path, source in SUFFIX_FILES.items()}
    return build(make_site(tmp_path_factory.mktemp("nav"), files, {"nav": nav}))


def test_nav_of_the_site_is_kept(with_nav: Build) -> None:
    """A `nav` that names the index keeps its order in each language, and the plugin adds nothing to it."""
    for root in ROOTS.values():
        assert menu_links(with_nav, f"{root}digests/sample/") == [root, f"{root}digests/", f"{root}about/"]


def test_nav_may_name_the_index(with_nav: Build) -> None:
    """The title that the site's `nav` gives the index is the one in the menu, as for any page."""
    for root in ROOTS.values():
        assert "Every digest of ours" in text(one(with_nav.page(f"{root}about/"), ".md-nav--primary"))


def test_nav_without_the_digests_still_offers_them(tmp_path: Path) -> None:
    """Where the site's `nav` leaves the digests out, the menu has a way to the index all the same."""
    files = {path.replace(".zh.", "."): source for path, source in SUFFIX_FILES.items()}
    built = build(make_site(tmp_path, files, {"nav": ["index.md", "about.md"]}))
    for root in ROOTS.values():
        assert f"{root}digests/" in menu_links(built, f"{root}about/")


def test_menu_leads_to_the_listings_but_to_no_digest(plain: Build) -> None:
    """Without a `nav`, the menu has the index, tags, archive and sources of the page's language, and no digest."""
    places = ["digests/", "digests/tags/", "digests/archive/", "digests/sources/"]
    for root in ROOTS.values():
        menu = menu_links(plain, f"{root}about/")
        assert [place for place in places if f"{root}{place}" not in menu] == []
        assert f"{root}digests/sample/" not in menu


def test_index_is_home_where_there_is_none(tmp_path: Path) -> None:
    """A site with pages but no `docs/index.md` has the index as its home page, and the logo leads there."""
    files = {path: source for path, source in SUFFIX_FILES.items() if not path.startswith("index")}
    built = build(make_site(tmp_path, files))
    for root in ROOTS.values():
        assert entries(built.page(root)) == entries(built.page(f"{root}digests/"))
        assert len(entries(built.page(root))) == 1
        logo = one(built.page(f"{root}about/"), "header a.md-logo")
        assert built.follow(f"{root}about/", str(logo["href"])) == root


def test_own_home_page_stays(plain: Build) -> None:
    """A site's own home page is its home page: no listing is put in its place."""
    for lang, root in ROOTS.items():
        assert text(one(content(plain.page(root)), "h1")).startswith({"zh": "首页", "en": "Home"}[lang])
        assert entries(plain.page(root)) == []


@pytest.mark.parametrize("name", ["README.md", "index.html"])
def test_home_page_may_have_another_name(tmp_path: Path, name: str) -> None:
    """A README or an HTML file is a home page too, as MkDocs has it: no listing is put in its place."""
    built = build(make_site(tmp_path, {name: "<p>A home of our own</p>\n", "digests/sample.md": SAMPLE}))
    assert "A home of our own" in built.page("").get_text()
    assert entries(built.page("")) == []


INTRODUCTIONS = {"zh": "这里是**编辑部**的话。", "en": "A word from the **editors**."}


@pytest.mark.parametrize("arrangement", ["alone", "suffix", "folder"])
def test_own_index_introduces_the_listing(tmp_path: Path, arrangement: str) -> None:
    """The site's own `digests/index.md` of each language stands above the list of digests, rendered."""
    plugins: list[Any] = ["digest"] if arrangement == "alone" else ["digest", i18n(arrangement)]
    names = ("zh/digests/index.md", "en/digests/index.md")
    if arrangement != "folder":
        names = ("digests/index.md", "digests/index.en.md")
    texts = (f"# 我们的摘要\n\n{INTRODUCTIONS['zh']}\n", f"# Our digests\n\n{INTRODUCTIONS['en']}\n")
    files = {**dict(zip(names, texts, strict=True)), "digests/sample.md": SAMPLE}
    built = build(make_site(tmp_path, files, {"plugins": plugins}))
    for lang, root in ROOTS.items():
        area = content(built.page(f"{root}digests/"))
        assert text(one(area, "h1")).startswith({"zh": "我们的摘要", "en": "Our digests"}[lang])
        assert "".join(INTRODUCTIONS[lang].split("**")) in area.get_text()
        assert len(entries(area)) == 1


@pytest.mark.parametrize("name", ["index.md", "README.md"])
def test_own_index_serves_languages_without_one(tmp_path: Path, name: str) -> None:
    """One `digests/index.md`, or a README as MkDocs has it, is enough: the other languages have their index too."""
    built = build(make_site(tmp_path, {f"digests/{name}": "# 我们的摘要\n", "digests/sample.md": SAMPLE}))
    assert text(one(content(built.page("digests/")), "h1")).startswith("我们的摘要")
    assert len(entries(built.page("en/digests/"))) == 1


def test_own_overviews_introduce_the_listings(tmp_path: Path) -> None:
    """The site's own `digests/tags/index.md` and the like stand above the groups they are named for."""
    groups = {"tags": "world/", "archive": "2024/", "sources": "ft/"}
    files = {f"digests/{name}/index.md": f"# 自己的{name}\n\n自己的话。\n" for name in groups}
    built = build(make_site(tmp_path, {**files, "digests/sample.md": SAMPLE}))
    for name, group in groups.items():
        area = content(built.page(f"digests/{name}/"))
        assert text(one(area, "h1")).startswith(f"自己的{name}")
        assert "自己的话。" in area.get_text()
        assert f"digests/{name}/{group}" in links(built, f"digests/{name}/", area)


def test_url_format_shapes_the_url(tmp_path: Path) -> None:
    """`url_format` puts the date into the URL of a digest, once, whatever its file is called; links to it follow."""
    config = {"plugins": [{"digest": {"url_format": "{date:%Y/%m/%d}/{slug}"}}]}
    files = {**SUFFIX_FILES, "digests/2024-05-30-rain.md": digest(BOTH)}
    built = build(make_site(tmp_path, files, config))
    for lang, root in ROOTS.items():
        url = f"{root}digests/2024/05/30/sample/"
        assert one(built.page(url), ".digest")["lang"] == lang
        assert not built.has(f"{root}digests/sample/")
        assert built.has(f"{root}digests/2024/05/30/rain/")
        assert own_text_links(built, f"{root}about/")[:2] == [url, f"{url}#q2"]


def test_slug_replaces_the_file_name(tmp_path: Path) -> None:
    """A `slug` in the front matter is the last part of the URL, below the folder the file is in."""
    built = build(make_site(tmp_path, {"digests/2024/x.md": digest(BOTH, slug="fresh-name")}))
    assert built.has("digests/2024/fresh-name/")
    assert not built.has("digests/2024/x/")


def test_dates_follow_the_time_zone(tmp_path: Path) -> None:
    """`timezone` decides on which day a digest falls: 21:45 in UTC is the next day in Shanghai."""
    config = {"plugins": [{"digest": {"timezone": "Asia/Shanghai"}}]}
    built = build(make_site(tmp_path, {"digests/s.md": SAMPLE}, config))
    assert len(entries(built.page("digests/archive/2024/05/31/"))) == 1
    assert not built.has("digests/archive/2024/05/30/")


def test_parts_of_a_site_can_be_switched_off(tmp_path: Path) -> None:
    """Without archive, tags, sources and search there is no file of theirs nor a link to one; questions can be open."""
    off = {"archive": [], "tags": False, "sources": False, "search": False, "questions": "open"}
    built = build(make_site(tmp_path, {"digests/sample.md": SAMPLE}, {"plugins": [{"digest": off}]}))
    for root in ROOTS.values():
        assert [part for part in ("archive", "tags", "sources") if (built.out / root / "digests" / part).exists()] == []
        assert not built.has(f"{root}search/search_index.json")
        questions = content(built.page(f"{root}digests/sample/")).select("details.question")
        assert [question.has_attr("open") for question in questions] == [True] * 3
        for url in (f"{root}digests/", f"{root}digests/sample/"):
            assert [
                link for link in links(built, url, built.page(url)) if link is not None and not built.has(link)
            ] == []


def test_a_plugin_that_is_not_enabled_leaves_the_site_alone(tmp_path: Path) -> None:
    """With `enabled: false` a digest is a page like any other, and nothing is brought in."""
    built = build(make_site(tmp_path, {"digests/sample.md": SAMPLE}, {"plugins": [{"digest": {"enabled": False}}]}))
    assert "有趣的问题" in text(content(built.page("digests/sample/")))
    assert not [url for url in ("digests/", "en/", "search/search_index.json") if built.has(url)]
    assert not built.page("digests/sample/").select(".digest")


def untranslated(folder: Path, choice: str) -> Build:
    """Build a site of one digest in two languages and one in Chinese only."""
    files = {"digests/both.md": digest(BOTH), "digests/zh.md": digest(ONLY_ZH, date="2024-06-01", tags=["alone"])}
    config = {"plugins": [{"digest": {"untranslated": choice, "languages": ["zh", "en"]}}]}
    return build(make_site(folder, files, config))


@pytest.fixture(scope="session")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """The site with `untranslated: show`."""
    return untranslated(tmp_path_factory.mktemp("shown"), "show")


def test_untranslated_are_hidden(tmp_path: Path) -> None:
    """With `hide`, a digest has no page, no entry and no tag page in a language it lacks, and names no alternate."""
    built = untranslated(tmp_path, "hide")
    assert not built.has("en/digests/zh/")
    assert not built.has("en/digests/tags/alone/")
    assert built.has("digests/tags/alone/")
    assert entries(built.page("en/digests/")) == [BOTH["en"]]
    assert entries(built.page("digests/")) == [ONLY_ZH["zh"], BOTH["zh"]]
    assert attributes(built.page("digests/zh/"), "link[rel=alternate][hreflang=en]", "href") == []


def test_untranslated_are_shown(shown: Build) -> None:
    """With `show`, the page in the reader's language has the default text, marked as being in another."""
    tree = shown.page("en/digests/zh/")
    assert tree.html is not None
    assert tree.html["lang"] == "en"
    assert one(tree, ".digest")["lang"] == "zh"
    assert one(content(tree), "h1")["lang"] == "zh"


def test_untranslated_come_with_a_notice(shown: Build) -> None:
    """With `show`, a notice in the reader's language stands above a text in another, and above no other text."""
    notices = {}
    for name in ("zh", "both"):
        paragraphs = content(shown.page(f"en/digests/{name}/")).select("p")
        notices[name] = [text(tag) for tag in paragraphs if not tag.find_parent(class_="digest")]
    assert [notice for notice in notices["zh"] if "English" in notice]
    assert not notices["both"]


def test_untranslated_name_the_original(shown: Build) -> None:
    """With `show`, the canonical URL of a page that borrows its text is the page it borrows from."""
    canonical = "link[rel=canonical]"
    assert one(shown.page("en/digests/zh/"), canonical)["href"] == "https://example.org/digests/zh/"
    assert one(shown.page("en/digests/both/"), canonical)["href"] == "https://example.org/en/digests/both/"


def test_untranslated_are_marked_in_listings(shown: Build) -> None:
    """With `show`, a listing marks the language of the title and excerpt it borrows."""
    entry = one(shown.page("en/digests/tags/alone/"), ".digest-entry")
    marked = " ".join(text(tag) for tag in entry.select("[lang=zh]"))
    assert ONLY_ZH["zh"] in marked
    assert "一段话说清楚" in marked


HOMES = {"index.md": "# 自己的首页\n", "index.en.md": "# A home of one's own\n"}


@pytest.mark.parametrize("home", [{}, {"index.md": HOMES["index.md"]}, HOMES], ids=["none", "one", "both"])
def test_whole_site_may_be_the_digest(tmp_path: Path, home: dict[str, str]) -> None:
    """With `digest_dir: .` digests and listings stand at the root; an `index.md` introduces the home page."""
    files = {"sample.md": SAMPLE, "2023/both.md": digest(BOTH, date="2023-01-01"), **home}
    built = build(make_site(tmp_path, files, {"plugins": [{"digest": {"digest_dir": "."}}]}))
    places = ["sample/", "2023/both/", "tags/", "tags/world/", "archive/2024/05/30/", "sources/ft/"]
    assert [url for root in ROOTS.values() for place in places if not built.has(url := root + place)] == []
    assert [len(entries(built.page(root))) for root in ROOTS.values()] == [2, 2]
    for source, root in zip(home.values(), ROOTS.values(), strict=False):
        assert text(one(content(built.page(root)), "h1")).startswith(source.strip("# \n"))


def test_folder_may_have_any_name(tmp_path: Path) -> None:
    """`digest_dir` may be a folder at any depth; the rest of the site is left alone."""
    files = {"news/short/x.md": digest(BOTH), "news/long.md": "# 长文\n"}
    built = build(make_site(tmp_path, files, {"plugins": [{"digest": {"digest_dir": "news/short"}}]}))
    assert {lang: entries(built.page(f"{root}news/short/")) for lang, root in ROOTS.items()} == {
        lang: [title] for lang, title in BOTH.items()
    }
    assert not built.page("news/long/").select(".digest")


def test_digests_with_one_page_stop_the_build(tmp_path: Path) -> None:
    """Two digests that would write one file stop the build, strict or not, and the message names both."""
    names = ("digests/a/one.md", "digests/a/two.md")
    built = build(make_site(tmp_path, {name: digest(BOTH, slug="same") for name in names}), strict=False)
    assert built.code != 0
    assert any(all(name in line for name in names) for line in built.log.splitlines())


def test_digests_alike_but_for_case_are_both_published(tmp_path: Path) -> None:
    """Two digests that would write one file on some disks only have a page each; a warning names both."""
    names = ("digests/Name.md", "digests/name.md")
    built = build(make_site(tmp_path, {name: digest(BOTH) for name in names}), strict=False)
    assert built.code == 0
    assert any("WARNING" in line and all(name in line for name in names) for line in built.log.splitlines())
    for url in ("digests/Name/", "digests/name-2/"):
        assert built.page(url).select_one(".digest")


@pytest.mark.parametrize("digest_path", ["digests/tags/world.md", "digests/archive/2024.md", "digests/page/2.md"])
def test_digest_in_the_place_of_a_listing_stops_the_build(tmp_path: Path, digest_path: str) -> None:
    """A digest whose page a listing would overwrite stops the build, and the message names the digest."""
    files = {"digests/sample.md": SAMPLE, digest_path: digest(BOTH)}
    built = build(make_site(tmp_path, files, {"plugins": [{"digest": {"pagination_per_page": 1}}]}), strict=False)
    assert built.code != 0
    assert digest_path in built.log


@pytest.mark.parametrize("own", [[], [i18n()], [i18n("folder")]], ids=["alone", "suffix", "folder"])
def test_edit_link_leads_to_the_digests_file(tmp_path: Path, own: list[dict[str, Any]]) -> None:
    """The edit button of a digest's page leads to the file all its languages are in; a listing has none."""
    config = {
        "repo_url": "https://github.com/example/site",
        "edit_uri": "edit/main/docs/",
        "theme": {"name": "material", "font": False, "features": ["content.action.edit"]},
        "plugins": ["digest", *own],
    }
    built = build(make_site(tmp_path, {"digests/2024/sample.md": SAMPLE}, config))
    edit = "https://github.com/example/site/edit/main/docs/digests/2024/sample.md"
    for root in ROOTS.values():
        pages = [built.page(f"{root}digests/2024/sample/"), built.page(f"{root}digests/tags/world/")]
        assert [attributes(page, 'a[href*="/edit/"]', "href") for page in pages] == [[edit], []]


def test_some_names_are_no_digests(tmp_path: Path) -> None:
    """READMEs and names that begin with a dot or an underscore are no digests, whatever stands in them."""
    names = ["2024/README.md", "2023/index.md", "_notes.md", ".hidden.md", "_in/x.md"]
    files = {f"digests/{name}": digest({"zh": "不是摘要"}) for name in names}
    built = build(make_site(tmp_path, {"digests/sample.md": SAMPLE, **files}))
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
