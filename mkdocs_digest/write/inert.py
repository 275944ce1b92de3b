"""Markdown that does nothing but show its text, whatever renders it: for files that other programs build.

Pages and feeds carry HTML that an allow-list has cleaned (`mkdocs_digest.write.converter`). A Markdown file is read by
a program that this package does not know, with raw HTML, attribute lists, snippets, macros and shortcodes as it likes:
here they become text, by entities that every dialect shows as the character.
"""

import re
from collections.abc import Iterator
from html import unescape

from mkdocs_digest.model.address import is_link
from mkdocs_digest.read.blocks import find_blocks

_ZERO_WIDTH = "\u200b"
_ACTIVE = re.compile(r"(?<!\\)(\\*+)(?:([{}])|<(?!(?:https?://|mailto:)[^\s<>]*>|[\w.+-]+@[\w.-]+>))")
_LINK = re.compile(r"\](\(|:)(\s*<?)([^\n)<>]*(?:\n[^\n)<>]*)?)")
_DIRECTIVE = re.compile(r"^([ \t>]*):(?=::)", re.M)
_TICKS = re.compile(r"`+")
_ORDER_IN_CODE = re.compile(r"(?<=\{)(?=[{%#])|(?<=-)(?=8<)|(?<=^:)(?=::)", re.M)
_TAG_IN_CODE = re.compile(r"(?<=<)(?=[A-Za-z/!?])")
_FENCE = re.compile(
    r"(?P<indent>(?:[ \t>]|(?:[-+*]|\d{1,9}[.)])(?=[ \t]))*)(?P<marks>`{3,}|~{3,})[ \t]*(?P<word>[\w+#.-]*)"
)
_LIST_MARKER = re.compile(r"[^\s>]")
_SPECIAL = re.compile(r"[<>&*_\[\]{}`\\~=^|!:]")


def inert(markdown: str) -> str:
    """Return Markdown with the same text, in which no raw HTML, attribute, macro or address of a script is left."""
    rows = markdown.split("\n")
    found: list[str] = []
    at = 0
    for start, end, nested in _fences(markdown):
        found += [_inert_text("\n".join(rows[at:start]))] if start > at else []
        found += _inert_fence(rows[start:end], nested=nested)
        at = end
    found += [_inert_text("\n".join(rows[at:]))] if at < len(rows) else []
    return "\n".join(found)


def inert_line(text: str) -> str:
    """Return plain text that stays text where a theme prints it as HTML, as an element or an attribute."""
    return text.replace("<", "&lt;").replace('"', "&quot;")


def _fences(markdown: str) -> Iterator[tuple[int, int, bool]]:
    """Yield the lines of each code fence, and whether it stands inside a list or a quotation."""
    if "```" not in markdown and "~~~" not in markdown:
        return
    for token in find_blocks(markdown):
        if token.type == "fence" and token.map:
            yield token.map[0], token.map[1], token.level > 0


def _inert_fence(rows: list[str], *, nested: bool) -> list[str]:
    """Return a fence that is closed, without attributes, and of whose code no program takes a line for an order.

    Python-Markdown knows fences at the beginning of lines only. One inside another block may be none in other dialects,
    so that what looks like a tag in it is parted too.
    """
    opening = _FENCE.match(rows[0])
    assert opening
    closed = len(rows) > 1 and rows[-1].strip(" \t>").startswith(opening["marks"])
    code = [_ORDER_IN_CODE.sub(_ZERO_WIDTH, row) for row in (rows[1:-1] if closed else rows[1:])]
    indent = opening["indent"] if nested else ""
    width = len(opening["indent"])
    code = (
        [_TAG_IN_CODE.sub(_ZERO_WIDTH, row) for row in code]
        if nested
        else [row[min(width, len(row) - len(row.lstrip(" "))) :] for row in code]
    )
    return [f"{indent}{opening['marks']}{opening['word']}", *code, f"{_LIST_MARKER.sub(' ', indent)}{opening['marks']}"]


def _inert_text(text: str) -> str:
    paragraphs = re.split(r"(\n[ \t]*\n)", text)
    return "".join(part if at % 2 else "".join(_inert_spans(part)) for at, part in enumerate(paragraphs))


def _inert_spans(text: str) -> Iterator[str]:
    """Yield the text of a paragraph outside and inside its code spans (CommonMark 0.31, 6.1)."""
    runs = [(found.start(), found.end()) for found in _TICKS.finditer(text)]
    last = {end - start: start for start, end in runs}
    at = index = 0
    while index < len(runs):
        start, end = runs[index]
        index += 1
        if last[end - start] <= start or _is_escaped(text, start):
            continue
        close = next(at for at in range(index, len(runs)) if runs[at][1] - runs[at][0] == end - start)
        yield _inert_words(text[at:start])
        yield _inert_code(text[start : runs[close][1]], text[end : runs[close][0]])
        at, index = runs[close][1], close + 1
    yield _inert_words(text[at:])


def _is_escaped(text: str, at: int) -> bool:
    before = at
    while before and text[before - 1] == "\\":
        before -= 1
    return (at - before) % 2 == 1


def _inert_code(span: str, code: str) -> str:
    if not any(mark in code for mark in ("<", "{", "](", "]:")):
        return span
    return f"<code>{_SPECIAL.sub(lambda found: f'&#{ord(found[0])};', ' '.join(code.split()))}</code>"


def _inert_words(text: str) -> str:
    return _DIRECTIVE.sub(r"\1&#58;", _ACTIVE.sub(_as_entity, _LINK.sub(_checked_link, text)))


def _as_entity(found: re.Match[str]) -> str:
    """Return an entity for a mark; a backslash that escaped it would now escape the entity."""
    escapes = found[1][: len(found[1]) // 2 * 2]
    return escapes + (f"&#{ord(found[2])};" if found[2] else "&lt;")


def _checked_link(found: re.Match[str]) -> str:
    if is_link(unescape(found[3]).replace("\\", "")):
        return found[0]
    return f"]&#{ord(found[1])};{found[2]}{found[3]}"
