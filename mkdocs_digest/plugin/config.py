"""The plugin's options, grouped by prefix."""

import re
from collections.abc import Mapping
from datetime import date
from pathlib import PurePosixPath
from string import Formatter
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from mkdocs.config.base import BaseConfigOption, Config, ValidationError
from mkdocs.config.config_options import Choice, ListOfItems, Optional, Type

from mkdocs_digest.model.relative_path import device_fault, path_fault


class Languages(BaseConfigOption[dict[str, str]]):
    """A list of language codes, or a map from code to the name in the language menu."""

    def run_validation(self, value: object) -> dict[str, str]:
        """Return code -> name, the name empty where the language's own is to be used."""
        if isinstance(value, list) and all(isinstance(code, str) for code in value):
            return dict.fromkeys(value, "")
        if isinstance(value, Mapping) and all(isinstance(item, str) for pair in value.items() for item in pair):
            return dict(value)
        raise ValidationError("expected a list like `[zh, en]` or a map like `{zh: 中文, en: English}`")


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

    enabled = Type(bool, default=True)

    digest_dir = Folder(str, default="digests")
    languages = Optional(Languages())
    untranslated = Choice(("hide", "show"), default="hide")
    url_format = UrlFormat(str, default="{path}")
    timezone = TimeZone("UTC")
    labels = Type(dict, default={})

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
