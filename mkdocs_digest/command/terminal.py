"""Text that is safe to print on a terminal."""

import re

# C0 and C1 controls (so every escape sequence: ECMA-48), lone surrogates, line separators, and what changes the
# direction of the text behind it (UAX #9).
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def printable(text: str) -> str:
    """Return `text` with control characters and direction overrides made visible, so that none reaches the terminal."""
    return _CONTROL.sub(lambda found: f"\\x{ord(found[0]):02x}", text)


def printable_line(text: str) -> str:
    """Return `text` printable and on one line: a line break in a file's name must not begin a line of its own."""
    return printable(text).replace("\n", "\\x0a")


def printable_json(text: str) -> str:
    """Return JSON with the same characters escaped as JSON does it: outside of strings it has none of them."""
    return _CONTROL.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
