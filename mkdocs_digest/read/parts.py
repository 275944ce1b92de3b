"""The lines of one translation as its parts: summary, questions, sections, and prose under no label."""

import re
from dataclasses import dataclass, field

from mkdocs_digest.model.diagnostic import Diagnostic
from mkdocs_digest.model.digest import Part, Question, Questions, Section, Summary
from mkdocs_digest.read.grammar import BLANKS, Grammar, Mark, Role, clean_label, label_key
from mkdocs_digest.read.lines import Kind, Line
from mkdocs_digest.read.messages import remark
from mkdocs_digest.read.split import MarkedLine

_QUESTION_END = ("?", "？", "؟", ";")
_RULE = re.compile(r"\s{0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$")
_BOLD = re.compile(rf"[{BLANKS}]*(\*\*|__)(?P<bold>[^*_].*?)\1[{BLANKS}]*(?P<rest>.*)$", re.S)
_NUMBERED = re.compile(r"\W*(?:\d+\s*[.)）、:：]|[^\W\d]+\s*\d+\W*$)")


@dataclass(slots=True)
class Text:
    """Markdown being collected; `column` is the indent of the list around it, `line` where it begins."""

    line: int
    column: int = 0
    depth: int = 0
    rows: list[str] = field(default_factory=list)

    def add(self, line: Line) -> None:
        self.rows.append(line.text[_indent(line.text, self.column) :])

    @property
    def begun(self) -> bool:
        return any(not _is_edge(row) for row in self.rows)

    def markdown(self) -> str:
        """Return the text without outer blank lines, outer rules and the indent its later lines share."""
        rows = self.rows
        if len(rows) == 1 and not _is_edge(rows[0]):
            return rows[0].strip(BLANKS)
        start, end = 0, len(rows)
        while start < end and _is_edge(rows[start]):
            start += 1
        while end > start and _is_edge(rows[end - 1]):
            end -= 1
        rows = rows[start:end]
        if not rows:
            return ""
        tail = [row for row in rows[1:] if row.strip()]
        shared = min((len(row) - len(row.lstrip()) for row in tail), default=0)
        lines = [rows[0].strip(BLANKS), *(row[shared:] if row.strip() else "" for row in rows[1:])]
        return "\n".join(lines).rstrip()


def _indent(text: str, column: int) -> int:
    at = width = 0
    while at < len(text) and width < column and text[at] in BLANKS:
        width += 4 if text[at] == "\t" else 1
        at += 1
    return at


def _is_edge(row: str) -> bool:
    bare = row.strip(BLANKS)
    return not bare or (bare[0] in "-*_" and bool(_RULE.match(row)))


@dataclass(slots=True)
class Asked:
    """A question being collected."""

    question: Text
    answer: Text | None = None
    marked: bool = True
    item: bool = False
    answered: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """The parts of a translation and what else its lines told."""

    parts: tuple[Part, ...]
    title: str | None
    source: str | None
    diagnostics: tuple[Diagnostic, ...]


def read_parts(lines: list[MarkedLine], grammar: Grammar) -> Reading:
    """Read the lines of one translation."""
    reader = _Reader(grammar, _source_of(lines))
    for line, mark in lines:
        reader.feed(line, mark)
    return reader.finish()


def _source_of(lines: list[MarkedLine]) -> str | None:
    """Return the URL of the original: a labelled link before a bare one, the first of its kind."""
    marks = [mark for _, mark in lines if mark and mark.role is Role.SOURCE and mark.url]
    chosen = next((mark for mark in marks if mark.known), marks[0] if marks else None)
    return chosen.url if chosen else None


class _Reader:
    """Collects one part at a time; every line goes to exactly one of them."""

    def __init__(self, grammar: Grammar, source: str | None) -> None:
        self.grammar = grammar
        self.source = source
        self.title: str | None = None
        self.parts: list[Part] = []
        self.remarks: list[Diagnostic] = []
        self.label: str | None = ""
        self.level = 0
        self.text: Text | None = None
        self.asked: list[Asked] = []
        self.asking = False
        self.count = 0
        self.blank = True

    def feed(self, line: Line, mark: Mark | None) -> None:
        if line.kind is Kind.BLANK:
            self._blank(line)
        elif mark is None or not self._marked(line, mark):
            self._unmarked(line)
        self.blank = line.kind is Kind.BLANK

    def finish(self) -> Reading:
        self._close()
        return Reading(tuple(self.parts), self.title, self.source, tuple(self.remarks))

    # What a mark begins

    def _marked(self, line: Line, mark: Mark) -> bool:
        match mark.role:
            case Role.SOURCE:
                return mark.url == self.source or (mark.url is None and self._awaits_source(mark))
            case Role.QUESTION:
                self._ask(line, mark.rest, marked=True)
                return True
            case Role.ANSWER:
                return self._answer(line, mark)
            case Role.TITLE if self._leading and mark.rest:
                self.title = self.title or mark.rest
                return True
            case Role.SUMMARY | Role.QUESTIONS | Role.SECTION:
                return self._label(line, mark)
        return False

    @property
    def _leading(self) -> bool:
        return not self.parts and not self.asked and self.label == ""

    def _awaits_source(self, mark: Mark) -> bool:
        """A source label alone on its line is dropped if its link stands elsewhere."""
        return self.source is not None and not mark.rest

    def _label(self, line: Line, mark: Mark) -> bool:
        emphatic = line.kind is Kind.HEADING or line.content.lstrip(BLANKS)[:1] in "*_"
        if line.depth > 1 or (line.depth == 1 and not line.item):
            return False
        if not (line.opens or emphatic or mark.role is not Role.SECTION):
            return False
        if line.kind is Kind.HEADING and self.level and line.level > self.level and mark.role is Role.SECTION:
            return False
        if not mark.known:
            if self.asking and _is_question(mark.label):
                return False
            self.remarks.append(remark(line.number, 1, "unknown-label", label=mark.label))
        self._close()
        self.level = line.level
        self.asking = mark.role is Role.QUESTIONS
        self.label = {Role.SUMMARY: None, Role.QUESTIONS: ""}.get(mark.role, mark.label)
        self.text = Text(line.number, line.column if line.depth else 0, line.depth)
        if mark.rest:
            self.text.rows.append(mark.rest)
        return True

    # Questions and answers

    def _ask(self, line: Line, text: str, *, marked: bool) -> None:
        if not self.asked:
            self._close_text()
        question = Text(line.number, line.column if line.depth else 0, line.depth)
        asked = Asked(question, marked=marked, item=line.depth > 0)
        self.asked.append(asked)
        self.asking = True
        inline = self.grammar.inline_answer(text) if marked else None
        if inline:
            text, rest = text[: inline.start()].rstrip(), text[inline.end() :]
            self._begin_answer(line, rest)
            asked.answered = True
        question.rows.append(text)

    def _begin_answer(self, line: Line, rest: str) -> None:
        answer = Text(line.number, line.column if line.depth else 0, line.depth)
        if rest:
            answer.rows.append(rest)
        self.asked[-1].answer = answer

    def _answer(self, line: Line, mark: Mark) -> bool:
        if not self.asked:
            if mark.langs or mark.rest:
                self.remarks.append(remark(line.number, 1, "orphan-answer"))
            return False
        asked = self.asked[-1]
        if asked.answered:
            return False
        asked.answered = True
        if asked.answer is None or not asked.answer.begun:
            self._begin_answer(line, mark.rest)
        elif mark.rest:
            asked.answer.rows.append(mark.rest)
        return True

    def _is_new_question(self, line: Line) -> bool:
        """Say whether an unmarked line inside the questions asks the next one."""
        if not line.opens or line.depth > 1 or (line.depth == 1 and not line.item):
            return False
        if not self.asking:
            begun = bool(self.parts) or (self.text is not None and self.text.begun)
            return begun and _asks_by_itself(line)
        last = self.asked[-1] if self.asked else None
        text = line.content
        if line.item:
            ordered = line.text.lstrip()[:1].isdigit()
            if last is None or last.item:
                if last is None or not last.marked:
                    return ordered or _is_question(text) or bool(_BOLD.match(text))
                return ordered and _is_question(text) and last.question.depth == line.depth
            return False
        if last and (last.marked or last.item):
            return False
        if line.kind is Kind.HEADING:
            return _is_question(text) or bool(_NUMBERED.match(text))
        bold = _BOLD.match(text)
        return bool(bold and (not bold["rest"] or _is_question(bold["bold"])))

    def _ask_unmarked(self, line: Line) -> None:
        text = line.content.strip(BLANKS)
        bold = _BOLD.match(text)
        rest = ""
        if bold:
            text, rest = bold["bold"], bold["rest"]
        elif not _is_question(text):
            cut = re.search(r"[?？]\s*(?=\S)", text)
            if cut and line.item:
                text, rest = text[: cut.end()].rstrip(), text[cut.end() :]
        self._ask(line, text, marked=False)
        if rest:
            self._begin_answer(line, rest)

    # Ordinary text

    def _blank(self, line: Line) -> None:
        if self.asked:
            target = self.asked[-1].answer
            if target:
                target.rows.append("")
        elif self.text:
            self.text.rows.append("")

    def _unmarked(self, line: Line) -> None:
        if self._is_new_question(line):
            self._ask_unmarked(line)
        elif line.kind is Kind.HEADING and not line.depth and self._heads_section(line):
            self._close()
            self.level = line.level
            self.asking = False
            self.label = clean_label(line.content)
            self.text = Text(line.number)
            self.remarks.append(remark(line.number, 1, "unknown-label", label=self.label))
        elif self.asked:
            self._continue_question(line)
        else:
            self._write(line)

    def _heads_section(self, line: Line) -> bool:
        if self._leading and not self.asking:
            return False
        return self.asking or not self.level or line.level <= self.level

    def _continue_question(self, line: Line) -> None:
        asked = self.asked[-1]
        if asked.answer is None:
            wraps = not self.blank and not line.opens and not _is_question("\n".join(asked.question.rows))
            if wraps:
                asked.question.add(line)
                return
            self._begin_answer(line, "")
        answer = asked.answer
        if answer is None:
            return
        outside = self.blank and line.opens and line.depth < answer.depth and answer.begun
        if outside or (line.kind is Kind.RULE and line.depth == 0 and answer.begun and answer.depth > 0):
            asking = self.asking
            self._close()
            self.asking = asking
            self.label = ""
            self._write(line)
        else:
            answer.add(line)

    def _write(self, line: Line) -> None:
        if self.text is None:
            self.text = Text(line.number)
        self.text.add(line)

    # The end of a part

    def _close(self) -> None:
        self._close_questions()
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

    def _close_questions(self) -> None:
        if not self.asked:
            return
        items = tuple(self._question(asked) for asked in self.asked)
        self.asked = []
        self.parts.append(Questions(items, items[0].line))

    def _question(self, asked: Asked) -> Question:
        self.count += 1
        question, answer = asked.question.markdown(), asked.answer.markdown() if asked.answer else ""
        whole = _BOLD.fullmatch(question)
        if whole and not whole["rest"] and "**" not in whole["bold"]:
            question = whole["bold"]
        if not question and answer:
            question, _, answer = answer.partition("\n\n")
        if not answer:
            self.remarks.append(remark(asked.question.line, 1, "missing-answer", number=self.count))
        return Question(question, answer, asked.question.line)


def _asks_by_itself(line: Line) -> bool:
    """Say whether a line is a question wherever it stands: a heading, a bold line, an item that begins in bold."""
    if line.kind is Kind.HEADING:
        return _is_question(line.content)
    bold = _BOLD.match(line.content)
    return bool(bold and _is_question(bold["bold"]) and (line.item or not bold["rest"]))


def _is_question(text: str) -> bool:
    return text.rstrip('*_"”’」』)） ' + BLANKS).endswith(_QUESTION_END)


def same_text(one: str, other: str) -> bool:
    """Say whether two titles are the same but for marks, case and blanks."""
    return label_key(one) == label_key(other)
