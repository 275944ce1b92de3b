"""JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

import json
from typing import Any

from mkdocs_digest.write.feeds.entry import Entry
from mkdocs_digest.write.feeds.feed import Feed
from mkdocs_digest.write.timestamp import rfc3339

Json = dict[str, Any]


def write_json_feed(feed: Feed, path: str) -> bytes:
    """Return a feed as JSON Feed, for the output file `path`."""
    return write_json({**feed_head(feed, path), "items": [feed_item(entry, feed.lang) for entry in feed.entries]})


def write_json(value: Json) -> bytes:
    """Return JSON as UTF-8 in one line; the halves of broken characters become question marks."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def feed_head(feed: Feed, path: str) -> Json:
    """Return what a feed says of itself."""
    subtitle = {"description": feed.subtitle} if feed.subtitle else {}
    return {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.url,
        "feed_url": feed.publisher.address(path),
        **subtitle,
        "language": feed.lang,
        "authors": [{"name": feed.publisher.name, "url": feed.publisher.absolute("")}],
    }


def feed_item(entry: Entry, lang: str) -> Json:
    """Return an entry; keys without a value are left out."""
    author = entry.author
    values = {
        "id": entry.id,
        "url": entry.url,
        "external_url": entry.original and entry.original.url,
        "title": entry.title,
        "summary": entry.excerpt,
        "content_html": entry.content,
        "date_published": entry.published and rfc3339(entry.published),
        "date_modified": entry.modified and rfc3339(entry.modified),
        "authors": [{"name": author.text, **({"url": author.url} if author.url else {})}] if author else None,
        "tags": [tag.text for tag in entry.tags],
        "language": entry.lang if entry.lang != lang else None,
    }
    return {key: value for key, value in values.items() if value}
