"""Markdown being collected line by line, and what it reads as in the end."""

import re
from dataclasses import dataclass, field

from mkdocs_digest.read.grammar import BLANKS
from mkdocs_digest.read.lines import Line

_RULE = re.compile(r"\s{0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$")


@dataclass(slots=True)
class Text:
    """Markdown being collected; `column` is the indent of the list around it, `line` where it begins.

    `rows` hold no blank lines and rules before the first words.
    """

    line: int
    column: int = 0
    depth: int = 0
    rows: list[str] = field(default_factory=list)

    def add(self, line: Line) -> None:
        self.append(line.text[_indent(line.text, self.column) :] if self.column else line.text)

    def append(self, row: str) -> None:
        if self.rows or not _is_edge(row):
            self.rows.append(row)

    @property
    def begun(self) -> bool:
        return bool(self.rows)

    @property
    def last(self) -> str:
        return self.rows[-1] if self.rows else ""

    def markdown(self) -> str:
        """Return the text without outer blank lines, outer rules and the indent its later lines share."""
        end = len(self.rows)
        while end > 1 and _is_edge(self.rows[end - 1]):
            end -= 1
        if end < 2:
            return "".join(self.rows[:end]).strip(BLANKS).rstrip()
        first, *later = self.rows[:end]
        shared = min((len(row) - len(row.lstrip()) for row in later if row.strip()), default=0)
        lines = [first.strip(BLANKS), *(row[shared:] if row.strip() else "" for row in later)]
        return "\n".join(lines).rstrip()


def text_at(line: Line) -> Text:
    """Return an empty text that begins on a line, inside the lists around it."""
    return Text(line.number, line.column if line.depth else 0, line.depth)


def _indent(text: str, column: int) -> int:
    at = width = 0
    while at < len(text) and width < column and text[at] in BLANKS:
        width += 4 if text[at] == "\t" else 1
        at += 1
    return at


def _is_edge(row: str) -> bool:
    bare = row.lstrip(BLANKS)
    return not bare or (bare[0] in "-*_" and bool(_RULE.match(row)))
