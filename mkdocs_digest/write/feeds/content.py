"""A digest's text as feeds carry it: absolute URLs, nothing that belongs to a page, questions above their answers."""

import re
from collections.abc import Iterable
from html import unescape
from urllib.parse import urljoin

from markupsafe import escape

from mkdocs_digest.languages.words import words
from mkdocs_digest.write.article import Block, QuestionBlock
from mkdocs_digest.write.cleaned import ANY_TAG, VALUES

_TAG = re.compile(rf"</?span{VALUES}*>|<([a-z][a-z0-9]*)({VALUES}+)>")
_ATTRIBUTE = re.compile(r'\s+([a-z-]+)="([^"]*)"')
_BREAKS = {"p", "br", "li", "tr", "pre", "blockquote", "h2", "h3", "h4", "h5", "h6"}
_FURNITURE = {"class", "id", "loading", "rel"}


def absolute_block(block: Block, base: str) -> Block:
    """Return a block whose links hold anywhere, without classes and colours; `base` is its page's absolute URL."""
    questions = tuple(
        QuestionBlock(item.text, _absolute(item.question, base), _absolute(item.answer, base))
        for item in block.questions
    )
    return Block(block.title, _absolute(block.html, base), questions, block.is_summary)


def write_content(blocks: Iterable[Block], lang: str) -> str:
    """Return the HTML of a whole text: its blocks under their headings, marked with language and direction."""
    rtl = ' dir="rtl"' if words(lang).locale.text_direction == "rtl" else ""
    return f'<div lang="{escape(lang)}"{rtl}>\n{"".join(map(_block, blocks))}</div>\n'


def write_original(url: str, text: str) -> str:
    """Return the HTML of the line that leads to the original article."""
    return f'<p><a href="{escape(url)}">{escape(text)}</a></p>\n'


def plain(html: str) -> str:
    """Return the text of cleaned HTML; a line for each paragraph."""
    spaced = ANY_TAG.sub(lambda tag: "\n" if tag[2] in _BREAKS else "", html)
    return "\n".join(filter(None, (" ".join(line.split()) for line in unescape(spaced).splitlines())))


def _block(block: Block) -> str:
    heading = f"<h2>{escape(block.title)}</h2>\n" if block.title else ""
    questions = [f"<h3>{item.question}</h3>\n{item.answer}" for item in block.questions]
    return "".join([heading, block.html, *questions])


def _absolute(html: str, base: str) -> str:
    """Rewrite the tags of cleaned HTML; most of it has none that needs it."""
    if '="' not in html and "span" not in html:
        return html

    def tag(found: re.Match[str]) -> str:
        name, values = found.groups()
        return f"<{name}{_ATTRIBUTE.sub(attribute, values)}>" if name else ""

    def attribute(found: re.Match[str]) -> str:
        name, value = found.groups()
        if name in _FURNITURE:
            return ""
        if name in ("href", "src"):
            value = escape(urljoin(base, unescape(value)))
        return f' {name}="{value}"'

    return _TAG.sub(tag, html)
