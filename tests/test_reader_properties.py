"""What holds of the reader for every text. `HYPOTHESIS_PROFILE=thorough` runs 5,000 examples of each."""

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from mkdocs_digest import Digest, parse_digest
from mkdocs_digest.model.digest import Questions, Section
from mkdocs_digest.read.blocks import find_blocks
from mkdocs_digest.read.titles import first_sentence
from mkdocs_digest.write.canonical import write_canonical
from tests.strategies import JUMBLES, MARKDOWN, Draft, drafts


def outputs(digest: Digest) -> list[str]:
    """Return everything that each translation of a digest holds, in order; a title taken from its text only once."""
    texts = []
    for item in digest.translations:
        rows = []
        for part in item.parts:
            if isinstance(part, Questions):
                rows += [text for asked in part.items for text in (asked.question, asked.answer)]
            else:
                rows += [part.label if isinstance(part, Section) else "", part.markdown]
        derived = item.title == first_sentence(item.summary)
        texts.append("\n".join(rows if derived else [item.title or "", *rows]))
    return texts


@given(st.text() | JUMBLES | st.binary().map(lambda data: data.decode("latin-1")))
def test_no_text_raises(text: str) -> None:
    """Whatever the text, reading it returns a result with well-formed remarks."""
    result = parse_digest(text)
    assert all(remark.line >= 1 and remark.column >= 1 for remark in result.diagnostics)


@given(drafts())
def test_every_word_stands_in_one_translation_in_order(draft: Draft) -> None:
    """Each word of the body appears in exactly one translation, after the words before it."""
    result = parse_digest("\n".join(draft.rows))
    assert result.digest is not None
    texts = outputs(result.digest)
    for word in draft.words:
        assert sum(text.count(word) for text in texts) == 1, word
    for text in texts:
        positions = [text.index(word) for word in draft.words if word in text]
        assert positions == sorted(positions)


@given(JUMBLES)
def test_no_word_of_a_jumble_is_lost(text: str) -> None:
    """Words put into any text at all stand in its translations afterwards."""
    marked = "\n".join(f"{row}\nzq{at}qz" for at, row in enumerate(text.split("\n")))
    result = parse_digest(f"---\ndate: 2024-05-30\n---\n{marked}")
    assert result.digest is not None
    shown = "\n".join(outputs(result.digest))
    assert [at for at in range(text.count("\n") + 1) if f"zq{at}qz" not in shown] == []


@given(drafts())
def test_the_canonical_layout_reads_as_the_same_digest(draft: Draft) -> None:
    """Writing a digest in the canonical layout and reading that gives the same translations."""
    digest = parse_digest("\n".join(draft.rows)).digest
    assert digest is not None
    again = parse_digest(write_canonical(digest)).digest
    assert again is not None
    assert again.translations == digest.translations


@given(drafts(), st.sampled_from(["\r\n", "\r"]))
def test_line_endings_do_not_matter(draft: Draft, ending: str) -> None:
    """A byte order mark and other line endings change nothing."""
    plain = parse_digest("\n".join(draft.rows))
    other = parse_digest("\ufeff" + ending.join(draft.rows))
    assert other == plain


def placed(tokens: list[Token]) -> list[tuple[str, str, int, list[int] | None]]:
    """Return what the reader asks of tokens: the blocks and their lines, without what is in them, lists or ends."""
    blocks = [
        token for token in tokens if token.nesting >= 0 and token.type != "inline" and "list_open" not in token.type
    ]
    return [(token.type, token.tag, token.level, token.map) for token in blocks]


@given(MARKDOWN | JUMBLES)
@example("- " * 30 + "text")
@example("> - " * 12 + "text\ntext\n- text")
def test_blocks_are_those_of_markdown_it(text: str) -> None:
    """Every block stands on the lines where markdown-it with the same rules finds it."""
    reference = MarkdownIt("commonmark").disable(["lheading", "code", "reference", "inline"])
    text = text.replace("\r", "\n")
    assert placed(find_blocks(text)) == placed(reference.parse(text))


@pytest.mark.parametrize(
    ("unit", "count"),
    [
        ("一段文字，some text. ", 40_000),
        ("---\n\n", 20_000),
        ("> ", 20_000),
        ("- ", 5_000),
        ("1. Q: why?\n   A: so\n\n", 5_000),
        ("**Summary:**\n\n**摘要：**\n\n", 5_000),
        ("[", 50_000),
        ("*", 50_000),
        ("```\n", 20_000),
        ("plain line\n", 40_000),
        ("答案：x\n", 20_000),
        ("Q: ?A: ", 20_000),
        ("\u3000", 100_000),
        ("A note.\n\n---\n\n", 8_000),
        ("Summary: It rained.\n\n---\n\n", 4_000),
    ],
)
def test_time_grows_with_length_only(unit: str, count: int) -> None:
    """Reading four times as much takes at most about four times as long, whatever is repeated."""
    assert_linear("", unit, count)


@pytest.mark.parametrize(
    ("head", "unit", "count"),
    [
        ("Q: why\n", "and so on\n", 20_000),
        ("Q: why\nA:\n", "***\n", 20_000),
        ("1. Q: why\n   A:\n", "***\n", 20_000),
        ("***\n\n", "***\n\n", 10_000),
        ("Summary: It rained.\n\n---\n\n", "Eine Notiz.\n\n---\n\n", 8_000),
        ("Une note.\n\n---\n\n", "## English\n\nA note.\n\n## 中文\n\n一条。\n\n", 2_000),
    ],
)
def test_time_grows_with_the_length_of_a_part_only(head: str, unit: str, count: int) -> None:
    """The same of what is repeated inside one question, one answer or before the first words."""
    assert_linear(head, unit, count)


def assert_linear(head: str, unit: str, count: int) -> None:
    """Read a text of some and one of four times as many units, behind a head and before words if there is one."""
    tail = "the last words\n" if head else ""

    def seconds(times: int) -> float:
        text = head + unit * times + tail
        start = time.process_time()
        parse_digest(text)
        return time.process_time() - start

    seconds(100)
    small = min(seconds(count // 4) for _ in range(2))
    large = min(seconds(count) for _ in range(2))
    assert large <= 10 * small + 0.1


def test_a_source_without_a_link_is_kept() -> None:
    """A line that names a source by words only stays where it stands if nothing else says where the original is."""
    digest = parse_digest("Summary: Water found.\n\nSource: NASA internal memo, page 4.\n").digest
    assert digest is not None
    assert "NASA internal memo, page 4." in "\n".join(digest.translations[0].texts)
