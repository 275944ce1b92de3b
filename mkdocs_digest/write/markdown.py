"""A translation as Markdown for Python-Markdown, whose lists want a blank line before and four blanks of indent."""

import re

from markupsafe import Markup, escape

from mkdocs_digest.languages.words import Words
from mkdocs_digest.model.digest import Part, Question, Section, Summary, Translation
from mkdocs_digest.read.lines import Kind, Line, read_lines

EXTENSIONS = ("attr_list", "md_in_html")
"""What Python-Markdown needs for `write_markdown`."""

_INDENT = 4
_HEADING = re.compile(r"(?P<hashes>#{1,4})(?=[ \t])")


def write_markdown(translation: Translation, words: Words, *, open_questions: bool = False) -> str:
    """Return a translation's text, its title not included, with the ids of `mkdocs_digest.write.article`.

    Raw HTML in it stays raw HTML.
    """
    writer = _Writer(words, " open" if open_questions else "")
    blocks = [block for part in translation.parts for block in writer.part(part)]
    lang = escape(translation.lang)
    return "\n\n".join([f'<div class="digest" lang="{lang}" markdown="block">', *blocks, "</div>"]) + "\n"


class _Writer:
    """Numbers what it writes, as the writer of articles does."""

    def __init__(self, words: Words, state: str) -> None:
        self.words = words
        self.state = state
        self.asked = self.sections = self.headed = 0

    def part(self, part: Part) -> list[str]:
        if isinstance(part, Summary):
            return ['<div class="digest-summary" markdown="block">', adapted(part.markdown), "</div>"]
        if isinstance(part, Section):
            return [*self.section(part.label), adapted(part.markdown)]
        return [self.questions(), *(block for item in part.items for block in self.question(item))]

    def section(self, label: str) -> list[str]:
        if not label:
            return []
        self.sections += 1
        return [f"## {label} {{ #section-{self.sections} }}"]

    def questions(self) -> str:
        self.headed += 1
        id_ = "questions" if self.headed == 1 else f"questions-{self.headed}"
        return f"## {self.words('questions')} {{ #{id_} }}"

    def question(self, item: Question) -> list[str]:
        self.asked += 1
        asked = " ".join(item.question.split())
        opening = Markup('<details class="question" id="q{}"{} markdown="block">').format(
            self.asked, Markup(self.state)
        )
        return [f'{opening}\n<summary markdown="span">{asked}</summary>', adapted(item.answer), "</details>"]


def adapted(markdown: str) -> str:
    """Return CommonMark with what Python-Markdown needs to see the same blocks; headings stand two levels lower."""
    rows: list[str] = []
    above = Line(0, "", Kind.BLANK)
    for line in read_lines(markdown, 1):
        if _needs_blank(line, above):
            rows.append("")
        rows.append(_row(line))
        above = line
    return "\n".join(rows)


def _needs_blank(line: Line, above: Line) -> bool:
    if above.kind is Kind.BLANK or line.kind is Kind.BLANK:
        return False
    return line.depth > above.depth == 0 or line.kind is Kind.RULE or (line.opens and line.kind is not above.kind)


def _row(line: Line) -> str:
    if line.kind is Kind.BLANK:
        return ""
    if line.item:
        marker = line.text[: line.column].strip()
        return f"{' ' * _INDENT * (line.depth - 1)}{marker} {_content(line)}"
    return f"{' ' * _INDENT * line.depth}{_content(line)}"


def _content(line: Line) -> str:
    text = line.text
    indent = len(text) - len(text.lstrip())
    text = text[line.column :] if line.item else text[min(indent, line.column) :]
    if line.kind is Kind.HEADING:
        return _HEADING.sub(r"##\g<hashes>", text.lstrip(), count=1)
    return text if line.kind is Kind.OPAQUE else text.lstrip()
