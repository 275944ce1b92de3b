"""`mkdocs-digest export`: a file per digest and language, for tools that know nothing of digests."""

from collections.abc import Iterable
from pathlib import Path, PurePath

from mkdocs_digest.command.files import Source, UsageError
from mkdocs_digest.command.new_folder import new_folder
from mkdocs_digest.library.library import languages_of
from mkdocs_digest.write.portable import write_portable


def export(sources: Iterable[Source], root: Path, out: Path, layout: str) -> int:
    """Write the digests among `sources`, which lie below `root`, to the folder `out`, and return how many files.

    The first language found has no suffix in the layout `suffix`. Raise UsageError if `out` holds anything already.
    """
    digests = {source.path: source.result.digest for source in sources if source.result.digest}
    langs = languages_of(digests.values())
    files: dict[PurePath, tuple[str, str]] = {}
    for path, digest in digests.items():
        for translation in digest.translations:
            place = _place(PurePath(path).relative_to(root), translation.lang, layout, langs[:1])
            other, _ = files.setdefault(place, (path, write_portable(digest, translation)))
            if other != path:
                raise UsageError(f"{other} and {path} would both be {out / place}; rename one, or use --layout folder")
    with new_folder(out) as folder:
        for place, (_, text) in files.items():
            folder.write(place.as_posix(), text.encode())
        return folder.count


def _place(path: PurePath, lang: str, layout: str, default: tuple[str, ...]) -> PurePath:
    if layout == "folder":
        return PurePath(lang) / path
    return path if lang in default else path.with_suffix(f".{lang}{path.suffix}")
