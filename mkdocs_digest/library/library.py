"""All digests of a site, newest first, with their places, terms and days settled."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, tzinfo
from itertools import islice
from typing import Any
from unicodedata import normalize

from mkdocs_digest.library.review import original_key
from mkdocs_digest.library.terms import Term, Terms, make_terms
from mkdocs_digest.library.urls import Urls
from mkdocs_digest.model.digest import Digest, Translation
from mkdocs_digest.model.relative_path import path_fault
from mkdocs_digest.read.front_matter import text_of


@dataclass(frozen=True, slots=True)
class Item:
    """A digest in the library: `moment` is aware and in the site's time zone, `place` is its page's.

    `grouped` are its tags and those that they are nested in; `originals` are the keys of the articles it is made from.
    One that is `scheduled` is dated later than the build, and shown to its author only.
    """

    digest: Digest
    place: str
    moment: datetime | None
    updated: datetime | None
    tags: tuple[Term, ...]
    source: Term | None
    grouped: tuple[Term, ...] = ()
    originals: frozenset[str] = frozenset()
    scheduled: bool = False

    @property
    def pinned(self) -> bool:
        return bool(self.digest.meta.get("pin"))

    @property
    def draft(self) -> bool:
        return self.digest.draft

    @property
    def day(self) -> date | None:
        return self.moment.date() if self.moment else None

    @property
    def changed(self) -> datetime | None:
        """When the digest was last changed, as its file says."""
        return self.updated or self.moment

    def shown(self, lang: str, langs: Sequence[str]) -> Translation:
        """Return the translation shown to readers of `lang`: their own, else the first of the site's languages."""
        digest = self.digest
        found = (digest.translation(code) for code in (lang, *langs))
        return next((translation for translation in found if translation), digest.translations[0])


class PlaceError(Exception):
    """A digest cannot have its page; the message names the file, and what to do."""


class CollisionError(PlaceError):
    """Two digests would write the same file; the message names both."""


class OutsideError(PlaceError):
    """A digest's page would be outside of the site."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A digest whose `place` was that of the file `other` already, or of a listing, and what it got instead."""

    path: str
    other: str | None
    place: str
    moved: str


@dataclass(frozen=True, slots=True)
class Library:
    """The digests of a site in total order: newest first, then by place; those without a date come last.

    `drafts` and `scheduled` count those that are left out.
    """

    items: tuple[Item, ...]
    langs: tuple[str, ...]
    untranslated: bool
    urls: Urls
    by_original: Mapping[str, tuple[Item, ...]]
    moved: tuple[Moved, ...] = ()
    drafts: int = 0
    scheduled: int = 0

    @property
    def preferred_langs(self) -> tuple[str, ...]:
        """The site's languages, the default first."""
        return tuple(dict.fromkeys((self.urls.default_lang, *self.langs)))

    def in_lang(self, lang: str) -> tuple[Item, ...]:
        """Return the digests that have a page in `lang`."""
        if self.untranslated:
            return self.items
        return tuple(item for item in self.items if item.digest.translation(lang))

    def also_digested(self, item: Item, most: int) -> tuple[Item, ...]:
        """Return at most `most` other digests of the same original, the newest first."""
        others = (other for key in item.originals for other in self.by_original.get(key, ()))
        found = islice((other for other in others if other.place != item.place), most)
        return tuple({other.place: other for other in found}.values())

    def langs_of(self, item: Item) -> tuple[str, ...]:
        """Return the languages in which a digest has a page, in the site's order."""
        return self.langs if self.untranslated else self.translated(item)

    def translated(self, item: Item) -> tuple[str, ...]:
        """Return the languages in which a digest has a text and a page, in the site's order."""
        return tuple(lang for lang in self.langs if item.digest.translation(lang))


@dataclass(frozen=True, slots=True)
class Policy:
    """What a site decides about its library: `drafts` shows them, `until` hides digests dated later."""

    urls: Urls
    langs: tuple[str, ...]
    timezone: tzinfo = UTC
    untranslated: bool = False
    tags: Mapping[str, Any] | None = None
    sources: Mapping[str, Any] | None = None
    drafts: bool = False
    until: datetime | None = None


def collect(digests: Iterable[Digest], policy: Policy) -> Library:
    """Return the library of `digests`.

    Where two pages would differ only in case or Unicode form, the second's place is numbered; raise CollisionError
    where they would not differ at all, OutsideError where one would not be below the site's folder.
    """
    found = list(digests)
    digests = [digest for digest in found if _is_published(digest, policy) and _has_page(digest, policy)]
    oldest_first = sorted(digests, key=lambda digest: (moment_of(digest.date, policy.timezone) or _LATEST, digest.path))
    tags = make_terms((tag for digest in oldest_first for tag in digest.tags), policy.tags or {})
    sources = make_terms((digest.author for digest in oldest_first if digest.author), policy.sources or {})
    items = [_item(digest, policy, tags, sources) for digest in digests]
    items, moved = _settle(items, policy.urls)
    items.sort(key=lambda item: item.place)
    items.sort(key=lambda item: item.moment or _NEVER, reverse=True)
    return Library(
        items=tuple(items),
        langs=policy.langs,
        untranslated=policy.untranslated,
        urls=policy.urls,
        by_original=_by_original(items),
        moved=tuple(moved),
        drafts=sum(digest.draft for digest in found if not policy.drafts),
        scheduled=sum(_is_early(digest, policy) and not digest.draft for digest in found if not policy.drafts),
    )


def _by_original(items: Iterable[Item]) -> dict[str, tuple[Item, ...]]:
    found: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        for key in item.originals:
            found[key].append(item)
    return {key: tuple(group) for key, group in found.items() if len(group) > 1}


_NEVER = datetime.min.replace(tzinfo=UTC)
_LATEST = datetime.max.replace(tzinfo=UTC)


def languages_of(digests: Iterable[Digest]) -> tuple[str, ...]:
    """Return the languages of some digests: those that stand first in most, then those that most have.

    Where neither decides, the one that is met first comes first.
    """
    firsts: Counter[str] = Counter()
    counts: Counter[str] = Counter()
    for digest in digests:
        langs = [lang for lang in digest.langs if lang != "und"]
        firsts.update(langs[:1])
        counts.update(langs)
    return tuple(sorted(counts, key=lambda lang: (-firsts[lang], -counts[lang])))


def last_change(items: Iterable[Item]) -> datetime | None:
    """Return when the last of some digests was changed; None where none has a date."""
    return max(filter(None, (item.changed for item in items)), default=None)


def moment_of(value: date | None, timezone: tzinfo) -> datetime | None:
    """Return a date as an instant in `timezone`; one without a zone is taken to be in it, a plain day its midnight."""
    if value is None:
        return None
    if not isinstance(value, datetime):
        value = datetime.combine(value, time())
    if value.tzinfo is None:
        return value.replace(tzinfo=timezone)
    try:
        return value.astimezone(timezone)
    except OverflowError:
        return value


def _is_published(digest: Digest, policy: Policy) -> bool:
    return policy.drafts or not (digest.draft or _is_early(digest, policy))


def _is_early(digest: Digest, policy: Policy) -> bool:
    moment = moment_of(digest.date, policy.timezone)
    return bool(policy.until and moment and moment > policy.until)


def _has_page(digest: Digest, policy: Policy) -> bool:
    return any(policy.untranslated or digest.translation(lang) for lang in policy.langs) and bool(digest.translations)


def _item(digest: Digest, policy: Policy, tags: Terms, sources: Terms) -> Item:
    moment = moment_of(digest.date, policy.timezone)
    return Item(
        digest=digest,
        place=_place(digest, moment, policy.urls),
        moment=moment,
        updated=moment_of(digest.updated, policy.timezone),
        tags=tags.find_all(digest.tags),
        source=sources.find(digest.author) if digest.author else None,
        grouped=tuple({term.id: term for tag in digest.tags for term in _levels(tags, tag)}.values()),
        originals=frozenset(original_key(item.source) for item in digest.translations if item.source),
        scheduled=_is_early(digest, policy),
    )


def _place(digest: Digest, moment: datetime | None, urls: Urls) -> str:
    place = urls.digest(digest.path, moment.date() if moment else None, text_of(digest.meta.get("slug")))
    if fault := path_fault(place):
        raise OutsideError(
            f"'{digest.path}' would have the page '{place}', which {fault}; rename it or give it a `slug`"
        )
    return place


def _levels(tags: Terms, name: str) -> tuple[Term, ...]:
    found = tags.find(name)
    return tags.find_levels(found.id) if found else ()


def _settle(items: Iterable[Item], urls: Urls) -> tuple[list[Item], list[Moved]]:
    """Give each digest a place of its own, also on disks that do not tell case or Unicode forms apart."""
    first: dict[str, Item] = {}
    late = [
        item for item in items if urls.is_reserved(item.place) or first.setdefault(_same(item.place), item) is not item
    ]
    taken = set(first)
    settled, moved = list(first.values()), []
    for item in late:
        other = first.get(_same(item.place))
        if other is not None and other.place == item.place:
            raise CollisionError(
                f"'{other.digest.path}' and '{item.digest.path}' would have the same page '{item.place}'; "
                "rename one or give it a `slug`"
            )
        place = _free(item.place, taken)
        taken.add(_same(place))
        settled.append(replace(item, place=place))
        moved.append(Moved(item.digest.path, other.digest.path if other else None, item.place, place))
    return settled, moved


def _same(place: str) -> str:
    return normalize("NFC", normalize("NFC", place).casefold())


def _free(place: str, taken: set[str]) -> str:
    numbers = (f"{place}-{number}" for number in range(2, len(taken) + 3))
    return next(numbered for numbered in numbers if _same(numbered) not in taken)
