"""The pages of a site of digests, as MkDocs pages that bring their own text."""

from typing import Any

from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents

from mkdocs_digest.library.library import Item
from mkdocs_digest.library.listing import Kind, ListingPage
from mkdocs_digest.model.digest import Translation
from mkdocs_digest.plugin.links import targets_of
from mkdocs_digest.plugin.meta import ORDERS, inert, safe_meta
from mkdocs_digest.write.article import Article, Heading, Look, write_article
from mkdocs_digest.write.excerpt import description_of
from mkdocs_digest.write.markdown import write_markdown
from mkdocs_digest.write.view import Viewer, title_of


class DigestPage(Page):
    """A digest in one language. Its Markdown is empty: for other plugins a digest's text is data, not a source."""

    def __init__(self, item: Item, viewer: Viewer, look: Look, file: File, config: MkDocsConfig) -> None:
        self.item = item
        self.viewer = viewer
        self.look = look
        self._article: Article | None = None
        self.translation: Translation = item.shown(viewer.lang, viewer.library.langs)
        super().__init__(_as_html(title_of(self.translation, item)), file, config)

    def read_source(self, config: MkDocsConfig) -> None:
        """Take the front matter from the digest; texts that themes print as HTML are escaped."""
        trusted = self.look.trusted
        meta = self.item.digest.meta
        self.markdown = self._markdown() if trusted else ""
        self.meta = {
            **(meta if trusted else safe_meta(meta)),
            "title": self.title,
            "description": _as_html(description_of(self.translation)),
            "tags": [_as_html(tag.name(self.viewer.lang)) for tag in self.item.tags],
            "template": "digest.html",
        }
        if self.item.source:
            self.meta["author"] = _as_html(self.item.source.name(self.viewer.lang))

    def _markdown(self) -> str:
        return write_markdown(self.translation, self.viewer.words, open_questions=self.look.open_questions)

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Write the article and its table of contents; a trusted digest's page is what the site's Markdown makes."""
        article = self.article(config, files)
        if self.look.trusted:
            super().render(config, files)
            return
        self.content = article.html
        self.toc = TableOfContents([_anchor(heading, 2) for heading in article.headings])
        self.present_anchor_ids = {id_ for heading in article.headings for id_ in _ids(heading)}

    def article(self, config: MkDocsConfig, files: Files) -> Article:
        """Return the article of the page, written when it is first asked for."""
        if self._article is None:
            targets = targets_of(self.file, files, config, images=self.look.images)
            self._article = write_article(self.translation, self.viewer.words, targets, self.look)
        return self._article


class ListingSitePage(Page):
    """One page of a listing; a site's own Markdown file at the same place becomes its introduction."""

    def __init__(
        self,
        view: ListingPage,
        viewer: Viewer,
        file: File,
        config: MkDocsConfig,
        *,
        introduced: bool = False,
        is_home: bool = False,
    ) -> None:
        self.view = view
        self.is_home = is_home
        self.viewer = viewer
        self.introduced = introduced
        super().__init__(None if introduced else _as_html(self._name), file, config)

    @property
    def _name(self) -> str:
        """What the navigation calls the page."""
        words = self.viewer.words
        if self.view.listing.kind is not Kind.INDEX:
            return self.view.listing.title
        return words("home") if self.is_home else words("all_digests")

    def read_source(self, config: MkDocsConfig) -> None:
        """Read the introduction, if there is one."""
        if self.introduced:
            super().read_source(config)
        else:
            self.markdown = ""
        self.meta = {**self._meta(), **self.meta, "template": "digest-listing.html"}

    def _meta(self) -> dict[str, Any]:
        number = self.view.number
        words = self.viewer.words
        meta: dict[str, Any] = {"search": {"exclude": True}, "hide": ["toc"]}
        if self.introduced:
            return meta
        title = self.view.listing.title
        if number > 1:
            title = f"{title} · {words('page_of', page=number, pages=self.view.pages)}"
        return {**meta, **ORDERS, "title": _as_html(title), "description": _as_html(self.summary)}

    @property
    def summary(self) -> str:
        """What the listing holds, in one phrase."""
        listing = self.view.listing
        count = self.viewer.words("count", n=len(listing.items))
        if listing.kind in (Kind.INDEX, Kind.TAGS, Kind.ARCHIVE, Kind.SOURCES):
            return count
        about = listing.term.description(self.viewer.lang) if listing.term else None
        return about or f"{listing.title} · {count}"

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Render the introduction; the listing itself is the template's."""
        if self.introduced:
            super().render(config, files)
        else:
            self.content = ""
            self.present_anchor_ids = set()


def _as_html(text: str) -> str:
    return inert(str(escape(text)))


def _anchor(heading: Heading, level: int) -> AnchorLink:
    anchor = AnchorLink(heading.title, heading.id, level)
    anchor.children = [_anchor(child, level + 1) for child in heading.children]
    return anchor


def _ids(heading: Heading) -> list[str]:
    return [heading.id, *(id_ for child in heading.children for id_ in _ids(child))]
