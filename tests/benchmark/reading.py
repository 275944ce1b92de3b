"""What reading the sample costs, next to the least that any reader of it does."""

import time
from collections.abc import Callable

import frontmatter
from markdown_it import MarkdownIt

from mkdocs_digest import parse_digest
from tests.sites import SAMPLE


def read_in_turns(times: int) -> tuple[list[float], list[float]]:
    """Return the seconds of `parse_digest`, and those of front matter and block structure alone, taken in turns."""
    blocks = MarkdownIt("commonmark").disable("inline")

    def least() -> None:
        blocks.parse(frontmatter.loads(SAMPLE).content)

    pairs = [(_seconds(lambda: parse_digest(SAMPLE)), _seconds(least)) for _ in range(times)]
    return [ours for ours, _ in pairs], [theirs for _, theirs in pairs]


def _seconds(call: Callable[[], object]) -> float:
    started = time.perf_counter()
    call()
    return time.perf_counter() - started
