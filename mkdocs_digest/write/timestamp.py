"""Instants as feeds write them."""

from datetime import UTC, datetime
from email.utils import format_datetime

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
"""Stands where a format demands a date and the digest has none."""


def rfc3339(moment: datetime) -> str:
    """Return an aware instant as Atom, JSON Feed and HTML write it (RFC 3339); HTML takes milliseconds at most."""
    return _whole_minutes(moment).isoformat(timespec="milliseconds" if moment.microsecond else "seconds")


def rfc822(moment: datetime) -> str:
    """Return an aware instant as RSS and OPML write it (RFC 822 with years of four digits)."""
    return format_datetime(_whole_minutes(moment))


def _whole_minutes(moment: datetime) -> datetime:
    """Return an instant whose offset both formats can write: before 1900 local times had offsets with seconds."""
    offset = moment.utcoffset()
    return moment.astimezone(UTC) if offset and offset.total_seconds() % 60 else moment
