"""The sitemap: every page once, with its translations (https://www.sitemaps.org/protocol.html)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, SubElement, indent, tostring

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
    root = Element("urlset", {"xmlns": _SITEMAP, "xmlns:xhtml": _XHTML})
    for entry in entries:
        url = SubElement(root, "url")
        SubElement(url, "loc").text = entry.url
        if entry.modified:
            SubElement(url, "lastmod").text = entry.modified
        for lang, href in entry.alternates.items():
            SubElement(url, "xhtml:link", {"rel": "alternate", "hreflang": lang, "href": href})
    return _xml(root)


def _index(urls: Sequence[str]) -> bytes:
    root = Element("sitemapindex", {"xmlns": _SITEMAP})
    for url in urls:
        SubElement(SubElement(root, "sitemap"), "loc").text = url
    return _xml(root)


def _xml(root: Element) -> bytes:
    indent(root, "")
    return bytes(tostring(root, "utf-8", xml_declaration=True))
