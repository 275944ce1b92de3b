"""The theme's frame around our pages: rendered once for all pages that the theme treats alike, then filled in.

A theme is asked to render a page whose texts are marks. What it writes, cut at the marks, is the frame of every page
about which it would have asked the same questions and been given the same answers. Where the templates do more with a
text than print it (`mkdocs_digest.plugin.pages.soundness`), each page is rendered in full.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from jinja2 import Environment, pass_context
from jinja2.runtime import Context
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents
from mkdocs.utils import normalize_url
from mkdocs.utils.templates import script_tag_filter
from mkdocs_static_i18n.plugin import I18n

from mkdocs_digest.plugin.cache.keys import hashed
from mkdocs_digest.plugin.pages.marks import (
    UNASKED,
    Asked,
    Likeness,
    Slot,
    address_mark,
    answer,
    cut,
    part_mark,
    text_mark,
)
from mkdocs_digest.plugin.pages.outline import Outline, Sibling
from mkdocs_digest.plugin.pages.soundness import Obstacle
from mkdocs_digest.plugin.pages.templates import Drawn, rooted

TOC_ITEM = "partials/toc-item.html"

_MARKED = Drawn(part_mark("head"), part_mark("body"))


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of ours that is to be framed: `draw` draws what is inside the frame, `page` is what MkDocs has of it."""

    outline: Outline
    draw: Callable[[], Drawn]
    page: Callable[[], Page]


@dataclass(frozen=True)
class Frame:
    """A page cut at its gaps; `asked` is what the theme looked at in the page's front matter, and what it found."""

    pieces: tuple[str | Slot, ...]
    asked: Mapping[str, Any]
    shape: tuple[Any, ...]

    @cached_property
    def id(self) -> str:
        """A hash of the frame: pages with the same values in frames with the same id are the same."""
        return hashed(*self.pieces, sorted(self.asked.items()), self.shape).hex()

    @cached_property
    def names(self) -> frozenset[str]:
        """The names of the values in the frame's gaps."""
        return frozenset(piece.name for piece in self.pieces if isinstance(piece, Slot))

    def holds_for(self, meta: Mapping[str, Any]) -> bool:
        """Say whether a page with this front matter would have the same frame."""
        return all(answer(meta, key) == found for key, found in self.asked.items())

    def fill(self, values: Mapping[str, str]) -> bytes:
        """Return the frame with a page's own values in its gaps."""
        return b"".join(encoded(piece.of(values)) if isinstance(piece, Slot) else piece for piece in self._encoded)

    @cached_property
    def _encoded(self) -> tuple[bytes | Slot, ...]:
        return tuple(piece if isinstance(piece, Slot) else encoded(piece) for piece in self.pieces)


def encoded(html: str) -> bytes:
    """Return HTML as UTF-8; the halves of broken characters become references, as MkDocs has it."""
    return html.encode("utf-8", "xmlcharrefreplace")


class Frames:
    """Makes the HTML of pages of one language; `finish` is what is done to every page that a template has rendered.

    With an `obstacle` in the templates no page has a frame. `state` is a hash of all that a page rendered in full may
    show besides itself, empty where that cannot be known.
    """

    def __init__(
        self,
        env: Environment,
        config: MkDocsConfig,
        nav: Navigation,
        files: Files,
        i18n: I18n,
        finish: Callable[[str], str],
        obstacle: Obstacle | None,
        state: str,
    ) -> None:
        self.env = env
        self.config = config
        self.nav = nav
        self.files = files.documentation_pages()
        self.i18n = i18n
        self.finish = finish
        self.obstacle = obstacle
        self.state = state
        self._frames: dict[tuple[Any, ...], list[Frame | None]] = {}
        self._confirmed: dict[str, Frame | None] = {}

    def frame_of(self, sheet: Sheet) -> Frame | None:
        """Return the frame of a page; None for one that has to be rendered in full."""
        if self.obstacle:
            return None
        known = self._frames.setdefault(_shape(sheet.outline), [])
        for frame in known:
            if frame is None or frame.holds_for(sheet.outline.meta):
                return frame
        known.append(self._traced(sheet.page(), sheet.outline))
        return known[-1]

    def confirmed(self, id_: str, sheet_of: Callable[[], Sheet]) -> Frame | None:
        """Return the frame that had an id in an earlier build, if a page that was in it would be in it again."""
        if id_ not in self._confirmed:
            frame = self.frame_of(sheet_of())
            self._confirmed[id_] = frame if frame and frame.id == id_ else None
        return self._confirmed[id_]

    def stands(self, id_: str, sheet_of: Callable[[], Sheet]) -> bool:
        """Return True if a page with the same values would be the same file: it is in the same frame or, rendered in
        full, on a site in the same state.
        """
        if self.obstacle:
            return bool(id_) and id_ == self.state
        return self.confirmed(id_, sheet_of) is not None

    def rendered(self, sheet: Sheet, drawn: Drawn) -> str:
        """Return the HTML of a page that has no frame."""
        page = sheet.page()
        return self._rendered(page, drawn, page, sheet.outline)

    def values(self, outline: Outline, drawn: Drawn) -> dict[str, str]:
        """Return what fills the gaps in a page's frame."""
        older, newer, meta = outline.previous_page, outline.next_page, outline.meta
        return {
            "title": outline.title,
            "meta-title": str(meta.get("title")),
            "meta-description": str(meta.get("description")),
            "meta-author": str(meta.get("author")),
            "url": outline.url,
            "canonical": outline.canonical_url or "",
            "edit": outline.edit_url or "",
            "older-title": str(older.title) if older else "",
            "older": older.url if older else "",
            "newer-title": str(newer.title) if newer else "",
            "newer": newer.url if newer else "",
            "anchor": outline.toc[0].id if outline.toc else "",
            "items": self._items(outline.toc),
            "head": rooted(drawn.head, outline.base),
            "body": rooted(drawn.body, outline.base),
            **{f"alternate-{lang.lower()}": url for lang, url in outline.alternates.items()},
        }

    def _traced(self, page: Page, outline: Outline) -> Frame | None:
        """Return the frame of a page, if filling it from the outline gives what rendering the page gives."""
        asked: dict[str, Any] = {}
        try:
            html = self._rendered(Likeness(page, _marks(outline), Asked(page.meta, asked)), _MARKED, page, outline)
            frame = Frame(cut(self._without_items(html, outline)), asked, _shape(outline))
            told = Likeness(page, _facts(page, outline), page.meta)
            whole = self._rendered(told, _MARKED, page, outline)
            filled = frame.fill(self.values(outline, _MARKED))
        except Exception:  # whatever a template does with marks: the page itself will show what is wrong, if anything
            return None
        return frame if filled.split() == encoded(whole).split() else None

    def _rendered(self, shown: Any, drawn: Drawn, page: Page, outline: Outline) -> str:
        """Return what the page's template makes of what is shown to it: the page, or something in its place."""
        extra = self.config.extra
        menu = getattr(extra, "alternate", None)
        alike = isinstance(shown, Likeness)
        page.active = True
        try:
            context: Any = get_context(self.nav, self.files, self.config, None if alike else page, outline.base)
            context = self.i18n.on_page_context(context, page=page, config=self.config, nav=self.nav) or context
            context["page"] = shown
            if alike:
                _point(getattr(extra, "alternate", None), shown.alternates)
            base_url = context["base_url"]
            context["digest_head"], context["digest_body"] = rooted(drawn.head, base_url), rooted(drawn.body, base_url)
            template = self.env.get_template(page.meta["template"])
            with self._urls_from_root() if alike else nullcontext():
                output = template.render(context)
            return self.finish(output)
        finally:
            page.active = False
            extra.alternate = menu  # type: ignore[attr-defined]

    @contextmanager
    def _urls_from_root(self) -> Iterator[None]:
        """Let the filters that make links start at the site's root, and not look at the page's own URL."""
        given = {name: self.env.filters[name] for name in ("url", "script_tag")}
        self.env.filters |= {"url": _url_from_root, "script_tag": _script_from_root}
        try:
            yield
        finally:
            self.env.filters |= given

    def _without_items(self, html: str, outline: Outline) -> str:
        """Return the HTML with one mark for all entries of the table of contents."""
        items = self._items(_marks(outline)["toc"])
        return html.replace(items, part_mark("items")) if items else html

    def _items(self, toc: Iterable[AnchorLink]) -> str:
        template = self.env.get_template(TOC_ITEM)
        return "\n".join(template.render(toc_item=item, config=self.config) for item in toc)


def _shape(outline: Outline) -> tuple[Any, ...]:
    """Return what a theme sees of a page besides its front matter, its texts left out."""
    return (
        outline.meta["template"],
        _anywhere(outline),
        bool(outline.canonical_url),
        bool(outline.edit_url),
        bool(outline.previous_page),
        bool(outline.next_page),
        len(outline.toc),
        tuple(outline.alternates),
    )


def _marks(outline: Outline) -> dict[str, Any]:
    """Return a page's texts as marks, those that it has."""
    anchor = AnchorLink(text_mark("anchor-title"), address_mark("anchor"), 2)
    return {
        "title": text_mark("title"),
        "url": address_mark("url"),
        "canonical_url": outline.canonical_url and address_mark("canonical"),
        "edit_url": outline.edit_url and address_mark("edit"),
        "previous_page": outline.previous_page and Sibling(text_mark("older-title"), address_mark("older")),
        "next_page": outline.next_page and Sibling(text_mark("newer-title"), address_mark("newer")),
        "toc": TableOfContents([anchor] if outline.toc else []),
        "alternates": {lang: address_mark(f"alternate-{lang.lower()}") for lang in outline.alternates},
    }


def _facts(page: Page, outline: Outline) -> dict[str, Any]:
    names = ("title", "url", "canonical_url", "edit_url", "previous_page", "next_page", "toc")
    return {**{name: getattr(page, name) for name in names}, "alternates": outline.alternates}


def _point(menu: Sequence[dict[str, Any]] | None, urls: Mapping[str, str]) -> None:
    """Let the language menu lead to the translations of a page."""
    for entry in menu or ():
        entry["link"] = urls.get(entry["lang"], entry["link"])


@pass_context
def _url_from_root(context: Context, value: object) -> str:
    return str(normalize_url(str(value), None, context["base_url"]))


@pass_context
def _script_from_root(context: Context, script: Any) -> str:
    return script_tag_filter({**context.get_all(), "page": None}, script)  # type: ignore[typeddict-item]


def _anywhere(outline: Outline) -> str:
    """Return a URL as deep as a page's, but with no folder in common with any other page."""
    return f"{UNASKED}/" * outline.base.count("..") + ("" if outline.url.endswith("/") else f"{UNASKED}.html")
