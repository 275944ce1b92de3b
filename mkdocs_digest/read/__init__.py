"""Text in, digest out: pure functions that read no disk, log nothing and raise on no text."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

from mkdocs_digest.model.address import is_web
from mkdocs_digest.model.diagnostic import Diagnostic
from mkdocs_digest.model.digest import Digest, ParseResult, Translation
from mkdocs_digest.read.allowance import find_dense
from mkdocs_digest.read.front_matter import FrontMatter, date_of, read_front_matter, text_of, texts_of
from mkdocs_digest.read.grammar import Grammar, default_grammar
from mkdocs_digest.read.hazards import find_hazards, find_illegible
from mkdocs_digest.read.lines import read_lines
from mkdocs_digest.read.messages import remark
from mkdocs_digest.read.naming import date_in
from mkdocs_digest.read.parity import compare
from mkdocs_digest.read.parts import read_parts
from mkdocs_digest.read.split import Chunk, split
from mkdocs_digest.read.tags import read_tags
from mkdocs_digest.read.titles import entitle, read_heads
from mkdocs_digest.read.values import legible

_NEWLINES = "\r\x0b\x0c\x85\u2028\u2029"
_NEWLINE = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_WRAPPER = re.compile(
    r"\s*(?P<fence>`{3,}|~{3,})[ \t]*(?:markdown|md|text)?[ \t]*\n(?P<body>.*?)\n(?P=fence)[ \t]*\s*", re.S | re.I
)


def parse_digest(text: str, *, path: str = "<string>", grammar: Grammar | None = None) -> ParseResult:
    """Read the text of one file as a digest.

    `path` names the file in the result and may hold its date (`2024-05-30-title.md`, `2024/05/30/title.md`). `grammar`
    holds the labels to know, by default those of every language. Raises nothing, whatever the text.
    """
    grammar = grammar or default_grammar()
    text = _normalised(text)
    shown = legible(text)
    front = read_front_matter(shown)
    body, line = _unwrapped(front.body, front.line)
    declared = _declared(front.meta, grammar)
    lines = [(item, grammar.mark(item)) for item in read_lines(body, line)]
    chunks, remarks = split(lines, grammar, declared)
    translations = _translations(chunks, front, grammar, remarks)
    tags, about_tags = read_tags(front)
    remarks.extend(
        [
            *compare(translations),
            *about_tags,
            *_about_source(front),
            *find_hazards(body, line),
            *find_dense(translations),
        ]
    )
    if shown != text:
        remarks.extend(find_illegible(text))
    if front.fault:
        remarks.append(front.fault)
    if not translations:
        return ParseResult(None, tuple(sorted([*remarks, remark(line, 1, "empty-digest")])))
    digest = Digest(
        path=path,
        date=_date(front, "date", remarks) or date_in(path),
        updated=_date(front, "updated", remarks),
        tags=tags,
        author=text_of(front.meta.get("author")),
        meta=front.meta,
        translations=translations,
    )
    if digest.date is None and "date" not in front.meta and not front.fault:
        remarks.append(remark(1, 1, "no-date"))
    if not any(item.source for item in translations):
        remarks.append(remark(1, 1, "no-source"))
    return ParseResult(digest, tuple(sorted(remarks)))


def _normalised(text: str) -> str:
    """Return `text` with line feeds only, without a byte order mark."""
    text = text.removeprefix("\ufeff")
    return _NEWLINE.sub("\n", text) if any(char in text for char in _NEWLINES) else text


def _unwrapped(body: str, line: int) -> tuple[str, int]:
    """Take off the one code fence around everything that chat models like to add."""
    found = _WRAPPER.fullmatch(body)
    if not found or re.search(rf"^{re.escape(found['fence'])}", found["body"], re.M):
        return body, line
    return found["body"], line + body.count("\n", 0, found.start("body"))


def _declared(meta: Mapping[str, Any], grammar: Grammar) -> tuple[str, ...]:
    codes = [grammar.code(text) or text for text in texts_of(meta.get("lang"))]
    return tuple(dict.fromkeys(code for code in codes if code in grammar.languages))


def _translations(
    chunks: list[Chunk], front: FrontMatter, grammar: Grammar, remarks: list[Diagnostic]
) -> tuple[Translation, ...]:
    samples = {chunk.lang or "und": chunk.text for chunk in chunks}
    heads = read_heads(front.meta, grammar, samples)
    leads_to_web = cache(is_web)
    found = []
    for chunk, lang in zip(chunks, samples, strict=True):
        reading = read_parts(chunk.lines, grammar, lang)
        remarks.extend(reading.diagnostics)
        titled = entitle(reading, lang, heads)
        sources = (_meta_source(front.meta.get("source"), lang, grammar), reading.source)
        source = next((url for url in sources if url and leads_to_web(url)), None)
        found.append(Translation(lang, titled.title, titled.description, source, titled.parts, chunk.number))
    shared = next((item.source for item in found if item.source), None)
    return tuple(item if item.source else replace(item, source=shared) for item in found)


def _meta_source(value: Any, lang: str, grammar: Grammar) -> str | None:
    if isinstance(value, dict):
        return next((text_of(url) for key, url in value.items() if grammar.code(str(key)) == lang), None)
    return text_of(value)


def _about_source(front: FrontMatter) -> list[Diagnostic]:
    """Return remarks on the sources in the front matter that no badge may lead to."""
    value = front.meta.get("source")
    urls = [text_of(url) for url in (value.values() if isinstance(value, dict) else [value])]
    bad = [url for url in urls if url and not is_web(url)]
    line = front.line_of("source") if bad else 1
    return [remark(line, 1, "bad-source", value=url[:60]) for url in bad]


def _date(front: FrontMatter, key: str, remarks: list[Diagnostic]) -> date | None:
    value = front.meta.get(key)
    found = date_of(value)
    if found is None and key in front.meta:
        shown = "empty" if text_of(value) is None else f"`{str(value)[:40]}`"
        remarks.append(remark(front.line_of(key), 1, "bad-date", key=key, value=shown))
    return found
