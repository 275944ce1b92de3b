"""The library: order, days, terms, slugs, listings, related digests. Pure: no site is built."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_digest import Digest, Translation
from mkdocs_digest.library.calendar import make_year
from mkdocs_digest.library.library import CollisionError, Library, Policy, collect
from mkdocs_digest.library.listing import Kind, Listing, Views, make_listing, paginate
from mkdocs_digest.library.related import related_among
from mkdocs_digest.library.review import original_key, review
from mkdocs_digest.library.slugs import slugify, unique_slugs
from mkdocs_digest.library.terms import make_terms
from mkdocs_digest.library.urls import Urls
from mkdocs_digest.model.digest import Summary
from mkdocs_digest.write.view import Viewer

URLS = Urls("digests", "zh")
START = datetime(2024, 5, 30, 12, tzinfo=UTC)


def digest(
    name: str,
    moment: date | None = START,
    tags: Sequence[str] = (),
    langs: Sequence[str] = ("zh", "en"),
    source: str | None = None,
    **meta: Any,
) -> Digest:
    """Return a digest of one line in each language."""
    texts = tuple(Translation(lang, name, None, source, (Summary(name),)) for lang in langs)
    return Digest(f"digests/{name}.md", moment, None, tuple(tags), "ft", meta, texts)


def library(*digests: Digest, **options: Any) -> Library:
    """Return the library of some digests in Chinese and English."""
    return collect(digests, Policy(**{"urls": URLS, "langs": ("zh", "en"), **options}))


def find(index: Listing, kind: Kind, place: str) -> Listing:
    """Return the listing at a place."""
    return next(listing for listing in index.walk() if (listing.kind, listing.place) == (kind, place))


def test_newest_first_then_by_place() -> None:
    """Digests come newest first, those of one moment by place, those without a date last."""
    items = library(digest("b"), digest("a"), digest("new", START + timedelta(days=1)), digest("never", None)).items
    assert [item.digest.path for item in items] == [f"digests/{name}.md" for name in ("new", "a", "b", "never")]


@given(st.permutations(["a", "b", "c", "d"]))
def test_order_does_not_depend_on_the_order_of_files(names: list[str]) -> None:
    """The same digests in any order give the same library."""
    assert library(*map(digest, names)) == library(*map(digest, "abcd"))


@pytest.mark.parametrize(
    ("moment", "zone", "day"),
    [
        (datetime(2024, 5, 30, 21, 45, tzinfo=UTC), "UTC", date(2024, 5, 30)),
        (datetime(2024, 5, 30, 21, 45, tzinfo=UTC), "Asia/Shanghai", date(2024, 5, 31)),
        (datetime(2024, 5, 30, 3, tzinfo=UTC), "America/Los_Angeles", date(2024, 5, 29)),
        (date(2024, 5, 30), "America/Los_Angeles", date(2024, 5, 30)),
        (datetime(2024, 5, 30, 0, 30), "Asia/Shanghai", date(2024, 5, 30)),
    ],
)
def test_the_time_zone_decides_the_day(moment: date, zone: str, day: date) -> None:
    """An instant falls on the day it has in the site's zone; a day or a time without a zone is the site's own."""
    assert library(digest("a", moment), timezone=ZoneInfo(zone)).items[0].day == day


def test_two_digests_with_one_page_stop_the_build() -> None:
    """Digests that would write one file, whatever the disk, stop with a message that names both."""
    with pytest.raises(CollisionError, match=r"digests/a\.md.*digests/b\.md"):
        library(digest("a", slug="same"), digest("b", slug="same"))


def test_two_digests_alike_but_for_case_are_both_kept() -> None:
    """Digests that would write one file on some disks only have a page each, and both are named."""
    found = library(digest("A"), digest("a"), digest("a-2"))
    assert {item.digest.path: item.place for item in found.items} == {
        "digests/A.md": "digests/A",
        "digests/a.md": "digests/a-3",
        "digests/a-2.md": "digests/a-2",
    }
    assert [(item.path, item.other) for item in found.moved] == [("digests/a.md", "digests/A.md")]


def test_drafts_and_later_dates() -> None:
    """Drafts are left out unless they are asked for; digests dated later than `until` wait."""
    digests = digest("a"), digest("b", draft=True), digest("c", START + timedelta(days=9))
    assert [item.place for item in library(*digests).items] == ["digests/c", "digests/a"]
    assert len(library(*digests, drafts=True).items) == 3
    assert [item.place for item in library(*digests, until=START).items] == ["digests/a"]


def test_slugs_are_readable_and_different() -> None:
    """Names that look alike to a machine have different slugs, in every script."""
    names = ["C", "C++", "C#", "character.ai", "人工智能", "AI/LLM", "AI LLM", "a&b", "Привет мир", "naïve"]
    slugs = unique_slugs(names)
    assert slugs["C++"] == "c-plus-plus"
    assert slugs["C#"] == "c-sharp"
    assert slugs["人工智能"] == "人工智能"
    assert slugs["AI/LLM"] == "ai/llm"
    assert slugs["character.ai"] == "character.ai"
    assert len(set(slugs.values())) == len(names)


@given(st.lists(st.text(min_size=1), unique=True, max_size=20))
def test_slugs_never_collide_nor_leave_their_folder(names: list[str]) -> None:
    """Whatever the names, slugs differ, are not empty, and cannot climb out of or hide in their folder."""
    slugs = unique_slugs(names)
    assert len(set(slugs.values())) == len(names)
    for slug in slugs.values():
        assert slug
        assert all(part and not part.startswith(".") for part in slug.split("/"))
        assert not set(slug) & set('\\?#%:*"<>|\0 ')
    assert all(unique_slugs(names[:at])[name] == slugs[name] for at in range(len(names)) for name in names[:at])


@pytest.mark.parametrize(
    ("path", "slug", "place"),
    [
        ("2024-05-30-rain", None, "rain"),
        ("2024/2024-05-30-rain", None, "rain"),
        ("2024/05/30-rain", None, "rain"),
        ("2024/05/30/rain", None, "rain"),
        ("2024-05-30_rain in May", None, "rain in May"),
        ("2024-05-30-2024-05-29-rain", None, "2024-05-29-rain"),
        ("2024-05-30-2", None, "2"),
        ("2024-05-30-.rain", None, "rain"),
        ("2024-05-30", None, "2024-05-30"),
        ("2024-05-30-…", None, "2024-05-30-…"),
        ("2024-05-30-..", None, "2024-05-30-.."),
        ("2024-13-30-rain", None, "2024-13-30-rain"),
        ("2024-05-30rain", None, "2024-05-30rain"),
        ("rain-2024-05-30", None, "rain-2024-05-30"),
        ("2024-05-30-雨", None, "雨"),
        ("2024-05-30-rain", "2024-05-30-snow", "2024-05-30-snow"),
    ],
)
def test_a_slug_has_no_date_from_the_name(path: str, slug: str | None, place: str) -> None:
    """`{slug}` leaves out the date that a file's name begins with, unless it is all there is; `{path}` keeps it."""
    day = date(2024, 5, 30)
    assert Urls("digests", "zh", True, "{slug}").digest(f"digests/{path}.md", day, slug) == f"digests/{place}"
    if slug is None:
        dated = Urls(".", "zh", True, "{date:%Y}/{path}").digest(f"{path}.md", day, slug)
        assert dated == f"2024/{path}"


def test_two_digests_with_one_slug_are_named() -> None:
    """Names that differ in their dates only would have one page under `{slug}`."""
    policy = Policy(Urls("digests", "zh", True, "{slug}"), ("zh", "en"))
    with pytest.raises(CollisionError, match=r"2024-05-30-rain\.md' and 'digests/2024-05-31-rain\.md' would"):
        collect([digest("2024-05-30-rain"), digest("2024-05-31-rain")], policy)


def test_signs_have_the_slug_of_their_names() -> None:
    """A name without letters is spelled out, so that two of them have pages of their own that nobody moves."""
    assert [slugify(name) for name in ("🚀", "🌙", "❤️")] == ["rocket", "crescent-moon", "heavy-black-heart"]


def test_a_new_tag_takes_no_others_place() -> None:
    """Of tags whose slugs would be the same, the one in the oldest digest keeps it, whatever the files are called."""
    old, new = digest("b", tags=["AI agents"]), digest("a", START + timedelta(days=1), tags=["AI-agents"])
    for digests in ([old], [new, old]):
        found = {tag.id: tag.slug for item in library(*digests).items for tag in item.tags}
        assert found["AI agents"] == "ai-agents"
    assert found["AI-agents"] == "ai-agents-2"


def test_a_page_number_is_no_tag() -> None:
    """Tags called like the listing's own folders and feeds do not take their place."""
    assert slugify("AI/atom.xml") == "ai/atom.xml-"
    assert slugify("page") != "page"
    assert slugify("AI/page/2").split("/")[1] != "page"
    assert slugify("index") != "index"


def test_terms_by_any_spelling() -> None:
    """Case, width and aliases lead to one term, with its name in each language."""
    described = {"ai": {"name": {"zh": "人工智能", "en": "AI"}, "aliases": ["artificial-intelligence"]}}
    terms = make_terms(["AI", "ＡＩ", "artificial-intelligence", "space"], described)
    found = terms.find_all(["AI", "ＡＩ", "人工智能", "Artificial-Intelligence", "space"])
    assert [term.id for term in found] == ["ai", "space"]
    assert [found[0].name(lang) for lang in ("zh", "en", "ja")] == ["人工智能", "AI", "ai"]


def test_an_id_is_stronger_than_another_terms_name() -> None:
    """A tag that the tag file describes is found by its id, though another one is called the same."""
    described = {"company": {"en": "OpenAI"}, "openai": {"en": "The OpenAI"}}
    terms = make_terms(["openai"], described)
    assert [term.id for term in terms.find_all(["openai", "company", "The OpenAI"])] == ["openai", "company"]


def test_a_tag_is_called_as_spelled_most_often() -> None:
    """Of the spellings of a tag that the tag file does not know, the usual one is its name."""
    terms = make_terms(["Ai", "AI", "AI", "AI / LLM"], {})
    assert [term.name("en") for term in terms.find_all(["ai", "ai/llm"])] == ["AI", "AI/LLM"]


@pytest.mark.parametrize("name", ["AI/LLM", "AI / LLM", "/ai/llm/", "ＡＩ／ＬＬＭ"])
def test_a_nested_tag_however_it_is_parted(name: str) -> None:
    """Blanks around the slash, one too many and a wide one make no other tag."""
    terms = make_terms([name, "AI/LLM"], {})
    assert [term.slug for term in terms.find_levels(name)] == ["ai", "ai/llm"]


def test_a_nested_tag_by_its_alias_rolls_up() -> None:
    """A digest that names a nested tag by its alias is in the tag above, too."""
    described = {"AI/LLM": {"name": {"zh": "大模型"}, "aliases": ["LLM"]}}
    index = make_listing(library(digest("a", tags=["LLM"]), tags=described), "en", Views())
    assert len(find(index, Kind.TAG, "digests/tags/ai").items) == 1


def test_nested_tags_roll_up_once() -> None:
    """A tag above others lists their digests too, each once, though no digest names it."""
    items = library(digest("a", tags=["AI/LLM", "AI/Vision"]), digest("b", tags=["AI/LLM"]))
    index = make_listing(items, "en", Views())
    assert len(find(index, Kind.TAG, "digests/tags/ai").items) == 2
    assert len(find(index, Kind.TAG, "digests/tags/ai/llm").items) == 2
    assert len(find(index, Kind.TAG, "digests/tags/ai/vision").items) == 1


def test_listings_hold_what_has_a_page() -> None:
    """A listing of a language holds the digests of that language only, and none is empty."""
    items = library(digest("a", tags=["x"]), digest("b", tags=["y"], langs=["zh"]))
    english = make_listing(items, "en", Views())
    assert [item.place for item in english.items] == ["digests/a"]
    assert not any(listing.place == "digests/tags/y" for listing in english.walk())
    assert all(listing.items for listing in english.walk())


def test_pages_hold_every_digest_once() -> None:
    """The pages of a listing hold each of its digests once, in order."""
    views = Views(per_page=7)
    items = library(*(digest(f"n{at}", START + timedelta(hours=at)) for at in range(30)))
    index = make_listing(items, "zh", views)
    pages = [page for page in paginate(index, views, URLS) if page.listing.kind is Kind.INDEX]
    assert [page.place for page in pages] == ["digests/index", *(f"digests/page/{at}" for at in range(2, 6))]
    assert [item for page in pages for item in page.items] == list(index.items)


def test_years_months_and_days_nest() -> None:
    """The archive leads from the year to the day, with the neighbours in time on each page."""
    views = Views()
    items = library(*(digest(f"n{at}", START + timedelta(days=40 * at)) for at in range(4)))
    pages = {page.place: page for page in paginate(make_listing(items, "en", views), views, URLS)}
    july = pages["digests/archive/2024/07"]
    assert july.listing.title == "July 2024"
    assert [above.kind for above in july.trail] == [Kind.INDEX, Kind.ARCHIVE, Kind.YEAR]
    assert july.newer is not None
    assert july.newer.title == "August 2024"
    assert july.older is not None
    assert july.older.title == "May 2024"
    assert "digests/archive/2024/07/09" in pages


def test_the_next_period_may_be_another_years() -> None:
    """From the first day of a year there is a way to the last of the year before, by day and by month."""
    views = Views()
    items = library(digest("eve", datetime(2023, 12, 31, tzinfo=UTC)), digest("new", datetime(2024, 1, 2, tzinfo=UTC)))
    pages = {page.place: page for page in paginate(make_listing(items, "en", views), views, URLS)}
    archive = "digests/archive"
    for later, earlier in (("2024/01/02", "2023/12/31"), ("2024/01", "2023/12"), ("2024", "2023")):
        new, old = pages[f"{archive}/{later}"], pages[f"{archive}/{earlier}"]
        assert (new.newer, new.older) == (None, old.listing)
        assert (old.newer, old.older) == (new.listing, None)


def test_pinned_digests_stand_first_on_the_index() -> None:
    """A pinned digest leads the index, not the archive."""
    items = library(digest("old", START - timedelta(days=9), pin=True), digest("new"))
    index = make_listing(items, "zh", Views())
    assert [item.place for item in index.items] == ["digests/old", "digests/new"]
    year = find(index, Kind.YEAR, "digests/archive/2024")
    assert [item.place for item in year.items] == ["digests/new", "digests/old"]


def test_related_digests_share_rare_tags() -> None:
    """A shared rare tag counts more than a common one, and nearness in time decides between equals."""
    common = [digest(f"c{at}", START + timedelta(days=at), ["common"]) for at in range(12)]
    items = library(
        *common, digest("me", START, ["common", "rare"]), digest("kin", START - timedelta(days=900), ["rare"])
    ).items
    me = next(item for item in items if item.place == "digests/me")
    related = [items[at].place for at in related_among(items).of(me.place, 3)]
    assert related == ["digests/kin", "digests/c0", "digests/c1"]


def test_related_digests_change_with_their_tags() -> None:
    """What was found for some digests is not taken for others at the same places."""
    before = library(digest("a", tags=["x"]), digest("b", tags=["x"]), digest("c", tags=["y"])).items
    after = library(digest("a", tags=["x"]), digest("b", tags=["y"]), digest("c", tags=["x"])).items
    for items, place in ((before, "digests/b"), (after, "digests/c"), (before, "digests/b")):
        assert [items[at].place for at in related_among(items).of("digests/a", 3)] == [place]


def test_the_same_original_is_found_again() -> None:
    """Addresses that differ in scheme, `www.`, tracking or fragment are one original; both digests are told."""
    one, two = "https://www.ft.com/content/a?utm_source=x#top", "http://ft.com/content/a/"
    assert original_key(one) == original_key(two)
    items = library(digest("a", source=one), digest("b", source=two), digest("c", source="https://ft.com/content/c"))
    assert [item.place for item in items.also_digested(items.items[0], 4)] == ["digests/b"]
    remarks = review([digest("a", source=one), digest("b", source=two)])
    assert [(path, found.code) for path, told in remarks.items() for found in told] == [
        ("digests/b.md", "same-original")
    ]


def test_tags_spelled_differently_are_reported() -> None:
    """The rarer spelling of a tag is reported where it stands, unless the tag file knows the tag."""
    digests = [digest("a", tags=["AI"]), digest("b", tags=["AI"]), digest("c", tags=["ａi"])]
    assert list(review(digests)) == ["digests/c.md"]
    assert review(digests, {"ai": "AI"}) == {}


def test_a_calendar_counts_each_day() -> None:
    """The calendar of a year has twelve months, each day once, and the digests of each day."""
    items = library(digest("a"), digest("b"), digest("c", datetime(2024, 2, 29, tzinfo=UTC))).items
    year = make_year(2024, items, first_weekday=6)
    days = [day for month in year.months for week in month.weeks for day in week if day]
    assert len(days) == len(set(days)) == 366
    assert year.counts[date(2024, 5, 30)] == 2
    assert year.months[1].count == 1
    assert all(week[0] is None or week[0].weekday() == 6 for month in year.months for week in month.weeks)


@pytest.mark.parametrize(
    ("levels", "month_url", "day_url"),
    [
        (("year", "month", "day"), "digests/archive/2024/05/", "digests/archive/2024/05/30/"),
        (("year", "month"), "digests/archive/2024/05/", "digests/archive/2024/05/"),
        (("year",), "", ""),
    ],
)
def test_days_of_a_calendar_lead_to_the_finest_page_there_is(
    levels: tuple[str, ...], month_url: str, day_url: str
) -> None:
    """A day leads to its own page, else to its month's; where neither has one, to none."""
    held = library(digest("a"))
    index = make_listing(held, "zh", Views(archive=levels))
    month = Viewer(held, "zh", index).calendar(find(index, Kind.YEAR, "digests/archive/2024"))[4]
    day = next(day for week in month.weeks for day in week if day and day.count)
    assert (month.url, day.url, day.name) == (month_url, day_url, "2024年5月30日")


@pytest.mark.parametrize(
    ("place", "lang", "directory_urls", "url"),
    [
        ("digests/a", "zh", True, "digests/a/"),
        ("digests/a", "en", True, "en/digests/a/"),
        ("digests/a", "en", False, "en/digests/a.html"),
        ("digests/index", "zh", True, "digests/"),
        ("digests/index", "en", False, "en/digests/index.html"),
        ("index", "zh", True, "./"),
        ("index", "en", True, "en/"),
        ("digests/tags/人工智能", "zh", True, "digests/tags/%E4%BA%BA%E5%B7%A5%E6%99%BA%E8%83%BD/"),
    ],
)
def test_urls(place: str, lang: str, directory_urls: bool, url: str) -> None:
    """Places have the URLs of the contract, in both styles and for every language."""
    assert Urls("digests", "zh", directory_urls).url(place, lang) == url
