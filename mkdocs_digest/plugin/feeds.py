"""The feeds of a build: written beside its pages, and offered by them."""

from pathlib import Path

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url

from mkdocs_digest.library.library import Item
from mkdocs_digest.library.listing import Kind
from mkdocs_digest.plugin.pages import DigestPage, ListingSitePage
from mkdocs_digest.plugin.site import Edition
from mkdocs_digest.write.article import Article
from mkdocs_digest.write.feeds.entry import Entries
from mkdocs_digest.write.feeds.feed import KINDS, FeedLink, feed_links
from mkdocs_digest.write.feeds.files import FeedFiles, download_links
from mkdocs_digest.write.feeds.publisher import Publisher

PARTIAL = "partials/digest/feeds.html"


def write_feeds(edition: Edition, files: Files, longest: int, config: MkDocsConfig) -> None:
    """Write the feeds of a language with `longest` entries in each; `files` are those of its build."""

    def article_of(item: Item) -> Article:
        file = files.get_file_from_path(item.digest.path)
        assert file
        assert isinstance(file.page, DigestPage)
        return file.page.article(config, files)

    publisher = Publisher(config.site_name, str(config.site_url), config.site_description)
    for path, content in FeedFiles(edition.index, Entries(edition.viewer, publisher, article_of), longest):
        _write(path, content, config)


def offered_feeds(page: Page, edition: Edition, config: MkDocsConfig) -> tuple[FeedLink, ...]:
    """Return the feeds that a page offers: its own, else those of the index."""
    own = page.view.listing if isinstance(page, ListingSitePage) else edition.index
    return feed_links(own if own.kind in KINDS else edition.index, edition.viewer, config.site_name)


def offered_downloads(page: Page, edition: Edition) -> tuple[FeedLink, ...]:
    """Return the files for other programs that a page offers: the index all there are, other pages none."""
    on_index = isinstance(page, ListingSitePage) and page.view.listing.kind is Kind.INDEX
    return download_links(edition.index, edition.viewer) if on_index else ()


def announce_feeds(output: str, page: Page, edition: Edition, config: MkDocsConfig, env: Environment) -> str:
    """Name the index's feeds in the head of a page of the site's own, whose template does not do it."""
    if isinstance(page, DigestPage | ListingSitePage):
        return output
    feeds = offered_feeds(page, edition, config)
    base_url = get_relative_url(".", page.url)
    links = env.get_template(PARTIAL).render(feeds=feeds, page=page, base_url=base_url)
    head, mark, body = output.partition("</head>")
    return f"{head}{links}{mark}{body}" if mark else output


def _write(path: str, content: bytes, config: MkDocsConfig) -> None:
    """Write a file whole or not at all, and only if it differs."""
    target = Path(config.site_dir, path)
    if Path(config.docs_dir, path).exists() or target.is_dir():
        raise PluginError(
            f"'{path}' of the site and the feed '{path}' would be one file; rename it, or set `feeds: false`"
        )
    if target.is_file() and target.read_bytes() == content:
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_name(f".{target.name}.part")
    unfinished.write_bytes(content)
    unfinished.replace(target)
