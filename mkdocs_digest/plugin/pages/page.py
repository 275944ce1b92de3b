"""The pages of a site of digests, as MkDocs pages that bring their own text."""

from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property

from markupsafe import Markup
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents

from mkdocs_digest.library.library import Item
from mkdocs_digest.library.listing import Kind, ListingPage
from mkdocs_digest.library.urls import HOME
from mkdocs_digest.plugin.pages.links import targets_of
from mkdocs_digest.plugin.pages.meta import UNLISTED, as_html, digest_meta, listing_meta
from mkdocs_digest.write.article import Article, Heading, Look, write_article
from mkdocs_digest.write.markdown import write_markdown
from mkdocs_digest.write.metadata.facts import PageFacts, facts_of_listing
from mkdocs_digest.write.view import Viewer


class DigestPage(Page):
    """A digest in one language. Its Markdown is empty: for other plugins a digest's text is data, not a source."""

    def __init__(self, item: Item, viewer: Viewer, look: Look, file: File, config: MkDocsConfig) -> None:
        self.item = item
        self.viewer = viewer
        self.look = look
        self._article: Article | None = None
        super().__init__(as_html(viewer.entry(item).title), file, config)

    def read_source(self, config: MkDocsConfig) -> None:
        """Take the front matter from the digest."""
        self.markdown = self._markdown() if self.look.trusted else ""
        self.meta = {**digest_meta(self.item, self.viewer, trusted=self.look.trusted), "title": self.title}

    def _markdown(self) -> str:
        translation = self.item.shown(self.viewer.lang, self.viewer.library.langs)
        return write_markdown(translation, self.viewer.words, open_questions=self.look.open_questions)

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Write the article and its table of contents; a trusted digest's page is what the site's Markdown makes."""
        article = self.article(config, files)
        if self.look.trusted:
            super().render(config, files)
            return
        self.content = article.html
        self.toc = TableOfContents(anchors(article.headings))
        self.present_anchor_ids = {id_ for heading in article.headings for id_ in _ids(heading)}

    def article(self, config: MkDocsConfig, files: Files) -> Article:
        """Return the article of the page, written when it is first asked for."""
        if self._article is None:
            translation = self.item.shown(self.viewer.lang, self.viewer.library.langs)
            targets = targets_of(self.file, files, config, images=self.look.images)
            self._article = write_article(translation, self.viewer.words, targets, self.look)
        return self._article


class ListingSitePage(Page):
    """One page of a listing; a site's own Markdown file at the same place becomes its introduction.

    `canonical` is the place of the page that shows the same, as a generated home page does what the index shows.
    """

    def __init__(
        self,
        view: ListingPage,
        viewer: Viewer,
        file: File,
        config: MkDocsConfig,
        *,
        introduced: bool = False,
        is_home: bool = False,
        canonical: str | None = None,
    ) -> None:
        self.view = view
        self.is_home = is_home
        self.place = HOME if is_home else view.place
        self.canonical = canonical
        self.viewer = viewer
        self.introduced = introduced
        super().__init__(None if introduced else as_html(name_of(view, viewer, is_home=is_home)), file, config)

    def read_source(self, config: MkDocsConfig) -> None:
        """Read the introduction, if there is one."""
        if self.introduced:
            super().read_source(config)
        else:
            self.markdown = ""
        ours = UNLISTED if self.introduced else listing_meta(self.facts)
        self.meta = {**ours, **self.meta, "template": UNLISTED["template"]}

    @cached_property
    def facts(self) -> PageFacts:
        """What the page says of itself to machines."""
        langs = getattr(self.file, "alternates", ())
        facts = facts_of_listing(self.view, self.viewer, langs, place=self.place, canonical=self.canonical)
        if not self.introduced:
            return facts
        title, description = (Markup(self.meta.get(key) or "").striptags() for key in ("title", "description"))
        title = title or Markup(self.title).striptags()
        return replace(facts, title=title, description=description or facts.description)

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Render the introduction; the listing itself is the template's."""
        if self.introduced:
            super().render(config, files)
        else:
            self.content = ""
            self.present_anchor_ids = set()


def name_of(view: ListingPage, viewer: Viewer, *, is_home: bool = False) -> str:
    """Return what the navigation calls the page of a listing."""
    if view.listing.kind is not Kind.INDEX:
        return view.listing.title
    return viewer.words("home") if is_home else viewer.words("all_digests")


def anchors(headings: Iterable[Heading], level: int = 2) -> list[AnchorLink]:
    """Return headings as MkDocs' table of contents has them."""
    found = []
    for heading in headings:
        anchor = AnchorLink(heading.title, heading.id, level)
        anchor.children = anchors(heading.children, level + 1)
        found.append(anchor)
    return found


def _ids(heading: Heading) -> list[str]:
    return [heading.id, *(id_ for child in heading.children for id_ in _ids(child))]
