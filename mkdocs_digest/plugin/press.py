"""Pages made apart from MkDocs' own: by the thousand, where no other plugin has asked to see them."""

from collections.abc import Callable, Iterable

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page
from mkdocs.utils import write_file
from mkdocs_static_i18n.plugin import I18n

_ON_PAGES = ("pre_page", "page_read_source", "page_markdown", "page_content", "page_context", "post_page", "nav")


def unattended(config: MkDocsConfig, known: Iterable[type]) -> bool:
    """Say whether no plugin or hook but those `known` looks at pages while they are made."""
    allowed = (I18n, *known)
    handlers = (handler for event in _ON_PAGES for handler in config.plugins.events[event])
    return all(isinstance(getattr(handler, "__self__", None), allowed) for handler in handlers)


def press(pages: Iterable[Page], html_of: Callable[[Page], str]) -> None:
    """Write pages, one after the other."""
    for page in pages:
        write_file(html_of(page).encode("utf-8", "xmlcharrefreplace"), page.file.abs_dest_path)
