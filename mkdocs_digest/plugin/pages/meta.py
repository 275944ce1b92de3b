"""`page.meta` of our pages: for themes and other plugins it is text, never markup or code."""

import math
from collections.abc import Callable, Mapping
from typing import Any

from markupsafe import escape

from mkdocs_digest.library.library import Item
from mkdocs_digest.write.metadata.facts import PageFacts
from mkdocs_digest.write.portable import ORDERS
from mkdocs_digest.write.view import Viewer

_HIDEABLE = {"feedback", "footer", "navigation", "path", "tags", "toc"}
_ENTITIES = str.maketrans({"{": "&#123;", "}": "&#125;"})


def digest_meta(item: Item, viewer: Viewer, *, trusted: bool) -> dict[str, Any]:
    """Return the front matter of a digest's page; texts that themes print as HTML are escaped."""
    meta, entry = item.digest.meta, viewer.entry(item)
    author = {"author": as_html(item.source.name(viewer.lang))} if item.source else {}
    return {
        **(meta if trusted else safe_meta(meta)),
        "title": as_html(entry.title),
        "description": as_html(entry.excerpt),
        "tags": [as_html(tag.title) for tag in entry.tags],
        "template": "digest.html",
        **author,
    }


def listing_meta(facts: PageFacts) -> dict[str, Any]:
    """Return the front matter of a listing's page."""
    return {**UNLISTED, **ORDERS, "title": as_html(facts.title), "description": as_html(facts.description)}


def as_html(text: str) -> str:
    """Return text as HTML that no plugin takes for a template."""
    return inert(str(escape(text)))


def safe_meta(meta: Mapping[str, Any]) -> dict[str, Any]:
    """Return a digest's front matter without what a theme or plugin would take for markup, a file or an order.

    Keys that nobody gives a meaning to stay as they are.
    """
    kept = {key: value for key, value in meta.items() if key not in _MEANT}
    checked = {key: check(meta[key]) for key, check in _CHECKS.items() if key in meta}
    return {**kept, **{key: value for key, value in checked.items() if value is not None}, **ORDERS}


def inert(html: str) -> str:
    """Return HTML text with entities for the marks that begin a template's expression, in whatever plugin."""
    return html.translate(_ENTITIES)


def _hide(value: Any) -> list[str] | None:
    return [item for item in value if item in _HIDEABLE] if _is_list_of_text(value) else None


def _is_list_of_text(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _search(value: Any) -> dict[str, Any] | None:
    """Keep what Material's search reads: `exclude`, and `boost` as a number."""
    if not isinstance(value, dict):
        return None
    boost = value.get("boost")
    plain = isinstance(boost, int | float) and not isinstance(boost, bool) and math.isfinite(boost)
    return {"exclude": value.get("exclude") is True, **({"boost": boost} if plain else {})}


def _flag(value: Any) -> bool | None:
    return value if isinstance(value, bool) else None


_CHECKS: dict[str, Callable[[Any], Any]] = {"hide": _hide, "search": _search, "comments": _flag}

# Read by MkDocs (`template`), by Material's templates (printed as HTML, or the name of a file to include) and plugins,
# by other plugins of its catalogue; `title`, `description`, `author` and `tags` are set by the page itself.
_MEANT = {
    *_CHECKS, "alternate", "alternates", "author", "authors", "canonical", "canonical_url", "categories",
    "description", "exclude_from_search", "extra", "git_creation_date_localized", "git_revision_date_localized",
    "glightbox", "icon", "ignore_macros", "image", "inherit", "links", "locale", "location", "macros", "nav_icons",
    "preview", "redirect", "redirect_from", "redirect_to", "redirects", "render_macros", "revision_date", "robots",
    "slug", "social", "status", "subtitle", "tags", "template", "title", "typeset", "url", "__extends",
}  # fmt: skip

UNLISTED = {"search": {"exclude": True}, "hide": ["toc"], "template": "digest-listing.html"}
"""What any listing's page says of itself: searching finds the digests, not the lists of them."""
