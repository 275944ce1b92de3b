"""A digest as a file again, in the one layout that every other is read into."""

from collections.abc import Mapping
from typing import Any

import yaml

from mkdocs_digest.languages import language
from mkdocs_digest.model.digest import Digest, Part, Question, Section, Summary, Translation

_WIDE = ("zh", "ja")


def write_canonical(digest: Digest) -> str:
    """Return the text of a file that reads as `digest` does: titles in the front matter, languages marked."""
    texts = [_translation(item) for item in digest.translations]
    front = yaml.safe_dump(_front_matter(digest), allow_unicode=True, sort_keys=False, width=10_000)
    return f"---\n{front}---\n\n" + "\n\n---\n\n".join(texts) + "\n"


def _front_matter(digest: Digest) -> dict[str, Any]:
    texts = {
        key: {item.lang: value for item in digest.translations if (value := getattr(item, key))}
        for key in ("title", "description", "source")
    }
    facts: Mapping[str, Any] = {
        "date": digest.date,
        "updated": digest.updated,
        "tags": list(digest.tags),
        "author": digest.author,
        "lang": list(digest.langs),
    }
    known = {**texts, **facts}
    rest = {key: value for key, value in digest.meta.items() if key not in known}
    return {**{key: value for key, value in known.items() if value}, **rest}


def _translation(translation: Translation) -> str:
    blocks = [f"<!-- lang: {translation.lang} -->"]
    number = 0
    for part in translation.parts:
        blocks.append(_part(part, translation.lang, number))
        number += 0 if isinstance(part, Summary | Section) else len(part.items)
    return "\n\n".join(blocks)


def _part(part: Part, lang: str, number: int) -> str:
    if isinstance(part, Summary):
        return f"{_label(lang, 'summary')}\n\n{part.markdown}".rstrip()
    if isinstance(part, Section):
        return f"## {part.label}\n\n{part.markdown}".rstrip() if part.label else part.markdown
    items = [_question(item, at) for at, item in enumerate(part.items, number + 1)]
    return "\n\n".join([_label(lang, "questions"), *items])


def _label(lang: str, role: str) -> str:
    colon = "：" if lang.split("-")[0] in _WIDE else ":"
    return f"**{language(lang).labels[role][0]}{colon}**"


def _question(item: Question, number: int) -> str:
    lead = f"{number}. "
    rows = [f"{lead}Q: {_indented(item.question, len(lead))}"]
    if item.answer:
        gap = "\n\n" + " " * len(lead) if _opens_block(item.answer) else " "
        rows.append(f"{' ' * len(lead)}A:{gap}{_indented(item.answer, len(lead))}")
    return "\n".join(rows)


def _opens_block(markdown: str) -> bool:
    return markdown[:1] in "-*+>|`~#<0123456789" or "\n" in markdown


def _indented(markdown: str, width: int) -> str:
    return markdown.replace("\n", "\n" + " " * width).replace("\n" + " " * width + "\n", "\n\n")
