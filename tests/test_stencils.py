"""Days that are filled in are the pages that would have been drawn for each of them."""

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from mkdocs.commands.build import build as build_here
from mkdocs.config import load_config

from mkdocs_digest.library.listing import ListingPage
from mkdocs_digest.plugin.pages.stencils import Stencils
from mkdocs_digest.plugin.pages.templates import Drawn, Templates
from tests.sites import SIX_TITLES, digest, make_site, tree

DAYS = ("2023-12-30", "2023-12-31", "2024-01-01", "2024-01-02", "2024-02-29", "2024-02-29", "2024-03-01")
NASTY = """<b>&amp;{{ 1 }}\\ "'</script> \u2028 ]]>"""
SITES: dict[str, dict[str, Any]] = {
    "as it is": {},
    "files": {"use_directory_urls": False},
    "days only": {"plugins": [{"digest": {"archive": ["day"]}}]},
    "all of it": {"plugins": [{"digest": {"digest_dir": "."}}]},
    "no address": {"site_url": ""},
    "below a path": {"site_url": "https://example.org/a&b/"},
    "narrow blanks in dates": {"plugins": [{"digest": {"languages": ["en", "uk"], "untranslated": "show"}}]},
    "right to left": {"plugins": [{"digest": {"languages": ["ar", "en"], "untranslated": "show"}}]},
    "number of a stand-in": {"site_name": "9901, 9902/01 and 9903/01/01, called xq9901 and xq-0-qx"},
}


def files() -> dict[str, str]:
    """Return one digest a day, two on one, four on another; some with titles that are markup."""
    days = enumerate((*DAYS, *["2024-03-02"] * 4, "2024-03-03", "2024-03-04"))
    return {
        f"digests/d{number}.md": digest(
            {lang: f"{title.format(number)} {NASTY if number % 3 == 0 else ''}" for lang, title in SIX_TITLES.items()},
            date=day,
            tags=["world"],
            author="esa",
        )
        for number, day in days
    }


def built(folder: Path, config: dict[str, Any]) -> dict[str, bytes]:
    """Return the pages of a site, built in this process."""
    site = make_site(folder, files(), config)
    build_here(load_config(str(site / "mkdocs.yml")))
    return {path: content for path, content in tree(site / "site").items() if path.endswith(".html")}


@pytest.mark.parametrize("config", SITES.values(), ids=SITES.keys())
def test_days_that_are_filled_in_are_what_would_be_drawn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, config: dict[str, Any]
) -> None:
    """Byte for byte, whatever titles, addresses and dates look like."""
    filled = built(tmp_path / "filled", config)
    monkeypatch.setattr(Stencils, "made", lambda *_: None)
    drawn = built(tmp_path / "drawn", config)
    assert sum("/archive/2024/" in f"/{path}" for path in filled) > 8
    assert filled.keys() == drawn.keys()
    assert [path for path in filled if filled[path] != drawn[path]] == []


def test_a_day_is_drawn_for_all_that_are_like_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Days with as many digests, and as many days beside them, are drawn once and once under another name."""
    drawn: Counter[tuple[str, int, bool, bool]] = Counter()
    draw = Templates.listing

    def counted(self: Templates, view: ListingPage, *args: Any) -> Drawn:
        if view.listing.kind == "day":
            drawn[view.listing.lang, len(view.items), bool(view.newer), bool(view.older)] += 1
        return draw(self, view, *args)

    monkeypatch.setattr(Templates, "listing", counted)
    pages = built(tmp_path, {})
    assert sum(re.search(r"archive/\d+/\d+/\d+/", path) is not None for path in pages) == 18
    assert len(drawn) == 10
    assert set(drawn.values()) == {2}
