"""The feeds of a build: written beside its pages, and offered by them."""

from collections.abc import Callable
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url

from mkdocs_digest.library.library import Item
from mkdocs_digest.plugin.pages import DigestPage
from mkdocs_digest.plugin.press import Press
from mkdocs_digest.plugin.site import Edition
from mkdocs_digest.plugin.templates import Templates, rooted
from mkdocs_digest.slices.part import Part
from mkdocs_digest.write.article import Article
from mkdocs_digest.write.feeds.entry import Entries
from mkdocs_digest.write.feeds.files import FeedFiles
from mkdocs_digest.write.feeds.publisher import Publisher


def write_feeds(edition: Edition, part: Part, files: Files, longest: int, config: MkDocsConfig, press: Press) -> None:
    """Write the feeds of a language that are in a part, with `longest` entries in each; `files` are its build's."""

    def article_of(item: Item) -> Article:
        file = files.get_file_from_path(item.digest.path)
        assert file
        assert isinstance(file.page, DigestPage)
        return file.page.article(config, files)

    def remember(item: Item, make: Callable[[], str]) -> str:
        return press.store.made(press.keys.feed("cards", [item]), make)

    publisher = Publisher(config.site_name, str(config.site_url), config.site_description)
    entries = Entries(edition.viewer, publisher, article_of)
    feeds = FeedFiles(edition.index, entries, longest, remember)
    for output in feeds:
        _reject_overwriting(output.path, config)
        if part.holds(output.items):
            press.file(output.path, press.keys.feed(output.path, output.items, *output.facts), output.make)
    path = feeds.questions_path
    _reject_overwriting(path, config)
    key = None if part.starts else press.keys.feed(path, feeds.items)  # the seams of a file that is kept are not known
    press.splice(path, key, lambda: feeds.questions(part))


def announce_feeds(output: str, page: Page, templates: Templates) -> str:
    """Name the index's feeds in the head of a page of the site's own, whose template does not do it."""
    head, mark, body = output.partition("</head>")
    links = rooted(templates.announced(templates.index), get_relative_url(".", page.url))
    return f"{head}{links}{mark}{body}" if mark else output


def _reject_overwriting(path: str, config: MkDocsConfig) -> None:
    if Path(config.docs_dir, path).exists() or Path(config.site_dir, path).is_dir():
        raise PluginError(
            f"'{path}' of the site and the feed '{path}' would be one file; rename it, or set `feeds: false`"
        )
