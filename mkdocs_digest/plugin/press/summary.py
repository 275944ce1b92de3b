"""What a build has made, in one line."""

from pathlib import Path

from mkdocs.plugins import get_plugin_logger

from mkdocs_digest.plugin.made import Made
from mkdocs_digest.plugin.pages.site import Site
from mkdocs_digest.plugin.press.search import INDEX

log = get_plugin_logger(__name__)


def summarise(site: Site, made: Made, site_dir: Path, seconds: float) -> None:
    """Log in one line what a build has made, and what it has left out."""
    library, pages = site.library, site.pages
    indexes = (site_dir / root / INDEX for root in ("", *library.langs))
    index = sum(path.stat().st_size for path in indexes if path.is_file())
    feeds = sum((site_dir / path).stat().st_size for path in made.paths if not path.endswith(".html"))
    counts = f"{_counted(len(library.items), 'digest')} in {', '.join(library.langs)}{_left_out(site)}"
    sizes = f"search index {index / 1e6:.1f} MB, feeds and data {feeds / 1e6:.1f} MB"
    written = _counted(pages - made.kept, "page")
    log.info(f"{counts}: {written} written, {made.kept:,} kept, in {seconds:.1f} s; {sizes}")


def _left_out(site: Site) -> str:
    counts = {
        _counted(site.library.drafts, "draft"): site.library.drafts,
        f"{site.library.scheduled:,} scheduled": site.library.scheduled,
        f"{site.hidden:,} hidden": site.hidden,
    }
    found = ", ".join(words for words, count in counts.items() if count)
    return f" ({found} left out)" if found else ""


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"
