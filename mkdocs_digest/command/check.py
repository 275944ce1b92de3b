"""`mkdocs-digest check`: what is wrong with some files, for people, for GitHub and for programs."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict

from mkdocs_digest.command.files import Source
from mkdocs_digest.command.terminal import printable, printable_json, printable_line
from mkdocs_digest.library.review import review
from mkdocs_digest.model.diagnostic import Diagnostic, Severity

Found = tuple[Source, Diagnostic]


def check(sources: Iterable[Source], form: str, *, strict: bool) -> tuple[str, int]:
    """Return the report on some files and the exit code: 1 if there are errors, or warnings where `strict`."""
    sources = list(sources)
    together = review(source.result.digest for source in sources if source.result.digest)
    found = [
        (source, remark)
        for source in sources
        for remark in (*source.result.diagnostics, *together.get(source.path, ()))
    ]
    failing = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    code = int(any(remark.severity in failing for _, remark in found))
    return _FORMS[form](sources, found), code


def _as_text(sources: list[Source], found: list[Found]) -> str:
    rows = [row for source, remark in found for row in _excerpt(source, remark)]
    counts = Counter(remark.severity for _, remark in found)
    told = ", ".join(f"{counts[severity]} {severity}" for severity in Severity)
    files = f"{len(sources)} file{'s' * (len(sources) != 1)}"
    return "\n".join([*rows, f"{files}: {told}"])


def _excerpt(source: Source, remark: Diagnostic) -> Iterator[str]:
    yield printable_line(remark.located(source.path))
    lines = source.text.splitlines()
    if 0 < remark.line <= len(lines) and lines[remark.line - 1].strip():
        number = f"{remark.line:>6}"
        yield f"{number} | {printable(lines[remark.line - 1])[:100]}"
        yield f"{'':>6} | {'':>{max(0, remark.column - 1)}}^"


def _as_github(_: list[Source], found: list[Found]) -> str:
    """Return workflow commands (GitHub Actions, "Workflow commands": data and properties percent-encoded)."""
    kinds = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
    rows = [
        f"::{kinds[remark.severity]} file={_property(source.path)},line={remark.line},col={remark.column},"
        f"title={_property(remark.code)}::{_data(remark.message)}"
        for source, remark in found
    ]
    return printable("\n".join(rows))


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _as_json(_: list[Source], found: list[Found]) -> str:
    rows = [{"path": source.path, **asdict(remark)} for source, remark in found]
    return printable_json(json.dumps(rows, ensure_ascii=False, indent=2))


_FORMS = {"text": _as_text, "github": _as_github, "json": _as_json}
FORMATS = tuple(_FORMS)
