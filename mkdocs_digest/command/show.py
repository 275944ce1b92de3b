"""`mkdocs-digest show`: how a file is read."""

import json
from itertools import zip_longest

from rich.console import Console
from rich.table import Table
from rich.text import Text

from mkdocs_digest.command.console import print_line
from mkdocs_digest.command.files import Source
from mkdocs_digest.command.terminal import printable, printable_json, printable_line
from mkdocs_digest.model.digest import Digest, Translation
from mkdocs_digest.write.record import record_of

_BESIDE = 2
"""Translations that are laid side by side; more stand one below the other."""


def show_json(source: Source) -> str:
    """Return what a file reads as, as one JSON object."""
    return printable_json(json.dumps(record_of(source.path, source.result), ensure_ascii=False, indent=2))


def show(source: Source, console: Console) -> None:
    """Print what a file reads as: its translations side by side, question by question, then the remarks."""
    digest = source.result.digest
    if digest:
        for line in _facts(digest):
            print_line(console, line)
        for at in range(0, len(digest.translations), _BESIDE):
            console.print(_table(digest.translations[at : at + _BESIDE]))
    for remark in source.result.diagnostics:
        print_line(console, Text(printable_line(remark.located(source.path)), style=_STYLES[remark.severity]))


_STYLES = {"error": "bold red", "warning": "yellow", "info": "dim"}


def _facts(digest: Digest) -> tuple[Text, Text]:
    date = digest.date.isoformat() if digest.date else "no date"
    facts = [date, digest.author or "no source", ", ".join(digest.tags) or "no tags"]
    return Text(printable_line(digest.path), style="bold"), Text(printable_line(" · ".join(facts)), style="dim")


def _table(translations: tuple[Translation, ...]) -> Table:
    table = Table(expand=True, show_lines=True, header_style="bold")
    for item in translations:
        table.add_column(Text(printable_line(f"{item.lang}  {item.title or '(no title)'}")), ratio=1, overflow="fold")
    table.add_row(*(_cell("source", item.source or "") for item in translations))
    table.add_row(*(_cell("summary", item.summary) for item in translations))
    asked = zip_longest(*(item.questions for item in translations))
    for number, row in enumerate(asked, 1):
        table.add_row(*(_question(number, item.question, item.answer) if item else "" for item in row))
    for sections in zip_longest(*(item.sections for item in translations)):
        table.add_row(*(_cell(item.label or "text", item.markdown) if item else "" for item in sections))
    return table


def _cell(label: str, text: str) -> Text:
    return Text.assemble((f"{printable(label)}\n", "dim"), printable(text))


def _question(number: int, question: str, answer: str) -> Text:
    return Text.assemble((f"q{number} ", "dim"), (printable(question), "bold"), "\n", printable(answer))
