"""What our pages depend on, as hashes: a page whose key is the same is the same inside its frame."""

import os
import re
from collections.abc import Iterable, Mapping
from functools import cache
from hashlib import blake2b
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

import material
import mkdocs
from mkdocs.config.defaults import MkDocsConfig

from mkdocs_digest.library.library import Item
from mkdocs_digest.library.listing import Kind, Listing, ListingPage
from mkdocs_digest.library.terms import Term
from mkdocs_digest.plugin.config import DigestConfig
from mkdocs_digest.write.view import Viewer

PACKAGE = Path(__file__).parents[2]

_ADDRESS = re.compile(r" at 0x[0-9A-Fa-f]+")
_PASSING = frozenset(
    ("plugins", "theme", "site_dir", "strict", "config_file_path", "dev_addr", "watch", "nav", "validation", "extra")
)
"""Settings that our templates do not show, or that are looked at in another way."""


def hashed(*values: object) -> bytes:
    """Return a hash of the texts of some values."""
    return blake2b("\x1f".join(map(str, values)).encode("utf-8", "surrogatepass"), digest_size=16).digest()


@cache
def installed() -> bytes:
    """Return a hash of everything installed, by name and version, and of this package's own files."""
    names = sorted(f"{item.name}=={item.version}" for item in distributions())
    return hashed(*names, folder_hash(PACKAGE))


def folder_hash(top: Path) -> bytes:
    """Return a hash of the files below a folder, by name and content, those in linked folders included."""
    found, seen = blake2b(digest_size=16), set()
    for folder, folders, names in os.walk(top, followlinks=True):
        real = os.path.realpath(folder)
        folders[:] = sorted(set(folders) - {"__pycache__"}) if real not in seen else []
        for name in sorted(names) if real not in seen else ():
            path = Path(folder, name)
            if path.is_file():
                found.update(f"{path.relative_to(top)}\0".encode("utf-8", "surrogateescape"))
                found.update(path.read_bytes() + b"\0")
        seen.add(real)
    return found.digest()


def has_own_partials(config: MkDocsConfig) -> bool:
    """Say whether a site has templates in place of ours for the inside of a page, which may show anything."""
    folders = (Path(folder) for folder in config.theme.dirs if not _is_installed(Path(folder)))
    return any((folder / "partials/digest").is_dir() for folder in folders)


def fingerprint(config: MkDocsConfig, *facts: object) -> bytes:
    """Return a hash of all that every page depends on: what is installed, the settings, the templates."""
    theme = config.theme
    settings = {key: value for key, value in config.items() if key not in _PASSING}
    plugins = {name: _plugin_facts(plugin) for name, plugin in config.plugins.items()}
    extra = {key: value for key, value in dict(config.extra).items() if key != "alternate"}
    texts = (settings, plugins, extra, theme.name, {key: theme[key] for key in theme if key != "language"})
    return hashed(
        installed(),
        *(folder_hash(Path(folder)) for folder in theme.dirs if not _is_installed(Path(folder))),
        *(_ADDRESS.sub("", str(_sorted(text))) for text in texts),
        *facts,
    )


def _plugin_facts(plugin: Any) -> object:
    """Return a plugin's options; of a hook, which is a module of the site's own, its source."""
    options = getattr(plugin, "config", None)
    if isinstance(options, DigestConfig):
        return how_made(options)
    return Path(plugin.__file__).read_bytes() if options is None else dict(options)


def how_made(options: DigestConfig) -> dict[str, Any]:
    """Return the options that say how pages are made, not which."""
    return {name: value for name, value in options.items() if name != "only"}


def _is_installed(folder: Path) -> bool:
    """Say whether a folder of templates comes with a package, whose version tells all of it."""
    packages = [PACKAGE, *(Path(str(module.__file__)).parent for module in (mkdocs, material))]
    return any(folder.is_relative_to(package) for package in packages)


def _sorted(value: Any) -> Any:
    """Return a value whose text is the same in every process."""
    if isinstance(value, Mapping):
        return sorted((str(key), str(_sorted(item))) for key, item in value.items())
    if isinstance(value, set | frozenset):
        return sorted(map(str, value))
    return [_sorted(item) for item in value] if isinstance(value, list | tuple) else value


class Keys:
    """The keys of one language's pages; `contents` are the hashes of the digests' files by their path.

    A digest whose content is not among them has no key, nor has what shows it.
    """

    def __init__(
        self, version: bytes, viewer: Viewer, contents: Mapping[str, bytes], places: Mapping[str, Any]
    ) -> None:
        self.version = version
        self.viewer = viewer
        self.contents = contents
        self.places = places
        self._entries: dict[str, str | None] = {}
        self._terms: dict[int, str] = {}
        self._names: dict[int, str] = {}

    def of(self, subject: Item | ListingPage) -> bytes | None:
        """Return the key of a page."""
        return self.digest(subject) if isinstance(subject, Item) else self.listing(subject)

    def digest(self, item: Item) -> bytes | None:
        """Return the key of a digest's page."""
        viewer = self.viewer
        shown = [*viewer.siblings(item), None, *viewer.related(item), None, *viewer.also_digested(item)]
        keys = [other and self.entry(other) for other in (item, *shown)]
        return None if self._keyless(item, *shown) else hashed("digest", self.version, *keys)

    def listing(self, view: ListingPage) -> bytes | None:
        """Return the key of a listing's page."""
        entries = [self.entry(item) for item in view.items]
        if None in entries:
            return None
        listing = view.listing
        around = [self._named(other) for other in (*view.trail, view.newer, view.older) if other]
        groups = [f"{self._named(child)} {len(child.items)}" for child in listing.children]
        beside = self.viewer.neighbours(listing) if listing.kind is Kind.TAG and view.number == 1 else ()
        has_calendar = listing.kind is Kind.YEAR and view.number == 1
        counted = [item.day for item in listing.items] if has_calendar else len(listing.items)
        facts = (view.number, view.pages, bool(view.newer), counted, beside, self.places[view.place], view.changed)
        return hashed("listing", self.version, *self._described(listing), *facts, *around, *groups, *entries)

    def feed(self, path: str, items: Iterable[Item], *facts: object) -> bytes | None:
        """Return the key of an output file that carries digests, and tells `facts`."""
        items = list(items)
        return None if self._keyless(*items) else hashed("feed", self.version, path, facts, *map(self.entry, items))

    def entry(self, item: Item) -> str | None:
        """Return the key of what other pages show of a digest, and of its own text, in hexadecimal digits."""
        if item.place not in self._entries:
            self._entries[item.place] = self._entry(item)
        return self._entries[item.place]

    def _entry(self, item: Item) -> str | None:
        content = self.contents.get(item.digest.path)
        terms = [*map(self._term, item.tags), item.source and self._term(item.source)]
        langs = self.viewer.library.langs_of(item)
        facts = (item.digest.path, item.place, item.day, item.scheduled, langs, *terms)
        return hashed(content.hex(), *facts).hex() if content else None

    def _keyless(self, *items: Item | None) -> bool:
        return any(item is not None and self.entry(item) is None for item in items)

    def _described(self, listing: Listing) -> tuple[object, ...]:
        return listing.kind, self._named(listing), listing.term and self._term(listing.term)

    def _named(self, listing: Listing) -> str:
        if id(listing) not in self._names:
            self._names[id(listing)] = str((listing.place, listing.title))
        return self._names[id(listing)]

    def _term(self, term: Term) -> str:
        if id(term) not in self._terms:
            lang = self.viewer.lang
            texts = (term.name(lang), term.names.get(lang), term.description(lang))
            self._terms[id(term)] = str((term.id, term.slug, *texts, term.url))
        return self._terms[id(term)]
