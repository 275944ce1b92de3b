"""No text takes more time than its length allows; `python -m tests.linear` holds the same of large ones."""

import pytest

from mkdocs_digest import parse_digest
from mkdocs_digest.languages.words import words
from mkdocs_digest.model.digest import Summary, Translation
from mkdocs_digest.read.allowance import MOST_MARKUP
from mkdocs_digest.write.article import Look, write_article
from mkdocs_digest.write.converter import Targets, to_html, to_text
from mkdocs_digest.write.excerpt import description_of
from tests.linear.cost import best_of, cost_of
from tests.linear.shapes import SHAPES

SMALL, TIMES = 1_000, 4
GROWTH, SLACK = 1.2, 0.03
"""What four times the text may cost beside four times the time, and the seconds that a measurement may be off."""

OPEN = Targets(lambda address: address, lambda address: address)


@pytest.mark.parametrize("name", SHAPES)
def test_time_grows_with_length_only(name: str) -> None:
    """Reading and writing four times as much takes about four times as long, whatever is repeated."""
    small, large = SHAPES[name](SMALL), SHAPES[name](SMALL * TIMES)
    assert any(_grows_linearly(small, large, tries) for tries in (1, 2, 4, 8))


def _grows_linearly(small: str, large: str, tries: int) -> bool:
    most = TIMES * GROWTH * best_of(2 * tries, lambda: cost_of(small)).total + SLACK
    return best_of(tries, lambda: cost_of(large)).total <= most


def test_there_are_shapes_of_all_that_is_read() -> None:
    """The shapes have the size that was asked for, give or take a row, and there are at least sixty."""
    assert len(SHAPES) >= 60
    sizes = {name: len(shape(50_000).encode()) for name, shape in SHAPES.items()}
    assert {name: size for name, size in sizes.items() if not 40_000 <= size <= 70_000} == {}


@pytest.mark.parametrize("unit", ["![", "[a_b](", "*a ", "<b>", "&amp;", "`a", "word *a*\n", "- a\n", "| a | b |\n"])
def test_too_much_markup_is_text_and_nothing_is_lost(unit: str) -> None:
    """What stands behind as much markup as is read at all is shown as it was written."""
    text = unit * (2 * MOST_MARKUP) + "\n\nthe <last> words"
    html = to_html(text, OPEN)
    assert html.endswith("the &lt;last&gt; words</p>\n")
    assert to_text(text).endswith("the <last> words")


def test_too_much_markup_is_said_once_for_a_language() -> None:
    """A text with more markup than is read as Markdown has a remark, and one of prose has none."""
    dense = parse_digest("---\ndate: 2024-05-30\n---\nSummary: It rained.\n\n" + "- *a*\n" * 10_000)
    prose = parse_digest("---\ndate: 2024-05-30\n---\nSummary: It rained.\n\n" + "It rained all day long.\n\n" * 9_000)
    assert [item.code for item in dense.diagnostics].count("dense-markup") == 1
    assert "dense-markup" not in [item.code for item in prose.diagnostics]


def test_one_article_has_one_allowance() -> None:
    """Markup in many questions and sections counts as much as in one text."""
    text = "Summary: It rained.\n\n" + "Q: *why* [a](b)?\nA: **so** `c`\n\n" * 4_000
    digest = parse_digest(text).digest
    assert digest is not None
    assert cost_of(text).stages["article"] < 5


def test_one_article_has_one_allowance_of_colours() -> None:
    """Code in many answers is coloured as long as in one text, and shown to its end without colours then."""
    code = "a = 1\n" * 500
    text = "Summary: It rained.\n\n" + f"Q: why?\nA: so\n\n```python\n{code}```\n\n" * 6
    digest = parse_digest(text).digest
    assert digest is not None
    html = write_article(digest.translations[0], words("en"), OPEN, Look()).html
    blocks = html.split('<div class="highlight">')[1:]
    assert ["<span" in block.partition("</pre>")[0] for block in blocks] == [True] * 4 + [False] * 2
    assert all(block.partition("</pre>")[0].count("\n") == 500 for block in blocks)


def test_a_long_text_has_the_excerpt_of_a_short_one() -> None:
    """The excerpt of a text too long to be read for it is what all of it would give, references below it included."""
    long = "A [river] rose.\n\n" + "It *rained* all day long.\n\n" * 1_000 + "[river]: https://example.org/\n"
    assert _excerpt(long) == _excerpt("A [river] rose.\n\n[river]: https://example.org/\n") == "A river rose."


def _excerpt(markdown: str) -> str:
    return description_of(Translation("en", "Title", None, None, (Summary(markdown),)))
