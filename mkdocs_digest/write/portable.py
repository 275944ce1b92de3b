"""A translation as a plain Markdown file that Zensical, Hugo and most other tools can build."""

from collections.abc import Sequence

import yaml

from mkdocs_digest.languages import language
from mkdocs_digest.model.digest import Digest, Part, Section, Summary, Translation
from mkdocs_digest.write.markdown import adapted


def write_portable(digest: Digest, translation: Translation) -> str:
    """Return the file of one translation: YAML front matter, the summary, and each question as a heading.

    Question n has the id ``q<n>`` by a heading attribute, which Python-Markdown's `attr_list` and Hugo's Goldmark know.
    """
    facts = {
        "title": translation.title,
        "date": digest.date,
        "updated": digest.updated,
        "description": translation.description,
        "tags": list(digest.tags),
        "author": digest.author,
        "source": translation.source,
        "lang": translation.lang,
        "draft": digest.draft,
    }
    known = {key: value for key, value in facts.items() if value}
    front = yaml.safe_dump(known, allow_unicode=True, sort_keys=False, width=10_000)
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
        return [adapted(part.markdown)]
    if isinstance(part, Section):
        return [*([f"## {part.label}"] if part.label else []), adapted(part.markdown)]
    blocks = [f"## {language(lang).words['questions']} {{#questions}}"]
    for number, item in enumerate(part.items, asked + 1):
        blocks.append(f"### {' '.join(item.question.split())} {{#q{number}}}")
        blocks += [adapted(item.answer)] if item.answer else []
    return blocks
