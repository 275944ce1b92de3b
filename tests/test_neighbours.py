"""Other plugins on the same site: each does its work there, the digests are right, and a strict build passes.

The README's table of what works together is held against these tests.
"""

import json
import re
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import feedparser
import pytest
from bs4 import BeautifulSoup, Comment

from tests.lowest import lowest
from tests.server import serve
from tests.sites import (
    ROOT,
    SITE_URL,
    Build,
    attributes,
    build,
    content,
    digest,
    entries,
    make_site,
    one,
    text,
    write,
)
from tests.test_deploy import run

ROOTS = {"zh": "", "en": "en/"}
ABOUT = {"zh": "关于我们", "en": "About us"}
RAIN = {"zh": "雨水丰沛的一年", "en": "A year of plenty of rain"}
SUN = {"zh": "太阳出来了", "en": "The sun came out"}
HOST = "http://127.0.0.1:0/"
PICTURE = b"GIF89a\1\0\1\0\0\0\0;"


@dataclass(frozen=True)
class Neighbour:
    """Another plugin: how a site sets it, what it needs there, and how one sees its work on the site."""

    options: Mapping[str, Any]
    seen: Callable[[Build], None]
    files: Mapping[str, str] = field(default_factory=dict)
    package: str = "mkdocs-material"
    ours: Mapping[str, Any] = field(default_factory=dict)
    prepare: Callable[[Path], object] = lambda site: None


def own(body: str, name: str = "about") -> dict[str, str]:
    """Return the files of a page of the site's own that has the same text below its heading in both languages."""
    front = "---\ntags: [weather]\n---\n\n"
    return {f"{name}{end}": f"{front}# {ABOUT[lang]}\n\n{body}\n" for lang, end in (("zh", ".md"), ("en", ".en.md"))}


def raw(body: str) -> dict[str, str]:
    """Return an older digest whose summaries hold some text that could be an order to a plugin."""
    return {
        "digests/raw.md": f"---\ndate: 2020-05-30\n---\n\n**摘要：**\n原文 {body}\n\n---\n\n**Summary:**\nRaw {body}\n"
    }


FILES = {
    **own("[雨 Rain](digests/rain.md)"),
    "index.md": "# 首页\n",
    "index.en.md": "# Home\n",
    "digests/rain.md": digest(RAIN, tags=["weather"], source="https://example.com/rain"),
    "digests/2024/sun.md": digest(SUN, tags=["weather"], date="2024-05-31"),
}


def url_of(built: Build, url: str) -> str:
    """Return a directory URL as the site writes it: where it has no `a/`, the page is `a.html`."""
    return url if built.has(url) else f"{url.rstrip('/')}.html"


def pages(built: Build, url: str) -> dict[str, BeautifulSoup]:
    """Return a page by language."""
    return {lang: built.page(url_of(built, f"{root}{url}")) for lang, root in ROOTS.items()}


def searched(built: Build, name: str = "search_index.json") -> dict[str, list[str]]:
    """Return the titles in the search index of each language."""
    files = {lang: (built.out / root / "search" / name).read_text("utf-8") for lang, root in ROOTS.items()}
    found = {lang: json.loads(file.removeprefix("var __index = "))["docs"] for lang, file in files.items()}
    return {lang: [entry["title"].replace("\u200b", "") for entry in docs] for lang, docs in found.items()}


def lang_of(tag: Any) -> str:
    """Return the language of an element: its own, else that of the nearest one around it."""
    return next(str(item["lang"]) for item in (tag, *tag.parents) if item.has_attr("lang"))


def assert_digests(built: Build) -> None:
    """Demand the digests' pages, listings, alternates, feeds and search in both languages."""
    for lang, shown in pages(built, "digests/rain/").items():
        url = url_of(built, f"{ROOTS[lang]}digests/rain/")
        assert lang_of(one(shown, ".digest")) == lang
        assert text(one(shown, "h1")) == RAIN[lang]
        assert attributes(shown, "a.digest-source", "href") == ["https://example.com/rain"]
        alternates = attributes(shown, "link[rel=alternate][hreflang]", "hreflang")
        assert sorted(alternates) == ["en", "x-default", "zh"]
        assert f"{built.site_url}{url}" in (built.out / "sitemap.xml").read_text("utf-8")
        index = json.loads(one(shown, "#__digest").get_text())["index"]
        assert index == f"{ROOTS[lang]}search/search_index.json", "search of the page's language"
        assert RAIN[lang] in (built.out / ROOTS[lang] / "digests" / "atom.xml").read_text("utf-8")
    for listing in ("digests/", "digests/tags/weather/", "digests/archive/2024/05/"):
        for lang, shown in pages(built, listing).items():
            assert entries(shown)[:2] == [SUN[lang], RAIN[lang]], listing
    for lang, titles in searched(built).items():
        assert {RAIN[lang], SUN[lang]} <= set(titles)
        assert not {*RAIN.values(), *SUN.values()} - {RAIN[lang], SUN[lang]} & set(titles)


def see_search(built: Build) -> None:
    """The site's own pages are found."""
    assert all(ABOUT[lang] in titles for lang, titles in searched(built).items())


def see_tags(built: Build) -> None:
    """Material's list of tags has the site's own pages and the digests."""
    for lang, shown in pages(built, "topics/").items():
        listed = {text(link) for link in content(shown).select("ul a")}
        assert {ABOUT[lang], RAIN[lang], SUN[lang]} <= listed


def see_meta(built: Build) -> None:
    """What is set for a folder holds for its pages, and for digests."""
    for url in ("guide/", "digests/rain/"):
        for shown in pages(built, url).values():
            assert attributes(shown, "meta[name=author]", "content") == ["The guides"]


def see_privacy(built: Build) -> None:
    """An image from elsewhere is on the site, and links elsewhere open beside it, a digest's source included."""
    for lang, shown in pages(built, "about/").items():
        (src,) = attributes(content(shown), "img", "src")
        assert (built.out / str(built.follow(f"{ROOTS[lang]}about/", src))).read_bytes() == PICTURE
        assert attributes(content(shown), "a[href^=https]", "target") == ["_blank"]
    for shown in pages(built, "digests/rain/").values():
        assert attributes(shown, "a.digest-source", "target") == ["_blank"]


def see_offline(built: Build) -> None:
    """Pages are files one can open, and each language's search finds its own."""
    assert built.has("about.html")
    assert built.has("en/digests/rain.html")
    assert searched(built, "search_index.js") == searched(built)


def see_minify(built: Build) -> None:
    """No comment and no line of blanks is left, in the site's own pages, digests and listings."""
    for url in ("about/", "digests/rain/", "digests/"):
        for shown in pages(built, url).values():
            assert not shown.find_all(string=lambda words: isinstance(words, Comment))
            assert not re.search(r"\n\s*\n", str(one(shown, ".md-header")))


def see_dates(built: Build) -> None:
    """Pages and digests tell when they were last changed, in their language."""
    for url in ("about/", "digests/rain/"):
        for lang, shown in pages(built, url).items():
            told = text(one(shown, ".git-revision-date-localized-plugin-date"))
            assert ("年" in told) == (lang == "zh"), told
    for shown in pages(built, "digests/").values():
        assert not shown.select(".git-revision-date-localized-plugin-date")


def see_redirects(built: Build) -> None:
    """Old addresses lead to pages and digests in the default language."""
    for old, new in (("old/", "about/"), ("gone/", "digests/rain/"), ("tag/", "digests/tags/weather/")):
        (target,) = attributes(built.page(old), "link[rel=canonical]", "href")
        assert built.follow(old, target) == new


def see_awesome_nav(built: Build) -> None:
    """The navigation begins with what `.nav.yml` names first, and has the digests too."""
    for lang, shown in pages(built, "digests/rain/").items():
        names = [text(link) for link in shown.select(".md-nav--primary > .md-nav__list > li > a.md-nav__link")]
        assert names[0] == ABOUT[lang]
        assert shown.select(".md-nav--primary a[href='../']")


def see_macros(built: Build) -> None:
    """The site's own pages are evaluated, digests are not."""
    assert all("= 42" in text(content(shown)) for shown in pages(built, "about/").values())
    assert all("{{ 6 * 7 }}" in text(content(shown)) for shown in pages(built, "digests/raw/").values())


def see_include(built: Build) -> None:
    """The site's own pages include a file, digests show the directive as text."""
    assert all("A shared part." in text(content(shown)) for shown in pages(built, "about/").values())
    for shown in pages(built, "digests/raw/").values():
        assert "include-markdown" in text(content(shown))
        assert "A shared part." not in text(content(shown))


def see_glightbox(built: Build) -> None:
    """Images open large, a digest's too where the site shows them."""
    for url in ("about/", "digests/raw/"):
        for shown in pages(built, url).values():
            assert len(content(shown).select("a.glightbox > img")) == 1


def see_rss(built: Build) -> None:
    """The plugin's one feed has the site's own pages; the digests' feeds are announced beside it."""
    feed = feedparser.parse((built.out / "feed_rss_created.xml").read_bytes())
    assert not feed.bozo
    assert set(ABOUT.values()) <= {entry.title for entry in feed.entries}
    assert not any("/digests/" in entry.link for entry in feed.entries)
    for lang, shown in pages(built, "about/").items():
        offered = attributes(shown, "link[type='application/atom+xml']", "href")
        assert [built.follow(f"{ROOTS[lang]}about/", href) for href in offered] == [f"{ROOTS[lang]}digests/atom.xml"]


def see_social(built: Build) -> None:
    """Pages, digests and listings have a card."""
    for url in ("about/", "digests/rain/", "digests/"):
        for shown in pages(built, url).values():
            (image,) = attributes(shown, "meta[property='og:image']", "content")
            assert (built.out / str(built.follow("", image))).read_bytes().startswith(b"\x89PNG")


def see_blog(built: Build) -> None:
    """Each language has its posts and views; a post leads to its translation, one without any to the original."""
    posts = {
        "zh": {
            "好天气": "blog/2024/05/01/fine/",
            "无人翻译": "blog/2023/05/01/alone/",
            "太早": "blog/2022/05/01/early/",
        },
        "en": {"Fine weather v1.2": "en/blog/2024/05/01/fine-weather-v12/", "无人翻译": "en/blog/2023/05/01/alone/"},
    }
    for lang, root in ROOTS.items():
        for view in ("blog/", "blog/archive/2024/", f"blog/category/{ {'zh': 'sky', 'en': 'air'}[lang] }/"):
            shown = built.page(url_of(built, f"{root}{view}"))
            links = {text(link): str(link["href"]) for link in shown.select(".md-post h2 a.toclink")}
            expected = {title: url for title, url in posts[lang].items() if view == "blog/" or "2024" in url}
            assert {title: built.follow(f"{root}{view}", href) for title, href in links.items()} == expected
    fine = {posts["zh"]["好天气"], posts["en"]["Fine weather v1.2"]}
    for url in fine:
        alternates = attributes(built.page(url), "link[rel=alternate][hreflang]", "href")
        assert {built.follow("", href) for href in alternates} == fine
    assert not attributes(built.page(posts["zh"]["太早"]), "link[hreflang]", "href"), "its translation is a draft"
    (menu,) = attributes(built.page(posts["zh"]["好天气"]), ".md-select__link[hreflang=en]", "href")
    assert built.follow("blog/2024/05/01/fine/", menu) == posts["en"]["Fine weather v1.2"]
    sitemap = (built.out / "sitemap.xml").read_text("utf-8")
    for url in (posts["zh"]["无人翻译"], posts["en"]["无人翻译"]):
        (canonical,) = attributes(built.page(url), "link[rel=canonical]", "href")
        assert built.follow("", canonical) == posts["zh"]["无人翻译"]
        assert (f"<loc>{built.site_url}{url}</loc>" in sitemap) == (url == posts["zh"]["无人翻译"])


def commit(site: Path) -> None:
    """Put a site under git."""
    run(site, "git", "init", "--quiet")
    run(site, "git", "add", "--all")
    run(site, "git", "commit", "--quiet", "--message", "Write")


def give_font(site: Path) -> None:
    """Put a font where the social plugin keeps those that it has downloaded."""
    fonts = sorted(Path("/usr/share/fonts").rglob("NotoSansCJK-Regular.ttc"))
    assert fonts, "the cards need the Noto CJK fonts: install them, then run this again"
    target = site / ".cache" / "plugin" / "social" / "fonts" / "Local" / "Regular.ttf"
    target.parent.mkdir(parents=True)
    shutil.copy(fonts[0], target)


def post(title: str, day: str, body: str, **meta: object) -> str:
    """Return a post of Material's blog."""
    front = "".join(f"{key}: {value}\n" for key, value in {"date": day, **meta}.items())
    return f"---\n{front}---\n\n# {title}\n\n{body}\n"


POSTS = {
    "blog/index.md": "# 博客\n",
    "blog/index.en.md": "# Blog\n",
    "blog/posts/fine.md": post("好天气", "2024-05-01", "晴。", categories="[Sky]", slug="fine"),
    "blog/posts/fine.en.md": post("Fine weather v1.2", "2024-05-01", "[雨](../../digests/rain.md)", categories="[Air]"),
    "blog/posts/alone.md": post("无人翻译", "2023-05-01", "[晴](fine.md)", slug="alone"),
    "blog/posts/early.md": post("太早", "2022-05-01", "早。", slug="early"),
    "blog/posts/early.en.md": post("Too early", "2022-05-01", "A draft.", draft="true"),
}
REDIRECTS = {"old.md": "about.md", "gone.md": "digests/rain.md", "tag.md": "digests/tags/weather.md"}
DIRECTIVE = "{% include-markdown 'part.txt' %}"

NEIGHBOURS: dict[str, Neighbour] = {
    "search": Neighbour({"lang": ["en", "zh"]}, see_search),
    "tags": Neighbour({}, see_tags, own("<!-- material/tags -->", "topics")),
    "meta": Neighbour(
        {},
        see_meta,
        {
            **own("", "guide/index"),
            "guide/.meta.yml": "author: The guides\n",
            "digests/.meta.yml": "author: The guides\n",
        },
    ),
    "privacy": Neighbour(
        {"links_attr_map": {"target": "_blank"}, "assets_exclude": ["unpkg.com/*"]},
        see_privacy,
        own(f"![A dot]({HOST}dot.gif) [elsewhere](https://example.com/)"),
    ),
    "blog": Neighbour({}, see_blog, POSTS),
    "offline": Neighbour({}, see_offline),
    "social": Neighbour({"cards_layout_options": {"font_family": "Local"}}, see_social, prepare=give_font),
    "minify": Neighbour(
        {"minify_html": True, "htmlmin_opts": {"remove_comments": True}},
        see_minify,
        own("<!-- nothing -->Words."),
        package="mkdocs-minify-plugin",
    ),
    "git-revision-date-localized": Neighbour(
        {"type": "date"}, see_dates, package="mkdocs-git-revision-date-localized-plugin", prepare=commit
    ),
    "redirects": Neighbour({"redirect_maps": REDIRECTS}, see_redirects, package="mkdocs-redirects"),
    "awesome-nav": Neighbour(
        {}, see_awesome_nav, {".nav.yml": "nav:\n- about.md\n- '*'\n"}, package="mkdocs-awesome-nav"
    ),
    "macros": Neighbour({}, see_macros, {**own("= {{ 6 * 7 }}"), **raw("{{ 6 * 7 }}")}, package="mkdocs-macros-plugin"),
    "include-markdown": Neighbour(
        {},
        see_include,
        {**own(DIRECTIVE), **raw(DIRECTIVE), "part.txt": "A shared part."},
        package="mkdocs-include-markdown-plugin",
    ),
    "glightbox": Neighbour(
        {},
        see_glightbox,
        {**own("![map](map.gif)"), **raw("![map](../map.gif)"), "map.gif": "GIF89a"},
        package="mkdocs-glightbox",
        ours={"images": True},
    ),
    "rss": Neighbour({"match_path": "(?!digests/)"}, see_rss, package="mkdocs-rss-plugin", prepare=commit),
}
PROGRAMS = {"ProperDocs": "properdocs", "mike": "mike"}


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Another host, with a picture."""
    folder = tmp_path_factory.mktemp("host")
    (folder / "dot.gif").write_bytes(PICTURE)
    with serve(folder) as address:
        yield address


def site_with(plugins: list[Any], folder: Path, files: Mapping[str, str], **config: Any) -> Path:
    """Write a site with some plugins."""
    return make_site(folder / "site", {**FILES, **files}, {"plugins": plugins, **config})


@pytest.mark.parametrize("first", [True, False], ids=["before", "after"])
@pytest.mark.parametrize("name", NEIGHBOURS)
def test_both_do_their_work(name: str, first: bool, host: str, tmp_path: Path) -> None:
    """With a neighbour listed before or after `digest` the strict build passes, and the site has what both make."""
    neighbour = NEIGHBOURS[name]
    plugins = [{name: dict(neighbour.options)}, {"digest": dict(neighbour.ours)}]
    files = {path: source.replace(HOST, host) for path, source in neighbour.files.items()}
    site = site_with(plugins if first else plugins[::-1], tmp_path, files)
    neighbour.prepare(site)
    built = build(site)
    assert_digests(built)
    neighbour.seen(built)


def test_properdocs_builds_the_same_site(tmp_path: Path) -> None:
    """ProperDocs writes the files that MkDocs writes, with the same text in each page's body."""
    sites = {program: site_with(["digest"], tmp_path / program, {}) for program in ("mkdocs", "properdocs")}
    built = {program: build(site, program=program) for program, site in sites.items()}
    assert_digests(built["properdocs"])
    assert built["mkdocs"].pages.keys() == built["properdocs"].pages.keys()
    for url, shown in built["mkdocs"].pages.items():
        assert text(one(shown, "body")) == text(one(built["properdocs"].pages[url], "body"))


def test_rss_needs_its_pages_named(tmp_path: Path) -> None:
    """Without `match_path`, mkdocs-rss-plugin fails on pages that have no file, as listings are."""
    built = build(site_with(["digest", {"rss": {"use_git": False}}], tmp_path, {}), strict=False)
    assert built.code == 1
    assert "Error reading page 'digests/index.md'" in built.log


def test_a_blog_lives_in_any_folder(tmp_path: Path) -> None:
    """A blog in a folder of another name, without an index, with pages and with files as URLs, has all its posts."""
    posts = {path.replace("blog/", "news/"): source for path, source in POSTS.items() if "index" not in path}
    plugins = [{"blog": {"blog_dir": "news", "pagination_per_page": 1}}, "digest"]
    built = build(site_with(plugins, tmp_path, posts, use_directory_urls=False))
    assert_digests(built)
    for root, name in (("", "fine"), ("en/", "fine-weather-v12")):
        for url in (f"2024/05/01/{name}", "2023/05/01/alone", "archive/2023", "index", "page/2/index"):
            assert built.has(f"{root}news/{url}.html")


@pytest.mark.parametrize("plugins", [["mike", "digest"], ["digest", "mike"], ["digest"]], ids=len)
def test_mike_deploys_versions(plugins: list[str], tmp_path: Path) -> None:
    """Each version that mike deploys is a whole site, whose feeds and alternates lead to itself."""
    site = site_with(plugins, tmp_path, {}, extra={"version": {"provider": "mike"}}, strict=True)
    write(site / ".gitignore", "/site/\n/.cache/\n")
    origin = tmp_path / "origin.git"
    run(tmp_path, "git", "init", "--quiet", "--bare", str(origin))
    commit(site)
    run(site, "git", "remote", "add", "origin", str(origin))
    for arguments in (["1.0"], ["--update-aliases", "2.0", "latest"]):
        run(site, str(Path(sys.executable).with_name("mike")), "deploy", "--push", *arguments)
    out = tmp_path / "published"
    run(tmp_path, "git", "clone", "--quiet", "--branch", "gh-pages", str(origin), str(out))
    assert {item["version"] for item in json.loads((out / "versions.json").read_bytes())} == {"1.0", "2.0"}
    for version in ("1.0", "2.0"):
        deployed = Build(out / version, "", 0, f"{SITE_URL}{version}/")
        assert_digests(deployed)
        for lang, shown in pages(deployed, "digests/rain/").items():
            url = f"{deployed.site_url}{ROOTS[lang]}digests/rain/"
            assert attributes(shown, f"link[hreflang={lang}]", "href") == [url]
            assert url in (deployed.out / ROOTS[lang] / "digests" / "atom.xml").read_text("utf-8")


def test_the_readme_names_these_neighbours() -> None:
    """The README has a row for each of them, with the oldest version that is tested: the lower bound of its package."""
    table = (ROOT / "README.md").read_text("utf-8").split("## Works with")[1].split("\n## ")[0]
    rows = dict(re.findall(r"^\| `?([\w-]+)`? \| [\w-]+ ([\d.]+) \| \S", table, re.M))
    packages = {**{name: item.package for name, item in NEIGHBOURS.items()}, **PROGRAMS}
    bounds = lowest("neighbours")
    assert rows == {name: bounds[package] for name, package in packages.items()}
    assert set(packages.values()) == set(bounds)
