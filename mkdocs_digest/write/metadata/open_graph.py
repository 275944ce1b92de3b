"""Open Graph: what a page shows where it is shared (https://ogp.me)."""

from collections.abc import Iterator
from functools import cache

from babel.core import get_global, parse_locale

from mkdocs_digest.library.library import Item
from mkdocs_digest.write.metadata.facts import PageFacts, Publication
from mkdocs_digest.write.metadata.image import image_of
from mkdocs_digest.write.timestamp import rfc3339

Properties = tuple[tuple[str, str], ...]


def listing_properties(page: PageFacts, publication: Publication) -> Properties:
    """Return the properties of a page that lists digests."""
    return (*_properties("website", page, publication), ("twitter:card", "summary"))


def digest_properties(item: Item, page: PageFacts, publication: Publication) -> Properties:
    """Return the properties of a digest's page, those of https://ogp.me/#type_article included."""
    image = image_of(item, publication)
    return (
        *_properties("article", page, publication),
        *([("og:image", image)] if image else []),
        *_article(item, publication.lang),
        ("twitter:card", "summary_large_image" if image else "summary"),
    )


def _properties(kind: str, page: PageFacts, publication: Publication) -> Iterator[tuple[str, str]]:
    yield "og:type", kind
    yield "og:title", page.title
    if page.description:
        yield "og:description", page.description
    if publication.absolute:
        yield "og:url", publication.address(page.canonical)
    yield "og:site_name", publication.name
    own = og_locale(page.lang)
    yield "og:locale", own
    for other in dict.fromkeys(og_locale(lang) for lang in page.langs):
        if other != own:
            yield "og:locale:alternate", other


def _article(item: Item, lang: str) -> Iterator[tuple[str, str]]:
    if item.moment:
        yield "article:published_time", rfc3339(item.moment)
    if item.changed:
        yield "article:modified_time", rfc3339(item.changed)
    for tag in item.tags:
        yield "article:tag", tag.name(lang)


@cache
def og_locale(lang: str) -> str:
    """Return a language as `language_TERRITORY`, the territory the likeliest (UTS 35, Likely Subtags)."""
    likely = get_global("likely_subtags")
    name = lang.replace("-", "_")
    try:
        language, territory, *_ = parse_locale(likely.get(name, name))
        territory = territory or parse_locale(likely.get(language, language))[1]
    except ValueError:
        return name
    return f"{language}_{territory}" if territory else language
