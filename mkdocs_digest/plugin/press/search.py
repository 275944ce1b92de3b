"""One search index per language, beside the pages it is for.

static-i18n writes one index of all languages, whose word rules are those of the language built first: with `en` first,
a Chinese sentence is one word, and nothing in it is ever found.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from material.plugins.search.plugin import jieba
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.utils import write_file

from mkdocs_digest.plugin.pages.page import DigestPage
from mkdocs_digest.slices.spliced import Seams, Spliced
from mkdocs_digest.write.search import index_article, localise_entry, localise_settings, offline_index

Settings = dict[str, Any]

SEARCH = "material/search"
INDEX = "search/search_index.json"
OFFLINE_INDEX = "search/search_index.js"
_BEFORE_DIGESTS = -1


def index_at(root: str) -> str:
    """Return the path of the index of the language whose folder is `root`, from the site's root."""
    return f"{_prefix(root)}{INDEX}"


def given_settings(config: MkDocsConfig) -> Settings:
    """Return what the site itself sets of the search's word rules; to be asked before search fills in the rest."""
    plugin = config.plugins.get(SEARCH)
    settings = {key: plugin.config.get(key) for key in ("lang", "separator", "pipeline")} if plugin else {}
    return {key: value for key, value in settings.items() if value}


def write_language_index(
    config: MkDocsConfig,
    lang: str,
    root: str,
    given: Settings,
    entries: Iterable[tuple[int, str]] = (),
    positions: Mapping[str, int] | None = None,
) -> dict[str, Seams]:
    """Write the index of the language just built below its folder `root` (`""` for the site's own); return its seams.

    To what Material's search plugin has gathered during this build, `entries` are added, JSON for this index already,
    by the positions of their digests; `positions` has these by URL, for what is gathered of digests. Its settings are
    replaced by those that the theme has for the language, except those `given` by the site.
    """
    plugin = config.plugins.get(SEARCH)
    if plugin is None or not plugin.config.enabled:
        return {}
    theirs = {key: plugin.config[key] for key in ("lang", "separator", "pipeline", "fields")}
    settings = localise_settings({**theirs, **_theme_settings(config), **given}, lang, segmented=bool(jieba))
    gathered = [entry for entry in plugin.search_index.entries if entry["location"].startswith(_prefix(root))]
    docs: dict[int, list[str]] = defaultdict(list)
    for entry in gathered:
        place = (positions or {}).get(entry["location"].partition("#")[0], _BEFORE_DIGESTS)
        docs[place].append(_entry_text(entry, lang))
    for place, text in entries:
        if text:
            docs[place].append(text)
    pieces = {place: ",".join(texts) for place, texts in docs.items()}
    index = Spliced(f'{{"config":{_json(settings)},"docs":[', pieces, ",", "]}")
    write_file(index.text.encode("utf-8", "replace"), str(_own(config, root)))
    return {index_at(root): index.seams}


def index_page(page: DigestPage, config: MkDocsConfig, files: Files, lang: str) -> str:
    """Return the entries of a digest's page as JSON, parted by commas: what Material's search plugin would find."""
    plugin = config.plugins.get(SEARCH)
    asked = page.meta.get("search") or {}
    if plugin is None or asked.get("exclude"):
        return ""
    boost = {"boost": asked["boost"]} if "boost" in asked else {}
    article = page.article(config, files)
    entries = list(index_article(article, page.url, page.meta["title"], {"tags": page.meta["tags"], **boost}))
    if jieba:
        segment = plugin.search_index._segment_chinese
        entries = [{**entry, "title": segment(entry["title"]), "text": segment(entry["text"])} for entry in entries]
    return ",".join(_entry_text(entry, lang) for entry in entries)


def _entry_text(entry: Settings, lang: str) -> str:
    return _json(localise_entry(entry, lang, segmented=bool(jieba)))


def _json(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False, default=str)


def _prefix(root: str) -> str:
    return f"{root}/" if root else ""


def restore_root_index(config: MkDocsConfig) -> None:
    """Put the default language's index back where static-i18n has written that of all languages."""
    own = _own(config, "")
    if own.is_file():
        own.replace(Path(config.site_dir, INDEX))


def write_offline_indexes(config: MkDocsConfig, langs: Iterable[str]) -> None:
    """Write each index as a script too, where Material's offline plugin has done so before it was the right one.

    A browser reads no JSON from disk; there the search script of the theme loads this one, below the same folder.
    """
    if not Path(config.site_dir, OFFLINE_INDEX).is_file():
        return
    for path in (Path(config.site_dir, root, INDEX) for root in ("", *langs)):
        if path.is_file():
            path.with_suffix(".js").write_text(offline_index(path.read_text("utf-8")), "utf-8")


def _own(config: MkDocsConfig, root: str) -> Path:
    return Path(config.site_dir, root, INDEX if root else f"{INDEX}.own")


def _theme_settings(config: MkDocsConfig) -> Settings:
    module = config.theme.get_env().get_template("partials/language.html", None, {"config": config}).module
    t = module.t  # type: ignore[attr-defined]
    return {
        "lang": [str(t("search.config.lang"))],
        "separator": str(t("search.config.separator")),
        "pipeline": [step for step in re.split(r"\s*,\s*", str(t("search.config.pipeline"))) if step],
    }
