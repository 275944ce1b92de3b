"""Feeds and data files, read back by programs that did not write them."""

import csv
import io
import json
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit
from xml.etree import ElementTree as ET

import feedparser
import jsonschema
import pytest
import yaml
from bs4 import BeautifulSoup

from mkdocs_digest import parse_digest
from mkdocs_digest.model.digest import Digest, Translation
from mkdocs_digest.write.elements import around, element
from mkdocs_digest.write.feeds.document import write_document
from tests.sites import ROOT, SITE_URL, Build, attributes, build, digest, file_at, is_error_page, make_site

ATOM = "{http://www.w3.org/2005/Atom}"
HISTORY = "{http://purl.org/syndication/history/1.0}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
SCHEMA = json.loads((ROOT / "tests" / "data" / "json-feed-1.1.schema.json").read_text("utf-8"))
RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)")
TYPES = {"application/atom+xml": "atom.xml", "application/rss+xml": "rss.xml", "application/feed+json": "feed.json"}
LANGS = {"zh": "", "en": "en/", "ja": "ja/"}

NASTY = "R&D <b>x</b> ]]> &amp; “q” 🦉 שלום"
HARD = {
    "digests/nasty.md": digest({"zh": f"标题 {NASTY}", "en": f"Title {NASTY}"}, tags=[NASTY, "a b"], author="who"),
    "digests/control.md": digest(
        {"en": "Bell"}, title={"en": "Bell\x07 and\x0c feed\x1b"}, tags=["ctl\x02"], date="2024-06-01"
    ),
    "digests/arabic.md": (
        "---\ndate: 2024-06-02\ntags: [عربي]\n---\n\n"
        "# عنوان الخبر\n\n**الملخص:**\nنص قصير عن الخبر باللغة العربية & <x>.\n"
    ),
    "digests/markup.md": (
        "---\ndate: 2024-03-04\ntags: [markup]\n---\n\n# Less than\n\n**Summary:**\n"
        "It says a \\<b and c> d, `<img src=x onerror=alert(1)>` & ]]> and\nmore.\n"
    ),
    "digests/texts/links.md": (
        "---\ndate: 2024-06-03T10:00:00+08:00\nupdated: 2024-07-01\n---\n\n# Links\n\n**Summary:**\n"
        'See [one](../nasty.md#q1), [this](#q1), [that](https://example.com/?a=1&b=2 "t") and ![dot](dot.png).\n\n'
        "```python\nprint('<a href=\"x.md\">')\n```\n\n**Interesting Questions:**\n\n"
        "1. Q: Is `a < b`?\n   A: Yes & no.\n\n       more\n\n2. Q: And now?\n   A: - one\n      - two\n"
    ),
    "digests/texts/dot.png": "no picture",
    "digests/.sources.yml": yaml.safe_dump(
        {"who": {"name": NASTY, "description": NASTY, "url": "https://example.com/a&b"}}, allow_unicode=True
    ),
}


@pytest.fixture(scope="session")
def hard(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """A site below a path whose every text is trouble."""
    config = {
        "site_name": f"Site {NASTY}",
        "site_description": NASTY,
        "site_url": "https://example.org/deep/er/",
        "plugins": [{"digest": {"languages": ["zh", "en", "ar"], "feed_entries": 1, "images": True}}],
    }
    return build(make_site(tmp_path_factory.mktemp("hard"), HARD, config))


@pytest.fixture(scope="session")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """A site without folders for pages, that shows a text in another language where its own is missing."""
    files = {"index.md": "# Home\n", "digests/a.md": digest({"en": "Only in English"}, tags=["C++"], author="ft")}
    config = {
        "use_directory_urls": False,
        "plugins": [{"digest": {"languages": ["zh", "en"], "untranslated": "show"}}],
    }
    return build(make_site(tmp_path_factory.mktemp("shown"), files, config))


@pytest.fixture(params=["example", "hard", "shown"])
def site(request: pytest.FixtureRequest) -> Build:
    """One whole site."""
    return request.getfixturevalue(request.param)  # type: ignore[no-any-return]


def parsed(site: Build, path: str) -> Any:
    """Return a feed as feedparser reads it; it must find nothing wrong."""
    feed = feedparser.parse(io.BytesIO((site.out / path).read_bytes()))
    assert not feed.bozo, feed.bozo_exception
    return feed


def loaded(site: Build, path: str) -> Any:
    """Return a JSON file."""
    return json.loads((site.out / path).read_text("utf-8"))


def below(site: Build, address: str) -> str:
    """Return the file of an absolute URL of the site."""
    assert address.startswith(site.site_url)
    return file_at(address.removeprefix(site.site_url))


def atoms(site: Build) -> dict[str, ET.Element]:
    """Return every Atom document of a site by its path."""
    roots = {path: ET.parse(path).getroot() for path in sorted(site.out.rglob("*.xml"))}
    return {path.relative_to(site.out).as_posix(): root for path, root in roots.items() if root.tag == f"{ATOM}feed"}


def link(element: ET.Element, rel: str) -> str | None:
    """Return the address of the only link of a relation."""
    found = [item.get("href") for item in element.findall(f"{ATOM}link") if item.get("rel") == rel]
    assert len(found) < 2
    return found[0] if found else None


def sources(lang: str) -> list[tuple[Digest, Translation]]:
    """Return the example site's digests in a language, newest first, from their files."""
    texts = (ROOT / "example_site" / "docs" / "digests").rglob("*.md")
    digests = [parse_digest(path.read_text("utf-8"), path=path.name).digest for path in texts]
    found = [(item, text) for item in digests if item and (text := item.translation(lang))]
    return sorted(found, key=lambda pair: str(pair[0].date), reverse=True)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", ["atom.xml", "rss.xml"])
def test_feed_of_the_index_is_read_back(example: Build, lang: str, name: str) -> None:
    """A feed parser finds the newest twenty digests of the language, with titles, dates and the original."""
    feed = parsed(example, f"{LANGS[lang]}digests/{name}")
    expected = sources(lang)[:20]
    assert feed.feed.language == lang
    assert [entry.title for entry in feed.entries] == [text.title for _, text in expected]
    assert len({entry.id for entry in feed.entries}) == len(expected)
    for entry, (item, text) in zip(feed.entries, expected, strict=True):
        assert isinstance(item.date, datetime)
        assert entry.published_parsed == item.date.utctimetuple()
        assert len(entry.tags) == len(item.tags)
        original = entry.source.href if name == "rss.xml" else next(at.href for at in entry.links if at.rel == "via")
        assert original == text.source
        assert example.has(below(example, entry.link))


def test_formats_agree(site: Build) -> None:
    """The three formats of a feed have the same entries, with the same ids and texts."""
    for path in atoms(site):
        if not path.endswith("/atom.xml"):
            continue
        folder = path.removesuffix("atom.xml")
        atom, rss, items = parsed(site, path), parsed(site, f"{folder}rss.xml"), loaded(site, f"{folder}feed.json")
        ids = [item["id"] for item in items["items"]]
        assert [entry.id for entry in atom.entries] == [entry.id for entry in rss.entries] == ids
        assert [entry.content[0].value for entry in atom.entries] == [entry.content[0].value for entry in rss.entries]


def test_every_listing_has_its_feeds(site: Build) -> None:
    """The index, each tag page and each source page of each language has three feeds with its digests."""
    pages = [path for path in site.pages if re.search(r"digests/(?:index|(?:tags|sources)/.+)\.html$", path)]
    folders = [re.sub(r"(?:/?index)?\.html$", "", path) for path in pages]
    folders = [folder for folder in folders if not re.search(r"/(?:tags|sources|page/\d+)$", folder)]
    assert {f"{folder}/{name}" for folder in folders for name in TYPES.values()} == {
        path.relative_to(site.out).as_posix() for name in TYPES.values() for path in site.out.rglob(name)
    }


def test_every_feed_reads_back_as_readers_show_it(hard: Build) -> None:
    """Plain texts are the same in all formats; RSS descriptions, which are HTML to readers, show the same text."""
    shown = 0
    for path in sorted(hard.out.rglob("rss.xml")):
        items = json.loads(path.with_name("feed.json").read_text("utf-8"))["items"]
        rss = ET.parse(path).getroot().findall("channel/item")
        atom = ET.parse(path.with_name("atom.xml")).getroot().findall(f"{ATOM}entry")
        assert len(items) == len(rss) == len(atom)
        for item, in_rss, in_atom in zip(items, rss, atom, strict=True):
            assert in_rss.findtext("title") == in_atom.findtext(f"{ATOM}title") == item["title"]
            assert in_atom.findtext(f"{ATOM}summary") == item.get("summary")
            described = BeautifulSoup(in_rss.findtext("description") or "", "html.parser")
            assert not described.find_all(True)
            assert described.get_text() == item.get("summary", "")
            assert in_rss.findtext("{http://purl.org/rss/1.0/modules/content/}encoded") == item["content_html"]
            shown += "<" in item.get("summary", "")
    assert shown


def test_pages_offer_feeds_in_their_language(site: Build) -> None:
    """Every page names three feeds of its own language: a tag's page the tag's, a digest the index's."""
    for path, tree in site.pages.items():
        if is_error_page(path):
            continue
        offered = {
            str(tag["type"]): site.follow(path, str(tag["href"])) for tag in tree.select("head link[type][title]")
        }
        assert {type_: (target or "").rpartition("/")[2] for type_, target in offered.items()} == TYPES
        atom = ET.parse(site.out / file_at(offered["application/atom+xml"] or "")).getroot()
        assert tree.html is not None
        assert atom.get(LANG) == tree.html["lang"]
    tag = "digests/tags/c-plus-plus.html"
    if tag in site.pages:
        (href,) = attributes(site.pages[tag], "head link[type='application/rss+xml']", "href")
        assert site.follow(tag, href) == "digests/tags/c-plus-plus/rss.xml"


def test_listing_shows_its_feeds(example: Build) -> None:
    """A reader of a tag's page sees links to its feeds."""

    def offered(page: str) -> list[str]:
        return [urljoin(page, href) for href in attributes(example.page(page), ".digest-feeds a", "href")]

    tag = "en/digests/tags/space/"
    assert offered(tag) == [f"{tag}{name}" for name in ("atom.xml", "rss.xml", "feed.json")]
    index = "en/digests/"
    assert offered(index)[3:] == [f"{index}{name}" for name in ("feeds.opml", "digests.json", "questions.csv")]


def test_atom_obeys_its_rfc(site: Build) -> None:
    """Every Atom document has what RFC 4287 requires: ids, titles, dates, authors, a link to itself, absolute IRIs."""
    documents = atoms(site)
    assert documents
    for path, root in documents.items():
        assert below(site, link(root, "self") or "") == path
        assert root.findtext(f"{ATOM}author/{ATOM}name")
        entries = root.findall(f"{ATOM}entry")
        ids = [item.findtext(f"{ATOM}id", "") for item in (root, *entries)]
        assert len(set(ids)) == len(ids)
        for item in (root, *entries):
            assert required(item) == []
            assert site.has(below(site, link(item, "alternate") or ""))
        assert root.findtext(f"{ATOM}updated") == max(
            (entry.findtext(f"{ATOM}updated", "") for entry in entries), key=datetime.fromisoformat
        )


def required(element: ET.Element) -> list[str]:
    """Return what is wrong with a feed or an entry, by RFC 4287 sections 3 and 4."""
    once = [f"{ATOM}{name}" for name in ("id", "title", "updated")]
    faults = [tag for tag in once if len(element.findall(tag)) != 1 or not element.findtext(tag)]
    dates = [element.findtext(f"{ATOM}{name}") for name in ("updated", "published")]
    faults += [date for date in dates if date and not RFC3339.fullmatch(date)]
    addresses = [item.get("href", "") for item in element.findall(f"{ATOM}link")]
    addresses += [element.findtext(f"{ATOM}id", ""), *(uri.text or "" for uri in element.iter(f"{ATOM}uri"))]
    faults += [address for address in addresses if not urlsplit(address).scheme or re.search(r"[\s<>\"]", address)]
    return faults + [str(item.attrib) for item in element.findall(f"{ATOM}category") if not item.get("term")]


def test_rss_obeys_its_specification(site: Build) -> None:
    """Every RSS document has a title, link and description, and its guids are no links."""
    for path in site.out.rglob("rss.xml"):
        root = ET.parse(path).getroot()
        channel = root[0]
        assert (root.tag, root.get("version"), channel.tag) == ("rss", "2.0", "channel")
        assert all(channel.findtext(name) for name in ("title", "link", "description", "language"))
        assert channel.find(f"{ATOM}link[@rel='self']") is not None
        for item in channel.findall("item"):
            assert item.findtext("title")
            assert [guid.get("isPermaLink") for guid in item.findall("guid")] == ["false"]


def test_json_feed_obeys_its_schema(site: Build) -> None:
    """Every JSON Feed, and every data file, is valid by the schema of JSON Feed 1.1."""
    files = [path for path in site.out.rglob("*.json") if path.name != "search_index.json"]
    assert len(files) > 3
    for path in files:
        jsonschema.validate(json.loads(path.read_text("utf-8")), SCHEMA)


def test_nasty_texts_survive(hard: Build) -> None:
    """Markup, ends of CDATA, emoji and right-to-left letters come back from every field as they were written."""
    folder = "en/digests/sources/who"
    title, feed_title = f"Title {NASTY}", f"Digests from {NASTY} · Site {NASTY}"
    atom = parsed(hard, f"{folder}/atom.xml")
    assert (atom.feed.title, atom.feed.subtitle, atom.entries[0].title) == (feed_title, NASTY, title)
    assert [(tag.term, tag.label) for tag in atom.entries[0].tags] == [(NASTY, NASTY), ("a b", "a b")]
    assert atom.entries[0].author_detail == {"name": NASTY, "href": "https://example.com/a&b"}
    channel = ET.parse(hard.out / folder / "rss.xml").getroot()[0]
    assert (channel.findtext("title"), channel.findtext("description")) == (feed_title, NASTY)
    assert channel.findtext("item/title") == title
    assert [tag.text for tag in channel.findall("item/category")] == [NASTY, "a b"]
    feed = loaded(hard, f"{folder}/feed.json")
    assert (feed["title"], feed["description"]) == (feed_title, NASTY)
    assert (feed["items"][0]["title"], feed["items"][0]["tags"]) == (title, [NASTY, "a b"])


def test_what_xml_cannot_hold_is_left_out() -> None:
    """Control characters, halves of surrogate pairs and non-characters are dropped from texts and attributes."""
    inner = element("a", "b\x00e\x07l\x1bl\ud800 \uffff\U0001f989\ttab", {"c": "d\x0be"})
    read = ET.fromstring(write_document(around("root", inner), "x.xml"))
    assert read[0].text == "bell \U0001f989\ttab"
    assert read[0].attrib == {"c": "de"}


def test_control_characters_break_no_feed(hard: Build) -> None:
    """A title with control characters is read from every format."""
    for name in ("atom.xml", "rss.xml"):
        assert parsed(hard, f"en/digests/tags/ctl/{name}").entries[0].title.startswith("Bell")
    assert loaded(hard, "en/digests/tags/ctl/feed.json")["items"][0]["title"].startswith("Bell")


def test_right_to_left_texts_are_marked(hard: Build) -> None:
    """An Arabic feed says that it is Arabic, and its texts run from right to left."""
    feed = parsed(hard, "ar/digests/atom.xml")
    assert feed.feed.language == "ar"
    root = ET.parse(hard.out / "ar/digests/atom.xml").getroot()
    assert root.findtext(f"{ATOM}entry/{ATOM}content", "").startswith('<div lang="ar" dir="rtl">')
    assert feed.entries[0].title == "عنوان الخبر"


def test_content_holds_anywhere(site: Build) -> None:
    """The texts in feeds have absolute links only, and nothing of the page: no ids, classes, scripts or folds."""
    for root in atoms(site).values():
        for content in root.iter(f"{ATOM}content"):
            tree = BeautifulSoup(content.text or "", "html.parser")
            links = attributes(tree, "[href]", "href") + attributes(tree, "[src]", "src")
            assert [address for address in links if not urlsplit(address).scheme] == []
            assert tree.select("[id], [class], script, details, summary, button, .headerlink, span") == []


def test_links_in_content_lead_where_they_did(hard: Build) -> None:
    """Links to other digests, to the page itself and to pictures become absolute; addresses elsewhere stay."""
    data = loaded(hard, "en/digests/feeds/2024-06.json")
    item = next(item for item in data["items"] if item["title"] == "Links")
    tree = BeautifulSoup(item["content_html"], "html.parser")
    base = "https://example.org/deep/er/en/digests/"
    expected = [f"{base}nasty/#q1", f"{base}texts/links/#q1", "https://example.com/?a=1&b=2"]
    assert attributes(tree, "a", "href") == expected
    (picture,) = attributes(tree, "img", "src")
    assert hard.has(below(hard, picture))
    assert tree.select_one("pre")
    assert "print('<a href=\"x.md\">')" in tree.get_text()


def test_questions_read_well(hard: Build) -> None:
    """In a feed each question is a heading with its answer below it."""
    data = loaded(hard, "en/digests/feeds/2024-06.json")
    item = next(item for item in data["items"] if item["title"] == "Links")
    headings = BeautifulSoup(item["content_html"], "html.parser").select("h3")
    assert [heading.get_text() for heading in headings] == ["Is a < b?", "And now?"]
    assert headings[0].find_next("p").get_text() == "Yes & no."  # type: ignore[union-attr]


def test_dates_come_from_the_digests(hard: Build) -> None:
    """An entry is as old as its digest, and as new as the digest's last change, in the zone of the site."""
    entries = {entry.title: entry for entry in parsed(hard, "en/digests/feeds/2024-06.xml").entries}
    assert entries["Links"].published == "2024-06-03T02:00:00+00:00"
    assert entries["Links"].updated == "2024-07-01T00:00:00+00:00"


def test_a_digest_without_a_date(tmp_path: Path) -> None:
    """A digest without a date has a fixed one where the format demands it, and an archive document of its own."""
    text = digest({"en": "Some day or other"}).replace("date: 2024-05-30\n", "")
    files = {"digests/one.md": text, "digests/two.md": digest({"en": "On a certain day"})}
    built = build(make_site(tmp_path, files), strict=False)
    dated, undated = parsed(built, "digests/atom.xml").entries
    assert dated.published == "2024-05-30T00:00:00+00:00"
    assert undated.updated == "1970-01-01T00:00:00+00:00"
    assert "published" not in undated
    assert ids(built, "digests/feeds/undated.xml") == [undated.id]
    item = loaded(built, "digests/feeds/undated.json")["items"][0]
    assert not {"date_published", "date_modified"} & set(item)


def chain(site: Build, path: str, rel: str) -> Iterator[tuple[str, ET.Element]]:
    """Yield the documents from one on, following a relation."""
    following: str | None = path
    while following:
        root = ET.parse(site.out / following).getroot()
        yield following, root
        address = link(root, rel)
        following = below(site, address) if address else None


@pytest.mark.parametrize("lang", LANGS)
def test_archive_holds_everything(example: Build, lang: str) -> None:
    """From the feed back through its archive a reader gets every digest of the language, and the way forward again."""
    documents = dict(chain(example, f"{LANGS[lang]}digests/atom.xml", "prev-archive"))
    first, *rest = documents
    titles = {entry.findtext(f"{ATOM}title") for root in documents.values() for entry in root.iter(f"{ATOM}entry")}
    assert titles == {text.title for _, text in sources(lang)}
    assert documents[first].find(f"{HISTORY}archive") is None
    for path in rest:
        root = documents[path]
        assert root.find(f"{HISTORY}archive") is not None
        assert below(example, link(root, "current") or "") == first
        assert root.findtext(f"{ATOM}id") == documents[first].findtext(f"{ATOM}id")
        months = {entry.findtext(f"{ATOM}published", "")[:7] for entry in root.iter(f"{ATOM}entry")}
        assert months == {Path(path).stem}
    assert [path for path, _ in chain(example, rest[-1], "next-archive")] == rest[::-1]


def test_the_growing_month_is_archived_only_if_the_feed_is_too_short(hard: Build) -> None:
    """The newest month is in the archive where the feed cannot hold it, and there alone."""
    assert len(parsed(hard, "en/digests/atom.xml").entries) == 1
    assert len(parsed(hard, "en/digests/feeds/2024-06.xml").entries) == 2
    assert hard.has("ar/digests/atom.xml")
    assert not hard.has("ar/digests/feeds/2024-06.xml")


def ids(site: Build, path: str) -> list[str]:
    """Return the ids of a feed's entries."""
    return [str(entry.id) for entry in parsed(site, path).entries]


def test_ids_outlive_titles_and_addresses(tmp_path: Path) -> None:
    """A digest keeps its id when its title, its address and the site's scheme change; each language has its own."""
    before = build(make_site(tmp_path / "a", {"digests/x.md": digest({"en": "One title", "zh": "一个标题"})}))
    config = {"site_url": "http://example.org/", "plugins": [{"digest": {"url_format": "{date:%Y}/{slug}"}}]}
    changed = {"digests/x.md": digest({"en": "Another one", "zh": "另一个"}, slug="moved")}
    after = build(make_site(tmp_path / "b", changed, config))
    assert ids(before, "digests/atom.xml") == ids(after, "digests/atom.xml")
    assert ids(before, "zh/digests/rss.xml") == ids(after, "zh/digests/rss.xml")
    assert ids(before, "digests/atom.xml") != ids(before, "zh/digests/atom.xml")


def test_rebuilding_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Feeds and data files are the same bytes whatever the machine's time zone and locale."""
    config = {"plugins": [{"digest": {"timezone": "Asia/Shanghai"}}]}
    folder = make_site(tmp_path, HARD, config)
    results = []
    for zone, locale in (("America/Los_Angeles", "C"), ("Asia/Tokyo", "C.UTF-8")):
        monkeypatch.setenv("TZ", zone)
        monkeypatch.setenv("LANG", locale)
        monkeypatch.setenv("LC_ALL", locale)
        built = build(folder)
        found = [path for name in ("*.xml", "*.json", "*.csv", "*.opml") for path in built.out.rglob(name)]
        kept = sorted(path for path in found if path.name not in ("sitemap.xml", "search_index.json"))
        results.append({path: path.read_bytes() for path in kept})
    assert len(results[0]) > 20
    assert results[0] == results[1]


def test_outline_lists_every_feed(site: Build) -> None:
    """The OPML file of a language has each of its feeds once, under a heading for tags and one for sources."""
    listed = []
    for path in site.out.rglob("feeds.opml"):
        root = ET.parse(path).getroot()
        assert (root.tag, root.get("version")) == ("opml", "2.0")
        outlines = [outline for outline in root.iter("outline") if outline.get("xmlUrl")]
        assert all(outline.get("text") and outline.get("type") == "rss" for outline in outlines)
        assert all(site.has(below(site, outline.get("htmlUrl", ""))) for outline in outlines)
        listed += [below(site, outline.get("xmlUrl", "")) for outline in outlines]
    assert sorted(listed) == sorted(path for path in atoms(site) if path.endswith("/atom.xml"))


def test_feeds_name_their_style_sheets(site: Build) -> None:
    """The style sheets that a feed names, for a browser that opens it, are where it says."""
    for path in atoms(site):
        text = (site.out / path).read_text("utf-8")
        styles = re.findall(r'<\?xml-stylesheet type="text/(xsl|css)" href="([^"]+)"\?>', text)
        assert [kind for kind, _ in styles] == ["xsl", "css"]
        assert all(site.has(urljoin(path, href)) for _, href in styles)


def test_borrowed_texts_are_marked(shown: Build) -> None:
    """A digest shown in another language for want of its own says so in each format."""
    entry = ET.parse(shown.out / "digests/atom.xml").getroot().find(f"{ATOM}entry")
    assert entry is not None
    assert entry.get(LANG) == "en"
    assert loaded(shown, "digests/feed.json")["items"][0]["language"] == "en"
    assert parsed(shown, "digests/rss.xml").entries[0].title_detail.language == "en"
    assert ids(shown, "digests/atom.xml") != ids(shown, "en/digests/atom.xml")


@pytest.mark.parametrize("lang", LANGS)
def test_data_holds_every_digest(example: Build, lang: str) -> None:
    """`digests.json` leads month by month to every digest, with its questions, terms and other languages."""
    data = loaded(example, f"{LANGS[lang]}digests/digests.json")
    expected = sources(lang)
    months = data["_digest"]["months"]
    assert sum(month["count"] for month in months) == len(expected)
    assert loaded(example, below(example, months[0]["url"]))["items"] == data["items"]
    items = [item for month in months for item in loaded(example, below(example, month["url"]))["items"]]
    assert [item["title"] for item in items] == [text.title for _, text in expected]
    for item, (source, text) in zip(items, expected, strict=True):
        extension = item["_digest"]
        assert len(extension["questions"]) == len(text.questions)
        assert [tag["id"] for tag in extension["tags"]] == list(source.tags)
        assert all(example.has(below(example, address)) for address in extension["alternates"].values())
        assert set(extension["alternates"]) == set(source.langs)


def test_data_is_paged_by_month(example: Build) -> None:
    """Following `next_url` from `digests.json` passes every month once."""
    passed, address = [], f"{example.site_url}digests/digests.json"
    while address:
        data = loaded(example, below(example, address))
        passed += [item["id"] for item in data["items"]]
        address = data.get("next_url", "")
    assert len(passed) == len(set(passed)) == len(sources("zh"))


def test_questions_become_flash_cards(hard: Build) -> None:
    """`questions.csv` has a row for each question, without markup, whose address leads to it."""
    with (hard.out / "en/digests/questions.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == ["id", "url", "question", "answer", "tags"]
    assert rows[0]["url"] == "https://example.org/deep/er/en/digests/texts/links/#q1"
    assert (rows[0]["question"], rows[0]["answer"].splitlines()[0]) == ("Is a < b?", "Yes & no.")
    assert rows[1]["answer"].splitlines() == ["one", "two"]
    assert len({row["id"] for row in rows}) == len(rows) == 2


def test_no_feeds_without_an_address(tmp_path: Path) -> None:
    """A site that does not know its address has no feeds, and says so once."""
    built = build(make_site(tmp_path, {"digests/x.md": digest({"en": "One", "zh": "一"})}, {"site_url": ""}))
    assert built.log.count("site_url") == 1
    assert not [*built.out.rglob("atom.xml"), *built.out.rglob("digests.json")]
    assert not built.page("digests/").select("head link[type][title], .digest-feeds")


def test_feeds_can_be_switched_off(tmp_path: Path) -> None:
    """`feeds: false` leaves out feeds, data files and the links to them."""
    config = {"plugins": [{"digest": {"feeds": False}}]}
    built = build(make_site(tmp_path, {"digests/x.md": digest({"en": "One"})}, config))
    assert not [*built.out.rglob("atom.xml"), *built.out.rglob("digests.json")]
    assert not built.page("digests/").select("head link[type][title], .digest-feeds")


def test_a_feed_overwrites_no_file(tmp_path: Path) -> None:
    """A file of the site at a feed's place stops the build, and is named."""
    files = {"digests/x.md": digest({"en": "One"}), "digests/atom.xml": "<mine/>"}
    built = build(make_site(tmp_path, files), strict=False)
    assert built.code == 1
    assert "digests/atom.xml" in built.log
    assert SITE_URL not in built.log


def test_pinned_digests_keep_their_place_in_feeds(tmp_path: Path) -> None:
    """A pinned digest stands first on the index, but in feeds where its date puts it."""
    files = {
        "digests/old.md": digest({"en": "Old and pinned"}, date="2024-01-01", pin=True),
        "digests/new.md": digest({"en": "New and plain"}, date="2024-02-01"),
    }
    built = build(make_site(tmp_path, files))
    assert [entry.title for entry in parsed(built, "digests/atom.xml").entries] == ["New and plain", "Old and pinned"]
