"""The lines of one translation as its parts: summary, questions, sections, and prose under no label."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from mkdocs_digest.model.diagnostic import Diagnostic
from mkdocs_digest.model.digest import Part, Section, Summary
from mkdocs_digest.read.dialogue import Dialogue, asks_by_itself, is_question
from mkdocs_digest.read.grammar import BLANKS, Grammar, Mark, Role, clean_label
from mkdocs_digest.read.lines import BLANK, HEADING, Line
from mkdocs_digest.read.messages import remark
from mkdocs_digest.read.split import MarkedLine
from mkdocs_digest.read.text import Text, text_at


@dataclass(frozen=True, slots=True)
class Reading:
    """The parts of a translation and what else its lines told."""

    parts: tuple[Part, ...]
    title: str | None
    source: str | None
    diagnostics: tuple[Diagnostic, ...]


def read_parts(lines: list[MarkedLine], grammar: Grammar, lang: str) -> Reading:
    """Read the lines of one translation, which is in `lang`."""
    reader = _Reader(grammar, lang, _source_of(lines))
    for line, mark in lines:
        reader.feed(line, mark)
    return reader.finish()


def _source_of(lines: list[MarkedLine]) -> str | None:
    """Return the URL of the original: a labelled link before a bare one, the first of its kind."""
    marks = [mark for _, mark in lines if mark and mark.url]
    chosen = next((mark for mark in marks if mark.known), marks[0] if marks else None)
    return chosen.url if chosen else None


class _Reader:
    """Collects one part at a time; every line goes to exactly one of them."""

    def __init__(self, grammar: Grammar, lang: str, source: str | None) -> None:
        self.grammar = grammar
        self.lang = lang
        self.source = source
        self.title: str | None = None
        self.parts: list[Part] = []
        self.remarks: list[Diagnostic] = []
        self.label: str | None = ""
        self.level = 0
        self.text: Text | None = None
        self.dialogue = Dialogue(grammar, self.remarks)
        self.asking = False
        self.blank = True

    def feed(self, line: Line, mark: Mark | None) -> None:
        blank = line.kind is BLANK
        if blank:
            self._blank()
        elif mark is None or not self._marked(line, mark):
            self._unmarked(line)
        self.blank = blank

    def finish(self) -> Reading:
        self._close()
        return Reading(tuple(self.parts), self.title, self.source, tuple(self.remarks))

    # What a mark begins

    def _marked(self, line: Line, mark: Mark) -> bool:
        """Do what a mark says; say whether it said anything here, else its line is ordinary text."""
        begin = _BEGINNINGS.get(self.grammar.role_in(self.lang, mark))
        return begin is not None and begin(self, line, mark)

    def _source(self, _: Line, mark: Mark) -> bool:
        """Drop the line of the source, and a source label alone on its line if the link stands elsewhere."""
        if mark.url is None:
            return self.source is not None and not mark.rest
        return mark.url == self.source

    def _title(self, _: Line, mark: Mark) -> bool:
        if not (self._leading and mark.rest):
            return False
        self.title = self.title or mark.rest
        return True

    @property
    def _leading(self) -> bool:
        return not self.parts and not self.dialogue.asked and self.label == ""

    def _label(self, line: Line, mark: Mark) -> bool:
        if line.depth > 1 or (line.depth == 1 and not line.item):
            return False
        if mark.role is Role.SECTION and not self._begins_section(line, mark):
            return False
        if not mark.known:
            self.remarks.append(remark(line.number, 1, "unknown-label", label=mark.label))
        self._close()
        self.level = line.level
        self.asking = mark.role is Role.QUESTIONS
        self.label = None if mark.role is Role.SUMMARY else "" if self.asking else mark.label
        self.text = text_at(line)
        if mark.rest:
            self.text.append(mark.rest)
        return True

    def _begins_section(self, line: Line, mark: Mark) -> bool:
        """Say whether what looks like the label of a section is one; deeper headings stand inside their section."""
        heading = line.kind is HEADING
        if not (line.opens or heading or line.content.lstrip(BLANKS)[:1] in "*_"):
            return False
        if heading and self.level and line.level > self.level:
            return False
        return mark.known or not (self.asking and is_question(mark.label))

    def _question(self, line: Line, mark: Mark) -> bool:
        self._begin_question()
        self.dialogue.ask(line, mark.rest)
        return True

    def _answer(self, line: Line, mark: Mark) -> bool:
        return self.dialogue.answer(line, mark)

    # Ordinary text

    def _blank(self) -> None:
        if self.dialogue.asked:
            self.dialogue.add_blank()
        elif self.text:
            self.text.append("")

    def _unmarked(self, line: Line) -> None:
        if self._is_new_question(line):
            self._begin_question()
            self.dialogue.ask_unmarked(line)
        elif line.kind is HEADING and not line.depth and self._heads_section(line):
            self._close()
            self.level = line.level
            self.label = clean_label(line.content)
            self.text = Text(line.number)
            self.remarks.append(remark(line.number, 1, "unknown-label", label=self.label))
        elif self.dialogue.asked:
            self._continue_questions(line)
        else:
            self._write(line)

    def _is_new_question(self, line: Line) -> bool:
        if not line.opens or line.depth > 1 or (line.depth == 1 and not line.item):
            return False
        if self.asking:
            return self.dialogue.asks_next(line)
        begun = bool(self.parts) or (self.text is not None and self.text.begun)
        return begun and asks_by_itself(line)

    def _heads_section(self, line: Line) -> bool:
        if self._leading and not self.asking:
            return False
        return self.asking or not self.level or line.level <= self.level

    def _continue_questions(self, line: Line) -> None:
        if not self.dialogue.ends_before(line, after_blank=self.blank):
            self.dialogue.add(line, after_blank=self.blank)
            return
        asking = self.asking
        self._close()
        self.asking = asking
        self._write(line)

    def _write(self, line: Line) -> None:
        if self.text is None:
            self.text = Text(line.number)
        self.text.add(line)

    # Where a part begins and another ends

    def _begin_question(self) -> None:
        if not self.dialogue.asked:
            self._close_text()
        self.asking = True

    def _close(self) -> None:
        if self.dialogue.asked:
            self.parts.append(self.dialogue.close())
        self._close_text()
        self.asking = False
        self.level = 0

    def _close_text(self) -> None:
        text, label = self.text, self.label
        self.text, self.label = None, ""
        markdown = text.markdown() if text else ""
        if text is None or not (markdown or label):
            return
        self.parts.append(Summary(markdown, text.line) if label is None else Section(label, markdown, text.line))


_BEGINNINGS: Mapping[Role, Callable[[_Reader, Line, Mark], bool]] = {
    Role.SOURCE: _Reader._source,
    Role.TITLE: _Reader._title,
    Role.SUMMARY: _Reader._label,
    Role.QUESTIONS: _Reader._label,
    Role.SECTION: _Reader._label,
    Role.QUESTION: _Reader._question,
    Role.ANSWER: _Reader._answer,
}
