"""The title and description of a translation, and the prose that turns out to be one of them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mkdocs_digest.model.digest import Part, Section, Summary
from mkdocs_digest.read.detect import choose
from mkdocs_digest.read.front_matter import text_of
from mkdocs_digest.read.grammar import Grammar
from mkdocs_digest.read.parts import Reading, same_text

_HEADING = re.compile(r"#{1,6}[ \t]+(?P<title>[^\n]*?)[ \t#]*(?:\n|$)")
_EMPHASIS = re.compile(r"(\*\*\*|\*\*|__|\*|_)(?P<text>[^*_]+)\1")
_SENTENCE = re.compile(r".*?(?:[。！？!?]+[”’」』\"')）]*|\.(?=[\s\"')”’]|$)[\"')”’]*)", re.S)
_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:[A-Z]|[A-Z](?:\.[A-Z])+|Mr|Mrs|Ms|Dr|Prof|St|No|vs|etc|e\.g|i\.e|Jr|Sr|Inc|Ltd|Co)\.$"
)
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


def entitle(
    reading: Reading, lang: str, meta: Mapping[str, Any], grammar: Grammar, samples: Mapping[str, str]
) -> Titled:
    """Find the title and the description of a translation in its own language.

    The order is: the map in `title`, a heading or lone paragraph before the first label, `title`, `description`, the
    first sentence of the summary. `samples` holds the beginning of the text in each language of the digest.
    """
    chooser = _Chooser(lang, grammar, samples)
    mapped = chooser.mapped(meta.get("title"))
    plain = chooser.plain(meta.get("title"), _FIRST_HAS_TITLE)
    description = chooser.mapped(meta.get("description")) or chooser.plain(meta.get("description"))
    headed, parts = _take_title(reading.parts, [text for text in (mapped, plain, reading.title) if text])
    chosen = mapped or reading.title
    if headed and chosen and not same_text(headed, chosen):
        parts = reading.parts
    parts = _summarised(parts)
    summary = next((part.markdown for part in parts if isinstance(part, Summary)), "")
    title = chosen or headed or plain or description or first_sentence(summary) or None
    return Titled(title, description, parts)


@dataclass(frozen=True, slots=True)
class _Chooser:
    lang: str
    grammar: Grammar
    samples: Mapping[str, str]

    def mapped(self, value: Any) -> str | None:
        if not isinstance(value, Mapping):
            return None
        for key, text in value.items():
            if self.grammar.code(str(key)) == self.lang or str(key) == self.lang:
                return text_of(text)
        return None

    def plain(self, value: Any, prior: int = 0) -> str | None:
        text = text_of(value)
        if text is None:
            return None
        return text if len(self.samples) == 1 or choose(text, self.samples, self.grammar, prior) == self.lang else None


def _take_title(parts: tuple[Part, ...], titles: list[str]) -> tuple[str | None, tuple[Part, ...]]:
    """Take a heading or a lone paragraph off the prose before the first label, if it is or repeats a title."""
    if not parts or not isinstance(parts[0], Section) or parts[0].label:
        return None, parts
    first = parts[0]
    heading = _HEADING.match(first.markdown)
    if heading:
        title, rest = heading["title"], first.markdown[heading.end() :]
    else:
        title, _, rest = first.markdown.partition("\n\n")
        repeats = any(same_text(plain_text(title), known) for known in titles)
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


def plain_text(markdown: str) -> str:
    """Return one line of Markdown without its emphasis marks."""
    return _SPACES.sub(" ", _EMPHASIS.sub(lambda found: found["text"], markdown)).strip()


def first_sentence(markdown: str) -> str:
    """Return the first sentence of the first paragraph, without emphasis marks."""
    text = plain_text(markdown.split("\n\n", 1)[0])
    end = 0
    while found := _SENTENCE.match(text, end):
        end = found.end()
        if not _ABBREVIATION.search(text[:end]):
            return text[:end].strip()
    return text
