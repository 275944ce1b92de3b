"""What a listing, a feed or a search engine shows of a digest: one or two sentences of plain text."""

from mkdocs_digest.model.digest import Translation
from mkdocs_digest.read.titles import first_sentence
from mkdocs_digest.write.converter import to_text

_LONGEST = 240
_ENOUGH = 10_000
"""Characters of Markdown in which there are most often more words than a description has."""


def description_of(translation: Translation) -> str:
    """Return the description in the translation's language, else the first sentence of its summary."""
    if translation.description and translation.description != translation.title:
        return translation.description
    sentence = first_sentence(_opening(translation.summary or _first_text(translation)))
    return shorten(sentence, _LONGEST)


def _opening(markdown: str) -> str:
    """Return the words that Markdown begins with, without reading all of a long one.

    Where addresses stand below the text (`[a]: address`), its beginning cannot be read without its end.
    """
    end = markdown.find("\n", _ENOUGH)
    if end >= 0 and "]:" not in markdown[end:]:
        words = to_text(markdown[:end])
        if len(words) > 2 * _LONGEST:
            return words
    return to_text(markdown)


def _first_text(translation: Translation) -> str:
    texts = [section.markdown for section in translation.sections]
    texts += [f"{item.question} {item.answer}" for item in translation.questions]
    return next((text for text in texts if text.strip()), "")


def shorten(text: str, longest: int) -> str:
    """Return `text` cut at a blank (or anywhere, where a script has none) and ended by an ellipsis if it is longer."""
    if len(text) <= longest:
        return text
    cut = text[: longest - 1]
    blank = cut.rfind(" ")
    return f"{cut[:blank] if blank > longest * 2 // 3 else cut}…"
