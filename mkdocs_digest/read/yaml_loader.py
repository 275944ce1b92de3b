"""YAML for front matter, from whomever: no tags that make objects, no merge keys, no nesting that fills the stack."""

from collections.abc import Callable
from typing import Any

import yaml
from yaml.composer import Composer

_NESTING = "[{?:-"
_STRING = "tag:yaml.org,2002:str"
_DEEPEST = 500
_TOO_DEEP = "exceeded maximum nesting depth"
"""What libyaml says of more than a thousand brackets (`scanner.c`, `MAX_NESTING_LEVEL`)."""

_LONGEST_VALUE = 100
"""Characters from which on a value is text: no number or date of a digest has as many, and reading one takes long."""

_NOT_RESOLVED = {"tag:yaml.org,2002:merge", "tag:yaml.org,2002:value"}


def load_yaml(text: str) -> Any:
    """Return what YAML text holds; raise a YAMLError with its place, or RecursionError.

    libyaml's composer crashes the process where a text nests deeper than its stack; Python's own raises.
    """
    deep = sum(map(text.count, _NESTING)) > _DEEPEST
    try:
        return yaml.load(text, _DeepLoader if deep else _Loader)
    except yaml.scanner.ScannerError as error:
        if error.problem == _TOO_DEEP:
            raise RecursionError from None
        raise


def _timestamp(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> Any:
    """Return a date, or the text of what looks like one and is none, such as 2024-02-30."""
    try:
        return yaml.SafeLoader.construct_yaml_timestamp(loader, node)
    except (ValueError, OverflowError):
        return node.value


def _short(construct: Callable[[Any, yaml.ScalarNode], Any]) -> Callable[[Any, yaml.ScalarNode], Any]:
    """Return the constructor that leaves long values with an explicit tag as text."""
    return lambda loader, node: construct(loader, node) if len(node.value) <= _LONGEST_VALUE else node.value


def _restricted(base: Any) -> Any:
    """Return a loader for which `<<`, `=` and long values are text: merge keys can double with every line.

    (yaml/pyyaml `flatten_mapping` copies what it merges, doubles included.) It takes strings, which most values are,
    straight from their nodes.
    """
    construct, resolve = base.construct_object, base.resolve

    def construct_object(self: Any, node: yaml.Node, deep: bool = False) -> Any:
        return node.value if node.tag == _STRING and isinstance(node, yaml.ScalarNode) else construct(self, node, deep)

    def resolve_tag(self: Any, kind: Any, value: Any, implicit: Any) -> str:
        is_text = kind is yaml.ScalarNode and len(value) > _LONGEST_VALUE
        return _STRING if is_text else str(resolve(self, kind, value, implicit))

    loader: Any = type("Loader", (base,), {"construct_object": construct_object, "resolve": resolve_tag})
    loader.yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in resolvers if tag not in _NOT_RESOLVED]
        for first, resolvers in base.yaml_implicit_resolvers.items()
    }
    loader.add_constructor("tag:yaml.org,2002:timestamp", _timestamp)
    loader.add_constructor("tag:yaml.org,2002:int", _short(yaml.SafeLoader.construct_yaml_int))
    loader.add_constructor("tag:yaml.org,2002:float", _short(yaml.SafeLoader.construct_yaml_float))
    return loader


def _composed(base: Any) -> Any:
    """Return a loader that takes events from `base` and nests them in Python."""

    def begin(self: Any, stream: str) -> None:
        base.__init__(self, stream)
        Composer.__init__(self)

    return type("Loader", (Composer, base), {"__init__": begin})


_Loader = _restricted(getattr(yaml, "CSafeLoader", yaml.SafeLoader))
_DeepLoader = _restricted(_composed(getattr(yaml, "CSafeLoader", yaml.SafeLoader)))
