"""Pages made apart from MkDocs' own: by the thousand, where no other plugin has asked to see them."""

from collections.abc import Callable, Iterable

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.utils import write_file
from mkdocs_static_i18n.plugin import I18n

from mkdocs_digest.plugin.site import FileApart

_ON_PAGES = ("pre_page", "page_read_source", "page_markdown", "page_content", "page_context", "post_page", "nav")


def unattended(config: MkDocsConfig, known: Iterable[type]) -> bool:
    """Say whether no plugin or hook but those `known` looks at pages while they are made."""
    allowed = (I18n, *known)
    handlers = (handler for event in _ON_PAGES for handler in config.plugins.events[event])
    return all(isinstance(getattr(handler, "__self__", None), allowed) for handler in handlers)


def press(files: Iterable[FileApart], html_of: Callable[[FileApart], str]) -> None:
    """Write pages, one after the other."""
    for file in files:
        write_file(html_of(file).encode("utf-8", "xmlcharrefreplace"), file.abs_dest_path)


def make_anchors(files: Files, config: MkDocsConfig) -> None:
    """Let MkDocs check the links to anchors on pages that are made apart."""
    for file in files.documentation_pages():
        for target in (file.page and file.page.links_to_anchors) or ():
            if isinstance(target, FileApart):
                target.page.render(config, files)
