"""The words of a page in one language: phrases, counts and dates."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton

from mkdocs_digest.languages import language


@dataclass(frozen=True, slots=True)
class Words:
    """The phrases of a language's data file, and Unicode CLDR's plural and date forms through Babel."""

    lang: str
    phrases: Mapping[str, Any]
    locale: Locale

    def __call__(self, key: str, **fields: object) -> str:
        """Return the phrase `key`, its placeholders filled; `n` chooses the plural form."""
        phrase = self.phrases[key]
        if isinstance(phrase, Mapping):
            phrase = phrase.get(_plural_form(self.lang, int(str(fields["n"]))), phrase["other"])
        return str(phrase).format(**fields) if fields else str(phrase)

    def day(self, value: date) -> str:
        """Return a date in full: 2024年5月30日, May 30, 2024."""
        return _day(self.lang, value)

    def month(self, year: int, month: int) -> str:
        """Return a month: 2024年5月, May 2024."""
        return str(format_skeleton("yMMMM", date(year, month, 1), locale=self.locale))

    def language(self, lang: str) -> str:
        """Return what this language calls `lang`: 中文 is Chinese."""
        return _locale(lang).get_display_name(self.locale) or language(lang).name

    def month_name(self, month: int) -> str:
        """Return the name of a month standing alone: 五月, May."""
        return str(self.locale.months["stand-alone"]["wide"][month])

    def weekdays(self) -> tuple[tuple[str, str], ...]:
        """Return short and full weekday names, from the locale's first day of the week."""
        return _weekdays(self.lang)

    def year(self, year: int) -> str:
        """Return a year: 2024年, 2024."""
        return str(format_skeleton("y", date(year, 1, 1), locale=self.locale))


@cache
def words(lang: str) -> Words:
    """Return the words of `lang`, English where no data file has the language."""
    return Words(lang, language(lang).words, _locale(lang))


@lru_cache(maxsize=20_000)
def _day(lang: str, value: date) -> str:
    return str(format_date(value, "long", locale=_locale(lang)))


@cache
def _weekdays(lang: str) -> tuple[tuple[str, str], ...]:
    locale = _locale(lang)
    names, first = locale.days["stand-alone"], locale.first_week_day
    return tuple((names["narrow"][day % 7], names["wide"][day % 7]) for day in range(first, first + 7))


@lru_cache(maxsize=4096)
def _plural_form(lang: str, n: int) -> str:
    return str(_locale(lang).plural_form(n))


@cache
def _locale(lang: str) -> Locale:
    for tag in (lang, lang.split("-")[0], "en"):
        try:
            return Locale.parse(tag, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return Locale("en")
