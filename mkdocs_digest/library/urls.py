"""Every place of the site: the one owner of paths, URLs and output files.

A place is a page's path without language and ending, such as `digests/tags/world`; a place whose last segment is
`index` is a folder's own page.
"""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from posixpath import basename, dirname, relpath
from urllib.parse import quote

from mkdocs_digest.library.slugs import slugify
from mkdocs_digest.read.naming import name_after_date

HOME = "index"
"""The place of the home page."""

_RESERVED = re.compile(r"(?:index|page|tags|archive|sources|[^/]+\.(?:xml|json|opml|csv))", re.I)


@dataclass(frozen=True, slots=True)
class Urls:
    """The layout of a site: the folder of digests (`.` is all of it), the language at the root, the style of URLs."""

    digest_dir: str
    default_lang: str
    directory_urls: bool = True
    url_format: str = "{path}"

    def in_digests(self, path: str) -> str:
        """Return a path below the folder of the digests."""
        return path if self.digest_dir == "." else f"{self.digest_dir}/{path}"

    def digest(self, src_uri: str, day: date | None, slug: str | None) -> str:
        """Return the place of the digest in file `src_uri`; `slug` is its front matter's."""
        path = src_uri.removesuffix(".md").removesuffix(".markdown")
        if self.url_format == "{path}" and slug is None:
            return path
        inner = path if self.digest_dir == "." else path.removeprefix(f"{self.digest_dir}/")
        given = slugify(slug).replace("/", "-") if slug else None
        folder, name = dirname(inner), given or basename(inner)
        fields = {"path": f"{folder}/{name}" if folder else name, "slug": given or name_after_date(inner)}
        place = self.url_format.format(**fields, date=day or _Undated())
        return self.in_digests(place.strip("/"))

    def is_reserved(self, place: str) -> bool:
        """Say whether a digest cannot have a place because the site's listings and feeds have it."""
        return bool(_RESERVED.fullmatch(place if self.digest_dir == "." else place.removeprefix(f"{self.digest_dir}/")))

    def index(self, page: int = 1) -> str:
        """Return the place of a page of the index."""
        return self.paged(self.in_digests("index"), page)

    def overview(self, kind: str) -> str:
        """Return the place of the page that lists all tags, dates or sources: `tags`, `archive`, `sources`."""
        return self.in_digests(f"{kind}/index")

    def term(self, kind: str, slug: str) -> str:
        """Return the place of one tag's or source's page."""
        return self.in_digests(f"{kind}/{slug}")

    def period(self, year: int, month: int = 0, day: int = 0) -> str:
        """Return the place of the archive page of a year, month or day."""
        parts = [f"{year:04}", *(f"{part:02}" for part in (month, day) if part)]
        return self.in_digests("/".join(["archive", *parts]))

    def paged(self, place: str, page: int) -> str:
        """Return the place of a listing's n-th page, counted from 1."""
        if page == 1:
            return place
        folder = dirname(place) if _is_folder(place) else place
        return f"{folder}/page/{page}" if folder else f"page/{page}"

    def dest_uri(self, place: str, lang: str) -> str:
        """Return the output file of a page, relative to the site folder."""
        path = self.localised(place, lang)
        plain = not self.directory_urls or _is_folder(place)
        return f"{path}.html" if plain else f"{path}/index.html"

    def url(self, place: str, lang: str) -> str:
        """Return the URL of a page relative to the site's root, percent-encoded; the root itself is `./`."""
        return _url(self.dest_uri(place, lang), self.directory_urls)

    def file(self, place: str, lang: str, name: str) -> str:
        """Return the output file `name` that belongs to a page, such as its feed."""
        folder = dirname(place) if _is_folder(place) else place
        return self.localised(f"{folder}/{name}" if folder else name, lang)

    def month_file(self, month: str, lang: str, ending: str) -> str:
        """Return the output file that holds the digests of a month such as `2024-05` for other programs."""
        return self.localised(self.in_digests(f"feeds/{month}.{ending}"), lang)

    def localised(self, path: str, lang: str) -> str:
        """Return a path below the folder of a language; the default language is at the root."""
        return path if lang == self.default_lang else f"{lang}/{path}"


@lru_cache(maxsize=100_000)
def _url(dest_uri: str, directory_urls: bool) -> str:
    if directory_urls and basename(dest_uri) == "index.html":
        dest_uri = f"{dirname(dest_uri) or '.'}/"
    return quote(dest_uri)


def _is_folder(place: str) -> bool:
    """Say whether a place is a folder's own page; without `basename`, since every link asks."""
    return place.rpartition("/")[2] == "index"


class _Undated:
    """What stands in a URL for the date of a digest that has none, whatever the format."""

    def __format__(self, _: str) -> str:
        return "undated"


def relative(url: str, base: str) -> str:
    """Return `url` relative to the page at `base`, both relative to the site's root."""
    folder = base if base.endswith("/") else dirname(base)
    path = relpath(url or ".", folder.rstrip("/") or ".")
    return f"{path}/" if url.endswith("/") and not path.endswith("/") else path


def absolute(url: str, site_url: str) -> str:
    """Return the address on the web of `url`, which is relative to the site's root."""
    return f"{site_url.rstrip('/')}/{'' if url in ('.', './') else url}"
