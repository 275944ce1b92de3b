"""How much of a text is read as Markdown, and of its code coloured: that bounds the time of parsers and lexers."""

import re
from collections.abc import Iterable
from itertools import islice

from mkdocs_digest.model.diagnostic import Diagnostic
from mkdocs_digest.model.digest import Translation
from mkdocs_digest.read.messages import remark

MOST_MARKUP = 20_000
"""Markup characters that are read as Markdown; 500 kB of prose, or of links on lines, have fewer.

A parser takes up to a hundred microseconds for one, so what follows this many stays plain text.
"""

MOST_COLOURED = 12_000
"""Characters of code that are coloured: some lexers take a fifth of a millisecond for one."""

_CHARACTERS = "\n!&*<>[\\]_`|~"
_MARKUP = re.compile(f"[{re.escape(_CHARACTERS)}]")
_CALL = 5
"""What it costs to begin with a text that has any, in markup characters."""


class Allowance:
    """The characters of markup, and of code in colours, that are left to a series of texts: the parts of an article."""

    def __init__(self, left: int = MOST_MARKUP) -> None:
        self.left = left
        self._left_to_colour = MOST_COLOURED

    def take(self, text: str) -> tuple[str, str]:
        """Return the beginning of `text` that is Markdown, and the rest, which is plain text; most often empty."""
        end = _end_of_markdown(text, self.left)
        self.left -= _cost_of(text[:end])
        return text[:end], text[end:]

    def take_code(self, code: str) -> bool:
        """Return True if there is enough left to colour all of some code."""
        self._left_to_colour -= len(code)
        return self._left_to_colour >= 0


def find_dense(translations: Iterable[Translation]) -> list[Diagnostic]:
    """Return a remark on each translation that has more markup than is read as Markdown."""
    dense = (item for item in translations if sum(map(len, item.texts)) > MOST_MARKUP)
    return [
        remark(item.line, 1, "dense-markup", most=MOST_MARKUP)
        for item in dense
        if sum(map(_cost_of, item.texts)) > MOST_MARKUP
    ]


def _cost_of(text: str) -> int:
    markup = sum(map(text.count, _CHARACTERS))
    return markup and markup + _CALL


def _end_of_markdown(text: str, most: int) -> int:
    """Return where `most` markup characters end, at a line break or blank near by if there is one."""
    if most <= 0:
        return 0
    if len(text) <= most:
        return len(text)
    found = next(islice(_MARKUP.finditer(text), most, None), None)
    if found is None:
        return len(text)
    cut = found.start()
    near = (text.rfind(blank, cut // 2, cut) + 1 for blank in "\n ")
    return next(filter(None, near), cut)
