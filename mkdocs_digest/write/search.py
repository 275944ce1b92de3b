"""Search indexes: one per language, smaller than one for all, and right for Chinese."""

import re
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from mkdocs_digest.write.article import Article, Block
from mkdocs_digest.write.cleaned import ANY_TAG

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_BEFORE_OTHER = re.compile(f"(?<=[{_HAN}])(?=[0-9A-Za-z\u00c0-\u024f])")
_SPLIT_CHARACTERS = {"zh": rf"|\u200b|(?=[{_HAN}])"}


def localise_settings(settings: Mapping[str, Any], lang: str, *, segmented: bool) -> dict[str, Any]:
    """Return the settings of a search index (Material's format) for one language alone.

    Chinese has no blanks between words, and the search script segments a query by the words in the index: unless it is
    `segmented`, by jieba, which has put zero-width blanks between the words, the index is split at each character.
    """
    return {**settings, "separator": settings["separator"] + _split(lang, segmented)}


def localise_entry(entry: Mapping[str, Any], lang: str, *, segmented: bool) -> Mapping[str, Any]:
    """Return an entry for the index of one language, its location relative to the site's root.

    Where Chinese is split at each character, a zero-width blank parts Han from the Latin word behind it.
    """
    if not _split(lang, segmented):
        return entry
    return {**entry, **{key: _BEFORE_OTHER.sub("\u200b", entry[key]) for key in ("title", "text")}}


def offline_index(index: str) -> str:
    """Return an index as the script that Material's search reads where a browser reads no JSON: from disk."""
    return f"var __index = {index}"


def _split(lang: str, segmented: bool) -> str:
    return "" if segmented else _SPLIT_CHARACTERS.get(lang.split("-")[0], "")


_KEPT = {"p", "code", "pre", "li", "ol", "ul", "sub", "sup"}
_PARTING = {"br", "td", "th", "tr", "summary"}
_PREFORMATTED = re.compile(r"(<pre>.*?</pre>)", re.S)


def index_article(article: Article, url: str, title: str, more: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the entries of an article, one for each heading, as Material's search has them; all of them have `more`."""
    for id_, heading, blocks in _sections(article, title):
        text = " ".join(_searchable(block) for block in blocks)
        yield {"location": f"{url}#{id_}" if id_ else url, "title": heading, "text": text, **more}


def _sections(article: Article, title: str) -> list[tuple[str, str, list[Block]]]:
    sections: list[tuple[str, str, list[Block]]] = [("", title, [])]
    headings = iter(article.headings)
    for block in article.blocks:
        if block.title or block.questions:
            heading = next(headings)
            sections.append((heading.id, heading.title, []))
        sections[-1][2].append(block)
    return sections


def _searchable(block: Block) -> str:
    questions = (f"{escape(item.text, quote=False)} {item.answer}" for item in block.questions)
    return _without_markup("\n".join([block.html, *questions]))


def _without_markup(html: str) -> str:
    """Return HTML with the tags that search results show, and blanks as far as they mean something."""
    text = ANY_TAG.sub(_kept, html).replace("&nbsp;", "\xa0")
    parts = _PREFORMATTED.split(text) if "<pre>" in text else [text]
    return "".join(part if part.startswith("<pre>") else " ".join(part.split()) for part in parts)


def _kept(tag: re.Match[str]) -> str:
    name = tag[2]
    return f"<{tag[1]}{name}>" if name in _KEPT else " " * (name in _PARTING)
