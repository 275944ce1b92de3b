"""The site of some files under some options: read, told about, collected."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import File, get_files, set_exclusions
from mkdocs.utils import get_build_datetime

from mkdocs_digest.command.terminal import printable_line
from mkdocs_digest.languages import known_languages, language
from mkdocs_digest.library.library import PlaceError, Policy, collect, languages_of
from mkdocs_digest.library.listing import Views
from mkdocs_digest.library.review import review
from mkdocs_digest.library.urls import Urls
from mkdocs_digest.model.digest import ParseResult
from mkdocs_digest.plugin.cache.keys import hashed, installed
from mkdocs_digest.plugin.cache.store import Store
from mkdocs_digest.plugin.config import DigestConfig
from mkdocs_digest.plugin.pages.site import Site
from mkdocs_digest.plugin.preflight import warn_of_nothing
from mkdocs_digest.plugin.slice import choose_slice
from mkdocs_digest.plugin.sources.names import path_of_names, read_names
from mkdocs_digest.plugin.sources.readings import Reader
from mkdocs_digest.plugin.sources.remarks import allowed_codes, merged, moved_digests, report
from mkdocs_digest.plugin.sources.shelf import Shelf, digest_files, digests_in, roots_of, without_hidden
from mkdocs_digest.read.grammar import Grammar
from mkdocs_digest.write.article import Look

log = get_plugin_logger(__name__)


def grammar_of(options: DigestConfig) -> Grammar:
    """Return the labels that the reader knows, the site's own included."""
    labels = options.labels
    known = {code: item.with_labels(labels.get(code, {})) for code, item in known_languages().items()}
    added = [language(code).with_labels(labels[code]) for code in labels if code not in known]
    return Grammar([*known.values(), *added])


def inferred_languages(
    shelf: Shelf, readings: Store, options: DigestConfig, config: MkDocsConfig, *, serving: bool
) -> dict[str, str]:
    """Return the languages of the digests that are shown, code -> name, the one for the site's root first.

    A site without digests is in English.
    """
    files = get_files(config)
    set_exclusions(files, config)
    found = digest_files(files, options.digest_dir)
    results, _ = _read(shelf, readings, found, options, config, lenient=serving)
    drafts = serving and options.draft_on_serve
    shown = (digest for digest in digests_in(results.values(), lenient=serving) if drafts or not digest.draft)
    return dict.fromkeys(languages_of(shown) or ("en",), "")


def _read(
    shelf: Shelf,
    readings: Store,
    files: Sequence[File],
    options: DigestConfig,
    config: MkDocsConfig,
    *,
    lenient: bool,
) -> tuple[dict[str, ParseResult], list[str]]:
    """Return what files read as, without those that `hide` takes off the site, and the globs that match none."""
    shown, idle = without_hidden(files, options.hide, options.digest_dir)
    version = hashed(installed(), options.labels, options.digest_size_limit)
    roots = roots_of(config.docs_dir, options.digest_dir)
    reader = Reader(grammar_of(options), roots, options.digest_size_limit, readings, version)
    return shelf.read(shown, reader, lenient=lenient), idle


def assemble(
    shelf: Shelf,
    readings: Store,
    files: Sequence[File],
    options: DigestConfig,
    config: MkDocsConfig,
    langs: Sequence[str],
    *,
    default: str,
    serving: bool,
) -> Site:
    """Return the site of some digest files in `langs`, and report what was remarked.

    Raise PluginError where two digests would have one page, or a tag or source file cannot be read.
    """
    results, idle = _read(shelf, readings, files, options, config, lenient=serving)
    readings.save()
    for glob in idle:
        log.warning(f"`hide`: no digest is called '{glob}'; expected a path below '{options.digest_dir}', or a glob")
    digests = digests_in(results.values(), lenient=serving)
    tags = _described(shelf, "tags_file", options, config, lenient=serving)
    policy = Policy(
        urls=Urls(options.digest_dir, default, config.use_directory_urls, options.url_format),
        langs=tuple(langs),
        timezone=options.timezone,
        untranslated=options.untranslated == "show",
        tags=tags,
        sources=_described(shelf, "sources_file", options, config, lenient=serving),
        drafts=serving and options.draft_on_serve,
        until=get_build_datetime() if options.draft_if_future_date else None,
    )
    try:
        library = collect(digests, policy)
    except PlaceError as error:
        raise PluginError(printable_line(str(error))) from None
    if not library.items:
        warn_of_nothing(results, library, options, config)
    read = {path: result.diagnostics for path, result in results.items()}
    told = merged([read, review(digests, tags), moved_digests(library.moved)])
    report(told, Path(config.docs_dir), allowed_codes(trusted=options.trusted, images=options.images))
    views = Views(options.tags, options.sources, tuple(options.archive), options.pagination_per_page)
    look = Look(options.questions == "open", options.images, options.trusted)
    hidden = len(files) - len(results)
    return Site(library, views, look, choose_slice(library, options), hidden)


def sources_outside(options: DigestConfig, config: MkDocsConfig) -> list[Path]:
    """Return the files that the site is made of and that are not below `docs_dir`."""
    paths = (path_of_names(option, options, config).resolve() for option in ("tags_file", "sources_file"))
    return [path for path in paths if path.is_file() and not path.is_relative_to(Path(config.docs_dir).resolve())]


def _described(
    shelf: Shelf, option: str, options: DigestConfig, config: MkDocsConfig, *, lenient: bool
) -> dict[Any, Any]:
    """Return what a file of tags or sources says; where `lenient`, what it said before it was half typed."""
    path = path_of_names(option, options, config)
    try:
        shelf.names[path] = read_names(path)
    except PluginError as error:
        if not lenient:
            raise
        log.warning(f"{error}; shown with what it said before")
    return shelf.names.get(path, {})
