"""Whether a theme prints the texts of a page whole, so that one rendering can be the frame of many pages.

A placeholder that has gone through a filter cannot be told from another text. What a template does with a page is
therefore read off its syntax tree: an expression about a page is known to be right in a few forms, and every other one
has each page rendered in full.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from jinja2 import Environment, nodes
from jinja2.defaults import DEFAULT_NAMESPACE
from jinja2.exceptions import TemplateError
from jinja2.filters import FILTERS
from jinja2.meta import find_referenced_templates
from jinja2.tests import TESTS

_SHARED = frozenset({"base_url", "build_date_utc", "config", "extra_css", "extra_javascript", "lang", "mkdocs_version"})
"""Names of the context that say the same on each page in a frame."""

_RESERVED = frozenset({*_SHARED, "page", "pages", "nav", "self", "super", "caller", "digest_head", "digest_body"})
_TEXTS = frozenset({"title", "canonical_url", "edit_url"})
"""What may be printed of a page, besides its front matter."""

_SLOTTED = frozenset({"title", "description", "author"})
_PRINTING = ((), ("striptags",), ("e",), ("escape",), ("striptags", "e"), ("striptags", "escape"))
"""The filters that placeholders have a form for, in order."""

_CAPTURING = (nodes.Macro, nodes.CallBlock, nodes.FilterBlock, nodes.AssignBlock)
_PASSED_ON = (nodes.Include, nodes.Block)
_HOST_TEMPLATES = ("mkdocs.utils.templates", "properdocs.utils.templates")
_HOST_EXTENSIONS = ("jinja2.ext.", "mkdocs.localization.", "properdocs.localization.")
_METHODS = frozenset(dir(dict))


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why a frame may not be used: a template and its line, and what stands there."""

    template: str
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.template}:{self.line}: {self.reason}"


def find_obstacle(
    env: Environment, names: Iterable[str], folders: Iterable[str], trusted: Sequence[Path]
) -> Obstacle | None:
    """Return the first thing that some templates do with a page that no frame is known to be right for.

    Everything that the templates `names` extend, include or import from the theme's `folders` is looked at, but for
    files in the folders `trusted`, which are those of themes that frames were tested with.
    """
    own = [Path(folder) for folder in folders if not _is_below(Path(folder), trusted)]
    return _altered(env) or (_Inspection(env, own, trusted).obstacle(names) if own else None)


def _is_below(path: Path, folders: Iterable[Path]) -> bool:
    return any(path.is_relative_to(folder) for folder in folders)


def _altered(env: Environment) -> Obstacle | None:
    """Return what a plugin or hook has changed in the environment, which trusted templates then show too."""
    for kind, ours, theirs in (("filter", FILTERS, env.filters), ("test", TESTS, env.tests)):
        changed = [name for name in ours if theirs.get(name) is not ours[name]]
        if changed:
            return Obstacle("environment", 0, f"the {kind} `{changed[0]}` is not Jinja's")
    for name in ("url", "script_tag"):
        if getattr(env.filters.get(name), "__module__", "") not in _HOST_TEMPLATES:
            return Obstacle("environment", 0, f"the filter `{name}` is not MkDocs'")
    extensions = [name for name in env.extensions if not name.startswith(_HOST_EXTENSIONS)]
    if extensions or env.finalize is not None:
        return Obstacle("environment", 0, f"{', '.join(extensions) or 'finalize'} may change templates")
    return None


class _Inspection:
    """Looks at templates, each once, with all that they refer to."""

    def __init__(self, env: Environment, folders: Sequence[Path], trusted: Sequence[Path]) -> None:
        self.env = env
        self.folders = folders
        self.trusted = trusted
        self.own: dict[str, nodes.Template] = {}
        self.known: dict[str, _Facts] = {}

    def obstacle(self, names: Iterable[str]) -> Obstacle | None:
        waiting = [*names, *self._icons()]
        while waiting:
            name = waiting.pop()
            if name in self.known or not self._parse(name):
                continue
            waiting += filter(None, self.known[name].references)
            if name in self.own and None in self.known[name].references:
                return Obstacle(name, 1, "includes a template whose name is worked out")
        return next(filter(None, map(self._look_at, sorted(self.own))), None)

    def _icons(self) -> Iterator[str]:
        """Yield icons of the site's own, which the theme includes by names that it works out."""
        for folder in self.folders:
            yield from (path.relative_to(folder).as_posix() for path in folder.glob(".icons/**/*.svg"))

    def _parse(self, name: str) -> bool:
        try:
            source, path, _ = self.env.loader.get_source(self.env, name)  # type: ignore[union-attr]
            if path is not None and _is_below(Path(path), self.trusted):
                self.known[name] = _facts_of(source)
                return True
            self.own[name] = self.env.parse(source, name)
        except (TemplateError, UnicodeDecodeError):  # rendering will say what is wrong with it, if it is needed
            return False
        self.known[name] = _facts(self.own[name])
        return True

    @cached_property
    def _stored_by_theme(self) -> frozenset[str]:
        """Names that trusted templates set: blocks of others see them."""
        return frozenset().union(*(facts.stored for name, facts in self.known.items() if name not in self.own))

    def _look_at(self, name: str) -> Obstacle | None:
        tree, stored = self.own[name], self.known[name].stored
        if taken := sorted(stored & (_RESERVED - {"lang"} | (self._stored_by_theme - {"lang"}))):
            return Obstacle(name, 1, f"sets `{taken[0]}`")
        known = stored | _SHARED | {"loop"} | (DEFAULT_NAMESPACE.keys() & self.env.globals.keys())
        known -= {key for key in DEFAULT_NAMESPACE if self.env.globals.get(key) is not DEFAULT_NAMESPACE[key]}
        found = _Reading(frozenset(known)).obstacle(tree, captured=False)
        return Obstacle(name, found[0], found[1]) if found else None


@dataclass(frozen=True, slots=True)
class _Facts:
    """What a template refers to, with None for a name that is worked out, and the names that it sets."""

    references: tuple[str | None, ...]
    stored: frozenset[str]


def _facts(tree: nodes.Template) -> _Facts:
    return _Facts(tuple(find_referenced_templates(tree)), _stored(tree))


@lru_cache(maxsize=500)
def _facts_of(source: str) -> _Facts:
    """Return the facts of a trusted template: parsed once for all languages and rebuilds."""
    return _facts(Environment(extensions=["jinja2.ext.i18n", "jinja2.ext.loopcontrols"]).parse(source))


def _stored(tree: nodes.Template) -> frozenset[str]:
    """Return the names that a template sets, parameters of macros apart: anybody may call them with anything."""
    names = {node.name for node in tree.find_all(nodes.Name) if node.ctx == "store"}
    names |= {node.target for node in tree.find_all(nodes.Import)}
    for node in tree.find_all(nodes.FromImport):
        names |= {item if isinstance(item, str) else item[1] for item in node.names}
    called: list[nodes.Macro | nodes.CallBlock] = [*tree.find_all(nodes.Macro), *tree.find_all(nodes.CallBlock)]
    return frozenset(names - {argument.name for node in called for argument in node.args})


@dataclass(frozen=True, slots=True)
class _Reading:
    """Reads a tree whose templates may use the names `known` as they like, and a page in certain forms."""

    known: frozenset[str]

    def obstacle(self, node: nodes.Node, *, captured: bool) -> tuple[int, str] | None:
        """Return the line of what is not known to be right, and its name; what is `captured` may be filtered later."""
        captured = captured or isinstance(node, _CAPTURING)
        if captured and isinstance(node, _PASSED_ON):
            return node.lineno, "keeps what another template prints"
        if isinstance(node, nodes.Output):
            return self._first((item for item in node.nodes if captured or not _is_printed_whole(item)), captured)
        if isinstance(node, nodes.If) and _is_settled(node.test):
            return self._first([*node.body, *node.elif_, *node.else_], captured)
        return self._wrong(node) or (None if _is_setting(node) else self._first(node.iter_child_nodes(), captured))

    def _first(self, found: Iterable[nodes.Node], captured: bool) -> tuple[int, str] | None:
        return next(filter(None, (self.obstacle(node, captured=captured) for node in found)), None)

    def _wrong(self, node: nodes.Node) -> tuple[int, str] | None:
        if isinstance(node, nodes.Name) and node.ctx == "load":
            if node.name == "config":
                return node.lineno, "uses `config` as a whole"
            return None if node.name in self.known else (node.lineno, f"uses `{node.name}`")
        if isinstance(node, nodes.ExtensionAttribute | nodes.ContextReference | nodes.DerivedContextReference):
            return node.lineno, "uses an extension of Jinja"
        return None


def _path(node: nodes.Node) -> tuple[str, ...]:
    """Return the names of an expression like `page.meta.title` or `page["meta"].title`; nothing for any other."""
    match node:
        case nodes.Name(ctx="load"):
            return (node.name,)
        case nodes.Getattr():
            inner, name = _path(node.node), node.attr
        case nodes.Getitem(arg=nodes.Const(value=str(name))):
            inner = _path(node.node)
        case _:
            return ()
    return (*inner, name) if inner else ()


def _is_setting(node: nodes.Node) -> bool:
    """Return True for a setting of the site: neither all of them, nor plugins, nor the language menu of the page."""
    match _path(node):
        case ("config", "extra", name, *_):
            return name not in {"alternate", "items", "values", "get", "pop", "copy", "data", "user_configs"}
        case ("config", name, *_):
            return name not in {"extra", "plugins", "items", "values", "get", "data", "user_configs", "pop", "copy"}
    return False


def _is_printed_whole(node: nodes.Node) -> bool:
    """Return True for what a frame has a gap or an answer for, if it is printed as it is."""
    filters: list[str] = []
    while isinstance(node, nodes.Filter) and node.node and not (node.args or node.kwargs or node.dyn_args):
        filters.insert(0, node.name)
        node = node.node
    if isinstance(node, nodes.Call):
        return isinstance(node.node, nodes.Name) and node.node.name == "super" and not filters
    match _path(node):
        case ("page", name):
            return name in _TEXTS and tuple(filters) in (_PRINTING if name == "title" else _PRINTING[:1])
        case ("page", "meta", name) if name not in _METHODS:
            return tuple(filters) in (_PRINTING if name in _SLOTTED else _PRINTING[:1])
    return isinstance(node, nodes.Name) and node.name in {"digest_head", "digest_body"} and not filters


def _is_settled(test: nodes.Node) -> bool:
    """Return True for a condition whose answer is the same for all pages of a frame."""
    match test:
        case nodes.Not():
            return _is_settled(test.node)
        case nodes.And() | nodes.Or():
            return _is_settled(test.left) and _is_settled(test.right)
        case nodes.Compare(ops=[nodes.Operand(op="eq" | "ne", expr=nodes.Const())]):
            return _is_key(_path(test.expr)) and _path(test.expr)[2] not in _SLOTTED
    return _path(test) in {("page",), ("page", "meta")} or _is_key(_path(test))


def _is_key(path: tuple[str, ...]) -> bool:
    return path[:2] == ("page", "meta") and len(path) == 3 and path[2] not in _METHODS
