"""The sitemap: every page once, with its translations (https://www.sitemaps.org/protocol.html)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from mkdocs_digest.write.elements import Attributes, around, element

MOST_URLS = 50_000
MOST_BYTES = 50 * 1024 * 1024
NAME = "sitemap.xml"

_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XHTML = "http://www.w3.org/1999/xhtml"


@dataclass(frozen=True, slots=True)
class SitemapEntry:
    """A page by its absolute URL; `modified` is a date of W3C's format, `alternates` are absolute URLs by language."""

    url: str
    modified: str | None = None
    alternates: Mapping[str, str] = field(default_factory=dict)


def write_sitemaps(
    entries: Sequence[SitemapEntry], site_url: str, most: int = MOST_URLS, largest: int = MOST_BYTES
) -> dict[str, bytes]:
    """Return the files of a sitemap by name: one, or an index and `sitemap-1.xml` onwards.

    None has more than `most` URLs or, where that can be helped, is larger than `largest` bytes.
    """
    ordered = sorted(entries, key=lambda entry: entry.url)
    parts = list(_parts(ordered, most, largest))
    if len(parts) == 1:
        return {NAME: parts[0]}
    files = {f"sitemap-{number}.xml": part for number, part in enumerate(parts, 1)}
    return {NAME: _index([f"{site_url.rstrip('/')}/{name}" for name in files]), **files}


def _parts(entries: Sequence[SitemapEntry], most: int, largest: int) -> Iterator[bytes]:
    for start in range(0, len(entries) or 1, most):
        yield from _fitting(entries[start : start + most], largest)


def _fitting(entries: Sequence[SitemapEntry], largest: int) -> Iterator[bytes]:
    part = _url_set(entries)
    if len(part) <= largest or len(entries) < 2:
        yield part
        return
    half = len(entries) // 2
    yield from _fitting(entries[:half], largest)
    yield from _fitting(entries[half:], largest)


def _url_set(entries: Sequence[SitemapEntry]) -> bytes:
    return _document("urlset", map(_url, entries), {"xmlns": _SITEMAP, "xmlns:xhtml": _XHTML})


def _url(entry: SitemapEntry) -> str:
    modified = [element("lastmod", entry.modified)] if entry.modified else []
    links = [
        element("xhtml:link", None, {"rel": "alternate", "hreflang": lang, "href": href})
        for lang, href in entry.alternates.items()
    ]
    return around("url", _lines([element("loc", entry.url), *modified, *links]))


def _index(urls: Sequence[str]) -> bytes:
    return _document("sitemapindex", (around("sitemap", element("loc", url)) for url in urls), {"xmlns": _SITEMAP})


def _document(tag: str, parts: Iterable[str], spaces: Attributes) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{around(tag, _lines(parts), spaces)}\n'.encode()


def _lines(parts: Iterable[str]) -> str:
    return "\n".join(["", *parts, ""])
