"""Files that are whole or not there."""

import contextlib
import tempfile
from pathlib import Path

from mkdocs.plugins import get_plugin_logger

log = get_plugin_logger(__name__)


def replace_file(path: Path, content: bytes) -> None:
    """Put a file in place of another in one step; where that cannot be, leave things as they are."""
    unfinished = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as file:
            unfinished = Path(file.name)
            file.write(content)
        unfinished.replace(path)
    except OSError as error:
        log.info(f"'{path}' is not kept for the next build: {error}")
        if unfinished:
            with contextlib.suppress(OSError):
                unfinished.unlink()
