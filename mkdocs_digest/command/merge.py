"""`mkdocs-digest merge`: slices joined to one site, byte for byte what one build of all its days would have written."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from mkdocs_digest.command.files import UsageError
from mkdocs_digest.command.new_folder import NewFolder, new_folder
from mkdocs_digest.disk import IrregularFileError
from mkdocs_digest.slices.manifest import Manifest, read_manifest
from mkdocs_digest.slices.records import NAME, ChangedFileError, find_files, read_recorded
from mkdocs_digest.slices.slice import Slice
from mkdocs_digest.slices.spliced import splice
from mkdocs_digest.write.search import offline_index


class SliceError(Exception):
    """Slices that do not make one site; the message says which, and what to do."""


@dataclass(frozen=True, slots=True)
class Joined:
    """How many files a joined site has, and which ones in the folders of its slices no build has written."""

    count: int
    left_out: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class BuiltSlice:
    """The folder of a slice, what it says of itself, and the files in it that it does not name."""

    folder: Path
    manifest: Manifest
    strays: tuple[Path, ...]

    def read(self, path: str) -> Iterator[bytes]:
        """Yield the bytes of one of its files; raise SliceError once they are not what the build has written."""
        try:
            yield from read_recorded(self.folder / path, self.manifest.files[path])
        except ChangedFileError:
            raise SliceError(
                f"{self.folder / path} is not as it was built (it has another size or hash); build the slice "
                "again, and change nothing in it"
            ) from None
        except IrregularFileError as error:
            raise _irregular(error) from None

    def verify(self, path: str) -> None:
        """Raise SliceError if one of its files is not what the build has written."""
        for _ in self.read(path):
            pass


def join_slices(folders: Sequence[Path], out: Path) -> Joined:
    """Write the site whose slices are in `folders` to the new folder `out`.

    Raise SliceError where a slice is missing, is of another site, was changed after its build, or differs from others
    in a file of both, and UsageError if `out` is in use; nothing is left in `out` then.
    """
    for folder in folders:
        if out.resolve().is_relative_to(folder.resolve()):
            raise UsageError(f"{out} is in the slice {folder}; expected a new folder beside the slices")
    with new_folder(out) as site:
        slices = [_read(folder) for folder in folders]
        _reject_other_sites(slices)
        _reject_gaps(slices)
        _join(slices, site)
        return Joined(site.count, tuple(stray for slice_ in slices for stray in slice_.strays))


def _read(folder: Path) -> BuiltSlice:
    try:
        manifest = read_manifest(folder)
    except (FileNotFoundError, NotADirectoryError):
        raise SliceError(
            f"{folder} is not a slice of a site: it has no {NAME}; build it with `only` set, like `only: 2024`, "
            "and keep hidden files where you hand it on"
        ) from None
    except IrregularFileError as error:
        raise _irregular(error) from None
    except ValueError as error:
        raise SliceError(f"{folder / NAME} cannot be read ({error}); build the slice again") from None
    found = find_files(folder)
    for path, kind in found.others.items():
        raise SliceError(f"{folder / path} is {kind}; {_EXPECTED}")
    missing = manifest.files.keys() - set(found.files)
    if missing:
        raise SliceError(f"{folder / min(missing)} is missing; build the slice again, and hand on all of it")
    return BuiltSlice(folder, manifest, tuple(folder / path for path in found.files if path not in manifest.files))


_EXPECTED = "expected regular files only, as a build writes them; build the slice again"


def _irregular(error: IrregularFileError) -> SliceError:
    return SliceError(f"{error.filename} {error.strerror}; {_EXPECTED}")


def _reject_other_sites(slices: Sequence[BuiltSlice]) -> None:
    first = slices[0]
    for other in slices:
        if other.manifest.site != first.manifest.site:
            raise SliceError(
                f"{first.folder} and {other.folder} are not of one site: they were built from other digests, options "
                "or versions; build both from one commit, with the same packages installed"
            )


def _reject_gaps(slices: Sequence[BuiltSlice]) -> None:
    built = [Slice(slice_.manifest.starts) for slice_ in slices]
    missing = [day for day in slices[0].manifest.days if not any(part.covers(day) for part in built)]
    if missing:
        years = ", ".join(dict.fromkeys(day[:4] for day in missing))
        raise SliceError(
            f"no slice has {missing[0]} (missing days: {len(missing)}, in {years}; build their slices too)"
        )


def _join(slices: Sequence[BuiltSlice], site: NewFolder) -> None:
    spliced = {path for slice_ in slices for path in slice_.manifest.seams}
    scripts = {_script_of(path) for path in spliced}
    origins: dict[str, BuiltSlice] = {}
    for slice_ in slices:
        for path in sorted(slice_.manifest.files.keys() - spliced):
            if path in scripts:
                slice_.verify(path)
            elif path in origins:
                _reject_difference(path, origins[path], slice_)
                slice_.verify(path)
            else:
                _copy(slice_, path, site)
                origins[path] = slice_
    for path in sorted(spliced):
        _splice(path, slices, site)


def _reject_difference(path: str, one: BuiltSlice, other: BuiltSlice) -> None:
    if one.manifest.files[path] != other.manifest.files[path]:
        raise SliceError(
            f"{path} is not the same in {one.folder} and {other.folder}; expected a file that does not depend on "
            "when and where it was made; set SOURCE_DATE_EPOCH, and build all slices from one commit"
        )


def _copy(slice_: BuiltSlice, path: str, site: NewFolder) -> None:
    with site.create(path) as file:
        file.writelines(slice_.read(path))


def _splice(path: str, slices: Sequence[BuiltSlice], site: NewFolder) -> None:
    holders = [slice_ for slice_ in slices if path in slice_.manifest.seams]
    texts = [b"".join(slice_.read(path)).decode() for slice_ in holders]
    seams = [slice_.manifest.seams[path] for slice_ in holders]
    try:
        whole = splice(seam.cut(text) for seam, text in zip(seams, texts, strict=True)).text
    except ValueError as error:
        raise SliceError(f"{path} of the slices cannot be joined ({error}); build the slices again") from None
    site.write(path, whole.encode())
    if any(_script_of(path) in slice_.manifest.files for slice_ in slices):
        site.write(_script_of(path), offline_index(whole).encode())


def _script_of(path: str) -> str:
    return f"{path.removesuffix('.json')}.js"
