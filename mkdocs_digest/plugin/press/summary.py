"""What a build has made, in one line."""

from pathlib import Path

from mkdocs.plugins import get_plugin_logger

from mkdocs_digest.library.library import Library
from mkdocs_digest.plugin.made import Made
from mkdocs_digest.plugin.press.search import INDEX

log = get_plugin_logger(__name__)


def summarise(library: Library, pages: int, made: Made, site_dir: Path, seconds: float) -> None:
    """Log in one line what a build has made; `pages` counts all that are of digests and listings."""
    indexes = (site_dir / root / INDEX for root in ("", *library.langs))
    index = sum(path.stat().st_size for path in indexes if path.is_file())
    feeds = sum((site_dir / path).stat().st_size for path in made.paths if not path.endswith(".html"))
    counts = f"{len(library.items):,} digests in {', '.join(library.langs)}"
    sizes = f"search index {index / 1e6:.1f} MB, feeds and data {feeds / 1e6:.1f} MB"
    log.info(f"{counts}: {pages - made.kept:,} pages written, {made.kept:,} kept, in {seconds:.1f} s; {sizes}")
