"""What a listing, a feed or a search engine shows of a digest: one or two sentences of plain text."""

from mkdocs_digest.model.digest import Translation
from mkdocs_digest.read.titles import first_sentence
from mkdocs_digest.write.converter import to_text

_LONGEST = 240


def description_of(translation: Translation) -> str:
    """Return the description in the translation's language, else the first sentence of its summary."""
    if translation.description and translation.description != translation.title:
        return translation.description
    sentence = first_sentence(to_text(translation.summary or _first_text(translation)))
    return shorten(sentence, _LONGEST)


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
