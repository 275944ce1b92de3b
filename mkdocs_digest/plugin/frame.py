"""The theme's frame around our pages: rendered once for all pages that the theme treats alike, then filled in.

A theme is asked to render a page whose texts are marks. What it writes, cut at the marks, is the frame of every page
about which it would have asked the same questions and been given the same answers. Where a theme does with a text what
cannot be told from the outside, each page is rendered in full.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from jinja2 import Environment, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents
from mkdocs.utils import get_relative_url, normalize_url
from mkdocs.utils.templates import script_tag_filter
from mkdocs_static_i18n.plugin import I18n

from mkdocs_digest.plugin.cache.keys import hashed
from mkdocs_digest.plugin.pages import Sibling
from mkdocs_digest.plugin.templates import Drawn, rooted

TOC_ITEM = "partials/toc-item.html"

_TEXTS = ("title", "meta-title", "meta-description", "meta-author", "older-title", "newer-title", "anchor-title")
_PARTS = ("head", "body", "items")
_FORMS: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("<b>xq-{}-qx&lt;", str),
    ("&lt;b&gt;xq-{}-qx&amp;lt;", lambda text: str(escape(text))),
    ("xq-{}-qx<", lambda text: Markup(text).striptags()),
    ("xq-{}-qx&lt;", lambda text: str(escape(Markup(text).striptags()))),
    ("xq-{}-qy&amp;", lambda url: str(escape(url))),
    ("xq-{}-qy&", str),
    ("xq-{}-qz", str),
)
"""What filters make of a mark, and of what it stands for: a text that is HTML (`qx`), a URL (`qy`), a part (`qz`)."""

_NAME = "([a-z-]+?)"
_MARK = re.compile("|".join(form.format(_NAME) for form, _ in _FORMS))


class UntoldError(Exception):
    """A theme asks of a page what its frame cannot answer."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A gap in a frame: the name of a value, and which of `_FORMS` the theme gives it."""

    name: str
    form: int

    def of(self, values: Mapping[str, str]) -> str:
        """Return what the theme makes of the slot's value."""
        return _FORMS[self.form][1](values[self.name])


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

    def holds_for(self, meta: Mapping[str, Any]) -> bool:
        """Say whether a page with this front matter would have the same frame."""
        return all(_answer(meta, key) == answer for key, answer in self.asked.items())

    def fill(self, values: Mapping[str, str]) -> str:
        """Return the frame with a page's own values in its gaps."""
        return "".join(piece if isinstance(piece, str) else piece.of(values) for piece in self.pieces)


class Frames:
    """Makes the HTML of pages of one language; `finish` is what is done to every page that a template has rendered."""

    def __init__(
        self,
        env: Environment,
        config: MkDocsConfig,
        nav: Navigation,
        files: Files,
        i18n: I18n,
        finish: Callable[[str, str], str],
    ) -> None:
        self.env = env
        self.config = config
        self.nav = nav
        self.files = files.documentation_pages()
        self.i18n = i18n
        self.finish = finish
        self._frames: dict[tuple[Any, ...], list[Frame | None]] = {}
        self._confirmed: dict[str, Frame | None] = {}

    def frame_of(self, page: Page) -> Frame | None:
        """Return the frame of a page; None for one that has to be rendered in full."""
        known = self._frames.setdefault(_shape(page), [])
        for frame in known:
            if frame is None or frame.holds_for(page.meta):
                return frame
        known.append(self._traced(page))
        return known[-1]

    def confirmed(self, id_: str, page_of: Callable[[], Page]) -> Frame | None:
        """Return the frame that had an id in an earlier build, if a page that was in it would be in it again."""
        if id_ not in self._confirmed:
            frame = self.frame_of(page_of())
            self._confirmed[id_] = frame if frame and frame.id == id_ else None
        return self._confirmed[id_]

    def rendered(self, page: Page, drawn: Drawn) -> str:
        """Return the HTML of a page that has no frame."""
        return self._rendered(page, drawn, page)

    def _traced(self, page: Page) -> Frame | None:
        """Return the frame of a page, if filling it gives what rendering the page gives."""
        asked: dict[str, Any] = {}
        try:
            html = self._rendered(_Likeness(page, _marks(page), _Asked(page.meta, asked)), _MARKED, page)
            frame = Frame(_cut(self._without_items(html, page)), asked, _shape(page))
            told = _Likeness(page, _facts(page), page.meta)
            whole = self._rendered(told, _MARKED, page)
            filled = frame.fill(self.values(page, _MARKED))
        except Exception:  # whatever a template does with marks: the page itself will show what is wrong, if anything
            return None
        return frame if filled.split() == whole.split() else None

    def _rendered(self, shown: Any, drawn: Drawn, page: Page) -> str:
        """Return what the page's template makes of what is shown to it: the page, or something in its place."""
        extra = self.config.extra
        menu = getattr(extra, "alternate", None)
        alike = isinstance(shown, _Likeness)
        page.active = True
        try:
            base_url = _base_of(page)
            context: Any = get_context(self.nav, self.files, self.config, None if alike else page, base_url)
            context = self.i18n.on_page_context(context, page=page, config=self.config, nav=self.nav) or context
            context["page"] = shown
            if alike:
                _point(getattr(extra, "alternate", None), shown.alternates)
            base_url = context["base_url"]
            context["digest_head"], context["digest_body"] = rooted(drawn.head, base_url), rooted(drawn.body, base_url)
            template = self.env.get_template(page.meta["template"])
            with self._urls_from_root() if alike else nullcontext():
                output = template.render(context)
            return self.finish(output, _anywhere(page) if alike else page.url)
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

    def _without_items(self, html: str, page: Page) -> str:
        """Return the HTML with one mark for all entries of the table of contents."""
        items = self._items(_marks(page)["toc"])
        return html.replace(items, "xq-items-qz") if items else html

    def _items(self, toc: TableOfContents) -> str:
        template = self.env.get_template(TOC_ITEM)
        return "\n".join(template.render(toc_item=item, config=self.config) for item in toc)

    def values(self, page: Page, drawn: Drawn) -> dict[str, str]:
        """Return what fills the gaps in a page's frame."""
        older, newer = page.previous_page, page.next_page
        base_url = _base_of(page)
        first = next(iter(page.toc), None)
        return {
            "title": str(page.title),
            "meta-title": str(page.meta.get("title")),
            "meta-description": str(page.meta.get("description")),
            "meta-author": str(page.meta.get("author")),
            "url": page.url,
            "canonical": page.canonical_url or "",
            "edit": page.edit_url or "",
            "older-title": str(older.title) if older else "",
            "older": older.url if older else "",
            "newer-title": str(newer.title) if newer else "",
            "newer": newer.url if newer else "",
            "anchor": first.id if first else "",
            "items": self._items(page.toc) if first else "",
            "head": rooted(drawn.head, base_url),
            "body": rooted(drawn.body, base_url),
            **_alternates(page),
        }


class _Likeness:
    """Stands for a page, and refuses what it has not been told."""

    def __init__(self, page: Page, told: Mapping[str, Any], meta: Any) -> None:
        same = ("parent", "ancestors", "children", "active", *(name for name in dir(page) if name.startswith("is_")))
        vars(self).update(told, meta=meta, **{name: getattr(page, name) for name in same})

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        raise UntoldError(name)


def _untold(*_: Any, **__: Any) -> Any:
    raise UntoldError


class _Mark(str):
    """A text that can be printed, and filtered as `_FORMS` knows, but not looked at."""

    __slots__ = ()

    def __str__(self) -> str:
        return str.__str__(self)

    def __bool__(self) -> bool:
        return True

    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = __len__ = __contains__ = __getitem__ = __iter__ = _untold
    __hash__ = __mod__ = __mul__ = __rmul__ = __format__ = _untold


for _name in dir(str):
    if not _name.startswith("_"):
        setattr(_Mark, _name, _untold)


class _Asked:
    """Front matter that notes what is asked of it; its texts are marks."""

    def __init__(self, meta: Mapping[str, Any], asked: dict[str, Any]) -> None:
        self._meta = meta
        self._asked = asked

    def __getitem__(self, key: str) -> Any:
        self._asked[key] = _answer(self._meta, key)
        found = self._meta[key]
        return _text(f"meta-{key}") if key in _SLOTTED else found

    def get(self, key: str, default: Any = None) -> Any:
        try:
            return self[key]
        except KeyError:
            return default

    def __contains__(self, key: str) -> bool:
        self._asked[key] = _answer(self._meta, key)
        return key in self._meta

    def __bool__(self) -> bool:
        return True

    __iter__ = __len__ = __eq__ = __str__ = __repr__ = __or__ = keys = values = items = copy = pop = _untold
    __hash__ = None  # type: ignore[assignment]


_SLOTTED = ("title", "description", "author")
_MARKED = Drawn("xq-head-qz", "xq-body-qz")


def _answer(meta: Mapping[str, Any], key: str) -> tuple[bool, str]:
    """Return what a theme sees of front matter: of texts that are gaps, whether they are there."""
    value = meta.get(key)
    return key in meta, repr(bool(value) if key in _SLOTTED else value)


def _kind_of(name: str) -> str:
    """Return what a mark of this name ends with: whether it stands for a text, a part or a URL."""
    return "qx" if name in _TEXTS else "qz" if name in _PARTS else "qy"


def _text(name: str) -> _Mark:
    return _Mark(f"<b>xq-{name}-qx&lt;")


def _address(name: str) -> _Mark:
    return _Mark(f"xq-{name}-qy&")


def _shape(page: Page) -> tuple[Any, ...]:
    """Return what a theme sees of a page besides its front matter, its texts left out."""
    return (
        page.meta["template"],
        _anywhere(page),
        bool(page.canonical_url),
        bool(page.edit_url),
        bool(page.previous_page),
        bool(page.next_page),
        len(list(page.toc)),
        tuple(_files(page)),
    )


def _marks(page: Page) -> dict[str, Any]:
    """Return a page's texts as marks, those that it has."""
    anchor = AnchorLink(_text("anchor-title"), _address("anchor"), 2)
    return {
        "title": _text("title"),
        "url": _address("url"),
        "canonical_url": page.canonical_url and _address("canonical"),
        "edit_url": page.edit_url and _address("edit"),
        "previous_page": page.previous_page and Sibling(_text("older-title"), _address("older")),
        "next_page": page.next_page and Sibling(_text("newer-title"), _address("newer")),
        "toc": TableOfContents([anchor] if list(page.toc) else []),
        "alternates": {lang: _address(f"alternate-{lang.lower()}") for lang in _files(page)},
    }


def _facts(page: Page) -> dict[str, Any]:
    names = ("title", "url", "canonical_url", "edit_url", "previous_page", "next_page", "toc")
    return {**{name: getattr(page, name) for name in names}, "alternates": {k: f.url for k, f in _files(page).items()}}


def _files(page: Page) -> dict[str, File]:
    found: dict[str, File] = getattr(page.file, "alternates", {})
    return found


def _alternates(page: Page) -> dict[str, str]:
    return {f"alternate-{lang.lower()}": file.url for lang, file in _files(page).items()}


def _point(menu: Sequence[dict[str, Any]] | None, urls: Mapping[str, str]) -> None:
    """Let the language menu lead to the translations of a page."""
    for entry in menu or ():
        entry["link"] = urls.get(entry["lang"], entry["link"])


def _base_of(page: Page) -> str:
    return get_relative_url(".", page.url)


@pass_context
def _url_from_root(context: Context, value: object) -> str:
    return str(normalize_url(str(value), None, context["base_url"]))


@pass_context
def _script_from_root(context: Context, script: Any) -> str:
    return script_tag_filter({**context.get_all(), "page": None}, script)  # type: ignore[typeddict-item]


def _anywhere(page: Page) -> str:
    """Return a URL as deep as a page's, but with no folder in common with any other page."""
    return "xq-url-qx/" * _base_of(page).count("..") + ("" if page.url.endswith("/") else "xq-url-qx.html")


def _cut(html: str) -> tuple[str | Slot, ...]:
    """Return HTML cut at its marks; raise UntoldError where a mark has become something else."""
    pieces: list[str | Slot] = []
    at = 0
    for found in _MARK.finditer(html):
        form = (found.lastindex or 1) - 1
        name = found[form + 1]
        if f"-{_kind_of(name)}" not in found[0]:
            raise UntoldError(name)
        pieces += [html[at : found.start()], Slot(name, form)]
        at = found.end()
    pieces.append(html[at:])
    if any("xq-" in piece.lower() for piece in pieces if isinstance(piece, str)):
        raise UntoldError("a text")
    return tuple(pieces)
