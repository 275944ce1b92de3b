"""The guide of the example site: its layouts read as it says."""

import re
from pathlib import Path

import pytest

from mkdocs_digest import parse_digest

DOCS = Path(__file__).parent.parent / "example_site" / "docs"
LAYOUTS = [
    pytest.param(block, id=f"{guide.stem}-{number}")
    for guide in sorted(DOCS.glob("guide*.md"))
    for number, block in enumerate(re.findall(r"````markdown\n(.*?)\n````", guide.read_text("utf-8"), re.S)[1:], 1)
]


def test_each_guide_shows_five_layouts() -> None:
    """The guide in each of the three languages shows five layouts."""
    assert len(LAYOUTS) == 15


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_reads_the_same(layout: str) -> None:
    """A layout gives a Chinese and an English text, each with a summary and one answered question."""
    digest = parse_digest(layout).digest
    assert digest is not None
    assert [item.lang for item in digest.translations] == ["zh", "en"]
    for translation in digest.translations:
        assert translation.summary
        assert translation.sections == ()
        assert [bool(item.answer) for item in translation.questions] == [True]
