"""The plugin's options, grouped by prefix."""

import re
from collections.abc import Mapping
from datetime import date
from pathlib import PurePosixPath
from string import Formatter
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from mkdocs.config.base import BaseConfigOption, Config, ConfigErrors, ConfigWarnings, ValidationError
from mkdocs.config.config_options import Choice, ListOfItems, Optional, Type

from mkdocs_digest.languages import known_languages
from mkdocs_digest.languages.codes import did_you_mean, is_language, likely_code
from mkdocs_digest.model.relative_path import device_fault, path_fault
from mkdocs_digest.read.content import SIZE_LIMIT


class Languages(BaseConfigOption[dict[str, str]]):
    """A list of language codes, or a map from code to the name in the language menu."""

    def run_validation(self, value: object) -> dict[str, str]:
        """Return code -> name, the name empty where the language's own is to be used."""
        if not isinstance(value, list | Mapping) or not value:
            raise ValidationError("expected a list like `[zh, en]` or a map like `{zh: 中文, en: English}`")
        for code in value:
            if code is False:
                raise ValidationError('`no` is a truth value in YAML; write `"no"` for Norwegian')
            if not isinstance(code, str):
                raise ValidationError(f"`{code}` is not the code of a language; expected a text like `en`")
        if isinstance(value, Mapping):
            return {code: self._name(code, name) for code, name in value.items()}
        twice = [code for at, code in enumerate(value) if code in value[:at]]
        if twice:
            raise ValidationError(f"`{twice[0]}` is there twice; remove one")
        return dict.fromkeys(value, "")

    @staticmethod
    def _name(code: str, name: object) -> str:
        if name is not None and not isinstance(name, str):
            raise ValidationError(f"`{code}` has the name `{name}`; expected a text like `English`")
        return name or ""


class Labels(BaseConfigOption[dict[str, dict[str, list[str]]]]):
    """More labels and markers: language -> role -> texts."""

    def __init__(self) -> None:
        super().__init__()
        self.default: dict[str, dict[str, list[str]]] = {}

    def run_validation(self, value: object) -> dict[str, dict[str, list[str]]]:
        """Return the texts as lists; raise ValidationError for a language, a role or a shape that is not known."""
        if not isinstance(value, Mapping):
            raise ValidationError("expected a map like `{en: {summary: [Gist]}}`")
        return {self._code(code): self._roles(code, roles) for code, roles in value.items()}

    @staticmethod
    def _code(code: object) -> str:
        if isinstance(code, str) and is_language(code):
            return code
        likely = likely_code(str(code), known_languages())
        hint = f"; did you mean `{likely}`?" if likely else ""
        raise ValidationError(f"`{code}` is not the code of a language{hint}")

    def _roles(self, code: str, roles: object) -> dict[str, list[str]]:
        if not isinstance(roles, Mapping):
            raise ValidationError(f"`{code}`: expected a map like `{{summary: [Gist]}}`")
        return {self._role(code, role): self._texts(code, role, texts) for role, texts in roles.items()}

    @staticmethod
    def _role(code: str, role: object) -> str:
        language = known_languages()["en"]
        known = (*language.labels, *language.markers)
        if role not in known:
            hint = did_you_mean(str(role), known)
            raise ValidationError(f"`{code}`: `{role}` is not one of {', '.join(known)}{hint}")
        return str(role)

    @staticmethod
    def _texts(code: str, role: object, texts: object) -> list[str]:
        found = [texts] if isinstance(texts, str) else texts
        if not isinstance(found, list) or not all(isinstance(text, str) and text.strip() for text in found):
            raise ValidationError(f"`{code}`: `{role}` is `{texts}`; expected a list of texts like `[Gist]`")
        return found


class TimeZone(BaseConfigOption[ZoneInfo]):
    """An IANA time zone name."""

    def __init__(self, default: str) -> None:
        super().__init__()
        self.default = ZoneInfo(default)

    def run_validation(self, value: object) -> ZoneInfo:
        """Return the zone; raise ValidationError for an unknown name."""
        if isinstance(value, ZoneInfo):
            return value
        try:
            return ZoneInfo(str(value))
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise ValidationError(f"'{value}' is no IANA time zone; expected a name like `Asia/Shanghai`") from None


class PositiveInt(Type[int]):
    """A whole number of at least 1."""

    def __init__(self, default: int) -> None:
        super().__init__(int, default=default)

    def run_validation(self, value: object) -> int:
        """Return the number; raise ValidationError below 1."""
        number = super().run_validation(value)
        if isinstance(number, bool) or number < 1:
            raise ValidationError(f"expected a whole number of at least 1, got {number}")
        return number


class Days(BaseConfigOption[tuple[str, ...]]):
    """A year, a month or a day, like `2024` or `2024-05`, or several of them, as a list or parted by commas."""

    def run_validation(self, value: object) -> tuple[str, ...]:
        """Return what the days begin with (ISO 8601); raise ValidationError where that is no year, month or day."""
        if value in (None, ""):
            return ()
        several = value if isinstance(value, list | tuple) else str(value).split(",")
        found = tuple(dict.fromkeys(str(day).strip() for day in several))
        wrong = [day for day in found if not _DAYS.fullmatch(day)]
        if wrong:
            raise ValidationError(f"'{wrong[0]}' is no year, month or day; expected one like `2024` or `2024-05`")
        return found


_DAYS = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


class Folder(Type[str]):
    """A folder below `docs_dir`; `.` is `docs_dir` itself."""

    def run_validation(self, value: object) -> str:
        """Return the folder's path, spelled one way; raise ValidationError if it does not name a folder inside."""
        text = super().run_validation(value)
        folder = PurePosixPath(text).as_posix()
        fault = None if folder == "." else path_fault(folder) or device_fault(folder)
        if fault:
            raise ValidationError(
                f"'{text}' {fault}; expected a folder below `docs_dir`, like `digests` or `news/digests`"
            )
        return folder


class UrlFormat(Type[str]):
    """A path with the fields `path`, `slug` and `date`."""

    def run_validation(self, value: object) -> str:
        """Return the format; raise ValidationError if it cannot be filled or has no name of the digest in it."""
        text = super().run_validation(value)
        try:
            _reject_other_fields(text)
            one, other = (text.format(path=name, slug=name, date=date(2024, 5, 30)) for name in "ab")
        except (KeyError, IndexError, ValueError, AttributeError) as error:
            raise ValidationError(f"expected the fields `path`, `slug`, `date` only: {error}") from None
        if one == other:
            raise ValidationError("expected a relative path with `{path}` or `{slug}` in it")
        if fault := path_fault(one.removesuffix("/")) or device_fault(one):
            raise ValidationError(f"'{text}' {fault}; expected a relative path like `{{date:%Y/%m}}/{{slug}}`")
        return text


def _reject_other_fields(text: str) -> None:
    for _, field, spec, conversion in Formatter().parse(text):
        if field is not None and (field not in ("path", "slug", "date") or conversion or "{" in (spec or "")):
            raise ValueError(f"`{field}` is not one of them, as it is written")


class DigestConfig(Config):
    """What can be set under `digest` in `mkdocs.yml`."""

    def validate(self) -> tuple[ConfigErrors, ConfigWarnings]:
        """Check the options, as MkDocs does, and say which one an unknown name was meant to be."""
        failed, warnings = super().validate()
        return failed, [(name, text + did_you_mean(name, self.keys() - {name})) for name, text in warnings]

    enabled = Type(bool, default=True)

    digest_dir = Folder(str, default="digests")
    digest_size_limit = PositiveInt(default=SIZE_LIMIT)
    languages = Optional(Languages())
    untranslated = Choice(("hide", "show"), default="hide")
    url_format = UrlFormat(str, default="{path}")
    timezone = TimeZone("UTC")
    labels = Labels()

    archive = ListOfItems(Choice(("year", "month", "day")), default=["year", "month", "day"])
    tags = Type(bool, default=True)
    tags_file = Type(str, default="{digest_dir}/.tags.yml")
    sources = Type(bool, default=True)
    sources_file = Type(str, default="{digest_dir}/.sources.yml")
    pagination_per_page = PositiveInt(default=20)

    feeds = Type(bool, default=True)
    feed_entries = PositiveInt(default=20)

    trusted = Type(bool, default=False)
    images = Type(bool, default=False)
    hide = ListOfItems(Type(str), default=[])

    only = Days()

    cache = Type(bool, default=True)
    cache_dir = Type(str, default=".cache/plugin/digest")

    questions = Choice(("closed", "open"), default="closed")
    search = Type(bool, default=True)

    draft_on_serve = Type(bool, default=True)
    draft_if_future_date = Type(bool, default=False)
