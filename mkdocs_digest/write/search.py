"""Search indexes: one per language, smaller than one for all, and right for Chinese."""

import re
from collections.abc import Mapping
from typing import Any

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_BEFORE_OTHER = re.compile(f"(?<=[{_HAN}])(?=[0-9A-Za-z\u00c0-\u024f])")
_SPLIT_CHARACTERS = {"zh": rf"|\u200b|(?=[{_HAN}])"}


def localise_index(index: Mapping[str, Any], lang: str, prefix: str, config: Mapping[str, Any]) -> dict[str, Any]:
    """Return a search index (Material's format) for one language alone.

    Only entries below `prefix` (`""` for the language at the root) belong to it; their locations become relative to
    it. Chinese has no blanks between words, and the search script segments a query by the words in the index: the index
    is split at each character, and a zero-width blank parts Han from the Latin word behind it, unless jieba has put
    zero-width blanks between the words.
    """
    segmented = any("\u200b" in doc["text"] for doc in index["docs"])
    split = "" if segmented else _SPLIT_CHARACTERS.get(lang.split("-")[0], "")
    docs = [_relocated(doc, prefix, bool(split)) for doc in index["docs"] if doc["location"].startswith(prefix)]
    separator = config["separator"]
    if split:
        separator += split
    return {"config": {**index["config"], **config, "separator": separator}, "docs": docs}


def _relocated(doc: Mapping[str, Any], prefix: str, split: bool) -> dict[str, Any]:
    moved = {**doc, "location": doc["location"][len(prefix) :]}
    if split:
        moved["title"] = _BEFORE_OTHER.sub("\u200b", doc["title"])
        moved["text"] = _BEFORE_OTHER.sub("\u200b", doc["text"])
    return moved
