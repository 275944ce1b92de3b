"""Pages that MkDocs does not make, as files that its pages, static-i18n and the sitemap can look at."""

import os
from collections.abc import Callable
from functools import cached_property

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from mkdocs_digest.library.library import Item
from mkdocs_digest.library.listing import ListingPage


class FileApart(File):
    """A page that MkDocs neither renders nor copies: others may link to it, and it is written apart.

    Its page and its alternates are made when they are first asked for. `subject` is what it shows, `langs` are the
    languages in which there is a text of its own, the file's among them; what is not `held` by the slice of the site
    that is made is written by another build.
    """

    subject: Item | ListingPage
    place: str
    langs: tuple[str, ...]
    held: bool
    _made: Page | None = None
    make_page: Callable[[File], Page]
    make_alternates: Callable[[File], dict[str, File]]

    @property
    def src_path(self) -> str:
        """The path of the source; ours is a URI from the beginning, which MkDocs need not make of it."""
        return os.path.normpath(self.src_uri)

    @src_path.setter
    def src_path(self, value: str) -> None:
        self.src_uri = value

    def is_documentation_page(self) -> bool:
        """Say no, so that no step of the build takes it up."""
        return False

    def copy_file(self, dirty: bool = False) -> None:
        """Leave it to whoever writes it."""

    @property
    def page(self) -> Page:
        """The page, as others see it."""
        return self._made or self.make_page(self)

    @page.setter
    def page(self, page: Page | None) -> None:
        self._made = page

    @cached_property
    def alternates(self) -> dict[str, File]:
        """The files of the page by language."""
        return self.make_alternates(self)


def make_anchors(files: Files, config: MkDocsConfig) -> None:
    """Let MkDocs check the links to anchors on pages that are made apart."""
    for file in files.documentation_pages():
        for target in (file.page and file.page.links_to_anchors) or ():
            if isinstance(target, FileApart):
                target.page.render(config, files)
