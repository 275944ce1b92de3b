"""What the metadata of any page is made from: plain texts, and URLs relative to the site's root."""

from collections.abc import Callable
from dataclasses import dataclass

Address = Callable[[str], str]
"""Turns a URL relative to the site's root into the one to print."""


@dataclass(frozen=True, slots=True)
class Publication:
    """The site in one language; `home` is its home page, `root` that of the default language."""

    name: str
    description: str
    lang: str
    home: str
    root: str
    address: Address
    absolute: bool


@dataclass(frozen=True, slots=True)
class PageFacts:
    """A page: `lang` is the language of its text, `langs` are those in which the same page exists.

    `canonical` is the page that search engines should show instead, its own `url` where that is none.
    """

    title: str
    description: str
    url: str
    canonical: str
    lang: str
    langs: tuple[str, ...]
