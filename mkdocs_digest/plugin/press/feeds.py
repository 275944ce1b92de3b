"""The feeds of a build: written beside its pages, and offered by them."""

import os
from collections.abc import Callable, Sequence

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url

from mkdocs_digest.library.library import Item
from mkdocs_digest.plugin.pages.site import Edition
from mkdocs_digest.plugin.pages.templates import Templates, rooted
from mkdocs_digest.plugin.press.press import Press
from mkdocs_digest.slices.slice import Slice
from mkdocs_digest.write.article import Article
from mkdocs_digest.write.feeds.data import are_cards
from mkdocs_digest.write.feeds.entry import Entries
from mkdocs_digest.write.feeds.files import FeedFiles, Output
from mkdocs_digest.write.feeds.month import Month
from mkdocs_digest.write.feeds.publisher import Publisher


class FeedPress:
    """Writes the feeds of a language that are in the slice `made`, `longest` entries in each.

    The files of a month are written while its pages are at hand, the others in the end.
    """

    def __init__(
        self,
        edition: Edition,
        made: Slice,
        article_of: Callable[[Item], Article],
        longest: int,
        config: MkDocsConfig,
        press: Press,
    ) -> None:
        def remember(items: Sequence[Item], make: Callable[[], str]) -> str:
            return press.store.made(self._cards_key(items), make, are_cards)

        publisher = Publisher(config.site_name, str(config.site_url), config.site_description)
        entries = Entries(edition.viewer, publisher, article_of)
        self.feeds = FeedFiles(edition.index, entries, longest, remember)
        self.slice = made
        self.config = config
        self.press = press

    def keeps(self, item: Item) -> bool:
        """Say whether a digest's article may still be asked for once the files of its month are written."""
        return self.feeds.keeps(item)

    def write_month(self, month: Month) -> None:
        """Write the files of one month, and keep its flash cards: files that are right do not ask for them."""
        for output in self.feeds.of_month(month):
            self._write(output)
        self.feeds.let_go(month)
        if key := self._cards_key(month.items):
            self.press.store.use(key)

    def _cards_key(self, items: Sequence[Item]) -> bytes | None:
        return self.press.keys.feed("cards", items)

    def finish(self) -> None:
        """Write all other files."""
        for output in self.feeds.of_all:
            self._write(output)
        path, press = self.feeds.questions_path, self.press
        _reject_overwriting(path, self.config)
        # a file that is kept does not tell its seams
        key = None if self.slice.starts else press.keys.feed(path, self.feeds.items)
        press.splice(path, key, lambda: self.feeds.questions(self.slice))

    def _write(self, output: Output) -> None:
        _reject_overwriting(output.path, self.config)
        if self.slice.holds(output.items):
            key = self.press.keys.feed(output.path, output.items, *output.facts)
            self.press.file(output.path, key, output.make)


def announce_feeds(output: str, page: Page, templates: Templates) -> str:
    """Name the index's feeds in the head of a page of the site's own, whose template does not do it."""
    head, mark, body = output.partition("</head>")
    links = rooted(templates.announced(templates.index), get_relative_url(".", page.url))
    return f"{head}{links}{mark}{body}" if mark else output


def _reject_overwriting(path: str, config: MkDocsConfig) -> None:
    if os.path.exists(f"{config.docs_dir}/{path}") or os.path.isdir(f"{config.site_dir}/{path}"):  # noqa: PTH110, PTH112
        raise PluginError(
            f"'{path}' of the site and the feed '{path}' would be one file; rename it, or set `feeds: false`"
        )
