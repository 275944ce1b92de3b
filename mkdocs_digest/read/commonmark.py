"""CommonMark as the texts of digests are read: block for block as `lines` does, with links of every kind."""

import re
from collections.abc import Mapping
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, table
from markdown_it.rules_core import StateCore

_INLINE = re.compile(r"[\n!&*<\[\\\]_`~]")
"""The characters at which one of the inline rules can match, or the text of a link end."""

_MOST_CELLS = 10_000
_LEAST_EXPANSION = 100_000
"""Characters of addresses that link references may print in any text, however short."""


class CommonMark(MarkdownIt):
    """CommonMark with tables and strikethrough, without setext headings and indented code (see `lines`)."""

    def __init__(self, *, html: bool) -> None:
        super().__init__("commonmark", {"html": html})
        self.enable(["table", "strikethrough"]).disable(["lheading", "code"])
        self.inline.terminator_re = _INLINE
        self.block.ruler.at("table", _table, {"alt": ["paragraph", "reference"]})
        self.core.ruler.after("block", "references", _bound_references)

    def validateLink(self, url: str) -> bool:  # noqa: N802
        """Take every address for a link: whether it may be one is `mkdocs_digest.model.address`'s to say."""
        return True


def _table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Find a table of at most `_MOST_CELLS`; those that its rows lack are made, however short these are."""
    columns = state.src.count("|", state.bMarks[start], state.eMarks[start])
    return table(state, start, min(end, start + 2 + _MOST_CELLS // max(1, columns)), silent)


class _References(dict[str, dict[str, Any]]):
    """Link reference definitions that print no more text than a file of this size could: a use repeats its address.

    cmark bounds them alike (commonmark/cmark, `references.c`, `max_ref_size`).
    """

    def __init__(self, found: Mapping[str, dict[str, Any]], most: int) -> None:
        super().__init__(found)
        self.left = most

    def get(self, label: str, default: Any = None) -> Any:
        """Return the definition of a label, or `default` where there is none or too much has been printed."""
        found = super().get(label)
        if found is None or self.left <= 0:
            return default
        self.left -= len(found["href"]) + len(found["title"])
        return found


def _bound_references(state: StateCore) -> None:
    references = state.env.get("references")
    if references:
        state.env["references"] = _References(references, max(_LEAST_EXPANSION, len(state.src)))
