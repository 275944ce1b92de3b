"""The site's files that name its tags and sources."""

from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from yaml import MarkedYAMLError

from mkdocs_digest.command.terminal import printable_line
from mkdocs_digest.disk import read_file
from mkdocs_digest.model.diagnostic import Diagnostic
from mkdocs_digest.plugin.config import DigestConfig
from mkdocs_digest.plugin.sources.remarks import clickable
from mkdocs_digest.read.values import tame
from mkdocs_digest.read.yaml_loader import load_yaml

LARGEST = 10_000_000
"""Bytes of the largest file of names that is read."""


def path_of_names(option: str, options: DigestConfig, config: MkDocsConfig) -> Path:
    """Return the path of the file that `tags_file` or `sources_file` names; raise PluginError for odd fields in it."""
    name = options[option]
    try:
        return Path(config.docs_dir, name.format(digest_dir=options.digest_dir))
    except (KeyError, IndexError, ValueError, AttributeError):
        raise PluginError(f"`{option}`: '{name}' cannot be filled; the one field is `{{digest_dir}}`") from None


def read_names(path: Path) -> dict[Any, Any]:
    """Return what a YAML file says of each id, nothing where there is no file; raise PluginError with its place."""
    if not path.is_file():
        return {}
    content = read_file(path, LARGEST)
    if isinstance(content, Diagnostic):
        raise PluginError(printable_line(f"{clickable(path)}:1:1: {content.message}"))
    if len(content) > LARGEST:
        raise PluginError(printable_line(f"{clickable(path)}:1:1: larger than {LARGEST // 1_000_000} MB"))
    try:
        data = tame(load_yaml(content.decode("utf-8-sig")))
    except Exception as error:  # whatever a decoder or YAML parser may raise on hostile text
        line, column, reason = _fault(error, content)
        raise PluginError(printable_line(f"{clickable(path)}:{line}:{column}: this cannot be read: {reason}")) from None
    if data is not None and not isinstance(data, dict):
        raise PluginError(
            printable_line(f"{clickable(path)}:1:1: expected a map from an id to its names, got {type(data).__name__}")
        )
    return data or {}


def _fault(error: Exception, content: bytes) -> tuple[int, int, str]:
    """Return the line, the column and the reason of what a parser has raised."""
    if isinstance(error, MarkedYAMLError) and error.problem_mark:
        return error.problem_mark.line + 1, error.problem_mark.column + 1, str(error.problem)
    if isinstance(error, UnicodeDecodeError):
        return content.count(b"\n", 0, error.start) + 1, 1, "it is not UTF-8; save the file as UTF-8"
    if isinstance(error, RecursionError):
        return 1, 1, "it is nested too deeply"
    return 1, 1, " ".join(str(error).split())[:200] or type(error).__name__
