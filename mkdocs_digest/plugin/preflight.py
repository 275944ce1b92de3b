"""Checks of a site's options and digests before anything is written."""

from collections.abc import Collection, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import get_plugin_logger

from mkdocs_digest.languages.codes import did_you_mean, is_language, likely_code
from mkdocs_digest.library.library import Library
from mkdocs_digest.model.digest import ParseResult
from mkdocs_digest.plugin.config import DigestConfig
from mkdocs_digest.plugin.sources.names import path_of_names
from mkdocs_digest.plugin.sources.shelf import digests_in
from mkdocs_digest.read.naming import is_digest

log = get_plugin_logger(__name__)

_WORDS = "partials/languages"


def check_languages(langs: Collection[str], config: MkDocsConfig) -> None:
    """Raise PluginError for a language that the site's theme has no words for.

    A theme without translations, as Material has them, takes any language that Unicode CLDR knows.
    """
    known = theme_languages(config)
    for code in langs:
        if code in known or (not known and is_language(code)):
            continue
        likely = likely_code(code, known)
        hint = f"did you mean `{likely}`?" if likely else "expected a code like `en` (BCP 47)"
        raise PluginError(f"`languages`: the theme '{config.theme.name}' has no language `{code}`; {hint}")


def theme_languages(config: MkDocsConfig) -> set[str]:
    """Return the codes of the languages that a theme has words for."""
    folders = (Path(folder, _WORDS) for folder in config.theme.dirs)
    return {path.stem for folder in folders if folder.is_dir() for path in folder.glob("*.html")}


def check_term_files(options: DigestConfig, config: MkDocsConfig) -> None:
    """Raise PluginError for a file of tags or sources that the site names and that is not there."""
    for option in ("tags_file", "sources_file"):
        name = options[option]
        path = path_of_names(option, options, config)
        if name != dict(options._schema)[option].default and not path.is_file():
            hint = did_you_mean(path.name, [found.name for found in path.parent.glob("*") if found.is_file()])
            raise PluginError(f"`{option}`: there is no file '{name}' in '{config.docs_dir}'{hint}")


def warn_of_nothing(
    results: Mapping[str, ParseResult], library: Library, options: DigestConfig, config: MkDocsConfig
) -> None:
    """Warn that a site has no digest to show, and say why."""
    docs_dir = Path(config.docs_dir)
    folder = docs_dir / options.digest_dir
    if not folder.is_dir():
        likely = likely_folder(options.digest_dir, docs_dir)
        cure = f"did you mean `{likely}`?" if likely else "put the digests there"
        log.warning(f"`digest_dir`: there is no folder '{options.digest_dir}' below '{docs_dir}'; {cure}")
        return
    if not results:
        log.warning(f"No digests: '{folder}' has no Markdown files but index.md, README.md and hidden ones")
        return
    digests = digests_in(results.values())
    drafts, unread = sum(digest.draft for digest in digests), len(results) - len(digests)
    elsewhere = sum(not set(digest.langs) & set(library.langs) for digest in digests)
    counts = {"drafts": drafts, "cannot be read": unread, f"not in {', '.join(library.langs)}": elsewhere}
    rest = len(results) - drafts - unread - elsewhere
    why = [f"{count:,} {reason}" for reason, count in {**counts, "scheduled": max(rest, 0)}.items() if count]
    log.warning(f"No digests: of the {len(results):,} files in '{folder}' none is published ({', '.join(why)})")


def announce_languages(langs: Sequence[str], last: str | None) -> None:
    """Say which languages the digests have, and warn if the first is not the one of the `last` build."""
    setting = f"languages: [{', '.join(langs)}]"
    log.info(f"Languages found in the digests: write `{setting}` below `digest` in mkdocs.yml to settle them")
    if last is not None and last != langs[0]:
        kept = ", ".join(dict.fromkeys((last, *langs)))
        log.warning(
            f"The language at the site's root is now `{langs[0]}`, was `{last}` in the last build: all URLs change; "
            f"write `languages: [{kept}]` below `digest` in mkdocs.yml to keep them, or `{setting}`"
        )


def likely_folder(digest_dir: str, docs_dir: Path) -> str | None:
    """Return which folder below `docs_dir` is meant by the name of one that is not there, or None."""
    folders = [path.relative_to(docs_dir).as_posix() for path in sorted(docs_dir.rglob("*")) if path.is_dir()]
    inner = digest_dir.removeprefix(f"{docs_dir.name}/")
    if inner in folders:
        return inner
    folded = {folder.casefold(): folder for folder in folders}
    close = get_close_matches(digest_dir.casefold(), folded, 1) or get_close_matches(inner.casefold(), folded, 1)
    if close:
        return folded[close[0]]
    return max(folders, key=lambda folder: _digests_in(docs_dir / folder), default=None)


def _digests_in(folder: Path) -> int:
    return sum(is_digest(path.relative_to(folder)) for path in folder.glob("*.md"))
