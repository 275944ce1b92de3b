"""A built site, served on the loopback address for a browser."""

import functools
import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path


class _Handler(http.server.SimpleHTTPRequestHandler):
    """Serves a folder below the path that the site's `site_url` names."""

    def __init__(self, *args: object, mount: str, nearest: bool, **kwargs: object) -> None:
        self.mount = mount
        self.nearest = nearest
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]

    def translate_path(self, path: str) -> str:
        return super().translate_path("/" + path.removeprefix(self.mount))

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Send the site's error page: the nearest one above the address, or the root's alone, as GitHub Pages does."""
        page = self._error_page() if code == HTTPStatus.NOT_FOUND else None
        if page is None:
            super().send_error(code, message, explain)
            return
        content = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def _error_page(self) -> Path | None:
        root = Path(self.directory)
        inside = Path(self.translate_path(self.path)).relative_to(root)
        folders = [root / folder for folder in inside.parents] if self.nearest else [root]
        return next((page for folder in folders if (page := folder / "404.html").is_file()), None)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def serve(folder: Path, mount: str = "/", *, nearest: bool = False) -> Iterator[str]:
    """Serve a folder at the address that the block gets, which ends in `mount`.

    Where there is no file it sends the error page at the site's root, or the `nearest` one.
    """
    handler = functools.partial(_Handler, directory=str(folder), mount=mount, nearest=nearest)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}{mount}"
    server.shutdown()
    thread.join()
