"""What may stand in the HTML of a digest's text: told by parsing it, apart from the code that writes it."""

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup, Tag
from bs4.element import Comment, Doctype, PreformattedString

TAGS = {
    "a", "blockquote", "br", "code", "del", "div", "em", "h2", "h3", "h4", "h5", "h6", "hr", "img", "li", "ol", "p",
    "pre", "s", "span", "strong", "sub", "sup", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
ATTRIBUTES = {
    "a": {"href", "title", "rel"},
    "img": {"src", "alt", "title", "loading"},
    "ol": {"start"},
    "td": {"style"},
    "th": {"style"},
    "div": {"class"},
    "span": {"class"},
}
ADDRESS = re.compile(r"(?:https?|mailto):|(?![A-Za-z][A-Za-z0-9+.-]*:|[/\\]{2})")
IGNORED = re.compile(r"[\x00-\x20]+")
CLASS = re.compile(r"highlight|[a-z][a-z0-9]{0,3}")
STYLE = re.compile(r"text-align:(?:left|right|center)")


def strangers(html: str) -> list[str]:
    """Return everything in a piece of HTML that is not on the list; nothing if it is harmless."""
    return list(_strangers(BeautifulSoup(html, "html.parser")))


def _strangers(tree: BeautifulSoup) -> Iterator[str]:
    for tag in tree.find_all(True):
        assert isinstance(tag, Tag)
        if tag.name not in TAGS:
            yield f"<{tag.name}>"
        for name, value in tag.attrs.items():
            text = " ".join(value) if isinstance(value, list) else str(value)
            if name not in ATTRIBUTES.get(tag.name, set()) or not is_harmless(name, text):
                yield f"<{tag.name} {name}={text!r}>"
    yield from (repr(node) for node in tree.find_all(string=lambda text: isinstance(text, Comment | Doctype)))
    yield from (repr(node) for node in tree.find_all(string=lambda text: isinstance(text, PreformattedString)))


def is_harmless(name: str, value: str) -> bool:
    """Say whether an attribute of a listed name has a value that no browser acts on in another way."""
    if name in ("href", "src"):
        return bool(ADDRESS.match(IGNORED.sub("", value).lower()))
    if name == "class":
        return all(CLASS.fullmatch(item) for item in value.split())
    return bool(STYLE.fullmatch(value)) if name == "style" else True
