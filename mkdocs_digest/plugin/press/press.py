"""Pages made apart from MkDocs' own: by the thousand, where no other plugin has asked to see them."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field

from mkdocs_digest.library.library import Item
from mkdocs_digest.plugin.cache.keys import Keys
from mkdocs_digest.plugin.cache.store import Store
from mkdocs_digest.plugin.cache.written import Mark, Written
from mkdocs_digest.plugin.made import Made
from mkdocs_digest.plugin.pages.apart import FileApart
from mkdocs_digest.plugin.pages.frame import Frames, Sheet, encoded
from mkdocs_digest.plugin.pages.stencils import Stencils
from mkdocs_digest.plugin.progress import Progress
from mkdocs_digest.slices.spliced import Seams, Spliced


@dataclass
class Press:
    """Writes one part of a site: what is there already it leaves, what it has made before it takes, the rest it makes.

    Listings are made again where they are not there: that takes little longer than to keep them all.
    """

    progress: Progress
    frames: Frames
    keys: Keys
    store: Store
    written: Written
    stencils: Stencils
    sheet_of: Callable[[FileApart], Sheet]
    marks: dict[str, Mark] = field(default_factory=dict)
    seams: dict[str, Seams] = field(default_factory=dict)

    def page(self, file: FileApart) -> None:
        """Write a page."""
        self.progress.step()
        path, key = file.dest_uri, self.keys.of(file.subject)
        mark = self.written.is_right(path, key) if key else None
        if mark and key and self.frames.stands(mark.frame, lambda: self.sheet_of(file)):
            self.store.use(key)
            self.marks[path] = mark
            return
        frame, html = self._taken(file, key) or self._made(file, key)
        state = self.written.write(path, html)
        self.marks[path] = Mark(key.hex() if key else "", frame, state)

    def file(self, path: str, key: bytes | None, make: Callable[[], bytes]) -> None:
        """Write a file that has no frame."""
        mark = self.written.is_right(path, key) if key else None
        if mark is None:
            mark = Mark(key.hex() if key else "", "", self.written.write(path, make()))
        self.marks[path] = mark

    def splice(self, path: str, key: bytes | None, make: Callable[[], Spliced]) -> None:
        """Write a file that holds pieces, and note where they are."""

        def content() -> bytes:
            spliced = make()
            self.seams[path] = spliced.seams
            return spliced.text.encode("utf-8", "replace")

        self.file(path, key, content)

    def finish(self) -> Made:
        """Keep what the next build may want, and return what was made."""
        self.store.save()
        self.written.save(self.progress.part, self.marks)
        kept = sum(mark is self.written.present.get(path) for path, mark in self.marks.items() if mark.frame)
        return Made(frozenset(self.marks), kept, self.seams)

    def _taken(self, file: FileApart, key: bytes | None) -> tuple[str, bytes] | None:
        text = self.store.get(key) if key and isinstance(file.subject, Item) else None
        found = _filling(text) if text else None
        if found is None:
            return None
        id_, values = found
        frame = self.frames.confirmed(id_, lambda: self.sheet_of(file))
        return (id_, frame.fill(values)) if frame and frame.names <= values.keys() else None

    def _made(self, file: FileApart, key: bytes | None) -> tuple[str, bytes]:
        return (self.stencils.made(file) if key else None) or self._drawn(file, key)

    def _drawn(self, file: FileApart, key: bytes | None) -> tuple[str, bytes]:
        sheet = self.sheet_of(file)
        drawn = sheet.draw()
        frame = self.frames.frame_of(sheet)
        if frame is None:
            return self.frames.state, encoded(self.frames.rendered(sheet, drawn))
        values = self.frames.values(sheet.outline, drawn)
        if key and isinstance(file.subject, Item):
            self.store.put(key, json.dumps([frame.id, values], ensure_ascii=False, separators=(",", ":")))
        return frame.id, frame.fill(values)


def _filling(text: str) -> tuple[str, dict[str, str]] | None:
    """Return the id of a frame and the values in its gaps as they were kept, or None for any other text."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return None
    match data:
        case [str(id_), dict(values)] if all(isinstance(value, str) for value in values.values()):
            return id_, values
    return None
