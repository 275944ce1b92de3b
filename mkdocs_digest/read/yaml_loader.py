"""YAML for front matter, from whomever: no tags that make objects, no merge keys, no nesting that fills the stack."""

from typing import Any

import yaml

_NESTING = "[{?:-"
_STRING = "tag:yaml.org,2002:str"
_DEEPEST = 500
_NOT_RESOLVED = {"tag:yaml.org,2002:merge", "tag:yaml.org,2002:value"}


def load_yaml(text: str) -> Any:
    """Return what YAML text holds; raise a YAMLError with its place, or RecursionError.

    libyaml's composer crashes the process where a text nests deeper than its stack; Python's own raises.
    """
    deep = sum(map(text.count, _NESTING)) > _DEEPEST
    return yaml.load(text, _PlainLoader if deep or _FastLoader is None else _FastLoader)


def _timestamp(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> Any:
    """Return a date, or the text of what looks like one and is none, such as 2024-02-30."""
    try:
        return yaml.SafeLoader.construct_yaml_timestamp(loader, node)
    except (ValueError, OverflowError):
        return node.value


def _restricted(base: Any) -> Any:
    """Return a loader for which `<<` and `=` are text: merge keys can double with every line.

    (yaml/pyyaml `flatten_mapping` copies what it merges, doubles included.) It takes strings, which most values are,
    straight from their nodes.
    """
    construct = base.construct_object

    def construct_object(self: Any, node: yaml.Node, deep: bool = False) -> Any:
        return node.value if node.tag == _STRING and isinstance(node, yaml.ScalarNode) else construct(self, node, deep)

    loader: Any = type("Loader", (base,), {"construct_object": construct_object})
    loader.yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in resolvers if tag not in _NOT_RESOLVED]
        for first, resolvers in base.yaml_implicit_resolvers.items()
    }
    loader.add_constructor("tag:yaml.org,2002:timestamp", _timestamp)
    return loader


_PlainLoader = _restricted(yaml.SafeLoader)
_FastLoader = _restricted(yaml.CSafeLoader) if hasattr(yaml, "CSafeLoader") else None
