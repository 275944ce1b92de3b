"""`mkdocs-digest merge`: slices joined to one site, byte for byte what one build of all its days would have written."""

import filecmp
import os
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

from mkdocs_digest.slices.manifest import NAME, Manifest, read_manifest
from mkdocs_digest.slices.slice import Slice
from mkdocs_digest.slices.spliced import splice
from mkdocs_digest.write.search import offline_index


class SliceError(Exception):
    """Slices that do not make one site; the message says which, and what to do."""


def join_slices(folders: Sequence[Path], out: Path) -> int:
    """Write the site whose slices are in `folders` to the new folder `out`, and return how many files it has.

    Raise SliceError where a slice is missing, is of another site, or differs from others in a file of both, and
    nothing is left in `out` then.
    """
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise SliceError(f"{out} is not empty; merge writes to a new folder only")
    manifests = [_read(folder) for folder in folders]
    _reject_other_sites(folders, manifests)
    _reject_gaps(manifests)
    try:
        return _join(folders, manifests, out)
    except SliceError:
        shutil.rmtree(out, ignore_errors=True)
        raise
    except OSError as error:
        shutil.rmtree(out, ignore_errors=True)
        raise SliceError(f"{error.filename or out}: {error.strerror}") from None


def _read(folder: Path) -> Manifest:
    try:
        return read_manifest(folder)
    except OSError:
        raise SliceError(
            f"{folder} is no slice of a site: it has no {NAME}; build it with `only` set, like `only: 2024`, "
            "and keep hidden files where you hand it on"
        ) from None
    except ValueError as error:
        raise SliceError(f"{folder / NAME} cannot be read ({error}); build the slice again") from None


def _reject_other_sites(folders: Sequence[Path], manifests: Sequence[Manifest]) -> None:
    for folder, manifest in zip(folders, manifests, strict=True):
        if manifest.site != manifests[0].site:
            raise SliceError(
                f"{folders[0]} and {folder} are not of one site: they were built from other digests, options or "
                "versions; build both from one commit, with the same packages installed"
            )


def _reject_gaps(manifests: Sequence[Manifest]) -> None:
    slices = [Slice(manifest.starts) for manifest in manifests]
    missing = [day for day in manifests[0].days if not any(slice_.covers(day) for slice_ in slices)]
    if missing:
        years = ", ".join(dict.fromkeys(day[:4] for day in missing))
        raise SliceError(
            f"no slice has {missing[0]} (missing days: {len(missing)}, in {years}; build their slices too)"
        )


def _join(folders: Sequence[Path], manifests: Sequence[Manifest], out: Path) -> int:
    spliced = {path for manifest in manifests for path in manifest.seams}
    scripts = {_script_of(path) for path in spliced}
    origins: dict[str, Path] = {}
    for folder in folders:
        for path in _files(folder):
            if path in spliced or path in scripts:
                continue
            if path not in origins:
                _copy(folder / path, out / path)
                origins[path] = folder
            elif not filecmp.cmp(origins[path] / path, folder / path, shallow=False):
                raise SliceError(
                    f"{path} is not the same in {origins[path]} and {folder}; expected a file that does not depend on "
                    "when and where it was made; set SOURCE_DATE_EPOCH, and build all slices from one commit"
                )
    for path in sorted(spliced):
        _splice(path, folders, manifests, out)
    return sum(1 for _ in _files(out))


def _splice(path: str, folders: Sequence[Path], manifests: Sequence[Manifest], out: Path) -> None:
    slices = zip(folders, manifests, strict=True)
    try:
        parts = [
            manifest.seams[path].cut((folder / path).read_bytes().decode())
            for folder, manifest in slices
            if path in manifest.seams
        ]
        text = splice(parts).text
    except (OSError, ValueError) as error:
        raise SliceError(f"{path} of the slices cannot be joined ({error}); build the slices again") from None
    _write(out / path, text)
    if any((folder / _script_of(path)).is_file() for folder in folders):
        _write(out / _script_of(path), offline_index(text))


def _script_of(path: str) -> str:
    return f"{path.removesuffix('.json')}.js"


def _files(folder: Path) -> Iterator[str]:
    for inside, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            if name != NAME:
                yield Path(inside, name).relative_to(folder).as_posix()


def _copy(source: Path, target: Path) -> None:
    try:
        shutil.copyfile(source, target)
    except FileNotFoundError:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)


def _write(target: Path, text: str) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(text.encode())
