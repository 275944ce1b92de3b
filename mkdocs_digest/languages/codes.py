"""What somebody means who writes a language in a way that is not its code."""

from collections.abc import Collection, Mapping
from difflib import get_close_matches

from babel import Locale, UnknownLocaleError
from babel.languages import get_official_languages

from mkdocs_digest.languages import known_languages


def likely_code(text: str, codes: Collection[str]) -> str | None:
    """Return which of `codes` (BCP 47) is meant by a misspelt code, a name or a territory such as `cn`, or None."""
    folded = text.strip().replace("_", "-").casefold()
    known = {code.casefold(): code for code in codes}
    names = {name: known[code] for name, code in _names(known).items()}
    found = (known.get(tag) or names.get(tag) for tag in _tags(folded))
    close = get_close_matches(folded, [*names, *(code for code in known if len(code) > 3)], 1)
    return next(filter(None, found), None) or (names.get(close[0]) or known[close[0]] if close else None)


def is_language(code: str) -> bool:
    """Return True if a BCP 47 code is that of a language known to Unicode CLDR."""
    try:
        return bool(Locale.parse(code, sep="-"))
    except (ValueError, UnknownLocaleError):
        return False


def did_you_mean(text: str, choices: Collection[str]) -> str:
    """Return a hint at the one of some choices that a misspelt word is like, empty where there is none."""
    close = get_close_matches(text, list(choices), 1)
    return f"; did you mean `{close[0]}`?" if close else ""


def _tags(folded: str) -> list[str]:
    language, _, territory = folded.partition("-")
    official = get_official_languages(folded, de_facto=True)
    traditional = ["zh-hant"] if language == "zh" and territory in {"tw", "hk", "mo", "hant-tw", "hant-hk"} else []
    return [folded, *traditional, language, *(tag.replace("_", "-").casefold() for tag in official)]


def _names(known: Mapping[str, str]) -> dict[str, str]:
    """Return folded codes by the names of their languages, in their own language and in English."""
    names: dict[str, str] = {}
    for ours in sorted(known_languages(), key=len):
        for name in known_languages()[ours].names:
            names.setdefault(name.casefold(), ours.casefold())
    for folded in known:
        if is_language(known[folded]):
            locale = Locale.parse(known[folded], sep="-")
            for display in (locale.english_name, locale.get_display_name()):
                names.setdefault(str(display).casefold(), folded)
    return {name: code for name, code in names.items() if code in known and (len(name) > 3 or not name.isascii())}
