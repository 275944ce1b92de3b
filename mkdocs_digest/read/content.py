"""The bytes of a file as a digest: UTF-8, of a size that a person could have written."""

from codecs import BOM_UTF16_BE, BOM_UTF16_LE

from mkdocs_digest.model.digest import ParseResult
from mkdocs_digest.read import parse_digest
from mkdocs_digest.read.grammar import Grammar
from mkdocs_digest.read.messages import remark

SIZE_LIMIT = 1_000_000
"""Bytes of the largest file that is read, unless a site says otherwise."""


def parse_content(
    content: bytes, *, path: str, grammar: Grammar | None = None, size_limit: int = SIZE_LIMIT
) -> ParseResult:
    """Read the bytes of one file as a digest, at most `size_limit` of them; raise nothing, whatever they are."""
    if len(content) > size_limit:
        return ParseResult(None, (remark(1, 1, "too-large", most=size_limit),))
    if content.startswith((BOM_UTF16_BE, BOM_UTF16_LE)) or content.count(b"\0") * 10 > len(content):
        return ParseResult(None, (remark(1, 1, "bad-encoding"),))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = 1 + content.count(b"\n", 0, error.start)
        return ParseResult(None, (remark(line, 1, "bad-encoding"),))
    return parse_digest(text, path=path, grammar=grammar)
