"""What every page of the site says of itself in its head: its own address, and the same page in the other languages."""

import re
from collections.abc import Mapping, Sequence

from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File
from mkdocs.structure.pages import Page

from mkdocs_digest.library.urls import Urls, absolute, relative
from mkdocs_digest.plugin.pages.page import ListingSitePage
from mkdocs_digest.write.metadata.facts import Address, Publication
from mkdocs_digest.write.metadata.json_ld import write_graph, write_home_nodes

_ALTERNATE = re.compile(r'[ \t]*<link rel="alternate" href="[^"]*" hreflang="[^"]*">\n?')


def write_alternates(output: str, page: Page, config: MkDocsConfig, langs: Sequence[str]) -> str:
    """Replace the theme's alternates, one for every language, by those that exist; `langs` are the site's."""
    head, mark, body = output.partition("</head>")
    if not mark:
        return output
    head = _ALTERNATE.sub("", head)
    for lang, url in alternate_urls(page.file, langs, address_from(page, config)).items():
        head += f'<link rel="alternate" hreflang="{escape(lang)}" href="{escape(url)}">\n'
    return f"{head}{mark}{body}"


def alternates_of(file: File) -> dict[str, File]:
    """Return a page's files by language, itself among them, as far as each has a text in its language."""
    found: dict[str, File] = getattr(file, "alternates", {})
    if is_borrowed(file):
        return {}
    return {lang: other for lang, other in sorted(found.items()) if not is_borrowed(other)}


def alternate_urls(file: File, langs: Sequence[str], address: Address) -> dict[str, str]:
    """Return the URLs of a page's translations, itself and `x-default` included; none where it has no other."""
    return with_default({lang: address(other.url) for lang, other in alternates_of(file).items()}, langs)


def with_default(urls: Mapping[str, str], langs: Sequence[str]) -> dict[str, str]:
    """Return the URLs of a page by language, none where it has but one, with `x-default`.

    That is the first of `langs` that the page has (https://developers.google.com/search/docs/specialty/international).
    """
    if len(urls) < 2:
        return {}
    default = next((lang for lang in langs if lang in urls), min(urls))
    return {**dict(sorted(urls.items())), "x-default": urls[default]}


def without_alternates(output: str) -> str:
    """Take the theme's alternates off a page: it is the same in all languages, or names its own."""
    head, mark, body = output.partition("</head>")
    return f"{_ALTERNATE.sub('', head)}{mark}{body}"


def is_borrowed(file: File) -> bool:
    """Say whether a page shows, for want of a translation, the text of another language."""
    lang = getattr(file, "locale", None)
    return lang is not None and lang != getattr(file, "locale_alternate_of", lang)


def canonical_url(file: File, default: str) -> str:
    """Return the URL, relative to the site's root, of the page that search engines should show for a page.

    A borrowed text gives way to the page in its own language or, if the site has none, in `default`.
    """
    if not is_borrowed(file):
        return file.url
    alternates: dict[str, File] = getattr(file, "alternates", {})
    return alternates.get(file.locale, alternates.get(default, file)).url  # type: ignore[attr-defined]


def name_canonical(page: Page, default: str, config: MkDocsConfig) -> None:
    """Give a page that shows what is another's the other's URL as canonical one."""
    url = page.facts.canonical if isinstance(page, ListingSitePage) else canonical_url(page.file, default)
    if config.site_url and url != page.file.url:
        page.canonical_url = absolute(url, config.site_url)


def address_from(page: Page, config: MkDocsConfig) -> Address:
    """Return what makes URLs absolute or, on a site that does not know its own, relative to a page."""
    site_url = config.site_url
    return lambda url: absolute(url, site_url) if site_url else relative(url, page.url)


def write_home(output: str, page: Page, lang: str, urls: Urls, config: MkDocsConfig) -> str:
    """Add to a home page of the site's own what it is the home of."""
    if (page.url or "./") != urls.url("index", lang):
        return output
    head, mark, body = output.partition("</head>")
    graph = write_graph(write_home_nodes(publication_of(lang, urls, config, address_from(page, config))))
    return f'{head}<script type="application/ld+json">{graph}</script>\n{mark}{body}' if mark else output


def publication_of(lang: str, urls: Urls, config: MkDocsConfig, address: Address) -> Publication:
    """Return the site in one language as its metadata names it."""
    return Publication(
        name=config.site_name,
        description=config.site_description or "",
        lang=lang,
        home=urls.url("index", lang),
        root=urls.url("index", urls.default_lang),
        address=address,
        absolute=bool(config.site_url),
    )
