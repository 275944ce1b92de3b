"""A digest: one article, summarised with questions and answers, in one or more languages."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from mkdocs_digest.model.diagnostic import Diagnostic


@dataclass(frozen=True, slots=True)
class Question:
    """One question and its answer, as Markdown; an answer may be empty. `line` is the question's line in the file."""

    question: str
    answer: str
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Summary:
    """The Markdown below a summary label."""

    markdown: str
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Questions:
    """A run of questions that nothing else interrupts."""

    items: tuple[Question, ...]
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Section:
    """Markdown under another label; prose that stands under no label has the label ``""``."""

    label: str
    markdown: str
    line: int = field(default=0, compare=False)


Part = Summary | Questions | Section


@dataclass(frozen=True, slots=True)
class Translation:
    """A digest in one language; `parts` keeps the order of the file.

    `lang` is a BCP 47 code as Material for MkDocs spells it, or ``und`` where no language was found.
    `source` is the URL of the original article.
    """

    lang: str
    title: str | None
    description: str | None
    source: str | None
    parts: tuple[Part, ...]
    line: int = field(default=0, compare=False)

    @property
    def texts(self) -> tuple[str, ...]:
        """Return all its Markdown, in order."""
        found: list[str] = []
        for part in self.parts:
            if isinstance(part, Questions):
                found += [text for item in part.items for text in (item.question, item.answer)]
            else:
                found.append(part.markdown)
        return tuple(found)

    @property
    def summary(self) -> str:
        """Return the Markdown of the summary, several of them joined by a blank line."""
        return "\n\n".join(part.markdown for part in self.parts if isinstance(part, Summary))

    @property
    def questions(self) -> tuple[Question, ...]:
        """Return all questions in order; the n-th has the anchor ``q<n>`` in every language."""
        return tuple(item for part in self.parts if isinstance(part, Questions) for item in part.items)

    @property
    def sections(self) -> tuple[Section, ...]:
        """Return the labelled and unlabelled prose that is no part of the summary or the questions."""
        return tuple(part for part in self.parts if isinstance(part, Section))


@dataclass(frozen=True, slots=True)
class Digest:
    """One file: front matter and the translations of one text, in the order of the file.

    `date` and `updated` are as exact as the file: a `datetime` with or without a zone, or a plain `date`.
    """

    path: str
    date: datetime.date | None
    updated: datetime.date | None
    tags: tuple[str, ...]
    author: str | None
    meta: Mapping[str, Any]
    translations: tuple[Translation, ...]

    @property
    def draft(self) -> bool:
        """Whether the file says that it is a draft."""
        return bool(self.meta.get("draft"))

    @property
    def langs(self) -> tuple[str, ...]:
        """Return the languages of the translations, in file order."""
        return tuple(translation.lang for translation in self.translations)

    def translation(self, lang: str) -> Translation | None:
        """Return the translation in `lang`, or None."""
        return next((item for item in self.translations if item.lang == lang), None)


@dataclass(frozen=True, slots=True)
class ParseResult:
    """What reading a text gives: a digest, unless there is no text, and remarks in line order."""

    digest: Digest | None
    diagnostics: tuple[Diagnostic, ...]

    @property
    def publishable(self) -> bool:
        """Whether the digest can be published: one without readable front matter might be a draft."""
        return self.digest is not None and not any(remark.code == "bad-front-matter" for remark in self.diagnostics)
