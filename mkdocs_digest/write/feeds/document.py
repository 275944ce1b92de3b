"""XML documents: what XML can hold of our texts, and the style sheets for readers who open one."""

import re
from collections.abc import Mapping
from urllib.parse import quote
from xml.etree import ElementTree as ET

from mkdocs_digest.library.urls import relative

# Browsers are giving up XSLT (https://chromestatus.com/feature/4709671889534976); they fall back to the second one.
STYLES = {
    "text/xsl": "assets/stylesheets/digest-feed.xsl",
    "text/css": "assets/stylesheets/digest-feed.css",
}

# What is no `Char` of XML 1.0, section 2.2.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def add(
    parent: ET.Element, tag: str, text: str | None = None, attributes: Mapping[str, str | None] | None = None
) -> ET.Element:
    """Append an element to `parent` and return it; attributes of the value None are left out.

    Tags and attributes are qualified names whose prefixes the root declares.
    """
    given = {name: value for name, value in attributes.items() if value is not None} if attributes else {}
    element = ET.SubElement(parent, tag, given)
    element.text = text
    return element


def write_document(root: ET.Element, path: str = "") -> bytes:
    """Return a document as UTF-8; with `path`, the file it will be, it names the style sheets of feeds.

    Characters that no XML document may hold are left out.
    """
    styles = [_style(type_, relative(style, quote(path))) for type_, style in STYLES.items() if path]
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', *styles, ET.tostring(root, "unicode"), ""]
    return _FORBIDDEN.sub("", "\n".join(lines)).encode()


def _style(type_: str, href: str) -> str:
    return ET.tostring(ET.ProcessingInstruction("xml-stylesheet", f'type="{type_}" href="{href}"'), "unicode")
