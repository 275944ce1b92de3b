"""What only shows when all digests are seen together: tags that differ in spelling, originals digested twice."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from mkdocs_digest.library.slugs import fold
from mkdocs_digest.model.diagnostic import Diagnostic
from mkdocs_digest.model.digest import Digest
from mkdocs_digest.read.messages import remark


def review(digests: Iterable[Digest], described: Mapping[str, Any] | None = None) -> dict[str, list[Diagnostic]]:
    """Return remarks by path; tags that `described` (the site's tag file) names are spelled as its editors like."""
    digests = list(digests)
    remarks: dict[str, list[Diagnostic]] = defaultdict(list)
    for path, found in (*_similar_tags(digests, described or {}), *_same_originals(digests)):
        remarks[path].append(found)
    return dict(remarks)


def original_key(url: str) -> str:
    """Return what the URLs of one article have in common: no scheme, `www.`, tracking parameters or fragment."""
    parts = urlsplit(url)
    query = [(key, value) for key, value in parse_qsl(parts.query) if not key.startswith(("utm_", "fbclid", "gclid"))]
    host = (parts.hostname or "").removeprefix("www.")
    return f"{host}{parts.path.rstrip('/')}?{urlencode(sorted(query))}"


def _similar_tags(digests: list[Digest], described: Mapping[str, Any]) -> Iterable[tuple[str, Diagnostic]]:
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    for digest in digests:
        for tag in digest.tags:
            spellings[fold(tag)][tag] += 1
    known = {fold(str(name)) for name in described}
    for digest in digests:
        for tag in digest.tags:
            usual = spellings[fold(tag)].most_common(1)[0][0]
            if tag != usual and fold(tag) not in known:
                yield digest.path, remark(1, 1, "similar-tag", tag=tag, usual=usual)


def _same_originals(digests: list[Digest]) -> Iterable[tuple[str, Diagnostic]]:
    first: dict[str, str] = {}
    for digest in digests:
        urls = {original_key(item.source) for item in digest.translations if item.source}
        for url in sorted(urls):
            other = first.setdefault(url, digest.path)
            if other != digest.path:
                yield digest.path, remark(1, 1, "same-original", other=other)
