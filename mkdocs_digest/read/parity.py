"""Whether the translations of a digest say the same: as many questions, the same links and numbers."""

import re
from collections.abc import Iterable, Sequence

from mkdocs_digest.model.diagnostic import Diagnostic
from mkdocs_digest.model.digest import Translation
from mkdocs_digest.read.messages import remark

_URL = re.compile(r"https?://[^\s<>()\[\]\"'，。、；：！？（）「」『』]+")
_UNITS = {
    "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "milliard": 1e9, "mio": 1e6, "mrd": 1e9,
    "千": 1e3, "万": 1e4, "萬": 1e4, "만": 1e4, "亿": 1e8, "億": 1e8, "억": 1e8, "万亿": 1e12, "兆": 1e12,
}  # fmt: skip
_NUMBER = re.compile(
    r"([0-9](?<![A-Za-z0-9.].)"
    r"(?:[0-9]{0,2}(?:[, \u00a0\u202f_][0-9]{3})+(?:\.[0-9]+)?(?![0-9])|[0-9]*(?:\.[0-9]+)?))[\s\u00a0-]*"
    rf"({'|'.join(sorted(_UNITS, key=len, reverse=True))})?",
    re.I,
)
_CENTURY = re.compile(r"(?<![0-9])[0-9]{1,2}00(?:['’]?s\b|\s*年代|er\b|-(?:х|е|ые|talet)\b|\s*년대)", re.I)
"""A century called by its first year: other languages count it (`1600s`, 17世纪), and words say it in none."""

_DIGITS = re.compile(r"[0-9](?:[0-9]{2}|[0-9.,\s]*[千万萬億亿만억兆MmBbTt])")
_NOT_DIGIT = re.compile(r"[^\d.]")
_MIXED = re.compile(r"[,;:?!](?<=[\u3400-\u9fff].)(?=[\u3400-\u9fff])")
_WIDE = re.compile(r"[，。；：？！](?<=[A-Za-z].)[ ]?(?=[A-Za-z])")
_SMALLEST = 100
"""Numbers below are left out: small ones are often words in one language and figures in another."""


def compare(translations: Sequence[Translation]) -> list[Diagnostic]:
    """Return what differs between the first translation and each other, and mixed punctuation in any."""
    texts = [_text(item) for item in translations]
    remarks = [found for item, text in zip(translations, texts, strict=True) if (found := _punctuation(item, text))]
    for other, text in zip(translations[1:], texts[1:], strict=True):
        remarks.extend(_differences(translations[0], other, texts[0], text))
    return remarks


def _differences(first: Translation, other: Translation, text: str, other_text: str) -> Iterable[Diagnostic]:
    words = {"lang": other.lang, "first": first.lang}
    counts = len(first.questions), len(other.questions)
    if counts[0] != counts[1]:
        yield remark(other.line, 1, "parity-questions", **words, count=counts[1], expected=counts[0])
    links, other_links = _links(text), _links(other_text)
    if links != other_links:
        yield remark(other.line, 1, "parity-links", **words, difference=_listed(links ^ other_links))
    if first.lang == other.lang:
        return
    numbers, other_numbers = _numbers(text), _numbers(other_text)
    if numbers != other_numbers:
        yield remark(other.line, 1, "parity-numbers", **words, difference=_listed(numbers ^ other_numbers))


def _text(translation: Translation) -> str:
    rows = [translation.summary]
    for question in translation.questions:
        rows += [question.question, question.answer]
    rows += [section.markdown for section in translation.sections]
    return "\n".join(rows)


def _links(text: str) -> set[str]:
    return set(_URL.findall(text)) if "://" in text else set()


def _numbers(text: str) -> set[str]:
    found: set[str] = set()
    if not _DIGITS.search(text):
        return found
    for digits, unit in _NUMBER.findall(_CENTURY.sub(" ", _URL.sub(" ", text))):
        try:
            value = float(_NOT_DIGIT.sub("", digits)) * _UNITS.get(unit.casefold(), 1)
        except ValueError:
            continue
        if value >= _SMALLEST:
            found.add(f"{value:g}" if value < 1e15 else digits)
    return found


def _listed(items: set[str]) -> str:
    shown = sorted(items)[:3]
    more = len(items) - len(shown)
    return ", ".join(f"`{item}`" for item in shown) + (f" and {more} more" if more > 0 else "")


def _punctuation(translation: Translation, text: str) -> Diagnostic | None:
    wide = translation.lang.split("-")[0] in ("zh", "ja")
    if not wide and text.isascii():
        return None
    found = (_MIXED if wide else _WIDE).search(text)
    return (
        remark(translation.line, 1, "mixed-punctuation", sample=text[max(0, found.start() - 1) : found.end() + 1])
        if found
        else None
    )
