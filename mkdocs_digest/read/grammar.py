"""The labels and markers of every language, and the marks they leave on lines."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache

from mkdocs_digest.languages import Language, known_languages
from mkdocs_digest.read.lines import Kind, Line


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

    `rest` is that text and `column` where it begins in the line; `label` is the label as written. `known` is False for
    a line that only looks like a label.
    """

    role: Role
    langs: frozenset[str]
    label: str
    rest: str
    column: int
    known: bool = True
    url: str | None = None


BLANKS = " \t\u00a0\u200b\u200c\u200d\u200e\u200f\u2060\u3000\ufeff"
_NOTHING: frozenset[str] = frozenset()
_MARKERS = (Role.QUESTION, Role.ANSWER)
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
    text = text.strip(BLANKS + "*_")
    prefix = _PREFIX.match(text)
    return text[prefix.end() if prefix and prefix.end() < len(text) else 0 :].strip(BLANKS + "*_:：")


def _unwrap(rest: str, emphasis: str) -> str:
    return rest[: -len(emphasis)] if rest.endswith(emphasis) else emphasis + rest


def _is_letter(char: str) -> bool:
    return unicodedata.category(char)[0] in "LM" and char not in "\ufe0f\u20e3"


class Grammar:
    """All labels and markers of a set of languages, compiled for look-up."""

    def __init__(self, languages: Iterable[Language]) -> None:
        self.languages: Mapping[str, Language] = {language.code: language for language in languages}
        self._roles: dict[str, dict[Role, frozenset[str]]] = {}
        self._names: dict[str, str] = {}
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
        if line.kind is Kind.OPAQUE:
            return self._language_comment(line) if line.opens and "<!--" in line.text else None
        if not (line.opens or _TELLING.search(line.text, 0, 120)):
            return None
        text = line.content
        offset = len(line.text) - len(text) if line.kind is Kind.TEXT else line.text.index(text) if text else 0
        stripped = text.lstrip(BLANKS)
        offset += len(text) - len(stripped)
        text = stripped.rstrip(BLANKS)
        return self._source(text, line) or self._lead(text, offset, line) or self._whole(text, line)

    def _lead(self, text: str, offset: int, line: Line) -> Mark | None:
        prefix = _PREFIX.match(text)
        start = prefix.end() if prefix else 0
        numbered = any(map(str.isdigit, text[:start]))
        if ":" not in text and "：" not in text:
            found = _LETTER.match(text, start)
            return found and self._letter(found, text, offset)
        for pattern in (_LEAD, _LEAD_OPEN):
            found = pattern.match(text, start)
            if not found:
                continue
            label = clean_label(found["word"])
            roles = self._roles.get(label_key(label))
            rest = text[found.end() :] if pattern is _LEAD else _unwrap(text[found.end() :], found["open"])
            if roles:
                role = self._choose(roles, rest, label, line, numbered)
                return Mark(role, roles[role], label, rest, offset + found.end())
            if pattern is _LEAD and label_key(label) in self._names and not rest and line.opens:
                return Mark(Role.LANGUAGE, frozenset({self._names[label_key(label)]}), label, "", offset + found.end())
            if not rest and line.opens and (found["open"] or line.kind is Kind.HEADING) and not line.depth:
                return Mark(Role.SECTION, _NOTHING, label, "", offset + found.end(), known=False)
        found = _LETTER.match(text, start)
        return found and self._letter(found, text, offset)

    def _letter(self, found: re.Match[str], text: str, offset: int) -> Mark:
        role = Role.QUESTION if found["word"] == "Q" else Role.ANSWER
        return Mark(role, _NOTHING, found["word"], text[found.end() :], offset + found.end())

    def _choose(self, roles: dict[Role, frozenset[str]], rest: str, label: str, line: Line, numbered: bool) -> Role:
        if len(roles) == 1:
            return next(iter(roles))
        marker = next((role for role in roles if role in _MARKERS), None)
        if marker and (rest or line.item or line.depth or numbered or any(char.isdigit() for char in label)):
            return marker
        return next(role for role in roles if role not in _MARKERS) if marker else next(iter(roles))

    def _whole(self, text: str, line: Line) -> Mark | None:
        if len(text) > 80 or line.depth:
            return None
        bare = clean_label(text)
        heading = line.kind is Kind.HEADING
        if not (heading or line.opens or bare != text):
            return None
        key = label_key(bare)
        if key in self._names and (heading or line.opens):
            return Mark(Role.LANGUAGE, frozenset({self._names[key]}), bare, "", len(line.text))
        for role, langs in self._roles.get(key, {}).items():
            if role not in _MARKERS or (heading and any(char.isdigit() for char in bare)):
                return Mark(role, langs, bare, "", len(line.text))
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
        return Mark(Role.SOURCE, langs or _NOTHING, words, "", len(line.text), known, link["url"] or link["bare"])

    def _language_comment(self, line: Line) -> Mark | None:
        found = _LANGUAGE_COMMENT.match(line.text.strip())
        if not found:
            return None
        code = self.code(found["lang"])
        return Mark(Role.LANGUAGE, frozenset({code}), found["lang"], "", len(line.text)) if code else None

    def code(self, tag: str) -> str | None:
        """Return the language of this grammar that a BCP 47 `tag` or a language's name means, or None."""
        folded = tag.replace("_", "-").casefold()
        known = {code.casefold(): code for code in self.languages}
        if folded in known:
            return known[folded]
        if folded in _TRADITIONAL and "zh-Hant" in self.languages:
            return "zh-Hant"
        return known.get(folded.split("-")[0]) if "-" in folded else self._names.get(label_key(tag))


_TRADITIONAL = {"zh-tw", "zh-hk", "zh-mo", "zh-hant-tw", "zh-hant-hk"}


@cache
def default_grammar() -> Grammar:
    """Return the grammar of all languages that have a data file."""
    return Grammar(known_languages().values())
