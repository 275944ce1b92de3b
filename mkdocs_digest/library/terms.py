"""Tags and sources: what digests are grouped by, with a name in each language."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from mkdocs_digest.library.slugs import fold, segments, slugify, unique_slugs
from mkdocs_digest.model.address import is_web


@dataclass(frozen=True, slots=True)
class Term:
    """A tag or a source: `names` and `descriptions` map a language to a text, `""` to the text for all others."""

    id: str
    slug: str
    names: Mapping[str, str]
    descriptions: Mapping[str, str]
    url: str | None = None

    def name(self, lang: str) -> str:
        """Return the name in `lang`, else in its parent language, else the one for all."""
        return self.names.get(lang) or self.names.get(lang.split("-")[0]) or self.names.get("") or self.id

    def description(self, lang: str) -> str | None:
        """Return the description in `lang`, if there is one."""
        return self.descriptions.get(lang) or self.descriptions.get("")


@dataclass(frozen=True, slots=True)
class Terms:
    """All terms of a kind, found by any spelling of their name."""

    by_name: Mapping[str, Term]

    def find(self, name: str) -> Term | None:
        """Return the term that `name` spells, whatever its case and width."""
        return self.by_name.get(fold(name))

    def find_levels(self, name: str) -> tuple[Term, ...]:
        """Return the term that `name` spells and those above it."""
        return self.find_all(levels(name))

    def find_all(self, names: Iterable[str]) -> tuple[Term, ...]:
        """Return the terms of several names, each once, in the order of the names."""
        found = (self.find(name) for name in names)
        return tuple({term.id: term for term in found if term}.values())


def levels(name: str) -> tuple[str, ...]:
    """Return a nested name and those above it: `AI/LLM` is in `AI`."""
    parts = segments(name)
    return tuple("/".join(parts[: at + 1]) for at in range(len(parts)))


def make_terms(used: Iterable[str], described: Mapping[str, Any]) -> Terms:
    """Return the terms for all names in use, with the names, aliases and addresses that a site's file gives them.

    `described` maps a term's id to its name, to a map language -> name, or to a map with any of `name`, `aliases`,
    `description`, `url`, `slug`. Names that differ only in case or width are one term, called as spelled most often.
    Of terms whose slugs would be the same, one that is described keeps it, then the one that is used first.
    """
    entries = {str(key): _entry(value) for key, value in described.items()}
    spelled = {fold(id_): id_ for id_ in reversed(entries)}
    for id_, entry in entries.items():
        for name in (*entry["names"].values(), *entry["aliases"]):
            spelled.setdefault(fold(name), id_)
    for name in _usual([*entries, *used]):
        spelled.setdefault(fold(name), name)
    ids = list(dict.fromkeys([*entries, *spelled.values()]))
    slugs = unique_slugs(ids, {id_: entry["slug"] for id_, entry in entries.items() if entry["slug"]})
    blank = _entry(None)
    terms = {
        id_: Term(id_, slugs[id_], {"": id_, **entry["names"]}, entry["descriptions"], entry["url"])
        for id_ in ids
        for entry in [entries.get(id_, blank)]
    }
    return Terms({key: terms[id_] for key, id_ in spelled.items()})


def _usual(names: Iterable[str]) -> Iterator[str]:
    """Yield the usual spelling of each of some nested names, and of those above them, in the order of their first use.

    What is above a name comes before it.
    """
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    for name in names:
        for nested in levels(name):
            spellings[fold(nested)][nested] += 1
    return (counts.most_common(1)[0][0] for counts in spellings.values())


def _entry(value: Any) -> dict[str, Any]:
    keys = {"name", "names", "aliases", "description", "url", "slug"}
    if not isinstance(value, Mapping):
        value = {"name": value} if value else {}
    elif not keys & set(value):
        value = {"name": value}
    return {
        "names": _texts(value.get("name") or value.get("names")),
        "descriptions": _texts(value.get("description")),
        "aliases": _list(value.get("aliases")),
        "url": url if (url := str(value.get("url"))) and is_web(url) else None,
        "slug": slugify(str(value["slug"])) if value.get("slug") else None,
    }


def _list(value: Any) -> list[str]:
    items = value if isinstance(value, list | tuple) else [value] if value else []
    return [str(item) for item in items]


def _texts(value: Any) -> dict[str, str]:
    if not value:
        return {}
    if isinstance(value, Mapping):
        return {str(lang): str(text) for lang, text in value.items() if text}
    return {"": str(value)}
