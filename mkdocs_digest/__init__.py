"""Turn files that hold one news digest in several languages into a site in every language."""

from mkdocs_digest.model.diagnostic import Diagnostic, Severity
from mkdocs_digest.model.digest import Digest, ParseResult, Question, Translation
from mkdocs_digest.read import parse_digest

__all__ = ["Diagnostic", "Digest", "ParseResult", "Question", "Severity", "Translation", "parse_digest"]
