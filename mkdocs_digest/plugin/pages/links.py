"""The links and images in a digest's text, resolved as MkDocs resolves those of its pages."""

from posixpath import dirname, join, normpath
from urllib.parse import quote, unquote

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import File, Files

from mkdocs_digest.command.terminal import printable_line
from mkdocs_digest.model.address import split_address
from mkdocs_digest.write.converter import Targets

log = get_plugin_logger(__name__)


def targets_of(file: File, files: Files, config: MkDocsConfig, *, images: bool = False) -> Targets:
    """Return the targets of the texts on a page: relative links lead to files of the site; no images unless asked."""

    def link(href: str) -> str | None:
        parts = split_address(href)
        if parts is None:
            return None
        if parts.scheme or parts.netloc or not parts.path or parts.path.startswith("/"):
            return href
        path = normpath(join(dirname(file.src_uri), unquote(parts.path)))
        target = files.get_file_from_path(path)
        if target is None:
            level = config.validation.links.not_found
            told = f"Doc file '{file.src_uri}' contains a link '{href}', but there is no file '{path}'."
            log.log(level, printable_line(told))
            return quote(unquote(parts.path))
        fragment = f"#{parts.fragment}" if parts.fragment else ""
        return target.url_relative_to(file) + fragment

    def image(src: str) -> str | None:
        return link(src) if images else None

    return Targets(link, image)
