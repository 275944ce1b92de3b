"""Digests as people and models write them, and what each is read as: one case a file, the name says what it shows."""

import json
from pathlib import Path
from typing import Any

import pytest

from mkdocs_digest import parse_digest
from mkdocs_digest.write.record import record_of

GOLDEN = Path(__file__).parent / "golden"
CASES = sorted(path.stem for path in GOLDEN.glob("*.json"))


def actual(case: str) -> dict[str, Any]:
    """Return what the file of a case reads as, with the codes of its remarks."""
    path = GOLDEN / f"{case}.md"
    result = parse_digest(path.read_bytes().decode("utf-8"), path=path.name)
    record = record_of(path.name, result)
    return {**record, "codes": sorted({remark.code for remark in result.diagnostics})}


def picked(value: Any, pattern: Any) -> Any:
    """Return `value` cut to the keys that `pattern` has, so that a case says only what it is about."""
    if isinstance(pattern, dict) and isinstance(value, dict):
        return {key: picked(value.get(key), inner) for key, inner in pattern.items()}
    if isinstance(pattern, list) and isinstance(value, list) and len(pattern) == len(value):
        return [picked(item, inner) for item, inner in zip(value, pattern, strict=True)]
    return value


@pytest.mark.parametrize("case", CASES)
def test_golden(case: str) -> None:
    """The file reads as its JSON says; the codes named there are among its remarks."""
    expected = json.loads((GOLDEN / f"{case}.json").read_text("utf-8"))
    codes = set(expected.pop("codes", []))
    found = actual(case)
    assert picked(found, expected) == expected
    assert codes <= set(found["codes"])


def test_there_are_enough_cases_in_enough_languages() -> None:
    """At least sixty layouts, in at least eight languages."""
    langs = {item["lang"] for case in CASES for item in actual(case)["translations"]}
    assert len(CASES) >= 60
    assert len(langs) >= 8
