"""A built site, served on the loopback address for a browser."""

import functools
import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class _Handler(http.server.SimpleHTTPRequestHandler):
    """Serves a folder below the path that the site's `site_url` names."""

    def __init__(self, *args: object, mount: str, **kwargs: object) -> None:
        self.mount = mount
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]

    def translate_path(self, path: str) -> str:
        return super().translate_path("/" + path.removeprefix(self.mount))

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def serve(folder: Path, mount: str = "/") -> Iterator[str]:
    """Serve a folder at the address that the block gets, which ends in `mount`."""
    handler = functools.partial(_Handler, directory=str(folder), mount=mount)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}{mount}"
    server.shutdown()
    thread.join()
