"""The tags of a digest: a few short names, whatever the front matter holds."""

from typing import Any

from mkdocs_digest.model.diagnostic import Diagnostic
from mkdocs_digest.read.front_matter import texts_of
from mkdocs_digest.read.messages import remark

MOST_TAGS = 100
LONGEST_TAG = 200


def read_tags(value: Any, line: int) -> tuple[tuple[str, ...], list[Diagnostic]]:
    """Return the tags in a front matter value on `line`, at most `MOST_TAGS` of at most `LONGEST_TAG` characters."""
    tags = texts_of(value)
    remarks = []
    if len(tags) > MOST_TAGS:
        remarks.append(remark(line, 1, "many-tags", count=len(tags), most=MOST_TAGS))
    long = next((tag for tag in tags if len(tag) > LONGEST_TAG), None)
    if long:
        remarks.append(remark(line, 1, "long-tag", sample=long[:20], count=len(long), most=LONGEST_TAG))
    shortened = (tag if len(tag) <= LONGEST_TAG else f"{tag[: LONGEST_TAG - 1]}…" for tag in tags[:MOST_TAGS])
    return tuple(dict.fromkeys(shortened)), remarks
