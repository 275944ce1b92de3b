"""The tags of a digest: a few short names, whatever the front matter holds."""

from mkdocs_digest.model.diagnostic import Diagnostic
from mkdocs_digest.read.front_matter import FrontMatter, texts_of
from mkdocs_digest.read.messages import remark

MOST_TAGS = 100
LONGEST_TAG = 200


def read_tags(front: FrontMatter) -> tuple[tuple[str, ...], list[Diagnostic]]:
    """Return the tags in the front matter, at most `MOST_TAGS` of at most `LONGEST_TAG` characters."""
    tags = texts_of(front.meta.get("tags"))
    remarks = []
    if len(tags) > MOST_TAGS:
        remarks.append(remark(front.line_of("tags"), 1, "many-tags", count=len(tags), most=MOST_TAGS))
    long = next((tag for tag in tags if len(tag) > LONGEST_TAG), None)
    if long:
        sample = long[:20]
        remarks.append(remark(front.line_of("tags"), 1, "long-tag", sample=sample, count=len(long), most=LONGEST_TAG))
    shortened = (tag if len(tag) <= LONGEST_TAG else f"{tag[: LONGEST_TAG - 1]}…" for tag in tags[:MOST_TAGS])
    return tuple(dict.fromkeys(shortened)), remarks
