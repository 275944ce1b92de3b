"""What the best of other generators do with listings, feeds and metadata, and the test that shows it here."""

import importlib
import os
import shutil
from pathlib import Path

import pytest

from tests.sites import ROOT, build, tree

FIELD = {
    "translated tag names, linked across languages (Nikola, Hugo)": ("test_library", "test_terms_by_any_spelling"),
    "a language menu that stays on tag and archive pages (Nikola)": (
        "test_browser",
        "test_the_language_menu_stays_on_listings",
    ),
    "complete hreflang: absolute, self, x-default (Docusaurus)": (
        "test_metadata",
        "test_alternates_are_absolute_and_complete",
    ),
    "og:locale with its alternates (Docusaurus)": ("test_metadata", "test_open_graph_agrees_with_the_head"),
    "sitemap alternates for tags too (Hugo)": ("test_sitemap", "test_alternates_are_those_of_the_head"),
    "year, month and day archives with previous, up, next (Nikola)": (
        "test_library",
        "test_years_months_and_days_nest",
    ),
    "feeds per language and tag (Hugo, Nikola, Zola, Pelican)": ("test_feeds", "test_every_listing_has_its_feeds"),
    "archive feeds, RFC 5005 (starlight-blog, Nikola)": ("test_feeds", "test_archive_holds_everything"),
    "feed HTML cleaned, absolute URLs (starlight-blog)": ("test_feeds", "test_content_holds_anywhere"),
    "a feed that opens readable in a browser (Nikola)": ("test_feeds", "test_feeds_name_their_style_sheets"),
    "JSON-LD: a graph per page kind with stable ids (starlight-blog)": (
        "test_metadata",
        "test_every_page_kind_has_its_nodes",
    ),
    "colliding tags kept apart (Hugo)": ("test_library", "test_slugs_are_readable_and_different"),
    "colliding output paths found before anything is written (Zola)": (
        "test_i18n_sites",
        "test_digest_in_the_place_of_a_listing_stops_the_build",
    ),
    "one identifier that survives a changed title": ("test_feeds", "test_ids_outlive_titles_and_addresses"),
    "an OPML of all feeds": ("test_feeds", "test_outline_lists_every_feed"),
    "the translation relation in metadata": ("test_metadata", "test_translations_name_each_other"),
    "questions as data: JSON and flash cards": ("test_feeds", "test_questions_become_flash_cards"),
    "the same original digested twice is reported": ("test_library", "test_the_same_original_is_found_again"),
    "permalinks of questions that survive a language switch": (
        "test_browser",
        "test_the_language_menu_stays_at_the_question",
    ),
    "search in the reader's language only": ("test_browser", "test_search_finds_words_of_the_page_language_only"),
}


@pytest.mark.parametrize(("module", "name"), FIELD.values(), ids=FIELD)
def test_every_claim_has_its_test(module: str, name: str) -> None:
    """The test that shows a claim exists."""
    assert callable(getattr(importlib.import_module(f"tests.{module}"), name))


def test_place_time_and_locale_do_not_change_a_byte(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The example site is the same to the byte in three time zones, one of them under the C locale."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1717105527")
    trees = []
    for zone, locale in (("UTC", "C.UTF-8"), ("Asia/Shanghai", "C.UTF-8"), ("America/Los_Angeles", "C")):
        monkeypatch.setenv("TZ", zone)
        monkeypatch.setenv("LANG", locale)
        site = tmp_path / zone.replace("/", "-")
        shutil.copytree(ROOT / "example_site", site, ignore=shutil.ignore_patterns("site", ".cache"))
        trees.append(tree(build(site).out))
    assert os.environ["LANG"] == "C"
    assert trees[0].keys() == trees[1].keys() == trees[2].keys()
    assert [name for name in trees[0] if not trees[0][name] == trees[1][name] == trees[2][name]] == []
