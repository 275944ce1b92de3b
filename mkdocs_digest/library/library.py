"""All digests of a site, newest first, with their places, terms and days settled."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, tzinfo
from typing import Any

from mkdocs_digest.library.terms import Term, Terms, make_terms
from mkdocs_digest.library.urls import Urls
from mkdocs_digest.model.digest import Digest, Translation


@dataclass(frozen=True, slots=True)
class Item:
    """A digest in the library: `moment` is aware and in the site's time zone, `place` is its page's."""

    digest: Digest
    place: str
    moment: datetime | None
    updated: datetime | None
    tags: tuple[Term, ...]
    source: Term | None

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


@dataclass(frozen=True, slots=True)
class Library:
    """The digests of a site in total order: newest first, then by place; those without a date come last."""

    items: tuple[Item, ...]
    langs: tuple[str, ...]
    untranslated: bool
    urls: Urls

    def in_lang(self, lang: str) -> tuple[Item, ...]:
        """Return the digests that have a page in `lang`."""
        if self.untranslated:
            return self.items
        return tuple(item for item in self.items if item.digest.translation(lang))

    def langs_of(self, item: Item) -> tuple[str, ...]:
        """Return the languages in which a digest has a page, in the site's order."""
        return self.langs if self.untranslated else self.translated(item)

    def translated(self, item: Item) -> tuple[str, ...]:
        """Return the languages in which a digest has a text and a page, in the site's order."""
        return tuple(lang for lang in self.langs if item.digest.translation(lang))


class CollisionError(Exception):
    """Two digests would write the same file; the message names both."""


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
    """Return the library of `digests`; raise CollisionError where two of them would have one page."""
    digests = [digest for digest in digests if _is_published(digest, policy) and _has_page(digest, policy)]
    tags = make_terms((tag for digest in digests for tag in digest.tags), policy.tags or {})
    sources = make_terms((digest.author for digest in digests if digest.author), policy.sources or {})
    items = [_item(digest, policy, tags, sources) for digest in digests]
    _reject_collisions(items)
    items.sort(key=lambda item: item.place)
    items.sort(key=lambda item: item.moment or _NEVER, reverse=True)
    return Library(tuple(items), policy.langs, policy.untranslated, policy.urls)


_NEVER = datetime.min.replace(tzinfo=UTC)


def languages_of(digests: Iterable[Digest]) -> tuple[str, ...]:
    """Return the languages of some digests in order of first appearance."""
    return tuple(dict.fromkeys(lang for digest in digests for lang in digest.langs if lang != "und"))


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
    if policy.drafts:
        return True
    moment = moment_of(digest.date, policy.timezone)
    early = bool(policy.until and moment and moment > policy.until)
    return not digest.meta.get("draft") and not early


def _has_page(digest: Digest, policy: Policy) -> bool:
    return any(policy.untranslated or digest.translation(lang) for lang in policy.langs) and bool(digest.translations)


def _item(digest: Digest, policy: Policy, tags: Terms, sources: Terms) -> Item:
    moment = moment_of(digest.date, policy.timezone)
    slug = digest.meta.get("slug")
    return Item(
        digest=digest,
        place=policy.urls.digest(digest.path, moment.date() if moment else None, str(slug) if slug else None),
        moment=moment,
        updated=moment_of(digest.updated, policy.timezone),
        tags=tags.find_all(digest.tags),
        source=sources.find(digest.author) if digest.author else None,
    )


def _reject_collisions(items: Iterable[Item]) -> None:
    places: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        places[item.place.casefold()].append(item)
    for found in places.values():
        if len(found) > 1:
            paths = " and ".join(f"'{item.digest.path}'" for item in found)
            raise CollisionError(f"{paths} would have the same page '{found[0].place}'; rename one or give it a `slug`")
