"""Feeds as XML documents: what XML can hold of our texts, and the style sheets for readers who open one."""

from urllib.parse import quote

from mkdocs_digest.library.urls import relative

# Browsers are giving up XSLT (https://chromestatus.com/feature/4709671889534976); they fall back to the second one.
STYLES = {
    "text/xsl": "assets/stylesheets/digest-feed.xsl",
    "text/css": "assets/stylesheets/digest-feed.css",
}

# What is no `Char` of XML 1.0, section 2.2, besides the halves of broken characters, which UTF-8 does not have either.
_CONTROLS = bytes(set(range(0x20)) - set(b"\t\n\r"))
_NONCHARACTERS = "\ufffe\uffff"


def write_document(root: str, path: str = "") -> bytes:
    """Return a document as UTF-8; with `path`, the file it will be, it names the style sheets of feeds.

    Characters that no XML document may hold are left out.
    """
    styles = [_style(type_, relative(style, quote(path))) for type_, style in STYLES.items() if path]
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', *styles, root, ""]
    text = "\n".join(lines)
    for char in _NONCHARACTERS:
        text = text.replace(char, "")
    return text.encode("utf-8", "ignore").translate(None, _CONTROLS)


def _style(type_: str, href: str) -> str:
    return f'<?xml-stylesheet type="{type_}" href="{href}"?>'
