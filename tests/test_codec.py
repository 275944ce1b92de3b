"""Readings in the cache are what was read."""

from pathlib import Path

import pytest
from hypothesis import given

from mkdocs_digest import parse_digest
from mkdocs_digest.model.codec import decode, encode
from tests.strategies import JUMBLES, Draft, drafts

GOLDEN = sorted((Path(__file__).parent / "golden").glob("*.md"))


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_a_reading_survives_the_cache(path: Path) -> None:
    """Every golden file, its lines and front matter types included, is the same after the cache."""
    result = parse_digest(path.read_bytes().decode(), path=path.name)
    again = decode(encode(result))
    assert again == result
    assert encode(again) == encode(result)


@given(drafts())
def test_every_layout_survives(draft: Draft) -> None:
    """Every layout is the same after the cache."""
    result = parse_digest("\n".join(draft.rows))
    assert encode(decode(encode(result))) == encode(result)


@given(JUMBLES)
def test_every_text_survives(text: str) -> None:
    """So is every text at all."""
    result = parse_digest(f"---\ntitle: {{a: [1, 2024-05-30, 1.5, null]}}\n---\n{text}")
    assert decode(encode(result)) == result


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"digest": 1, "diagnostics": []}', "null", "\x00"])
def test_what_is_no_reading_is_refused(text: str) -> None:
    """A foreign or broken entry raises one of the documented errors."""
    with pytest.raises((ValueError, KeyError, TypeError)):
        decode(text)
