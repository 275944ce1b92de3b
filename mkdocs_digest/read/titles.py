"""The title and description of a translation, and the prose that turns out to be one of them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mkdocs_digest.model.digest import Part, Section, Summary
from mkdocs_digest.read.detect import choose
from mkdocs_digest.read.front_matter import text_of
from mkdocs_digest.read.grammar import Grammar, label_key
from mkdocs_digest.read.parts import Reading

_HEADING = re.compile(r"#{1,6}[ \t]+(?P<title>[^\n]*)(?:\n|$)")
_STARS = re.compile(r"(\*{1,3})(?=[^\s*])(?P<text>[^*]+)(?<!\s)\1")
_UNDERSCORES = re.compile(r"(?<!\w)(_{1,3})(?=[^\s_])(?P<text>[^_]+)(?<!\s)\1(?!\w)")
_SENTENCE = re.compile(r".*?(?:[。！？!?]+[”’」』\"')）]*|\.(?=[\s\"')”’]|$)[\"')”’]*)", re.S)
_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:[A-Z]|[A-Z](?:\.[A-Z])+|Mr|Mrs|Ms|Dr|Prof|St|No|vs|etc|e\.g|i\.e|Jr|Sr|Inc|Ltd|Co)\.$"
)
_LONGEST_ABBREVIATION = 40
_LONGEST_SENTENCE = 1_000
_SPACES = re.compile(r"[ \t\n]+")
_LONGEST_TITLE = 200
_FIRST_HAS_TITLE = 3
"""How much speaks for a plain `title` being in the file's first language: as much as one common word."""


@dataclass(frozen=True, slots=True)
class Titled:
    """A translation's title and description, and its parts without the title."""

    title: str | None
    description: str | None
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Heads:
    """The titles and descriptions in the front matter by language; `mapped` are the titles of a map."""

    mapped: Mapping[str, str | None]
    titles: Mapping[str, str | None]
    descriptions: Mapping[str, str | None]


def read_heads(meta: Mapping[str, Any], grammar: Grammar, samples: Mapping[str, str]) -> Heads:
    """Find the languages of `title` and `description`; `samples` holds the beginning of the text in each language."""
    mapped = _mapped(meta.get("title"), grammar)
    return Heads(
        mapped,
        mapped or _plain(meta.get("title"), grammar, samples, _FIRST_HAS_TITLE),
        _mapped(meta.get("description"), grammar) or _plain(meta.get("description"), grammar, samples),
    )


def _mapped(value: Any, grammar: Grammar) -> dict[str, str | None]:
    found: dict[str, str | None] = {}
    for key, text in value.items() if isinstance(value, dict) else ():
        found.setdefault(grammar.code(str(key)) or str(key), text_of(text))
    return found


def _plain(value: Any, grammar: Grammar, samples: Mapping[str, str], prior: int = 0) -> dict[str, str | None]:
    text = text_of(value)
    if text is None:
        return {}
    lang = next(iter(samples)) if len(samples) == 1 else choose(text, samples, grammar, prior)
    return {lang: text} if lang else {}


def entitle(reading: Reading, lang: str, heads: Heads) -> Titled:
    """Find the title and the description of a translation in its own language.

    The order is: the map in `title`, a heading or lone paragraph before the first label, `title`, `description`, the
    first sentence of the summary.
    """
    chosen = heads.mapped.get(lang) or reading.title
    plain, description = heads.titles.get(lang), heads.descriptions.get(lang)
    headed, parts = _take_title(reading.parts, [text for text in (chosen, plain, reading.title) if text])
    if headed and chosen and not _same_text(headed, chosen):
        parts = reading.parts
    parts = _summarised(parts)
    title = chosen or headed or plain or description or first_sentence(_summary_of(parts)) or None
    return Titled(title, description, parts)


def _summary_of(parts: tuple[Part, ...]) -> str:
    return next((part.markdown for part in parts if isinstance(part, Summary)), "")


def _take_title(parts: tuple[Part, ...], titles: list[str]) -> tuple[str | None, tuple[Part, ...]]:
    """Take a heading or a lone paragraph off the prose before the first label, if it is or repeats a title."""
    if not parts or not isinstance(parts[0], Section) or parts[0].label:
        return None, parts
    first = parts[0]
    heading = _HEADING.match(first.markdown)
    if heading:
        title, rest = heading["title"].rstrip(" \t#"), first.markdown[heading.end() :]
    else:
        title, _, rest = first.markdown.partition("\n\n")
        repeats = any(_same_text(plain_text(title), known) for known in titles)
        if not repeats and (rest.strip() or not _looks_like_title(title, alone=len(parts) == 1)):
            return None, parts
    rest = rest.strip("\n")
    return plain_text(title) or None, ((Section("", rest, first.line), *parts[1:]) if rest.strip() else parts[1:])


def _looks_like_title(text: str, *, alone: bool) -> bool:
    if alone or "\n" in text or len(text) > _LONGEST_TITLE or (text[:1] in "-*+>|`<![" and text[:2] != "**"):
        return False
    return not text.rstrip('*_"”’」』)） ').endswith((".", "。", "…", ":", "：", ";", "；")) or text.endswith("...")


def _summarised(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """Where no label says summary, the first prose is the summary."""
    if not parts or any(isinstance(part, Summary) for part in parts):
        return parts
    first = parts[0]
    if isinstance(first, Section) and not first.label:
        return (Summary(first.markdown, first.line), *parts[1:])
    return parts


def _same_text(one: str, other: str) -> bool:
    """Say whether two titles are the same but for marks, case and blanks."""
    return label_key(one) == label_key(other)


def plain_text(markdown: str) -> str:
    """Return one line of Markdown without its emphasis marks."""
    text = _UNDERSCORES.sub(r"\g<text>", _STARS.sub(r"\g<text>", markdown))
    return _SPACES.sub(" ", text).strip()


def first_sentence(markdown: str) -> str:
    """Return the first sentence of the first paragraph, without emphasis marks; its beginning if it never ends."""
    text = plain_text(markdown.split("\n\n", 1)[0])
    end = 0
    while end < _LONGEST_SENTENCE and (found := _SENTENCE.match(text, end, end + _LONGEST_SENTENCE)):
        end = found.end()
        if not _ABBREVIATION.search(text, max(0, end - _LONGEST_ABBREVIATION), end):
            return text[:end].strip()
    return text if len(text) <= _LONGEST_SENTENCE else f"{text[: _LONGEST_SENTENCE - 1]}…"
