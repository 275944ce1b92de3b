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
    r"(?<![A-Za-z\d.])(\d{1,3}(?:[, \u00a0\u202f_]\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?)[\s\u00a0-]*"
    rf"({'|'.join(sorted(_UNITS, key=len, reverse=True))})?",
    re.I,
)
_MIXED = re.compile(r"[\u3400-\u9fff][,;:?!][\u3400-\u9fff]")
_WIDE = re.compile(r"[A-Za-z][，。；：？！][ ]?[A-Za-z]")
_SMALLEST = 100
"""Numbers below are left out: small ones are often words in one language and figures in another."""


def compare(translations: Sequence[Translation]) -> list[Diagnostic]:
    """Return what differs between the first translation and each other, and mixed punctuation in any."""
    remarks = [found for item in translations if (found := _punctuation(item))]
    if len(translations) < 2:
        return remarks
    first, *others = translations
    texts = _text(first)
    for other in others:
        remarks.extend(_differences(first, other, texts, _text(other)))
    return remarks


def _differences(first: Translation, other: Translation, text: str, other_text: str) -> Iterable[Diagnostic]:
    words = {"lang": other.lang, "first": first.lang}
    counts = len(first.questions), len(other.questions)
    if counts[0] != counts[1]:
        yield remark(other.line, 1, "parity-questions", **words, count=counts[1], expected=counts[0])
    links, other_links = set(_URL.findall(text)), set(_URL.findall(other_text))
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


def _numbers(text: str) -> set[str]:
    found = set()
    for digits, unit in _NUMBER.findall(_URL.sub(" ", text)):
        try:
            value = float(re.sub(r"[^\d.]", "", digits)) * _UNITS.get(unit.casefold(), 1)
        except ValueError:
            continue
        if value >= _SMALLEST:
            found.add(f"{value:g}" if value < 1e15 else digits)
    return found


def _listed(items: set[str]) -> str:
    shown = sorted(items)[:3]
    more = len(items) - len(shown)
    return ", ".join(f"`{item}`" for item in shown) + (f" and {more} more" if more > 0 else "")


def _punctuation(translation: Translation) -> Diagnostic | None:
    text = _text(translation)
    pattern = _MIXED if translation.lang.split("-")[0] in ("zh", "ja") else _WIDE
    found = pattern.search(text)
    return remark(translation.line, 1, "mixed-punctuation", sample=found[0]) if found else None
