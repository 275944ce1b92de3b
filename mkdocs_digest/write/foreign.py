"""The language of names that stand on a page of another: tags and sources that nobody has named in its language."""

from functools import lru_cache

from mkdocs_digest.languages import language
from mkdocs_digest.read.detect import fits, script_of


@lru_cache(maxsize=4096)
def foreign_lang(name: str, lang: str, langs: tuple[str, ...]) -> str | None:
    """Return which of `langs` a name on a page in `lang` is written in; None where its script does not tell.

    Names in Latin letters are at home everywhere.
    """
    script = script_of(name)
    if script in (None, "Latin") or fits(language(lang), script):
        return None
    return next((code for code in langs if fits(language(code), script)), None)
