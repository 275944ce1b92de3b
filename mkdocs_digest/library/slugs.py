"""Slugs: readable in every script, different wherever the names are."""

import re
import unicodedata
from collections.abc import Iterable, Mapping

_SYMBOLS = {"+": "plus", "#": "sharp", "&": "and", "@": "at", "%": "percent", "*": "star", "=": "equals"}
_RESERVED = {"index", "page", "readme"}
_LONGEST = 80


def fold(name: str) -> str:
    """Return `name` as names are compared: NFKC (so full-width equals half-width), case folded, single blanks."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def slugify(name: str) -> str:
    """Return the slug of a name: `C++` is `c-plus-plus`, `人工智能` stays, `AI/LLM` is `ai/llm`; never empty."""
    return "/".join(part for segment in fold(name).split("/") if (part := _segment(segment))) or "x"


def _segment(text: str) -> str:
    spelled = "".join(f"-{_SYMBOLS[char]}-" if char in _SYMBOLS else char for char in text)
    kept = "".join(char if _allowed(char) else "-" for char in spelled)
    slug = re.sub(r"-{2,}", "-", kept).strip("-.")[:_LONGEST].strip("-.")
    return f"{slug}-" if slug in _RESERVED else slug


def _allowed(char: str) -> bool:
    return char == "." or unicodedata.category(char)[0] in "LMN"


def unique_slugs(names: Iterable[str], fixed: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return a slug for each name, no two equal even without regard to case; `fixed` are given slugs.

    Names that would share one are numbered in sorted order, so that the result does not depend on the order of `names`.
    """
    slugs = dict(fixed or {})
    taken = set(slugs.values())
    for name in sorted(set(names) - set(slugs)):
        base = slug = slugify(name)
        number = 1
        while slug in taken:
            number += 1
            slug = f"{base}-{number}"
        taken.add(slug)
        slugs[name] = slug
    return slugs
