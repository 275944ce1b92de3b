"""A reading as JSON and back, for caches: data only, never code."""

import json
from datetime import date, datetime, time
from typing import Any

from mkdocs_digest.model.diagnostic import Diagnostic, Severity
from mkdocs_digest.model.digest import Digest, ParseResult, Part, Question, Questions, Section, Summary, Translation


class UncodableError(ValueError):
    """A value in the front matter that JSON cannot hold; the reading is not to be cached."""


def encode(result: ParseResult) -> str:
    """Return a reading as JSON text; raise UncodableError for front matter of unknown types."""
    digest = result.digest
    data = {
        "diagnostics": [
            [item.line, item.column, item.severity, item.code, item.message] for item in result.diagnostics
        ],
        "digest": None if digest is None else _digest(digest),
    }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def decode(text: str) -> ParseResult:
    """Return the reading that `encode` wrote; raise ValueError for anything else."""
    try:
        data = json.loads(text)
        remarks = tuple(map(_to_diagnostic, data["diagnostics"]))
        return ParseResult(None if data["digest"] is None else _to_digest(data["digest"]), remarks)
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(f"not a reading: {error!r}") from None


def _to_diagnostic(data: list[Any]) -> Diagnostic:
    line, column, severity, code, message = data
    return Diagnostic(_int(line), _int(column), Severity(severity), _text(code), _text(message))


def _digest(digest: Digest) -> dict[str, Any]:
    return {
        "path": digest.path,
        "date": _value(digest.date),
        "updated": _value(digest.updated),
        "tags": digest.tags,
        "author": digest.author,
        "meta": _value(dict(digest.meta)),
        "translations": [_translation(item) for item in digest.translations],
    }


def _to_digest(data: dict[str, Any]) -> Digest:
    return Digest(
        path=_text(data["path"]),
        date=_day(_to_value(data["date"])),
        updated=_day(_to_value(data["updated"])),
        tags=tuple(map(_text, data["tags"])),
        author=_text_or_none(data["author"]),
        meta=_map(_to_value(data["meta"])),
        translations=tuple(_to_translation(item) for item in data["translations"]),
    )


def _translation(item: Translation) -> list[Any]:
    return [item.lang, item.title, item.description, item.source, item.line, [_part(part) for part in item.parts]]


def _to_translation(data: list[Any]) -> Translation:
    lang, title, description, source, line, parts = data
    title, description, source = map(_text_or_none, (title, description, source))
    return Translation(_text(lang), title, description, source, tuple(map(_to_part, parts)), _int(line))


def _part(part: Part) -> list[Any]:
    if isinstance(part, Questions):
        return ["questions", part.line, [[item.question, item.answer, item.line] for item in part.items]]
    if isinstance(part, Summary):
        return ["summary", part.line, part.markdown]
    return ["section", part.line, part.label, part.markdown]


def _to_part(data: list[Any]) -> Part:
    match data:
        case ["questions", line, items]:
            return Questions(tuple(map(_to_question, items)), _int(line))
        case ["summary", line, markdown]:
            return Summary(_text(markdown), _int(line))
        case ["section", line, label, markdown]:
            return Section(_text(label), _text(markdown), _int(line))
    raise ValueError(data)


def _to_question(data: list[Any]) -> Question:
    question, answer, line = data
    return Question(_text(question), _text(answer), _int(line))


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(type(value))
    return value


def _text_or_none(value: Any) -> str | None:
    return None if value is None else _text(value)


def _int(value: Any) -> int:
    if type(value) is not int:
        raise TypeError(type(value))
    return value


def _day(value: Any) -> date | None:
    if value is not None and not isinstance(value, date):
        raise TypeError(type(value))
    return value


def _map(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict) or not all(isinstance(key, str) for key in value):
        raise TypeError(type(value))
    return value


def _value(value: Any) -> Any:
    """Return a front matter value with what JSON lacks wrapped in a map of one reserved key."""
    if isinstance(value, dict):
        return {"$map": [[_value(key), _value(item)] for key, item in value.items()]}
    if isinstance(value, list):
        return [_value(item) for item in value]
    if isinstance(value, datetime | date | time):
        return {f"${type(value).__name__}": value.isoformat()}
    if value is None or isinstance(value, str | bool | int | float):
        return value
    raise UncodableError(type(value).__name__)


_DATED = {"$datetime": datetime.fromisoformat, "$date": date.fromisoformat, "$time": time.fromisoformat}


def _to_value(value: Any) -> Any:
    if isinstance(value, list):
        return [_to_value(item) for item in value]
    if not isinstance(value, dict):
        return value
    key, inner = next(iter(value.items()))
    if key == "$map":
        return {_to_value(name): _to_value(item) for name, item in inner}
    return _DATED[key](inner)
