"""Data for other programs: every digest of a language as JSON, by month, and every question as CSV."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mkdocs_digest.write.feeds.content import plain
from mkdocs_digest.write.feeds.entry import Entry, Name
from mkdocs_digest.write.feeds.feed import Feed
from mkdocs_digest.write.feeds.json_feed import Json, feed_head, feed_item, write_json

COLUMNS = ("id", "url", "question", "answer", "tags")


@dataclass(frozen=True, slots=True)
class MonthFile:
    """Where the digests of a month are, and how many."""

    name: str
    count: int
    path: str


def write_month(feed: Feed, path: str, older: MonthFile | None) -> bytes:
    """Return the digests of a month as JSON Feed 1.1 with an extension `_digest`, for the output file `path`.

    The extension has each digest's terms, summary, sections, questions and alternates; `next_url` leads to the month
    before.
    """
    return write_json(_month(feed, path, older))


def write_data(feed: Feed, path: str, months: Sequence[MonthFile]) -> bytes:
    """Return the digests of the newest month like `write_month`, with a list of the months, newest first."""
    address = feed.publisher.address
    listed = [{"month": month.name, "count": month.count, "url": address(month.path)} for month in months]
    newest = _month(feed, path, months[1] if len(months) > 1 else None)
    return write_json({**newest, "_digest": {"months": listed}})


def write_columns() -> str:
    """Return the first line of the flash cards, which names their columns."""
    return _csv([COLUMNS])


def write_cards(entry: Entry) -> str:
    """Return the questions of a digest as flash cards in CSV (RFC 4180).

    Texts are without markup; tags are parted by blanks, as flash card programs want them, with `_` for their own.
    """
    return _csv(_cards(entry))


def are_cards(text: str) -> bool:
    """Return True if a text could have been written as flash cards."""
    try:
        return all(len(row) == len(COLUMNS) for row in csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error:
        return False


def _csv(rows: Iterable[Sequence[str]]) -> str:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue()


def _month(feed: Feed, path: str, older: MonthFile | None) -> Json:
    following = {"next_url": feed.publisher.address(older.path)} if older else {}
    items = [{**feed_item(entry, feed.lang), "_digest": _extension(entry)} for entry in feed.entries]
    return {**feed_head(feed, path), **following, "items": items}


def _extension(entry: Entry) -> Json:
    return {
        "lang": entry.lang,
        "tags": [_name(tag) for tag in entry.tags],
        "source": _name(entry.source) if entry.source else None,
        "original": {"title": entry.original.title, "url": entry.original.url} if entry.original else None,
        "alternates": dict(entry.alternates),
        "summary_html": "".join(block.html for block in entry.blocks if block.is_summary),
        "sections": [
            {"title": block.title, "html": block.html}
            for block in entry.blocks
            if not block.is_summary and not block.questions
        ],
        "questions": [
            {"id": f"q{number}", "question": item.text, "question_html": item.question, "answer_html": item.answer}
            for number, item in enumerate(entry.questions, 1)
        ],
    }


def _name(name: Name) -> Json:
    return {"id": name.id, "name": name.text, **({"url": name.url} if name.url else {})}


def _cards(entry: Entry) -> Iterable[tuple[str, ...]]:
    tags = " ".join("_".join(tag.text.split()) for tag in entry.tags)
    for number, item in enumerate(entry.questions, 1):
        yield f"{entry.id}#q{number}", f"{entry.url}#q{number}", item.text, plain(item.answer), tags
