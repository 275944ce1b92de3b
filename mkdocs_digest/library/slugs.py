"""Slugs: readable in every script, different wherever the names are."""

import re
import unicodedata
from collections.abc import Iterable, Mapping

from mkdocs_digest.model.relative_path import is_device

_SYMBOLS = {"+": "plus", "#": "sharp", "&": "and", "@": "at", "%": "percent", "*": "star", "=": "equals"}
_RESERVED = {"index", "page", "readme"}
_FEED = re.compile(r"(/[^/]+\.(?:xml|json|opml|csv))(?=/|$)")
"""What may stand below a tag's page: its feeds."""

_SLASH = re.compile("[/／]")
_LONGEST = 80


def fold(name: str) -> str:
    """Return `name` as names are compared: NFKC (so full-width equals half-width), case folded, single blanks.

    Blanks around a `/` do not count, nor does a `/` with nothing before or behind it.
    """
    return "/".join(segments(unicodedata.normalize("NFKC", name).casefold()))


def segments(name: str) -> list[str]:
    """Return the parts of a nested name: `AI / LLM` has two."""
    parts = (" ".join(part.split()) for part in _SLASH.split(name))
    return list(filter(None, parts)) or [" ".join(name.split())]


def slugify(name: str) -> str:
    """Return the slug of a name: `C++` is `c-plus-plus`, `人工智能` stays, `AI/LLM` is `ai/llm`; never empty."""
    parts = (_segment(segment) for segment in fold(name).split("/"))
    return _FEED.sub(r"\1-", "/".join(filter(None, parts))) or "x"


def _segment(text: str) -> str:
    spelled = "".join(f"-{_SYMBOLS[char]}-" if char in _SYMBOLS else char for char in text)
    kept = "".join(char if _allowed(char) else "-" for char in spelled)
    slug = re.sub(r"-{2,}", "-", kept).strip("-.")[:_LONGEST].strip("-.")
    if text and not any(unicodedata.category(char)[0] in "LN" for char in slug):
        return _described(text)
    if slug in _RESERVED:
        return f"{slug}-"
    stem, dot, rest = slug.partition(".")
    return f"{stem}-{dot}{rest}" if is_device(slug) else slug


def _described(text: str) -> str:
    """Return the slug of a name that is all signs, from what Unicode calls them: `🚀` is `rocket`."""
    names = (unicodedata.name(char, "") for char in text if unicodedata.category(char)[0] in "SP")
    words = re.sub(r"[^a-z0-9]+", "-", " ".join(names).lower())
    return words.strip("-")[:_LONGEST].strip("-")


def _allowed(char: str) -> bool:
    return char == "." or unicodedata.category(char)[0] in "LMN"


def unique_slugs(names: Iterable[str], fixed: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return a slug for each name, no two equal even without regard to case; `fixed` are given slugs.

    Of names that would share one, the first keeps it and the others are numbered: names that come later change nothing.
    """
    slugs = dict(fixed or {})
    taken = set(slugs.values())
    for name in dict.fromkeys(name for name in names if name not in slugs):
        base = slug = slugify(name)
        number = 1
        while slug in taken:
            number += 1
            slug = f"{base}-{number}"
        taken.add(slug)
        slugs[name] = slug
    return slugs
