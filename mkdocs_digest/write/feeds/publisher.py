"""Who publishes the feeds, and under which address."""

from dataclasses import dataclass
from urllib.parse import quote, urlsplit
from uuid import NAMESPACE_URL, uuid5

from mkdocs_digest.library.urls import absolute


@dataclass(frozen=True, slots=True)
class Publisher:
    """A site: `url` is the absolute URL of its root, `description` what it says of itself."""

    name: str
    url: str
    description: str | None = None

    def absolute(self, url: str) -> str:
        """Return the absolute form of a URL relative to the site's root; the root itself is `./`."""
        return absolute(url, self.url)

    def address(self, path: str) -> str:
        """Return the absolute URL of an output file."""
        return self.absolute(quote(path))

    def id(self, name: str, lang: str) -> str:
        """Return the lasting id of a thing in one language: a UUID of version 5 (RFC 9562) as a URN.

        It hangs on the site's host and path, not on its scheme, and on `name`, which is never a title.
        """
        parts = urlsplit(self.url)
        site = parts.netloc + parts.path.rstrip("/")
        return uuid5(NAMESPACE_URL, f"//{site}/{name}#{lang}").urn
