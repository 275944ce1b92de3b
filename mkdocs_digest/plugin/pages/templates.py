"""Our templates: what stands inside the theme's frame, with links that hold on any page."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from jinja2 import BytecodeCache, Environment, Template
from jinja2.bccache import Bucket
from mkdocs.config.defaults import MkDocsConfig

from mkdocs_digest.library.library import Item
from mkdocs_digest.library.listing import Kind, Listing, ListingPage
from mkdocs_digest.library.urls import absolute
from mkdocs_digest.plugin.neighbours import find_i18n
from mkdocs_digest.plugin.pages.head import publication_of, with_default
from mkdocs_digest.plugin.plain_theme import has_language_menu, is_plain
from mkdocs_digest.write.article import Article
from mkdocs_digest.write.feeds.feed import KINDS, FeedLink, feed_links
from mkdocs_digest.write.feeds.files import download_links
from mkdocs_digest.write.metadata.facts import PageFacts, facts_of_digest
from mkdocs_digest.write.metadata.json_ld import Node, digest_graph, listing_graph, write_graph, write_home_nodes
from mkdocs_digest.write.metadata.open_graph import Properties, digest_properties, listing_properties
from mkdocs_digest.write.view import Viewer

ROOT = "\x7f"
"""Stands for the site's root, as seen from whatever page the text will be on: a character that no text may hold."""

# What the theme's social plugin writes itself.
_SOCIAL = {"og:type", "og:title", "og:description", "og:url", "og:image", "twitter:card"}


class _Compiled(BytecodeCache):
    """Templates as they were compiled for another language, or for the build before: in memory, never on disk."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if found := self._known.get((bucket.key, bucket.checksum)):
            bucket.bytecode_from_string(found)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._known[bucket.key, bucket.checksum] = bucket.bytecode_to_string()


COMPILED = _Compiled()


@dataclass(frozen=True, slots=True)
class Drawn:
    """What our templates make of a page: its part of the head, and its content."""

    head: str
    body: str


def rooted(html: str, base_url: str) -> str:
    """Return HTML whose links start at `base_url`, the site's root as seen from a page."""
    return html.replace(f"{ROOT}/./", f"{base_url}/").replace(ROOT, base_url)


class Templates:
    """Draws the pages of one language; what several pages show is drawn once."""

    def __init__(self, env: Environment, viewer: Viewer, index: Listing, config: MkDocsConfig, *, fed: bool) -> None:
        self.env = env
        self.viewer = viewer
        self.index = index
        self.config = config
        self.fed = fed
        site_url = config.site_url
        self.publication = publication_of(
            viewer.lang,
            viewer.library.urls,
            config,
            lambda url: absolute(url, site_url) if site_url else f"{ROOT}/{url}",
        )
        self.home_nodes = write_home_nodes(self.publication)
        self.langs = viewer.library.preferred_langs
        self.social = "material/social" in config.plugins
        self.is_plain = is_plain(config)
        self.has_language_menu = has_language_menu(config)
        self._drawn: dict[tuple[str, str], str] = {}
        self._grouped: dict[Kind, Template] = {}

    def digest(self, item: Item, article: Article, content: str) -> Drawn:
        """Draw a digest's page around its `content`, the HTML of its `article` or what others have made of it."""
        viewer = self.viewer
        facts = facts_of_digest(item, viewer)
        questions = [question for block in article.blocks for question in block.questions]
        graph = digest_graph(item, questions, facts, viewer, self.publication)
        older, newer = viewer.siblings(item)
        body = self._render(
            "digest",
            entry=viewer.entry(item),
            content=content,
            related=[viewer.entry(other) for other in viewer.related(item)],
            also_digested=[viewer.entry(other) for other in viewer.also_digested(item)],
            older=older and viewer.entry(older),
            newer=newer and viewer.entry(newer),
        )
        properties = digest_properties(item, facts, self.publication)
        head = self._head(properties, graph, self.index, item.place, facts.langs)
        return Drawn(head, self._page(body, item.place, facts.langs))

    def listing(self, view: ListingPage, place: str, facts: PageFacts, introduction: str | None = None) -> Drawn:
        """Draw one page of a listing at `place`, below an introduction if the site has one."""
        listing = view.listing
        body = self._render(
            "listing",
            view=view,
            listing=listing,
            groups=self._groups(listing.kind),
            introduction=introduction,
            trail=self._trail(view),
            entries="".join([self.entry(item) for item in view.items]),
            feeds=self._feeds(listing) if self.fed and listing.kind in KINDS else "",
        )
        properties = listing_properties(facts, self.publication)
        graph = listing_graph(view, facts, self.viewer, self.publication)
        head = self._head(properties, graph, listing, place, facts.langs)
        return Drawn(head, self._page(body, place, facts.langs))

    def entry(self, item: Item) -> str:
        """Draw a digest as listings show it."""
        return self._once("entry", item.place, lambda: {"entry": self.viewer.entry(item)})

    def offered(self, listing: Listing) -> tuple[FeedLink, ...]:
        """Return the feeds of a listing, else those of the index."""
        return feed_links(listing if listing.kind in KINDS else self.index, self.viewer, self.config.site_name)

    def announced(self, listing: Listing) -> str:
        """Return the HTML that names the feeds of a listing, else those of the index, in a page's head."""
        if not self.fed:
            return ""
        place = listing.place if listing.kind in KINDS else self.index.place
        return self._once("feeds", place, lambda: {"feeds": self.offered(listing)})

    def _head(
        self, properties: Properties, graph: Iterable[Node], listing: Listing, place: str, langs: Iterable[str]
    ) -> str:
        urls, address = self.viewer.library.urls, self.publication.address
        found = with_default({lang: address(urls.url(place, lang)) for lang in langs}, self.langs)
        return self._render(
            "head",
            properties=self._beside_social(properties),
            json_ld=write_graph(self.home_nodes, graph),
            feeds=self.announced(listing),
            alternates=found,
        )

    def _page(self, body: str, place: str, langs: Iterable[str]) -> str:
        """Return a page's content with what the theme does not show around it: a way to the other languages."""
        urls, here = self.viewer.library.urls, set(langs) if not self.has_language_menu else set()
        found = [(lang, self._names[lang], urls.url(place, lang)) for lang in self.langs if lang in here]
        languages = found if len(found) > 1 else []
        return self._render("page", body=body, languages=languages) if languages or self.is_plain else body

    @cached_property
    def _names(self) -> dict[str, str]:
        """What the language menu calls the languages."""
        i18n = find_i18n(self.config)
        return {item.locale: item.name for item in i18n.config.languages} if i18n else {}

    def _groups(self, kind: Kind) -> Template:
        """Return what draws the groups within a listing; looked for once, since most kinds have none of their own."""
        if kind not in self._grouped:
            names = (f"listing-{kind}", "listing-groups")
            self._grouped[kind] = self.env.select_template([f"partials/digest/{name}.html" for name in names])
        return self._grouped[kind]

    def _feeds(self, listing: Listing) -> str:
        def values() -> dict[str, Any]:
            downloads = download_links(listing, self.viewer) if listing.kind is Kind.INDEX else ()
            return {"feeds": self.offered(listing), "downloads": downloads}

        return self._once("subscribe", listing.place, values)

    def _trail(self, view: ListingPage) -> str:
        return self._once("trail", view.trail[-1].place, lambda: {"trail": view.trail}) if view.trail else ""

    def _once(self, name: str, place: str, values: Callable[[], dict[str, Any]]) -> str:
        """Return what is the same on several pages: it hangs on one place."""
        if (name, place) not in self._drawn:
            self._drawn[name, place] = self._render(name, **values())
        return self._drawn[name, place]

    def _beside_social(self, properties: Properties) -> Properties:
        return tuple(pair for pair in properties if pair[0] not in _SOCIAL) if self.social else properties

    @cached_property
    def _shared(self) -> dict[str, Any]:
        return {
            **self.env.globals,
            "config": self.config,
            "viewer": self.viewer,
            "words": self.viewer.words,
            "page": None,
            "base_url": ROOT,
        }

    def _render(self, name: str, **values: Any) -> str:
        template = self.env.get_template(f"partials/digest/{name}.html")
        context = template.new_context({**self._shared, **values}, shared=True)  # `render` would gather globals anew
        try:
            return str(self.env.concat(template.root_render_func(context)))
        except Exception:
            self.env.handle_exception()
