"""What pages say of themselves to machines: alternates, canonical addresses, Open Graph and JSON-LD."""

import json
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, urldefrag, urljoin

import pytest
from bs4 import BeautifulSoup, Tag

from mkdocs_digest.write.foreign import foreign_lang
from mkdocs_digest.write.metadata.facts import Publication
from mkdocs_digest.write.metadata.json_ld import write_graph, write_home_nodes
from mkdocs_digest.write.metadata.open_graph import og_locale
from tests.sites import (
    SITE_URL,
    Build,
    attributes,
    build,
    content,
    digest,
    file_at,
    is_error_page,
    make_site,
    one,
    text,
)

LANGUAGES = ["zh", "en"]
TRICKY = "Is </script><script>alert(1)</script> <!-- safe, R&D and \u2028 too?"
QUESTIONS = f"**Questions:**\n\n- Q: {TRICKY}\n- A: Yes, `</script>` too.\n"
CHINESE_QUESTIONS = "**问题：**\n\n- 问：这里的 </script> 会不会提前结束脚本？\n- 答：不会，一切照旧。\n"
FILES = {
    "digests/both.md": digest(
        {"zh": "两种语言", "en": "In two languages"}, tags=["R&D", 'a "b" <c>'], updated="2024-06-02", author="ft",
        source="https://example.com/a?b=1&c=2", image="https://example.com/a b.png",
    ).replace("\n---\n\n# In", f"\n{CHINESE_QUESTIONS}\n---\n\n# In") + f"\n{QUESTIONS}",
    "digests/zh.md": digest({"zh": "只有中文的一篇"}, date="2024-06-01", image="/img/名.png"),
    "digests/en.md": digest({"en": "Only in English"}, date="2024-06-03", image="javascript:alert(1)"),
}  # fmt: skip
I18N = [
    {"locale": "zh", "name": "中文", "default": True, "build": True},
    {"locale": "en", "name": "English", "build": True},
]
OWN_FILES = {**FILES, "index.md": "# 首页\n", "about.md": "# 关于\n", "about.en.md": "# About\n"}
SITES: dict[str, tuple[dict[str, str], dict[str, Any]]] = {
    "hide": (FILES, {"plugins": [{"digest": {"languages": LANGUAGES}}]}),
    "show": (FILES, {"plugins": [{"digest": {"languages": LANGUAGES, "untranslated": "show"}}]}),
    "files": (FILES, {"use_directory_urls": False, "plugins": [{"digest": {"languages": LANGUAGES}}]}),
    "whole": ({path.removeprefix("digests/"): source for path, source in FILES.items()},
              {"plugins": [{"digest": {"languages": LANGUAGES, "digest_dir": "."}}]}),
    "fallback": (OWN_FILES, {"plugins": ["digest", {"i18n": {"docs_structure": "suffix", "languages": I18N}}]}),
    "strict-homes": (OWN_FILES, {"plugins": ["digest", {"i18n": {
        "docs_structure": "suffix", "fallback_to_default": False, "languages": I18N}}]}),
}  # fmt: skip
REQUIRED = {
    "Organization": {"name"},
    "WebSite": {"@id", "url", "name", "inLanguage", "publisher"},
    "WebPage": {"@id", "url", "name", "inLanguage", "isPartOf", "breadcrumb", "mainEntity"},
    "CollectionPage": {"@id", "url", "name", "inLanguage", "isPartOf", "breadcrumb", "mainEntity"},
    "NewsArticle": {"@id", "url", "headline", "inLanguage", "author", "publisher", "mainEntityOfPage"},
    "CreativeWork": {"@id", "url"},
    "Question": {"@id", "url", "name"},
    "Answer": {"text", "url"},
    "BreadcrumbList": {"@id", "itemListElement"},
    "ItemList": {"@id", "numberOfItems", "itemListElement"},
    "ListItem": {"position", "name"},
}
SITE_TYPES = ["Organization", "WebSite"]

Node = dict[str, Any]


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Build]:
    """Return a function that builds one of the small sites, once each."""

    @cache
    def make(name: str) -> Build:
        return build(make_site(tmp_path_factory.mktemp(name), *SITES[name]))

    return make


@pytest.fixture(params=["example", *SITES])
def site(request: pytest.FixtureRequest, built: Callable[[str], Build]) -> Build:
    """One whole site."""
    if request.param == "example":
        return request.getfixturevalue("example")  # type: ignore[no-any-return]
    return built(request.param)


def graph(tree: Tag) -> list[Node]:
    """Return the nodes of a page's JSON-LD, none where it has no JSON-LD."""
    blocks = [json.loads(tag.get_text()) for tag in tree.select('script[type="application/ld+json"]')]
    assert len(blocks) < 2
    assert all(block["@context"] == "https://schema.org" for block in blocks)
    return [node for block in blocks for node in block["@graph"]]


def graphs(site: Build) -> dict[str, list[Node]]:
    """Return the nodes of every page that has some."""
    found = {path: graph(tree) for path, tree in site.pages.items()}
    return {path: nodes for path, nodes in found.items() if nodes}


def walk(value: Any) -> Iterator[Node]:
    """Yield all objects in JSON, at any depth."""
    if isinstance(value, dict):
        yield value
    for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from walk(item)


def of_type(nodes: list[Node], kind: str) -> Node:
    """Return the only node of a type."""
    found = [node for node in nodes if node["@type"] == kind]
    assert len(found) == 1
    return found[0]


def types(nodes: list[Node]) -> list[str]:
    """Return the types of a graph's nodes in order."""
    return [node["@type"] for node in nodes]


def is_digest(tree: Tag) -> bool:
    """Say whether a page is a digest's."""
    return bool(tree.select("article .digest[lang]"))


def hreflangs(tree: Tag) -> dict[str, str]:
    """Return the addresses that a page's head names by language, `x-default` included."""
    links = tree.select("link[rel=alternate][hreflang]:not([type])")
    found = {str(link["hreflang"]): str(link["href"]) for link in links}
    assert len(found) == len(links)
    return found


def properties(tree: Tag, name: str) -> list[str]:
    """Return the contents of a page's Open Graph properties of a name."""
    return attributes(tree, f'meta[property="{name}"]', "content")


def words(tag: Tag) -> str:
    """Return the text of an element as it is read, with single blanks."""
    return " ".join(tag.get_text().split())


def canonical(tree: Tag) -> str:
    """Return a page's canonical address."""
    return str(one(tree, "link[rel=canonical]")["href"])


def address(site: Build, path: str) -> str:
    """Return the absolute address of a file of the site, as links to pages have it."""
    url = path.removesuffix("index.html") if not (site.out / "digests/both.html").is_file() else path
    return site.site_url + quote(url)


def test_alternates_are_absolute_and_complete(site: Build) -> None:
    """A page's alternates are absolute, include the page itself, and `x-default` is the default's if any."""
    default = str(site.page("404.html").html["lang"])  # type: ignore[index]
    found = {path: links for path, tree in site.pages.items() if (links := hreflangs(tree))}
    assert found
    for path, links in found.items():
        named = {lang: href for lang, href in links.items() if lang != "x-default"}
        assert len(named) > 1
        assert address(site, path) in named.values()
        assert links["x-default"] == named.get(default, next(iter(named.values())))
        assert all(href.startswith(site.site_url) for href in links.values())


def test_alternates_exist_and_agree(site: Build) -> None:
    """Every page that is named as a translation exists and names the same translations itself."""
    for tree in site.pages.values():
        links = hreflangs(tree)
        for href in links.values():
            assert hreflangs(site.pages[file_at(href.removeprefix(site.site_url))]) == links


def test_error_page_names_no_translation(site: Build) -> None:
    """The error page of each language has no alternates, no canonical address and no metadata."""
    found = [tree for path, tree in site.pages.items() if is_error_page(path)]
    assert len(found) > 1
    for tree in found:
        assert tree.select("link[rel=alternate], link[rel=canonical]") == []
        assert graph(tree) == []


def test_every_page_but_copies_is_its_own_canonical(site: Build) -> None:
    """The canonical address of a page is its own; only copies name another, which exists."""
    for path, tree in site.pages.items():
        if is_error_page(path) or canonical(tree) == address(site, path):
            continue
        other = site.pages[file_at(canonical(tree).removeprefix(site.site_url))]
        assert canonical(other) == canonical(tree)
        part = next(part for part in (".digest", ".digest-entries", "h1") if tree.select(part))
        assert text(one(content(other), part)) == text(one(content(tree), part))


def test_generated_home_is_the_page_to_find(built: Callable[[str], Build]) -> None:
    """The home page that shows the index is its own canonical page, and the index names it, in each language."""
    site = built("hide")
    listed = (site.out / "sitemap.xml").read_text("utf-8")
    for root in ("", "en/"):
        home = f"{SITE_URL}{root}"
        shown, index = site.page(root), site.page(f"{root}digests/")
        assert canonical(shown) == canonical(index) == home
        assert properties(shown, "og:url") == properties(index, "og:url") == [home]
        assert of_type(graph(shown), "CollectionPage")["url"] == home
        assert hreflangs(shown) == {"zh": SITE_URL, "en": f"{SITE_URL}en/", "x-default": SITE_URL}
        assert f"<loc>{home}</loc>" in listed
        assert f"<loc>{home}digests/</loc>" not in listed


def test_borrowed_text_is_no_translation(built: Callable[[str], Build]) -> None:
    """With `untranslated: show`, a page that borrows its text is no alternate, and has the text's own for canonical."""
    site = built("show")
    for path in ("digests/zh/", "en/digests/zh/"):
        assert hreflangs(site.page(path)) == {}
        assert canonical(site.page(path)) == f"{SITE_URL}digests/zh/"
    assert canonical(site.page("digests/en/")) == f"{SITE_URL}en/digests/en/"
    assert properties(site.page("digests/en/"), "og:locale") == ["en_US"]
    assert types(graph(site.page("digests/en/"))) == [*SITE_TYPES, "WebPage", "BreadcrumbList"]


def test_text_in_no_language_of_the_site_has_one_address(built: Callable[[str], Build]) -> None:
    """A text in a language that the site is not built in has its page in the default language for canonical."""
    site = built("foreign")
    pages = [site.page("digests/ja/"), site.page("en/digests/ja/")]
    assert [canonical(tree) for tree in pages] == [f"{SITE_URL}digests/ja/"] * 2
    assert of_type(graph(pages[0]), "NewsArticle")["inLanguage"] == "ja"
    assert "NewsArticle" not in types(graph(pages[1]))


SITES["foreign"] = (
    {**FILES, "digests/ja.md": digest({"ja": "日本語だけのページです"})},
    {"plugins": [{"digest": {"languages": LANGUAGES, "untranslated": "show"}}]},
)


def test_fallback_of_the_sites_own_pages_is_no_translation(built: Callable[[str], Build]) -> None:
    """A page of the site's own that static-i18n repeats in another language is treated like a digest's."""
    site = built("fallback")
    assert hreflangs(site.page("")) == hreflangs(site.page("en/")) == {}
    assert canonical(site.page("en/")) == SITE_URL
    assert set(hreflangs(site.page("about/"))) == {"zh", "en", "x-default"}


def test_generated_home_is_a_translation_of_a_written_one(built: Callable[[str], Build]) -> None:
    """Where one language has a home page of the site's own and another has the index there, each names the other."""
    site = built("strict-homes")
    expected = {"zh": SITE_URL, "en": f"{SITE_URL}en/", "x-default": SITE_URL}
    assert hreflangs(site.page("")) == hreflangs(site.page("en/")) == expected


def test_open_graph_agrees_with_the_head(site: Build) -> None:
    """Every page of ours has each property once, the canonical address, and a locale for each alternate."""
    ours = {path: tree for path, tree in site.pages.items() if properties(tree, "og:type")}
    assert any(is_digest(tree) for tree in ours.values())
    for tree in ours.values():
        for name in ("og:type", "og:title", "og:description", "og:url", "og:site_name", "og:locale"):
            assert len(properties(tree, name)) == 1, name
        assert properties(tree, "og:url") == [canonical(tree)]
        assert properties(tree, "og:type") == ["article" if is_digest(tree) else "website"]
        langs = set(hreflangs(tree)) - {"x-default"}
        named = {*properties(tree, "og:locale"), *properties(tree, "og:locale:alternate")}
        assert not langs or named == {og_locale(lang) for lang in langs}


def test_open_graph_of_an_article(built: Callable[[str], Build]) -> None:
    """A digest's page tells its title, times, tags and picture, all as text."""
    tree = built("hide").page("en/digests/both/")
    assert properties(tree, "og:title") == ["In two languages"]
    assert properties(tree, "og:locale") == ["en_US"]
    assert properties(tree, "og:locale:alternate") == ["zh_CN"]
    assert properties(tree, "article:published_time") == ["2024-05-30T00:00:00+00:00"]
    assert properties(tree, "article:modified_time") == ["2024-06-02T00:00:00+00:00"]
    assert properties(tree, "article:tag") == ["R&D", 'a "b" <c>']
    assert attributes(tree, 'meta[name="twitter:card"]', "content") == ["summary_large_image"]


@pytest.mark.parametrize(
    ("page", "images"),
    [
        ("digests/both/", ["https://example.com/a%20b.png"]),
        ("digests/zh/", [f"{SITE_URL}img/%E5%90%8D.png"]),
        ("en/digests/en/", []),
    ],
)
def test_image_is_on_the_web(built: Callable[[str], Build], page: str, images: list[str]) -> None:
    """`image` is an address on the web or a path of the site; anything else is left out."""
    assert properties(built("hide").page(page), "og:image") == images


@pytest.mark.parametrize(
    ("lang", "locale"),
    [
        ("zh", "zh_CN"), ("zh-Hant", "zh_TW"), ("zh-TW", "zh_TW"), ("en", "en_US"), ("ja", "ja_JP"), ("pt-BR", "pt_BR"),
        ("pt", "pt_BR"), ("sr-Latn", "sr_RS"), ("fa", "fa_IR"), ("xx", "xx"), ("sh", "sh"), ("und", "en_US"),
    ],
)  # fmt: skip
def test_locale_has_a_territory(lang: str, locale: str) -> None:
    """Open Graph's locale is the language and the territory where it is most at home, if one is known."""
    assert og_locale(lang) == locale


def test_every_node_is_of_a_known_type(site: Build) -> None:
    """Every node of every graph has a type of schema.org and what its type cannot do without, and nothing empty."""
    nodes = [node for graph in graphs(site).values() for node in walk(graph) if set(node) != {"@id"}]
    assert {node["@type"] for node in nodes} <= set(REQUIRED)
    assert [
        (node["@type"], REQUIRED[node["@type"]] - set(node)) for node in nodes if REQUIRED[node["@type"]] - set(node)
    ] == []
    assert [node for node in nodes if None in node.values() or "" in node.values() or [] in node.values()] == []


def test_every_page_kind_has_its_nodes(site: Build) -> None:
    """Digests, listings and home pages each have their nodes, pages of the site's own none."""
    kinds = set()
    for path, tree in site.pages.items():
        kind = tuple(types(graph(tree)))
        if is_digest(tree):
            borrowed = canonical(tree) != address(site, path)
            article = () if borrowed else ("NewsArticle",)
            assert kind == (*SITE_TYPES, "WebPage", *article, "BreadcrumbList")
        elif properties(tree, "og:type"):
            assert kind == (*SITE_TYPES, "CollectionPage", "BreadcrumbList")
        else:
            assert kind in ((), tuple(SITE_TYPES))
            kinds.add((path.count("/"), kind))
    assert all(kind == () for depth, kind in kinds if depth > 1)


def test_every_named_node_exists(site: Build) -> None:
    """Every `@id` that is named is that of a node on the page its address leads to, translations included."""
    found = graphs(site)
    defined = {
        (path, node["@id"]) for path, nodes in found.items() for node in walk(nodes) if "@id" in node and len(node) > 1
    }
    # the page that a repeated or own home page stands for has nodes of that address too
    for path, nodes in found.items():
        for node in walk(nodes):
            id_ = str(node.get("@id", ""))
            if set(node) != {"@id"} or not id_.startswith(site.site_url) or (path, id_) in defined:
                continue
            assert (file_at(urldefrag(id_)[0].removeprefix(site.site_url)), id_) in defined, (path, id_)


def test_translations_name_each_other(site: Build) -> None:
    """The first text of a file has all others for translations, each of which has it for its original."""
    articles = {
        node["@id"]: node for nodes in graphs(site).values() for node in nodes if node["@type"] == "NewsArticle"
    }
    originals = {id_: node for id_, node in articles.items() if "workTranslation" in node}
    assert originals
    pairs = {(id_, other["@id"]) for id_, node in originals.items() for other in node["workTranslation"]}
    inverse = {(node["translationOfWork"]["@id"], id_) for id_, node in articles.items() if "translationOfWork" in node}
    assert pairs == inverse
    assert all(articles[one_]["inLanguage"] != articles[other]["inLanguage"] for one_, other in pairs)


def test_article_says_what_the_page_shows(site: Build) -> None:
    """An article's title, language, dates, tags, original and questions are those that its page shows."""
    for tree in site.pages.values():
        nodes = graph(tree)
        if "NewsArticle" not in types(nodes):
            continue
        article, area = of_type(nodes, "NewsArticle"), content(tree)
        assert len(article["headline"]) <= 110
        assert text(one(area, "h1")).startswith(article["headline"].removesuffix("…"))
        assert article["inLanguage"] == one(area, ".digest")["lang"]
        assert datetime.fromisoformat(article["datePublished"]) <= datetime.fromisoformat(article["dateModified"])
        assert article["datePublished"] in attributes(area, "time", "datetime")
        assert article.get("keywords", []) == [text(tag) for tag in area.select(".digest-tags .md-tag")]
        badges = attributes(area, "a.digest-source", "href")
        assert [article["isBasedOn"]["url"]] == badges if badges else "isBasedOn" not in article
        asked = [(question["id"], words(one(question, "summary"))) for question in area.select("details.question")]
        assert [(urldefrag(part["url"])[1], part["name"]) for part in article.get("hasPart", [])] == asked


def test_listing_lists_what_the_page_shows(site: Build) -> None:
    """The list of a page of digests has its entries in order, by title and address."""
    for path, tree in site.pages.items():
        nodes = graph(tree)
        if "CollectionPage" in types(nodes) and (links := tree.select(".digest-entry__title a")):
            items = of_type(nodes, "CollectionPage")["mainEntity"]["itemListElement"]
            assert [item["position"] for item in items] == list(range(1, len(links) + 1))
            assert [item["name"] for item in items] == [text(link) for link in links]
            followed = [site.follow(quote(path), str(link["href"])) for link in links]
            assert [item["url"].removeprefix(site.site_url) for item in items] == followed


def test_breadcrumbs_lead_from_home_to_the_page(site: Build) -> None:
    """Breadcrumbs begin at the home page of the page's language and end at the page."""
    for path, tree in site.pages.items():
        nodes = graph(tree)
        if "BreadcrumbList" in types(nodes):
            steps = of_type(nodes, "BreadcrumbList")["itemListElement"]
            assert [step["position"] for step in steps] == list(range(1, len(steps) + 1))
            assert steps[0]["item"] == of_type(nodes, "WebSite")["url"]
            assert steps[-1]["item"] in (address(site, path), canonical(tree))
            assert all(site.has(step["item"].removeprefix(site.site_url)) for step in steps)


def test_home_page_of_the_sites_own_is_the_website(built: Callable[[str], Build]) -> None:
    """A home page that the site has written says what site it is the home of; other pages of its own say nothing."""
    site = built("strict-homes")
    assert of_type(graph(site.page("")), "WebSite")["url"] == SITE_URL
    assert graph(site.page("about/")) == []


def test_text_stays_in_its_script(built: Callable[[str], Build]) -> None:
    """A question that would end the script, or open a comment in it, is data like any other."""
    tree = built("hide").page("en/digests/both/")
    source = one(tree, 'script[type="application/ld+json"]').get_text()
    assert not set(source) & set("<>&\u2028\u2029")
    [question] = of_type(graph(tree), "NewsArticle")["hasPart"]
    assert question["name"] == " ".join(TRICKY.split())
    assert question["acceptedAnswer"]["text"] == "Yes, </script> too."
    assert not [tag for tag in tree.select("script") if "alert(1)" in tag.get_text() and not tag.has_attr("type")]


def test_question_without_an_answer_has_none(tmp_path: Path) -> None:
    """A question that has no answer, which a build reports, is in the graph without one."""
    source = digest({"en": "One"}) + "\n**Questions:**\n\n- Q: Is there an answer?\n"
    site = build(make_site(tmp_path, {"digests/one.md": source}), strict=False)
    [question] = of_type(graph(site.page("digests/one/")), "NewsArticle")["hasPart"]
    assert question["name"] == "Is there an answer?"
    assert "acceptedAnswer" not in question


def test_graph_is_safe_and_the_same_text() -> None:
    """Whatever a text holds, the graph's JSON has none of the characters that HTML reads, and gives the text back."""
    name = '</script><!-- & ]]> \u2028 \u2029 \\ " 中 😀'
    publication = Publication(name, "", "en", "en/", "./", str, absolute=False)
    source = write_graph(write_home_nodes(publication), [{"@type": "Thing", "name": name, "url": None, "about": []}])
    assert not set(source) & set("<>&\u2028\u2029")
    organization, _, thing = json.loads(source)["@graph"]
    assert organization["name"] == name
    assert thing == {"@type": "Thing", "name": name}


def test_site_without_address_has_relative_ids(tmp_path: Path) -> None:
    """Without `site_url` nothing claims an absolute address; the graph is the same, relative to the page."""
    site = build(make_site(tmp_path, FILES, {"site_url": "", "plugins": [{"digest": {"languages": LANGUAGES}}]}))
    tree: BeautifulSoup = site.page("en/digests/both/")
    assert tree.select("link[rel=canonical]") == []
    assert properties(tree, "og:url") == []
    assert SITE_URL not in str(tree.head)
    article = of_type(graph(tree), "NewsArticle")
    relative = [article["@id"], article["translationOfWork"]["@id"], hreflangs(tree)["zh"]]
    assert [urljoin("/en/digests/both/", url) for url in relative] == [
        "/en/digests/both/#article",
        "/digests/both/#article",
        "/digests/both/",
    ]
    assert all(url.startswith("../") for url in relative)


@pytest.mark.parametrize(
    ("name", "lang", "found"),
    [
        ("人工智能", "en", "zh"),
        ("人工智能 AI", "en", "zh"),
        ("人工智能", "zh", None),
        ("人工智能", "ja", None),
        ("한국", "en", None),
        ("Reuters", "zh", None),
        ("2024", "en", None),
    ],
)
def test_name_in_another_script_is_in_another_language(name: str, lang: str, found: str | None) -> None:
    """A name in the script of another of the site's languages is in that one; Latin letters are at home everywhere."""
    assert foreign_lang(name, lang, ("en", "zh", "ja")) == found


def test_tag_without_a_name_in_the_language_is_marked(tmp_path: Path) -> None:
    """A tag that has no name in the page's language says whose it is, wherever it stands."""
    site = build(make_site(tmp_path, {"digests/a.md": digest({"en": "One", "zh": "一"}, tags=["人工智能", "AI"])}))
    for url, selector in (("digests/a/", ".md-tag"), ("digests/tags/", ".digest-group__title")):
        for root, marked in (("", ["人工智能"]), ("zh/", [])):
            tags = content(site.page(root + url)).select(f"{selector}[lang]")
            assert [(text(tag), tag["lang"]) for tag in tags] == [(name, "zh") for name in marked]
    assert one(content(site.page("digests/tags/人工智能/")), "h1")["lang"] == "zh"


def test_source_without_a_name_in_the_language_is_marked(tmp_path: Path) -> None:
    """The badge of an original whose source has a name in another language only says in which."""
    files = {
        "digests/a.md": digest({"en": "One", "zh": "一"}, author="xinhua", source="https://example.com/a"),
        "digests/.sources.yml": "xinhua: 新华社\n",
    }
    site = build(make_site(tmp_path, files))
    for url in ("digests/", "digests/a/"):
        badge = one(content(site.page(url)), ".digest-source span")
        assert (text(badge), badge["lang"]) == ("新华社", "zh")
        assert not content(site.page(f"zh/{url}")).select(".digest-source [lang]")
