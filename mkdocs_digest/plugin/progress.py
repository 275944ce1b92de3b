"""How far the making of many pages is, told every few seconds."""

import time
from dataclasses import dataclass, field

from mkdocs.plugins import get_plugin_logger

log = get_plugin_logger(__name__)

PROGRESS = "digest_progress"
"""The mark of a log record that is of use at once or never."""

_PATIENCE = 5.0
"""Seconds between two words."""


@dataclass
class Progress:
    """Counts the pages of a part of the site, `total` in all."""

    part: str
    total: int
    done: int = 0
    started: float = field(default_factory=time.monotonic)
    told: float = field(default_factory=time.monotonic)

    def step(self) -> None:
        """Count a page, and say how far it is if nothing was said for long."""
        now = time.monotonic()
        if now - self.told > _PATIENCE:
            self.told, rate = now, self.done / (now - self.started)
            far = f"{self.done:,} of {self.total:,} pages, {rate:,.0f} a second"
            log.info(f"{self.part}: {far}", extra={PROGRESS: True})
        self.done += 1
