"""The languages: one data file each, holding the labels of its digests and the words of its pages."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Language:
    """A language as its data file describes it; `labels` and `markers` map a role to the texts that play it."""

    code: str
    name: str
    names: tuple[str, ...]
    script: str
    function_words: frozenset[str]
    letters: frozenset[str]
    labels: Mapping[str, tuple[str, ...]]
    markers: Mapping[str, tuple[str, ...]]
    words: Mapping[str, Any]

    def with_labels(self, labels: Mapping[str, list[str]]) -> "Language":
        """Return the language with a site's own labels and markers before its own."""

        def merged(own: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
            return {role: (*labels.get(role, ()), *texts) for role, texts in own.items()}

        return replace(self, labels=merged(self.labels), markers=merged(self.markers))


@cache
def known_languages() -> Mapping[str, Language]:
    """Return every language that has a data file, by code, in the order of the codes."""
    folder = files(__name__)
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".yml"))
    return {
        name.removesuffix(".yml"): _language(
            name.removesuffix(".yml"), yaml.load(folder.joinpath(name).read_text("utf-8"), Loader)
        )
        for name in names
    }


def language(code: str) -> Language:
    """Return the language `code`, or English words under that code where no data file has it."""
    known = known_languages()
    if code in known:
        return known[code]
    parent = known.get(code.split("-")[0], known["en"])
    return replace(parent, code=code, name=parent.name if parent.code != "en" else code)


def _language(code: str, data: Mapping[str, Any]) -> Language:
    return Language(
        code=code,
        name=data["name"],
        names=tuple(data["names"]),
        script=data["script"],
        function_words=frozenset(data["function_words"]),
        letters=frozenset(data["letters"]),
        labels={role: tuple(texts) for role, texts in data["labels"].items()},
        markers={role: tuple(texts) for role, texts in data["markers"].items()},
        words=data["words"],
    )
