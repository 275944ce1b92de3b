"""A translation as a plain Markdown file that Zensical, Hugo and most other tools can build."""

from collections.abc import Sequence

import yaml

from mkdocs_digest.languages import language
from mkdocs_digest.model.digest import Digest, Part, Section, Summary, Translation
from mkdocs_digest.write.inert import inert, inert_line
from mkdocs_digest.write.markdown import adapted

ORDERS = {"render_macros": False}
"""What pages say to mkdocs-macros, which evaluates titles as templates unless a page forbids it."""


def write_portable(digest: Digest, translation: Translation) -> str:
    """Return the file of one translation: YAML front matter, the summary, and each question as a heading.

    Whatever builds it finds text, and nothing that acts. Question n has the id ``q<n>`` by a heading attribute, which
    Python-Markdown's `attr_list` and Hugo's Goldmark know.
    """
    facts = {
        "title": translation.title and inert_line(translation.title),
        "date": digest.date,
        "updated": digest.updated,
        "description": translation.description and inert_line(translation.description),
        "tags": list(map(inert_line, digest.tags)),
        "author": digest.author and inert_line(digest.author),
        "source": translation.source,
        "lang": translation.lang,
        "draft": digest.draft,
    }
    known = {key: value for key, value in facts.items() if value}
    front = yaml.safe_dump({**known, **ORDERS}, allow_unicode=True, sort_keys=False, width=10_000)
    return f"---\n{front}---\n\n" + "\n\n".join(_blocks(translation)) + "\n"


def _blocks(translation: Translation) -> Sequence[str]:
    blocks: list[str] = []
    asked = 0
    for part in translation.parts:
        blocks += _part(part, translation.lang, asked)
        asked += 0 if isinstance(part, Summary | Section) else len(part.items)
    return blocks


def _part(part: Part, lang: str, asked: int) -> list[str]:
    if isinstance(part, Summary):
        return [_body(part.markdown)]
    if isinstance(part, Section):
        return [*([f"## {inert(part.label)}"] if part.label else []), _body(part.markdown)]
    blocks = [f"## {language(lang).words['questions']} {{#questions}}"]
    for number, item in enumerate(part.items, asked + 1):
        blocks.append(f"### {inert(' '.join(item.question.split()))} {{#q{number}}}")
        blocks += [_body(item.answer)] if item.answer else []
    return blocks


def _body(markdown: str) -> str:
    return adapted(inert(markdown))
