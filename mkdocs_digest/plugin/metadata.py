"""The metadata of the plugin's own pages, and of the site's home pages."""

from dataclasses import dataclass

from markupsafe import Markup, escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from mkdocs_digest.library.urls import Urls
from mkdocs_digest.plugin.head import address_from, alternates_of, canonical_url
from mkdocs_digest.plugin.pages import DigestPage, ListingSitePage
from mkdocs_digest.write.metadata.facts import PageFacts, Publication
from mkdocs_digest.write.metadata.json_ld import digest_graph, home_graph, listing_graph, write_graph
from mkdocs_digest.write.metadata.open_graph import Properties, digest_properties, listing_properties

# What the theme's social plugin writes itself.
_SOCIAL = {"og:type", "og:title", "og:description", "og:url", "og:image", "twitter:card"}


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the head of a page holds; `json_ld` is safe in a `script`."""

    properties: Properties
    json_ld: str


def metadata_of(page: DigestPage | ListingSitePage, config: MkDocsConfig, files: Files) -> Metadata:
    """Return the metadata of a digest's or a listing's page."""
    publication = _publication(page, page.viewer.lang, page.viewer.library.urls, config)
    if isinstance(page, DigestPage):
        facts = _facts_of_digest(page)
        properties = digest_properties(page.item, facts, publication)
        questions = [question for block in page.article(config, files).blocks for question in block.questions]
        graph = digest_graph(page.item, questions, facts, page.viewer, publication)
    else:
        facts = _facts_of_listing(page)
        properties = listing_properties(facts, publication)
        graph = listing_graph(page.view, facts, page.viewer, publication)
    return Metadata(_beside_social(properties, config), write_graph(graph))


def write_home(output: str, page: Page, lang: str, urls: Urls, config: MkDocsConfig) -> str:
    """Add to a home page of the site's own what it is the home of."""
    if isinstance(page, DigestPage | ListingSitePage) or (page.url or "./") != urls.url("index", lang):
        return output
    head, mark, body = output.partition("</head>")
    graph = write_graph(home_graph(_publication(page, lang, urls, config)))
    return f'{head}<script type="application/ld+json">{graph}</script>\n{mark}{body}' if mark else output


def _publication(page: Page, lang: str, urls: Urls, config: MkDocsConfig) -> Publication:
    return Publication(
        name=config.site_name,
        description=config.site_description or "",
        lang=lang,
        home=urls.url("index", lang),
        root=urls.url("index", urls.default_lang),
        address=address_from(page, config),
        absolute=bool(config.site_url),
    )


def _facts_of_digest(page: DigestPage) -> PageFacts:
    library = page.viewer.library
    entry = page.viewer.entry(page.item)
    return PageFacts(
        title=entry.title,
        description=entry.excerpt,
        url=page.file.url,
        canonical=canonical_url(page, library.urls.default_lang),
        lang=entry.lang,
        langs=library.translated(page.item),
    )


def _facts_of_listing(page: ListingSitePage) -> PageFacts:
    return PageFacts(
        title=Markup(page.meta.get("title") or page.title).striptags(),
        description=Markup(page.meta.get("description") or escape(page.summary)).striptags(),
        url=page.file.url,
        canonical=canonical_url(page, page.viewer.library.urls.default_lang),
        lang=page.viewer.lang,
        langs=tuple(alternates_of(page.file)),
    )


def _beside_social(properties: Properties, config: MkDocsConfig) -> Properties:
    taken = _SOCIAL if "material/social" in config.plugins else set()
    return tuple((name, content) for name, content in properties if name not in taken)
