"""What holds of the renderer for every text. `HYPOTHESIS_PROFILE=thorough` runs 5,000 examples of each."""

import json
import re
import time
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_digest.write import converter
from mkdocs_digest.write.converter import Targets, to_html, to_inline_html, to_text
from tests.allowlist import strangers
from tests.strategies import JUMBLES

OPEN = Targets(lambda address: address, lambda address: address)
CLOSED = Targets(lambda address: address, lambda address: None)
CASES = [case["text"] for case in json.loads((Path(__file__).parent / "hostile" / "cases.json").read_text("utf-8"))]
PIECES = st.sampled_from(
    [
        "<", ">", '"', "'", "`", "(", ")", "[", "](", "![", "]:", " ", "\n", "\t", "\\", "&", ";", "#", "*", "_", "~~",
        "|", "```", "javascript:", "data:", "//", "https://a.example", "onerror=", "<script>", "</p>", "<!--", "-->",
        "&#x6A;", "&colon;", "&lt;", "&Tab;", "{: ", "}", "注", "\u202e", "\x1b", "\ufffd",
    ]
)  # fmt: skip
MIXTURES = st.lists(st.sampled_from(CASES) | PIECES | st.text(max_size=8), max_size=30).map("".join)
SENTENCES = st.lists(
    st.sampled_from("aZé注。 .,:;!?()#+-=>'\"/1@{}^$%~") | st.characters(codec="utf-8"), max_size=40
).map("".join)
TEXTS = st.text() | JUMBLES | MIXTURES


@given(TEXTS)
def test_output_is_on_the_list(text: str) -> None:
    """Whatever the text, every element, attribute, class and address of its HTML is on the list."""
    assert strangers(to_html(text, OPEN)) == []
    assert strangers(to_inline_html(text, OPEN)) == []


@given(TEXTS)
def test_no_images_unless_the_site_asks(text: str) -> None:
    """Without images nothing in the HTML is loaded from anywhere."""
    assert "<img" not in to_html(text, CLOSED)


@given(TEXTS | SENTENCES)
def test_short_cuts_lead_to_the_same(text: str) -> None:
    """What is returned without a parser, or without the cleaner, is what these would have made of it."""

    def made() -> list[str]:
        return [
            part.replace("&nbsp;", "\xa0") for part in (to_html(text, OPEN), to_inline_html(text, OPEN), to_text(text))
        ]

    short = made()
    never = re.compile("(?!)")
    with patch.object(converter, "_SENTENCE", never), patch.object(converter, "_PLAIN", never):
        assert made() == short


@given(TEXTS)
def test_text_raises_nothing(text: str) -> None:
    """Whatever the text, it has words or none."""
    assert "\n" not in to_text(text)


@pytest.mark.parametrize(
    ("unit", "count"),
    [
        ("[", 20_000), ("![", 20_000), ("*", 50_000), ("*a_ ", 10_000), ("**注", 10_000), ("`a``b", 20_000),
        ("<", 50_000), ("<a ", 20_000), ("[a](", 20_000), ("[a][b]", 20_000), ("[a]: b\n", 5_000), ("> ", 20_000),
        ("a|b\n-|-\n", 2_000), ("|a", 20_000), ("![a](b)", 5_000), ("&#x6A;", 20_000), ("~~a", 20_000),
        ("```js\n", 2_000), ("- ", 3_000),
    ],
)  # fmt: skip
def test_time_grows_with_length_only(unit: str, count: int) -> None:
    """Rendering four times as much takes at most about four times as long, whatever is repeated."""

    def seconds(text: str) -> float:
        start = time.process_time()
        to_html(text, OPEN)
        return time.process_time() - start

    seconds(unit * 100)
    small = min(seconds(unit * (count // 4)) for _ in range(2))
    large = min(seconds(unit * count) for _ in range(2))
    assert large <= 10 * small + 0.1


@pytest.mark.parametrize("language", ["js", "python", "html", "php", "bash", "sql", "markdown", "yaml", "tex", "perl"])
def test_colouring_takes_no_longer_than_reading(language: str) -> None:
    """The longest code that is coloured takes seconds at most, in whatever language it says it is."""
    for unit in ('"', "(", "/*", " ", "\t\n", "a.", "<", "{", "\\", "'"):
        code = unit * (20_000 // len(unit))
        start = time.process_time()
        to_html(f"```{language}\n{code}\n```", OPEN)
        assert time.process_time() - start < 5, unit
