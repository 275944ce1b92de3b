"""The blocks of Markdown and the lines they stand on: markdown-it's rules, each tried only where it can match.

Paragraphs and lists, which digests are made of, have rules of their own here, without what only a renderer asks for.
"""

import re
from collections.abc import Callable, Sequence
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.ruler import Ruler
from markdown_it.rules_block import StateBlock, blockquote, fence, heading, hr, html_block
from markdown_it.token import Token

_Rule = Callable[[StateBlock, int, int, bool], bool]

_MARKER = re.compile(r"(?:(?P<number>[0-9]{1,9})(?=[.)])|(?=[-+*]))(?P<kind>.)(?=[ \t]|$)(?P<gap>[ \t]*)")


MOST_LINES = 20_000
"""Lines in which blocks are looked for; a megabyte of prose has fewer."""


def find_blocks(body: str) -> list[Token]:
    """Return the tokens of a body whose line breaks are line feeds; only their type, tag, level and map are told.

    Lines after the first `MOST_LINES` have none.
    """
    state = _State(_beginning(body), _PARSER, {}, [])
    _PARSER.block.tokenize(state, 0, state.lineMax)
    return state.tokens


def _beginning(body: str) -> str:
    if body.count("\n") < MOST_LINES:
        return body
    return "\n".join(body.split("\n", MOST_LINES)[:MOST_LINES])


class _Token(Token):
    """A token that is cheap to make."""

    __slots__ = ()

    def __init__(self, kind: str, tag: str, nesting: Literal[-1, 0, 1], level: int) -> None:
        self.type, self.tag, self.nesting, self.level = kind, tag, nesting, level
        self.map = None


class _State(StateBlock):
    def push(self, ttype: str, tag: str, nesting: Literal[-1, 0, 1]) -> Token:
        if nesting < 0:
            self.level -= 1
        token = _Token(ttype, tag, nesting, self.level)
        if nesting > 0:
            self.level += 1
        self.tokens.append(token)
        return token


def _block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Find the block that begins on a line; in silence, say whether one does that can interrupt a paragraph."""
    for rule in _rules_at(state, start):
        if rule(state, start, end, silent):
            return True
    return not silent and _paragraph(state, start)


def _rules_at(state: StateBlock, line: int) -> Sequence[_Rule]:
    at = state.bMarks[line] + state.tShift[line]
    return _RULES.get(state.src[at : at + 1], ())


def _paragraph(state: StateBlock, start: int) -> bool:
    """Find the lines of a paragraph (CommonMark 0.31, 4.8)."""
    line, end = start + 1, state.lineMax
    parent, state.parentType = state.parentType, "paragraph"
    while line < end and not state.isEmpty(line):
        if 0 <= state.sCount[line] <= state.blkIndent + 3 and _block(state, line, end, True):
            break
        line += 1
    state.line = line
    state.push("paragraph_open", "p", 0).map = [start, line]
    state.parentType = parent
    return True


def _list(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Find the items of a list (CommonMark 0.31, 5.3); one that interrupts a paragraph begins with 1 and a text."""
    indent = state.sCount[start]
    if 0 <= state.listIndent <= indent - 4 and indent < state.blkIndent:
        return False
    marker = _marker(state, start)
    if marker is None:
        return False
    if silent:
        interrupts = state.parentType == "paragraph" and indent >= state.blkIndent
        return not interrupts or (int(marker["number"] or 1) == 1 and marker.end() < state.eMarks[start])
    parent, state.parentType = state.parentType, "list"
    state.level += 1
    kind = marker["kind"]
    while marker and marker["kind"] == kind:
        _item(state, start, end, marker)
        start = state.line
        marker = None if _ends_list(state, start, end) else _marker(state, start)
    state.level -= 1
    state.parentType = parent
    return True


def _marker(state: StateBlock, line: int) -> re.Match[str] | None:
    return _MARKER.match(state.src, state.bMarks[line] + state.tShift[line], state.eMarks[line])


def _ends_list(state: StateBlock, line: int, end: int) -> bool:
    if line >= end or state.sCount[line] < state.blkIndent:
        return True
    return any(rule in _LIST_ENDS and rule(state, line, end, True) for rule in _rules_at(state, line))


def _item(state: StateBlock, start: int, end: int, marker: re.Match[str]) -> None:
    """Find the blocks inside a list item (CommonMark 0.31, 5.2)."""
    shift, column = state.tShift[start], state.sCount[start]
    empty = marker.end() == state.eMarks[start]
    edge = column + marker.end("kind") - marker.start()
    gap = _width(marker["gap"], edge + state.bsCount[start])
    outer, state.listIndent = state.listIndent, state.blkIndent
    state.blkIndent = edge + (1 if empty or gap > 4 else gap)
    state.tShift[start], state.sCount[start] = marker.end() - state.bMarks[start], edge + gap
    lines = state.push("list_item_open", "li", 1).map = [start, start]
    if empty and state.isEmpty(start + 1):
        state.line = min(start + 2, end)
    else:
        state.md.block.tokenize(state, start, end)
    lines[1] = state.line
    state.push("list_item_close", "li", -1)
    state.blkIndent, state.listIndent = state.listIndent, outer
    state.tShift[start], state.sCount[start] = shift, column


def _width(blanks: str, column: int) -> int:
    """Return how many columns blanks are wide that begin at `column`: tabs stop at every fourth."""
    end = column
    for blank in blanks:
        end += 4 - end % 4 if blank == "\t" else 1
    return end - column


_RULES: dict[str, tuple[_Rule, ...]] = {
    "`": (fence,),
    "~": (fence,),
    ">": (blockquote,),
    "_": (hr,),
    "*": (hr, _list),
    "-": (hr, _list),
    "+": (_list,),
    "<": (html_block,),
    "#": (heading,),
    **dict.fromkeys("0123456789", (_list,)),
}
"""What a block may be that begins with a character, a paragraph apart.

Setext headings are missing because text directly above `---` is a separator's neighbour, not a heading; indented code
because an answer may be indented by any number of blanks; references because they would vanish from the tokens.
"""

_LIST_ENDS = (fence, blockquote, hr)
"""What ends a list where its next item could stand."""


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark")
    parser.block.ruler = Ruler()
    parser.block.ruler.push("block", _block, {"alt": ["blockquote"]})
    return parser


_PARSER = _parser()
