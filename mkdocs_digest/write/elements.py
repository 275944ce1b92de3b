"""XML elements as text: what they hold is escaped."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from xml.sax.saxutils import escape

Attributes = Mapping[str, str | None]

_NONE: Attributes = MappingProxyType({})
_IN_VALUES = {'"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}
_ESCAPED = re.compile('[&<>"\t\n\r]')


def element(tag: str, text: str | None = None, attributes: Attributes = _NONE) -> str:
    """Return an element that holds a text; attributes of the value None are left out.

    Tags and attributes are qualified names whose prefixes the root declares.
    """
    return around(tag, escape(text) if text else "", attributes)


def around(tag: str, inner: str, attributes: Attributes = _NONE) -> str:
    """Return an element that holds others."""
    start = f"{tag}{_attributes(attributes)}" if attributes else tag
    return f"<{start}>{inner}</{tag}>" if inner else f"<{start}/>"


def _attributes(attributes: Attributes) -> str:
    return "".join([_attribute(name, value) for name, value in attributes.items() if value is not None])


def _attribute(name: str, value: str) -> str:
    return f' {name}="{escape(value, _IN_VALUES) if _ESCAPED.search(value) else value}"'
