"""One body, several translations: where each begins and which language it is in."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise, zip_longest

from mkdocs_digest.model.diagnostic import Diagnostic
from mkdocs_digest.read.detect import SAMPLE, detect, script_of
from mkdocs_digest.read.grammar import Grammar, Mark, Role
from mkdocs_digest.read.lines import BLANK, HEADING, RULE, TEXT, VOID, Line
from mkdocs_digest.read.messages import remark

MarkedLine = tuple[Line, Mark | None]

_STRUCTURE = (Role.SUMMARY, Role.QUESTIONS, Role.QUESTION, Role.ANSWER)
_SHORT = 200
"""Letters of an unlabelled text below which it is a note to its neighbour, not a translation."""


@dataclass
class Chunk:
    """A run of lines in one language; `lang` is None while it is unknown, `explicit` when the file names it."""

    lines: list[MarkedLine]
    lang: str | None = None
    explicit: bool = False

    @cached_property
    def written(self) -> list[MarkedLine]:
        """The lines that are somebody's words, no blanks, rules and links to the source; found once, before joining."""
        return [
            (line, mark)
            for line, mark in self.lines
            if line.kind not in VOID and not (mark and mark.role is Role.SOURCE)
        ]

    @cached_property
    def text(self) -> str:
        """The beginning of the words, as much as tells a language."""
        rows: list[str] = []
        size = 0
        for line, _ in self.written:
            rows.append(line.text)
            size += len(line.text)
            if size > SAMPLE:
                break
        return "\n".join(rows)

    @property
    def votes(self) -> list[frozenset[str]]:
        return [mark.langs for _, mark in self.written if mark and mark.langs]

    @cached_property
    def labelled(self) -> bool:
        return any(mark and mark.role in _STRUCTURE for _, mark in self.lines)

    @cached_property
    def number(self) -> int:
        return next((line.number for line, _ in self.lines if line.kind not in VOID), 1)

    @property
    def empty(self) -> bool:
        return not self.written

    def take(self, other: "Chunk") -> None:
        """Take in the lines of another chunk; whether there is a label among all is not looked for again."""
        self.labelled = self.labelled or other.labelled
        self.lines += other.lines


def split(lines: list[MarkedLine], grammar: Grammar, declared: Sequence[str]) -> tuple[list[Chunk], list[Diagnostic]]:
    """Split the lines of a body into one chunk per language, in file order; no line is lost."""
    chunks = [piece for chunk in _ruled(lines) for piece in _pieces(chunk, grammar, declared)]
    for chunk in chunks:
        if chunk.lang is None and not chunk.empty:
            chunk.lang = detect(chunk.text, chunk.votes, grammar, declared)
    _settle(chunks, declared)
    return _join(chunks)


def _ruled(lines: list[MarkedLine]) -> list[Chunk]:
    """Cut at every rule outside lists and at every line that names a language."""
    chunks = [Chunk([])]
    for pair in lines:
        line, mark = pair
        if mark and mark.role is Role.LANGUAGE:
            chunks.append(Chunk([], lang=next(iter(mark.langs)), explicit=True))
            continue
        if line.kind is RULE and line.depth == 0:
            chunks.append(Chunk([]))
        chunks[-1].lines.append(pair)
    return [chunk for chunk in chunks if chunk.lines]


def _pieces(chunk: Chunk, grammar: Grammar, declared: Sequence[str]) -> list[Chunk]:
    """Cut a chunk where its labels, or failing that its scripts, change language."""
    if chunk.explicit or chunk.empty:
        return [chunk]
    cuts = _label_cuts(chunk, grammar, declared) or _script_cuts(chunk)
    if not cuts:
        return [chunk]
    edges = [0, *cuts, len(chunk.lines)]
    return [Chunk(chunk.lines[start:end]) for start, end in pairwise(edges)]


def _label_cuts(chunk: Chunk, grammar: Grammar, declared: Sequence[str]) -> list[int]:
    cuts: list[int] = []
    current: frozenset[str] = frozenset()
    start = 0
    for at, (_, mark) in enumerate(chunk.lines):
        if not (mark and mark.langs and mark.role in _STRUCTURE):
            continue
        if not current or current & mark.langs:
            current = current & mark.langs or mark.langs
            continue
        edge = _back_up(chunk.lines, at, start)
        before, after = Chunk(chunk.lines[max(start, edge - 60) : edge]), Chunk(chunk.lines[at : at + 60])
        lang = detect(after.text, [mark.langs], grammar, declared)
        if lang and lang != detect(before.text, [current], grammar, declared):
            cuts.append(edge)
            start = edge
            current = mark.langs
    return cuts


def _back_up(lines: list[MarkedLine], at: int, stop: int) -> int:
    """Return where the translation of the label at `at` begins: the title and source above it belong to it."""
    family = script_of("\n".join(line.text for line, _ in lines[at : at + 12]))
    edge = at
    while edge > stop:
        line, mark = lines[edge - 1]
        if line.kind is BLANK or (mark and mark.role is Role.SOURCE):
            edge -= 1
            continue
        if mark or line.depth or line.kind not in (TEXT, HEADING):
            break
        if not line.opens or script_of(line.text) != family or line.text.rstrip().endswith((".", "。", ":", "：")):
            break
        edge -= 1
        if line.kind is HEADING:
            break
    while edge < at and lines[edge][0].kind is BLANK:
        edge += 1
    if edge < at and lines[edge][1] and not any(line.kind is BLANK for line, _ in lines[edge:at]):
        return at
    return edge


def _script_cuts(chunk: Chunk) -> list[int]:
    """Return the cuts between scripts, if each script stands in one run of blocks only and every run is substantial."""
    if len({_first_letter(line.text) for line, _ in chunk.written} - {None}) < 2:
        return []
    runs: list[tuple[str, int, int, bool]] = []
    for at, (line, mark) in enumerate(chunk.lines):
        if line.kind not in (TEXT, HEADING) or (mark and mark.role is Role.SOURCE):
            continue
        family = script_of(line.text)
        if family is None:
            continue
        size = len(line.text)
        labelled = bool(mark and mark.role in _STRUCTURE)
        if runs and runs[-1][0] == family:
            runs[-1] = (family, runs[-1][1], runs[-1][2] + size, runs[-1][3] or labelled)
        elif line.opens:
            runs.append((family, at, size, labelled))
    families = [run[0] for run in runs]
    if len(runs) < 2 or len(set(families)) < len(families):
        return []
    whole = sum(run[2] for run in runs)
    if any(run[2] < 40 or (run[2] * 5 < whole and not run[3]) for run in runs):
        return []
    return [run[1] for run in runs[1:]]


def _first_letter(text: str) -> int | None:
    """Return a number for the script of the first letter, coarse but quick; None where there is none."""
    for char in text:
        if char.isalpha():
            code = ord(char)
            return 0 if code < 0x370 else 1 if 0x2E80 <= code <= 0x9FFF else code >> 8
    return None


def _settle(chunks: list[Chunk], declared: Sequence[str]) -> None:
    """Give a language to chunks that show none, and take it from notes that are no translation."""
    texts = [chunk for chunk in chunks if not chunk.empty]
    if len(texts) == len(declared):
        for chunk, lang in zip(texts, declared, strict=True):
            chunk.lang = chunk.lang or lang
    if any(chunk.labelled for chunk in texts):
        for chunk, after in zip_longest(chunks, chunks[1:]):
            note = not (chunk.empty or chunk.labelled or chunk.explicit) and len(chunk.text.strip()) < _SHORT
            titles_next = after is not None and after.lang == chunk.lang
            if note and chunk.lang not in declared and not titles_next:
                chunk.lang = None


def _join(chunks: list[Chunk]) -> tuple[list[Chunk], list[Diagnostic]]:
    """Join what is in one language, adjacent or not; a chunk of unknown language goes with the one before it."""
    joined: dict[str, Chunk] = {}
    remarks: list[Diagnostic] = []
    waiting = Chunk([])
    last: Chunk | None = None
    for chunk in chunks:
        if chunk.lang is None:
            (last or waiting).take(chunk)
            continue
        home = joined.get(chunk.lang)
        if home is None:
            chunk.lines[:0], chunk.labelled = waiting.lines, waiting.labelled or chunk.labelled
            waiting = Chunk([])
            joined[chunk.lang] = last = chunk
            continue
        if home.labelled and any(mark and mark.role is Role.SUMMARY for _, mark in chunk.lines):
            remarks.append(remark(chunk.number, 1, "same-language", lang=chunk.lang, first=home.number))
        home.take(chunk)
        last = home
    if not joined and any(not chunk.empty for chunk in chunks):
        whole = Chunk([pair for chunk in chunks for pair in chunk.lines])
        return [whole], [remark(whole.number, 1, "no-language")]
    return list(joined.values()), remarks
