"""`mkdocs-digest new`: the file of a digest yet to be written."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import zip_longest
from pathlib import Path

from mkdocs_digest.command.files import UsageError
from mkdocs_digest.languages import known_languages, language
from mkdocs_digest.library.slugs import slugify
from mkdocs_digest.model.address import is_web
from mkdocs_digest.model.digest import Digest, Question, Questions, Summary, Translation
from mkdocs_digest.read.content import parse_content
from mkdocs_digest.write.canonical import write_canonical


def new(
    folder: Path,
    title: str,
    day: date,
    *,
    tags: Sequence[str],
    source: str | None,
    author: str | None,
    langs: Sequence[str],
) -> Path:
    """Write a digest with room for a summary and a question in each language, and return its path.

    The file is `<folder>/<year>/<date>-<slug of the title>.md`. Raise UsageError if it exists, the title is empty, the
    source is not an address, or a language is unknown.
    """
    title, langs = " ".join(title.split()), tuple(dict.fromkeys(langs))
    _reject_odd_texts(title, *tags, source or "", author or "")
    if not title:
        raise UsageError("the title is empty")
    if source is not None and not is_web(source):
        raise UsageError(f"'{source}' is not an address of the web; expected `https://...`")
    unknown = [lang for lang in langs if lang not in known_languages()]
    if unknown:
        raise UsageError(f"no such language: {', '.join(unknown)}; known are {', '.join(known_languages())}")
    path = folder / f"{day:%Y}" / f"{day}-{_slug(title)}.md"
    texts = tuple(_translation(lang, title if at == 0 else None, source) for at, lang in enumerate(langs))
    digest = Digest(str(path), day, None, tuple(dict.fromkeys(tags)), author, {}, texts)
    _write_new(path, _content(digest))
    return path


_SURROGATE = re.compile("[\ud800-\udfff]")
"""What Python makes of bytes of an argument that are not UTF-8."""


def _reject_odd_texts(*texts: str) -> None:
    for text in texts:
        if _SURROGATE.search(text):
            raise UsageError(f"{text!r} is not UTF-8 text")


def _slug(title: str) -> str:
    """Return the slug of a title as one segment of a path that every file system has room for."""
    slug = slugify(title).replace("/", "-")
    return slug.encode()[:_LONGEST_SLUG].decode(errors="ignore").strip("-.")


_LONGEST_SLUG = 200
"""Bytes; most file systems take 255 for a name, which has a date and an ending too."""


def _content(digest: Digest) -> bytes:
    """Return a digest as a file; raise UsageError if it would not read back as what was asked for."""
    content = write_canonical(digest).encode()
    read = parse_content(content, path=digest.path).digest
    for what, asked, found in _facts(digest, read) if read else [("digest", "", None)]:
        if asked != found:
            raise UsageError(f"the {what} {asked!r} would be read back as {found!r}; write it in another way")
    return content


def _facts(digest: Digest, read: Digest) -> Iterator[tuple[str, object, object]]:
    """Yield what can be given, as it is asked for and as it reads."""
    yield "tags", digest.tags, read.tags
    yield "author", digest.author, read.author
    for asked, found in zip_longest(digest.translations, read.translations):
        yield "language", asked and asked.lang, found and found.lang
        yield "title", asked and asked.title, found and found.title
        yield "source", asked and asked.source, found and found.source


def _write_new(path: Path, content: bytes) -> None:
    """Write a new file, or nothing; raise UsageError if there is one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        file = path.open("xb")
    except FileExistsError:
        raise UsageError(f"{path} exists already; choose another title or date") from None
    try:
        with file:
            file.write(content)
    except OSError as error:
        path.unlink(missing_ok=True)
        error.filename = str(path)  # a write that fails does not say where
        raise


def _translation(lang: str, title: str | None, source: str | None) -> Translation:
    words = language(lang).words
    parts = (Summary(f"({words['summary']})"), Questions((Question("?", "…"),)))
    return Translation(lang, title or "…", None, source, parts)
