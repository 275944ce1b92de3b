"""`mkdocs-digest new`: the file of a digest yet to be written."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from mkdocs_digest.command.files import UsageError
from mkdocs_digest.languages import known_languages, language
from mkdocs_digest.library.slugs import slugify
from mkdocs_digest.model.address import is_web
from mkdocs_digest.model.digest import Digest, Question, Questions, Summary, Translation
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
    if not title.strip():
        raise UsageError("the title is empty")
    if source is not None and not is_web(source):
        raise UsageError(f"'{source}' is not an address of the web; expected `https://...`")
    langs = tuple(dict.fromkeys(langs))
    unknown = [lang for lang in langs if lang not in known_languages()]
    if unknown:
        raise UsageError(f"no such language: {', '.join(unknown)}; known are {', '.join(known_languages())}")
    path = folder / f"{day:%Y}" / f"{day}-{slugify(title).replace('/', '-')}.md"
    texts = tuple(_translation(lang, title if at == 0 else None, source) for at, lang in enumerate(langs))
    digest = Digest(str(path), day, None, tuple(tags), author, {}, texts)
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(write_canonical(digest))
    except FileExistsError:
        raise UsageError(f"{path} exists already; choose another title or date") from None
    return path


def _translation(lang: str, title: str | None, source: str | None) -> Translation:
    words = language(lang).words
    parts = (Summary(f"({words['summary']})"), Questions((Question("?", "…"),)))
    return Translation(lang, title or "…", None, source, parts)
