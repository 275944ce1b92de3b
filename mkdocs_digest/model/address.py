"""The addresses that a digest may lead to: an allow-list of schemes, and no other site by a trick of spelling."""

import re
from urllib.parse import SplitResult, unquote, urlsplit

LINK_SCHEMES = frozenset({"http", "https", "mailto"})
IMAGE_SCHEMES = frozenset({"https"})
_WEB = frozenset({"http", "https"})
_IGNORED = re.compile(r"[\x00-\x20\x7f-\xa0\u1680\u2000-\u200f\u2028-\u202e\u2060-\u2069\u3000\ufeff]+")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_ELSEWHERE = re.compile(r"[/\\]{2}")


def is_link(address: str) -> bool:
    """Say whether a text may link to an address: http, https, mailto, or a relative one without a host."""
    return _leads(address, LINK_SCHEMES)


def is_image(address: str) -> bool:
    """Say whether an image may be loaded from an address: https, or a relative one without a host."""
    return _leads(address, IMAGE_SCHEMES)


def is_web(address: str) -> bool:
    """Say whether an address is one of the web: http or https, with a host."""
    parts = split_address(address)
    return bool(parts and parts.scheme in _WEB and parts.hostname) and _reads(address, LINK_SCHEMES)


def split_address(address: str) -> SplitResult | None:
    """Return the parts of an address, or None where it has none, as `http://[`."""
    try:
        parts = urlsplit(address)
        return None if parts.hostname == "" else parts
    except ValueError:
        return None


def _leads(address: str, schemes: frozenset[str]) -> bool:
    """Say whether an address has one of `schemes` or neither scheme nor host."""
    return split_address(address) is not None and _reads(address, schemes)


def _reads(address: str, schemes: frozenset[str]) -> bool:
    """Say whether an address has one of `schemes`, or neither scheme nor host, as written and as percent-decoded.

    Browsers skip leading controls and blanks, and tabs and line breaks anywhere (WHATWG URL, section 4.4).
    """
    return all(_is_among(_IGNORED.sub("", spelling), schemes) for spelling in {address, unquote(address)})


def _is_among(address: str, schemes: frozenset[str]) -> bool:
    found = _SCHEME.match(address)
    return found[1].lower() in schemes if found else not _ELSEWHERE.match(address)
