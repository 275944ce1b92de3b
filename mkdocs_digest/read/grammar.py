"""The labels and markers of every language, and the marks they leave on lines."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache

from mkdocs_digest.languages import Language, known_languages
from mkdocs_digest.read.lines import HEADING, OPAQUE, VOID, Line


class Role(StrEnum):
    """What a marked line begins."""

    SUMMARY = "summary"
    QUESTIONS = "questions"
    SOURCE = "source"
    SECTION = "section"
    TITLE = "title"
    DESCRIPTION = "description"
    QUESTION = "question"
    ANSWER = "answer"
    LANGUAGE = "language"


@dataclass(slots=True)
class Mark:
    """A recognised line: what it begins, in which languages it would be said so, and the text that follows.

    `rest` is that text; `label` is the label as written. `known` is False for a line that only looks like a label.
    """

    role: Role
    langs: frozenset[str]
    label: str
    rest: str = ""
    known: bool = True
    url: str | None = None


BLANKS = " \t\u00a0\u200b\u200c\u200d\u200e\u200f\u2060\u3000\ufeff"
_AROUND = BLANKS + "*_"
_NOTHING: frozenset[str] = frozenset()
_MARKERS = (Role.QUESTION, Role.ANSWER)
_LETTERS = {"Q": Role.QUESTION, "A": Role.ANSWER}
_LEAD = re.compile(
    rf"(?P<open>[*_]{{1,3}})?[{BLANKS}]*(?P<word>[^:：*_\[\]<>`]{{1,60}}?)[{BLANKS}]*"
    rf"(?:(?(open)(?P<inner>[*_]{{1,3}}))[{BLANKS}]*[:：]|[:：][{BLANKS}]*(?(open)(?P<close>[*_]{{1,3}})))"
    rf"[{BLANKS}]*"
)
_LEAD_OPEN = re.compile(
    rf"(?P<open>[*_]{{1,3}})[{BLANKS}]*(?P<word>[^:：*_\[\]<>`]{{1,60}}?)[{BLANKS}]*[:：][{BLANKS}]*"
)
_LETTER = re.compile(
    rf"(?P<open>[*_]{{1,3}})?(?P<word>[QA])[{BLANKS}]?\d*[.．、](?(open)(?P<close>[*_]{{1,3}})?)[{BLANKS}]+"
)
_LINK = re.compile(
    r"(?P<lead>[^\w\[\]<>]*)"
    r"(?:\[(?P<text>[^\[\]]*)\]\(\s*<?(?P<url>[^()\s<>]+(?:\([^()\s]*\)[^()\s<>]*)*)>?(?:\s+[\"'(][^\"')]*[\"')])?\s*\)"
    r"|<?(?P<bare>https?://[^\s<>*]+)>?)"
    r"[*_.。\s]*"
)
_TELLING = re.compile(r"[:：*_<\[]|://|[QA]\s?\d*[.．、]")
_LANGUAGE_COMMENT = re.compile(
    r"<!--\s*(?:(?:lang|language)\s*[:=]\s*)?[\"']?(?P<lang>[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)[\"']?\s*-->\s*$"
)
_PREFIX = re.compile(
    rf"(?:[(（]?\d{{1,4}}[)）.．、][{BLANKS}]*|[①-⑳][{BLANKS}]*|\d?\ufe0f?\u20e3[{BLANKS}]*"
    rf"|[\u2190-\u245f\u2473-\u2bff\u3030\u303d\ufe0f\u200d\U0001f000-\U0001faff{BLANKS}]+)+"
)


@lru_cache(maxsize=4096)
def label_key(text: str) -> str:
    """Return `text` as labels are compared: letters only at both ends, NFKC, case folded, blanks as one."""
    if not text.isalpha():
        start, end = 0, len(text)
        while start < end and not _is_letter(text[start]):
            start += 1
        while end > start and not _is_letter(text[end - 1]):
            end -= 1
        text = " ".join(text[start:end].split())
    return unicodedata.normalize("NFKC", text).casefold().replace("\u2019", "'")


def clean_label(text: str) -> str:
    """Return a label as written, without the number or emoji before it, emphasis and colon."""
    text = text.strip(_AROUND)
    prefix = _PREFIX.match(text)
    return text[prefix.end() if prefix and prefix.end() < len(text) else 0 :].strip(_AROUND + ":：")


@lru_cache(maxsize=4096)
def _read_label(text: str) -> tuple[str, str]:
    """Return a label as written and as labels are compared."""
    label = clean_label(text)
    return label, label_key(label)


def _unwrap(rest: str, emphasis: str) -> str:
    return rest[: -len(emphasis)] if rest.endswith(emphasis) else emphasis + rest


def _has_digit(text: str) -> bool:
    return any(map(str.isdigit, text))


def _is_letter(char: str) -> bool:
    return unicodedata.category(char)[0] in "LM" and char not in "\ufe0f\u20e3"


class Grammar:
    """All labels and markers of a set of languages, compiled for look-up."""

    def __init__(self, languages: Iterable[Language]) -> None:
        self.languages: Mapping[str, Language] = {language.code: language for language in languages}
        self._roles: dict[str, dict[Role, frozenset[str]]] = {}
        self._names: dict[str, str] = {}
        self._codes = {code.casefold(): code for code in self.languages}
        for language in self.languages.values():
            for role, texts in (*language.labels.items(), *language.markers.items()):
                for text in texts:
                    self._add(label_key(text), Role(role), language.code)
            for name in (*language.names, language.name):
                self._names.setdefault(label_key(name), language.code)
        self._roles.setdefault("q", {}).setdefault(Role.QUESTION, _NOTHING)
        self._roles.setdefault("a", {}).setdefault(Role.ANSWER, _NOTHING)
        answers = sorted((key for key, roles in self._roles.items() if Role.ANSWER in roles), key=len, reverse=True)
        self._inline_answer = re.compile(
            rf"(?<=[?？؟.。*!！])[{BLANKS}/|]*[*_]{{0,3}}(?:{'|'.join(map(re.escape, answers))})"
            rf"[{BLANKS}]*[*_]{{0,3}}[:：][*_]{{0,3}}[{BLANKS}]*",
            re.I,
        )

    def _add(self, key: str, role: Role, lang: str) -> None:
        if len(key) == 1 and key in "qa":
            return
        roles = self._roles.setdefault(key, {})
        roles[role] = roles.get(role, _NOTHING) | {lang}

    def inline_answer(self, text: str) -> re.Match[str] | None:
        """Return the answer marker inside a line that asks and answers, or None."""
        return self._inline_answer.search(text) if ":" in text or "：" in text else None

    def mark(self, line: Line) -> Mark | None:
        """Return what `line` begins, or None for ordinary text."""
        if line.kind in VOID:
            return None
        if line.kind is OPAQUE:
            return self._language_comment(line) if line.opens and "<!--" in line.text else None
        if not (line.opens or _TELLING.search(line.text, 0, 120)):
            return None
        text = line.content.strip(BLANKS)
        return self._source(text, line) or self._lead(text, line) or self._whole(text, line)

    def _lead(self, text: str, line: Line) -> Mark | None:
        prefix = _PREFIX.match(text)
        start = prefix.end() if prefix else 0
        if ":" in text or "：" in text:
            mark = self._label(_LEAD, text, start, line) or self._label(_LEAD_OPEN, text, start, line)
            if mark:
                return mark
        found = _LETTER.match(text, start)
        return Mark(_LETTERS[found["word"]], _NOTHING, found["word"], text[found.end() :]) if found else None

    def _label(self, pattern: re.Pattern[str], text: str, start: int, line: Line) -> Mark | None:
        """Return what the label at `start` begins, if there is one; after `_LEAD_OPEN` the emphasis goes on."""
        found = pattern.match(text, start)
        if not found:
            return None
        label, key = _read_label(found["word"])
        roles = self._roles.get(key)
        rest = text[found.end() :]
        if pattern is _LEAD_OPEN:
            rest = _unwrap(rest, found["open"])
        if roles:
            role = self._choose(roles, rest, text[:start] + label, line)
            alike = _MARKERS if role in _MARKERS else (role,)
            return Mark(role, _NOTHING.union(*(roles.get(item, _NOTHING) for item in alike)), label, rest)
        if rest or not line.opens:
            return None
        if pattern is _LEAD and key in self._names:
            return Mark(Role.LANGUAGE, frozenset({self._names[key]}), label)
        if (found["open"] or line.kind is HEADING) and not line.depth:
            return Mark(Role.SECTION, _NOTHING, label, known=False)
        return None

    def _choose(self, roles: dict[Role, frozenset[str]], rest: str, label: str, line: Line) -> Role:
        """Return which of its roles a label plays, its number included: alone on its line it is no marker."""
        first, *others = roles
        if not others:
            return first
        marks = bool(rest or line.item or line.depth or _has_digit(label))
        return next((role for role in roles if (role in _MARKERS) is marks), first)

    def role_in(self, lang: str, mark: Mark) -> Role:
        """Return what a mark begins in a text in `lang`: `В:` asks in Russian and answers in Ukrainian."""
        roles = self._roles.get(label_key(mark.label), {}) if mark.role in _MARKERS else {}
        return next((role for role in _MARKERS if lang in roles.get(role, _NOTHING)), mark.role)

    def _whole(self, text: str, line: Line) -> Mark | None:
        if len(text) > 80 or line.depth:
            return None
        bare, key = _read_label(text)
        heading = line.kind is HEADING
        if not (heading or line.opens or bare != text):
            return None
        if key in self._names and (heading or line.opens):
            return Mark(Role.LANGUAGE, frozenset({self._names[key]}), bare)
        for role, langs in self._roles.get(key, {}).items():
            if role not in _MARKERS or (heading and _has_digit(bare)):
                return Mark(role, langs, bare)
        return None

    def _source(self, text: str, line: Line) -> Mark | None:
        if "](" not in text and "://" not in text:
            return None
        label, at = "", 0
        lead = _LEAD.match(text) or _LEAD_OPEN.match(text)
        if lead and Role.SOURCE in self._roles.get(label_key(lead["word"]), {}):
            label, at = lead["word"].strip(BLANKS), lead.end()
        link = _LINK.fullmatch(text, at)
        if not link or (link["lead"].strip("*_-–—>→ " + BLANKS) and any(map(str.isalnum, link["lead"]))):
            return None
        words = label or (link["text"] or "").strip("*_" + BLANKS)
        langs = self._roles.get(label_key(words), {}).get(Role.SOURCE)
        known = bool(label) or langs is not None
        if not known and (line.item or line.depth or link["lead"].startswith("!")):
            return None
        return Mark(Role.SOURCE, langs or _NOTHING, words, known=known, url=link["url"] or link["bare"])

    def _language_comment(self, line: Line) -> Mark | None:
        found = _LANGUAGE_COMMENT.match(line.text.strip())
        if not found:
            return None
        code = self.code(found["lang"])
        return Mark(Role.LANGUAGE, frozenset({code}), found["lang"]) if code else None

    def code(self, tag: str) -> str | None:
        """Return the language of this grammar that a BCP 47 `tag` or a language's name means, or None."""
        folded = tag.replace("_", "-").casefold()
        if folded in self._codes:
            return self._codes[folded]
        if folded in _TRADITIONAL and "zh-Hant" in self.languages:
            return "zh-Hant"
        return self._codes.get(folded.split("-")[0]) if "-" in folded else self._names.get(label_key(tag))


_TRADITIONAL = {"zh-tw", "zh-hk", "zh-mo", "zh-hant-tw", "zh-hant-hk"}


@cache
def default_grammar() -> Grammar:
    """Return the grammar of all languages that have a data file."""
    return Grammar(known_languages().values())
