"""The front matter of a file, with the line on which its body begins."""

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import yaml
from frontmatter.default_handlers import BaseHandler, JSONHandler, YAMLHandler

from mkdocs_digest.model.diagnostic import Diagnostic
from mkdocs_digest.read.messages import remark
from mkdocs_digest.read.values import tame
from mkdocs_digest.read.yaml_loader import load_yaml

YEARS = range(2, 9998)
"""The years that a digest can be of."""

LONGEST = 100_000
"""Characters of the longest front matter that is read: parsers of YAML and TOML take quadratic time for some texts."""

_NOT_SCALAR = (dict, list, tuple, set, bytes)
_BLANKS = re.compile(r"[ \t\r\n\v\f]+")


_DEEP_KEY = re.compile(r"""(?:(?:(?<![\w-])[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){100}""")
"""A TOML key of a hundred parts; `tomllib` takes quadratic time for the parts of a key."""


class _YamlHandler(YAMLHandler):
    """YAML between `---` lines, read by this package's own loader."""

    def load(self, fm: str, **_: object) -> Any:
        return load_yaml(fm)


class _TomlHandler(BaseHandler):
    """TOML between `+++` lines, read by the standard library; python-frontmatter's own needs another package."""

    FM_BOUNDARY = re.compile(r"^\+{3,}\s*$", re.M)
    START_DELIMITER = END_DELIMITER = "+++"

    def load(self, fm: str, **_: object) -> Any:
        if _DEEP_KEY.search(fm):
            raise RecursionError
        return tomllib.loads(fm)


_HANDLERS = (_YamlHandler(), _TomlHandler(), JSONHandler())


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """Front matter as written, and the body: `line` is the body's first line; `fault` says why `meta` is empty.

    `head` is the text above the body.
    """

    meta: Mapping[str, Any]
    body: str
    line: int
    fault: Diagnostic | None = None
    head: str = ""

    def line_of(self, key: str) -> int:
        """Return the line on which a key is set, the first line if it is not found."""
        found = re.search(rf"^\W*{re.escape(key)}\W*[:=]", self.head, re.M)
        return 1 + self.head.count("\n", 0, found.end()) if found else 1


def read_front_matter(text: str) -> FrontMatter:
    """Separate YAML, TOML or JSON front matter from the body of `text`; the line of a fault is the file's."""
    handler = next((handler for handler in _HANDLERS if handler.detect(text)), None)
    if handler is None:
        return FrontMatter({}, text, 1)
    try:
        source, body = handler.split(text)
    except ValueError:
        return FrontMatter({}, text, 1)
    line = 1 + text.count("\n", 0, len(text) - len(body))
    if len(source) > LONGEST:
        fault = remark(1, 1, "bad-front-matter", reason=f"it is longer than {LONGEST:,} characters")
        return FrontMatter({}, body, line, fault)
    try:
        meta = tame(handler.load(source))
    except Exception as error:  # whatever a YAML, TOML or JSON parser may raise on hostile text
        at, column, reason = _fault_position(error, text)
        fault = remark(at, column, "bad-front-matter", reason=reason)
        return FrontMatter({}, body, line, fault)
    if meta is None:
        return FrontMatter({}, body, line)
    if not isinstance(meta, dict):
        fault = remark(1, 1, "bad-front-matter", reason=f"it is {_article(meta)}, not `key: value` pairs")
        return FrontMatter({}, body, line, fault)
    head = text[: len(text) - len(body)]
    return FrontMatter({str(key): value for key, value in meta.items()}, body, line, head=head)


def _article(value: Any) -> str:
    return {list: "a list", str: "plain text", bool: "a truth value"}.get(type(value), "a single value")


def _fault_position(error: Exception, text: str) -> tuple[int, int, str]:
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark:
        mark = error.problem_mark
        return mark.line + 1 + _lines_before(text), mark.column + 1, str(error.problem)
    if isinstance(error, json.JSONDecodeError):
        return error.lineno, error.colno, error.msg
    if isinstance(error, tomllib.TOMLDecodeError):
        line = getattr(error, "lineno", 1)
        return line + 1, getattr(error, "colno", 1), str(error).split(" (at ")[0]
    if isinstance(error, RecursionError):
        return 1, 1, "it is nested too deeply"
    return 1, 1, " ".join(str(error).split())[:200] or type(error).__name__


def _lines_before(text: str) -> int:
    """YAML is parsed from the end of the `---` line: its first line is the rest of that line."""
    return text[: len(text) - len(text.lstrip())].count("\n")


def text_of(value: Any) -> str | None:
    """Return a front matter value as one line of text, or None where it is no scalar or blank."""
    if value is None or isinstance(value, _NOT_SCALAR):
        return None
    return _BLANKS.sub(" ", str(value)).strip() or None


def texts_of(value: Any) -> tuple[str, ...]:
    """Return tags as written: a list, or one string separated by commas (also `，` and `、`); doubles dropped."""
    if isinstance(value, str):
        value = value.replace("，", ",").replace("、", ",").split(",")
    items = value if isinstance(value, list | tuple | set) else [value]
    return tuple(dict.fromkeys(text for item in items if (text := text_of(item))))


def date_of(value: Any) -> date | None:
    """Return a front matter value as a date or date-time, or None where it is neither.

    Accepts what the YAML or TOML parser made of it and ISO 8601 / RFC 3339 text. The first and last years that Python
    has are none: the day before or after, in another zone, could not be told.
    """
    found = value if isinstance(value, date) else _date_from_text(value)
    return found if found and found.year in YEARS else None


def _date_from_text(value: Any) -> date | None:
    if not isinstance(value, str):
        return None
    text = value.strip()
    try:
        return date.fromisoformat(text)
    except ValueError:
        pass
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None
