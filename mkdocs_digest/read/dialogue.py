"""Questions and their answers being collected, and how a line that carries no marker asks the next one."""

import re
from dataclasses import dataclass

from mkdocs_digest.model.diagnostic import Diagnostic
from mkdocs_digest.model.digest import Question, Questions
from mkdocs_digest.read.grammar import BLANKS, Grammar, Mark
from mkdocs_digest.read.lines import HEADING, RULE, Line
from mkdocs_digest.read.messages import remark
from mkdocs_digest.read.text import Text, text_at

_QUESTION_END = ("?", "？", "؟", ";")
_QUESTION_CLOSERS = '*_"”’」』)） ' + BLANKS
_BOLD = re.compile(rf"[{BLANKS}]*(\*\*|__)(?P<bold>[^*_].*?)\1[{BLANKS}]*(?P<rest>.*)$", re.S)
_NUMBERED = re.compile(r"\W*(?:\d+\s*[.)）、:：]|[^\W\d]+\s*\d+\W*$)")
_ASKED = re.compile(r"[?？]\s*(?=\S)")


@dataclass(slots=True)
class Asked:
    """A question being collected; `item` says that a list item asks it, `answered` that a marker began its answer."""

    question: Text
    marked: bool
    item: bool
    answer: Text | None = None
    answered: bool = False


class Dialogue:
    """Collects a run of questions at a time, `asked`, and numbers them through; adds what is amiss to `remarks`."""

    def __init__(self, grammar: Grammar, remarks: list[Diagnostic]) -> None:
        self._grammar = grammar
        self._remarks = remarks
        self.asked: list[Asked] = []
        self._closed = 0

    def ask(self, line: Line, text: str) -> None:
        """Begin the question that a marker on `line` announces, and its answer if that stands in the same line."""
        inline = self._grammar.inline_answer(text)
        if not inline:
            self._ask(line, text, marked=True)
            return
        asked = self._ask(line, text[: inline.start()].rstrip(), marked=True)
        self._begin_answer(line, text[inline.end() :])
        asked.answered = True

    def ask_unmarked(self, line: Line) -> None:
        """Begin the question that a line asks by its form alone; what stands behind it is the answer's beginning."""
        text, rest = _parted(line)
        self._ask(line, text, marked=False)
        if rest:
            self._begin_answer(line, rest)

    def answer(self, line: Line, mark: Mark) -> bool:
        """Begin the answer that a marker announces; say whether there was a question without one."""
        if not self.asked:
            if mark.langs or mark.rest:
                self._remarks.append(remark(line.number, 1, "orphan-answer"))
            return False
        asked = self.asked[-1]
        if asked.answered:
            return False
        asked.answered = True
        if asked.answer is None or not asked.answer.begun:
            self._begin_answer(line, mark.rest)
        elif mark.rest:
            asked.answer.append(mark.rest)
        return True

    def asks_next(self, line: Line) -> bool:
        """Say whether an unmarked line among the questions asks the next one."""
        last = self.asked[-1] if self.asked else None
        text = line.content
        if line.item:
            return (last is None or last.item) and _asks_in_list(line, last)
        if last and (last.marked or last.item):
            return False
        if line.kind is HEADING:
            return is_question(text) or bool(_NUMBERED.match(text))
        bold = _BOLD.match(text)
        return bool(bold and (not bold["rest"] or is_question(bold["bold"])))

    def ends_before(self, line: Line, *, after_blank: bool) -> bool:
        """Say whether a line that continues nothing stands below the answers: outside their list, or a rule."""
        answer = self.asked[-1].answer
        if answer is None:
            return False
        outside = after_blank and line.opens and line.depth < answer.depth
        return (outside or (line.kind is RULE and line.depth == 0 < answer.depth)) and answer.begun

    def add(self, line: Line, *, after_blank: bool) -> None:
        """Add a line to the last question, if it wraps, or to its answer."""
        asked = self.asked[-1]
        wraps = not (asked.answer or after_blank or line.opens) and not is_question(asked.question.last)
        if wraps:
            asked.question.add(line)
        else:
            (asked.answer or self._begin_answer(line, "")).add(line)

    def add_blank(self) -> None:
        answer = self.asked[-1].answer
        if answer:
            answer.append("")

    def close(self) -> Questions:
        """Return the questions collected, of which there is one at least, and begin anew."""
        items = tuple(self._question(number, asked) for number, asked in enumerate(self.asked, self._closed + 1))
        self._closed += len(items)
        self.asked = []
        return Questions(items, items[0].line)

    def _ask(self, line: Line, text: str, *, marked: bool) -> Asked:
        asked = Asked(text_at(line), marked, item=line.depth > 0)
        asked.question.append(text)
        self.asked.append(asked)
        return asked

    def _begin_answer(self, line: Line, text: str) -> Text:
        answer = self.asked[-1].answer = text_at(line)
        if text:
            answer.append(text)
        return answer

    def _question(self, number: int, asked: Asked) -> Question:
        question, answer = asked.question.markdown(), asked.answer.markdown() if asked.answer else ""
        whole = _BOLD.fullmatch(question)
        if whole and not whole["rest"] and "**" not in whole["bold"]:
            question = whole["bold"]
        if not question and answer:
            question, _, answer = answer.partition("\n\n")
        if not answer:
            self._remarks.append(remark(asked.question.line, 1, "missing-answer", number=number))
        return Question(question, answer, asked.question.line)


def asks_by_itself(line: Line) -> bool:
    """Say whether a line is a question wherever it stands: a heading, a bold line, an item that begins in bold."""
    if line.kind is HEADING:
        return is_question(line.content)
    bold = _BOLD.match(line.content)
    return bool(bold and is_question(bold["bold"]) and (line.item or not bold["rest"]))


def is_question(text: str) -> bool:
    """Say whether a text ends like a question, emphasis and closing quotation marks apart."""
    return text.rstrip(_QUESTION_CLOSERS).endswith(_QUESTION_END)


def _asks_in_list(line: Line, last: Asked | None) -> bool:
    ordered = line.text.lstrip()[:1].isdigit()
    if last is None or not last.marked:
        return ordered or is_question(line.content) or bool(_BOLD.match(line.content))
    return ordered and is_question(line.content) and last.question.depth == line.depth


def _parted(line: Line) -> tuple[str, str]:
    """Return the question that an unmarked line asks and the text behind it."""
    text = line.content.strip(BLANKS)
    bold = _BOLD.match(text)
    if bold:
        return bold["bold"], bold["rest"]
    cut = _ASKED.search(text) if line.item and not is_question(text) else None
    return (text[: cut.end()].rstrip(), text[cut.end() :]) if cut else (text, "")
