"""How long a text takes to read."""

import re

from mkdocs_digest.model.digest import Translation

CHARACTERS_PER_MINUTE = 400
"""Chinese characters, kana and syllables of Hangul that are read in a minute."""

WORDS_PER_MINUTE = 230

_CHARACTER = re.compile(r"[\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]")
_WORD = re.compile(r"[^\W\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]+")


def minutes_of(translation: Translation) -> int:
    """Return the reading time of a translation in whole minutes, at least 1; in CJK text each character counts."""
    text = "\n".join(translation.texts)
    time = len(_CHARACTER.findall(text)) / CHARACTERS_PER_MINUTE + len(_WORD.findall(text)) / WORDS_PER_MINUTE
    return max(1, round(time))
