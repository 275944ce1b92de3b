"""The body of a digest as lines that know which Markdown block they belong to."""

import re
from dataclasses import dataclass
from enum import Enum, auto

from markdown_it.token import Token

from mkdocs_digest.read.blocks import find_blocks


class Kind(Enum):
    """What Markdown makes of a line."""

    BLANK = auto()
    TEXT = auto()
    HEADING = auto()
    RULE = auto()
    OPAQUE = auto()


BLANK, TEXT, HEADING, RULE, OPAQUE = Kind
"""The members by name: Python 3.11 is slow to find `Kind.TEXT`, and every line is asked for its kind many times."""

VOID = (BLANK, RULE)
"""The kinds without words; a tuple, because hashing an enumeration's member is slow."""


@dataclass(slots=True)
class Line:
    """One line of the body.

    `depth` counts the lists around it, `column` is where its text begins inside them, `item` says that a list item
    begins here and `opens` that a paragraph or heading does. Text in fences, HTML and quotations is `OPAQUE`.
    """

    number: int
    text: str
    kind: Kind
    depth: int = 0
    column: int = 0
    item: bool = False
    opens: bool = False
    level: int = 0

    @property
    def content(self) -> str:
        """The text without list markers and, in a heading, without its number signs and `{#id}`."""
        text = self.text[self.column :] if self.item else self.text.lstrip()
        return _HEADING_ID.sub("", _HASHES.sub("", text)).rstrip("# \t") if self.kind is HEADING else text


_HASHES = re.compile(r"^\s{0,3}#{1,6}[ \t]+")
_HEADING_ID = re.compile(r"(?<![ \t])[ \t]*\{#[\w.:-]+\}[ \t]*$")
_ITEM = re.compile(r"\s*(?:[-*+]|\d{1,9}[.)])(?:[ \t]{1,4}(?=\S)|[ \t]|$)")


def read_lines(body: str, first: int) -> list[Line]:
    """Split `body` into lines, numbered from `first`, and say what each is in Markdown."""
    texts = body.split("\n")
    lines = [Line(first + at, text, TEXT if text.strip() else BLANK) for at, text in enumerate(texts)]
    _classify(find_blocks(body), lines)
    return lines


def _classify(tokens: list[Token], lines: list[Line]) -> None:
    columns: list[int] = []
    quotes = 0
    for token in tokens:
        if token.type == "list_item_open" and not quotes:
            columns.append(_open_item(lines[_map(token)[0]], columns))
        elif token.type == "list_item_close" and not quotes:
            columns.pop()
        elif token.type == "blockquote_open":
            quotes += 1
            _mark(lines, token, OPAQUE, columns)
        elif token.type == "blockquote_close":
            quotes -= 1
        elif not quotes and token.type in _KINDS:
            _mark(lines, token, _KINDS[token.type], columns)
            if token.type == "heading_open":
                lines[_map(token)[0]].level = int(token.tag[1])


_KINDS = {
    "paragraph_open": TEXT,
    "heading_open": HEADING,
    "hr": RULE,
    "fence": OPAQUE,
    "html_block": OPAQUE,
}


def _map(token: Token) -> list[int]:
    return token.map or [0, 0]


def _open_item(line: Line, columns: list[int]) -> int:
    at = line.column if line.item else (columns[-1] if columns else 0)
    marker = _ITEM.match(line.text, min(at, len(line.text) - len(line.text.lstrip())) if not line.item else at)
    line.item = True
    line.column = marker.end() if marker else at
    return line.column


def _mark(lines: list[Line], token: Token, kind: Kind, columns: list[int]) -> None:
    start, end = _map(token)
    column = columns[-1] if columns else 0
    for line in lines[start:end]:
        if line.kind is BLANK and kind is not OPAQUE:
            continue
        line.kind = kind
        line.depth = len(columns)
        line.column = line.column if line.item else column
    lines[start].opens = True
