"""`mkdocs-digest status`: digests by month, language and state, and what is missing."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from rich.console import Console
from rich.table import Table
from rich.text import Text

from mkdocs_digest.command.console import print_line
from mkdocs_digest.command.files import Source
from mkdocs_digest.command.terminal import printable_line
from mkdocs_digest.library.library import languages_of, moment_of
from mkdocs_digest.model.digest import Digest


@dataclass(frozen=True, slots=True)
class Status:
    """How many digests each month has in each language, by state, and which lack a language of the others."""

    langs: tuple[str, ...]
    months: dict[str, Counter[tuple[str, str]]]
    missing: dict[str, tuple[str, ...]]


def take_status(sources: Iterable[Source], now: datetime) -> Status:
    """Count the digests among `sources`; those dated after `now` are scheduled."""
    digests = {source.path: source.result.digest for source in sources if source.result.digest}
    langs = languages_of(digests.values())
    months: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    for digest in digests.values():
        for lang in digest.langs:
            months[_month(digest)][lang, _state(digest, now)] += 1
    missing = {path: tuple(lang for lang in langs if lang not in digest.langs) for path, digest in digests.items()}
    return Status(langs, dict(months), {path: lacks for path, lacks in missing.items() if lacks})


def show_status(status: Status, console: Console) -> None:
    """Print a table of months and languages, newest first, then what lacks a language."""
    table = Table("month", *status.langs)
    for month in sorted(status.months, reverse=True):
        counts = status.months[month]
        table.add_row(month, *(_cell(counts, lang) for lang in status.langs))
    totals: Counter[tuple[str, str]] = sum(status.months.values(), Counter())
    table.add_section()
    table.add_row("all", *(_cell(totals, lang) for lang in status.langs))
    console.print(table)
    for path, lacks in sorted(status.missing.items()):
        print_line(console, Text(printable_line(f"{path}: no {', '.join(lacks)}")))


def _cell(counts: Counter[tuple[str, str]], lang: str) -> str:
    extra = [f"{counts[lang, state]} {state}" for state in ("draft", "scheduled") if counts[lang, state]]
    published = counts[lang, "published"]
    return ", ".join([str(published) if published or not extra else "", *extra]).strip(", ")


def _month(digest: Digest) -> str:
    moment = moment_of(digest.date, UTC)
    return f"{moment:%Y-%m}" if moment else "undated"


def _state(digest: Digest, now: datetime) -> str:
    moment = moment_of(digest.date, UTC)
    if digest.draft:
        return "draft"
    return "scheduled" if moment and moment > now else "published"
