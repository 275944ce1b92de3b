"""The sitemap: every page once, with its translations and the day of its last change, in files of bounded size."""

import gzip
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from xml.etree import ElementTree

import pytest

from mkdocs_digest.write.sitemap import SitemapEntry, write_sitemaps
from tests.sites import (
    SITE_URL,
    Build,
    attributes,
    build,
    content,
    digest,
    environment,
    file_at,
    listed_pages,
    make_site,
    write,
)

SPACES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
BOTH = {"zh": "两种语言", "en": "In both"}
FILES = {
    "index.md": "# 首页\n",
    "digests/a.md": digest(BOTH, date="2024-05-01", updated="2024-07-01"),
    "digests/b.md": digest(BOTH, date="2024-06-01"),
}


def entries(data: bytes) -> Iterator[tuple[str, str | None, dict[str, str]]]:
    """Yield address, day of change and alternates of each page in a sitemap."""
    for url in ElementTree.fromstring(data).findall("s:url", SPACES):
        links = {str(link.get("hreflang")): str(link.get("href")) for link in url.findall("x:link", SPACES)}
        yield url.findtext("s:loc", "", SPACES), url.findtext("s:lastmod", None, SPACES), links


def changes(site: Build) -> dict[str, str | None]:
    """Return when each page was last changed, by its address below the site's."""
    listed = entries((site.out / "sitemap.xml").read_bytes())
    return {address.removeprefix(site.site_url): changed for address, changed, _ in listed}


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """A site of three digests with a home page of its own."""
    return build(make_site(tmp_path_factory.mktemp("sitemap"), FILES))


def test_every_page_is_listed_once_in_order(example: Build) -> None:
    """All pages but error pages and copies are in the sitemap, each once, in the order of their addresses."""
    listed = [address for address, _, _ in entries((example.out / "sitemap.xml").read_bytes())]
    assert listed == sorted(set(listed))
    assert {file_at(address.removeprefix(example.site_url)) for address in listed} == listed_pages(example)


def test_alternates_are_those_of_the_head(example: Build) -> None:
    """A page's alternates are those in its head: itself, its translations and `x-default`, absolute."""
    for address, _, links in entries((example.out / "sitemap.xml").read_bytes()):
        tree = example.pages[file_at(address.removeprefix(example.site_url))]
        head = tree.select("link[rel=alternate][hreflang]:not([type])")
        assert links == {str(link["hreflang"]): str(link["href"]) for link in head}
        assert not links or (address in links.values() and "x-default" in links)


def test_digest_was_changed_when_it_says(small: Build) -> None:
    """A digest's last change is its `updated`, else its date."""
    found = changes(small)
    assert found["digests/a/"] == found["en/digests/a/"] == "2024-07-01T00:00:00+00:00"
    assert found["digests/b/"] == "2024-06-01T00:00:00+00:00"


def test_digest_without_a_date_has_no_change(tmp_path: Path) -> None:
    """A digest without a date, which a build reports, and its listings are in the sitemap without one."""
    undated = digest({"en": "No date"}).replace("date: 2024-05-30\n", "")
    found = changes(build(make_site(tmp_path, {"digests/c.md": undated}), strict=False))
    assert found["digests/c/"] is None
    assert found[""] is None


def test_listing_was_changed_with_its_last_digest(small: Build) -> None:
    """A listing was changed when the last of its digests was."""
    found = changes(small)
    assert found["digests/"] == found["digests/archive/"] == "2024-07-01T00:00:00+00:00"
    assert found["digests/archive/2024/06/"] == "2024-06-01T00:00:00+00:00"


def test_dates_are_those_on_the_pages(example: Build) -> None:
    """Every digest of the example site says the same day in the sitemap as on its page."""
    found = changes(example)
    for url, changed in found.items():
        tree = example.page(url)
        if tree.select("article .digest[lang]"):
            stamps = attributes(content(tree), "time", "datetime")
            assert datetime.fromisoformat(str(changed)) in [datetime.fromisoformat(stamp) for stamp in stamps]


def test_own_pages_keep_mkdocs_day(small: Build) -> None:
    """A page of the site's own has the day that MkDocs gives it."""
    assert datetime.fromisoformat(str(changes(small)[""])).tzinfo is None


def test_compressed_copy_is_the_same(small: Build) -> None:
    """`sitemap.xml.gz` holds the same sitemap, without a time or a name of its own."""
    packed = (small.out / "sitemap.xml.gz").read_bytes()
    assert gzip.decompress(packed) == (small.out / "sitemap.xml").read_bytes()
    assert packed[3:8] == bytes(5)


def test_place_and_time_of_the_build_do_not_matter(tmp_path: Path) -> None:
    """The sitemap of digests is the same bytes in another time zone, under another locale and on another day."""
    files = {path: source for path, source in FILES.items() if path != "index.md"}
    found = []
    for at, changed in enumerate(({"TZ": "Asia/Shanghai"}, {"TZ": "America/Los_Angeles", "LANG": "C", "LC_ALL": "C"})):
        site = make_site(tmp_path / str(at), files)
        env = {**environment(), **changed, "SOURCE_DATE_EPOCH": str(1_600_000_000 + at * 1_000_000)}
        subprocess.run([sys.executable, "-m", "mkdocs", "build", "-q"], cwd=site, env=env, timeout=120, check=True)
        found.append([(site / "site" / name).read_bytes() for name in ("sitemap.xml", "sitemap.xml.gz")])
    assert found[0] == found[1]


def test_template_of_the_sites_own_wins(tmp_path: Path) -> None:
    """A `sitemap.xml` in the theme's `custom_dir` is used as it is."""
    site = make_site(tmp_path, FILES, {"theme": {"name": "material", "font": False, "custom_dir": "overrides"}})
    write(site / "overrides/sitemap.xml", "<mine>{{ pages | length > 0 }}</mine>")
    assert (build(site).out / "sitemap.xml").read_text("utf-8") == "<mine>True</mine>"


def test_site_without_address_lists_nothing(tmp_path: Path) -> None:
    """Without `site_url` the sitemap is empty, as MkDocs' own."""
    built = build(make_site(tmp_path, FILES, {"site_url": ""}))
    assert list(entries((built.out / "sitemap.xml").read_bytes())) == []


def make_entries(count: int) -> list[SitemapEntry]:
    """Return a number of entries with an alternate each."""
    urls = [f"{SITE_URL}{number:06}/" for number in range(count)]
    return [SitemapEntry(url, "2024-05-30", {"en": url}) for url in urls]


@pytest.mark.parametrize(("count", "parts"), [(0, 1), (3, 1), (4, 2), (10, 4)])
def test_sitemap_is_split(count: int, parts: int) -> None:
    """Above the limit there are numbered sitemaps, none above it, with every page in one, and an index of them."""
    pages = make_entries(count)
    files = write_sitemaps(pages[::-1], SITE_URL, most=3)
    assert len(files) == (parts + 1 if parts > 1 else 1)
    found = []
    for name in [f"sitemap-{number}.xml" for number in range(1, parts + 1)] if parts > 1 else ["sitemap.xml"]:
        part = [address for address, _, _ in entries(files[name])]
        assert len(part) <= 3
        found += part
    assert found == [page.url for page in pages]


def test_index_names_the_parts() -> None:
    """The index has the address of every part, and is the file that crawlers ask for."""
    files = write_sitemaps(make_entries(7), SITE_URL, most=3)
    root = ElementTree.fromstring(files["sitemap.xml"])
    assert root.tag == f"{{{SPACES['s']}}}sitemapindex"
    names = [loc.text for loc in root.findall("s:sitemap/s:loc", SPACES)]
    assert names == [f"{SITE_URL}sitemap-{number}.xml" for number in (1, 2, 3)]


def test_limit_is_the_protocols() -> None:
    """Without a limit of its own a sitemap has 50,000 pages at most, and the next page opens a second file."""
    assert list(write_sitemaps(make_entries(50_000), SITE_URL)) == ["sitemap.xml"]
    files = write_sitemaps(make_entries(50_001), SITE_URL)
    assert [len(list(entries(files[f"sitemap-{number}.xml"]))) for number in (1, 2)] == [50_000, 1]


def test_parts_are_split_by_size_too() -> None:
    """A sitemap larger than allowed is halved until it is not, with no page lost."""
    pages = make_entries(100)
    files = write_sitemaps(pages, SITE_URL, largest=4000)
    parts = [data for name, data in files.items() if name != "sitemap.xml"]
    assert max(map(len, parts)) <= 4000
    assert [address for part in parts for address, _, _ in entries(part)] == [page.url for page in pages]


def test_addresses_are_escaped() -> None:
    """Whatever is in an address stays in it."""
    url = f"{SITE_URL}a?b=1&c=<2>\"'"
    assert list(entries(write_sitemaps([SitemapEntry(url, None, {"en": url})], SITE_URL)["sitemap.xml"])) == [
        (url, None, {"en": url})
    ]
