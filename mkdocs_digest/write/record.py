"""A digest as plain data: what `mkdocs-digest show --json` prints."""

from dataclasses import asdict
from datetime import UTC, date, datetime, time
from math import isfinite
from typing import Any

from mkdocs_digest.model.digest import ParseResult, Translation


def record_of(path: str, result: ParseResult) -> dict[str, Any]:
    """Return what reading a file gave, as JSON-ready data; without a digest only the path and the diagnostics."""
    digest = result.digest
    diagnostics = [asdict(remark) for remark in result.diagnostics]
    if digest is None:
        return {"path": path, "translations": [], "diagnostics": diagnostics}
    return {
        "path": path,
        "date": _instant(digest.date),
        "updated": _instant(digest.updated),
        "tags": list(digest.tags),
        "author": digest.author,
        "meta": plain(digest.meta),
        "translations": [_translation(item) for item in digest.translations],
        "diagnostics": diagnostics,
    }


def _instant(value: date | None) -> str | None:
    """Return a date in ISO 8601 with its zone; UTC where it has none, midnight where it has no time."""
    if value is None:
        return None
    moment = value if isinstance(value, datetime) else datetime.combine(value, time())
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).isoformat()


def _translation(translation: Translation) -> dict[str, Any]:
    return {
        "lang": translation.lang,
        "title": translation.title,
        "description": translation.description,
        "source": translation.source,
        "summary": translation.summary,
        "questions": [{"question": item.question, "answer": item.answer} for item in translation.questions],
        "sections": [{"label": item.label, "markdown": item.markdown} for item in translation.sections],
    }


def plain(value: Any) -> Any:
    """Return a front matter value as JSON can hold it; dates as ISO 8601, anything unknown as its text."""
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set):
        return [plain(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    if value is None or isinstance(value, str | int | bool) or (isinstance(value, float) and isfinite(value)):
        return value
    return str(value)
