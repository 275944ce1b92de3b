"""What stands in a text and is not published as written: raw HTML, links to anywhere, characters that are none."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice

from markdown_it.token import Token

from mkdocs_digest.model.address import is_image, is_link
from mkdocs_digest.model.diagnostic import Diagnostic
from mkdocs_digest.read.allowance import Allowance
from mkdocs_digest.read.commonmark import CommonMark
from mkdocs_digest.read.messages import remark
from mkdocs_digest.read.values import ILLEGIBLE

MOST = 20
"""Remarks of one code in one file; a hostile one could have as many as it has letters."""

_TAG = re.compile(r"<[A-Za-z/!?]")
_TARGET = re.compile(r"\((?!https?://[\w.-]+[/)?#])|:")
"""What stands behind the bracket of a link, but a plain one to the web."""
_MARK = re.compile(r"<!--[\w\s:=\"'-]*-->\s*")
_SAMPLE = 60
_PARSER = CommonMark(html=True)


def find_hazards(body: str, first: int) -> list[Diagnostic]:
    """Return what is not published as written of the text below the front matter, which begins on line `first`."""
    if not _is_suspect(body):
        return []
    text, _ = Allowance().take(body)
    return list(_capped(_in_blocks(_PARSER.parse(text), first)))


def find_illegible(text: str) -> list[Diagnostic]:
    """Return a remark on the first character of a text that is shown as another."""
    found = ILLEGIBLE.search(text)
    if not found:
        return []
    line = text.count("\n", 0, found.start()) + 1
    column = found.start() - text.rfind("\n", 0, found.start())
    return [remark(line, column, "control-character", point=f"{ord(found[0]):04X}")]


def _is_suspect(body: str) -> bool:
    """Say whether there may be a hazard: most texts show none at a glance and are spared a second parse."""
    if "![" in body or ("<" in body and _TAG.search(body)):
        return True
    return any(map(_TARGET.match, islice(body.split("]"), 1, None)))


def _capped(remarks: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    counts: Counter[str] = Counter()
    for item in remarks:
        counts[item.code] += 1
        if counts[item.code] <= MOST:
            yield item


def _in_blocks(tokens: list[Token], first: int) -> Iterator[Diagnostic]:
    for token in tokens:
        line = first + (token.map or [0])[0]
        if token.type == "html_block":
            yield from _html(token.content, line)
        elif token.type == "inline":
            yield from _in_line(token.children or [], line)


def _in_line(tokens: list[Token], line: int) -> Iterator[Diagnostic]:
    for token in tokens:
        if token.type in ("softbreak", "hardbreak"):
            line += 1
        elif token.type == "html_inline":
            yield from _html(token.content, line)
        elif token.type == "link_open" and not is_link(str(token.attrs["href"])):
            yield remark(line, 1, "unsafe-link", address=_sample(str(token.attrs["href"])))
        elif token.type == "image":
            yield _image(token, line)


def _image(token: Token, line: int) -> Diagnostic:
    address = str(token.attrs["src"])
    if is_image(address):
        return remark(line, 1, "image-text", address=_sample(address))
    return remark(line, 1, "unsafe-link", address=_sample(address))


def _html(content: str, line: int) -> Iterator[Diagnostic]:
    if not _MARK.fullmatch(content):
        yield remark(line, 1, "raw-html", sample=_sample(content))


def _sample(text: str) -> str:
    """Return the beginning of a text on one line."""
    line = " ".join(text.split())
    return line if len(line) <= _SAMPLE else f"{line[: _SAMPLE - 1]}…"
