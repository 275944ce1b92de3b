"""Material's blog on a site that static-i18n builds once per language.

static-i18n replaces every `File` and drops the ones outside `docs_dir`, so posts and views that the blog has found by
then are lost (https://github.com/ultrabug/mkdocs-static-i18n/issues/283). The blog therefore looks for its posts after
static-i18n, and what it finds is moved into the folder of the language. Delete this module once that issue is closed.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from material.plugins.blog.plugin import BlogPlugin
from material.plugins.blog.structure import View
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs_static_i18n.plugin import I18n


@dataclass(frozen=True, slots=True)
class BlogFile:
    """A post or view of a blog, with the destination and alternates that it has in the language being built."""

    file: File
    dest_uri: str
    alternates: dict[str, File]


def run_blog_after_i18n(config: MkDocsConfig) -> None:
    """Reorder the handlers of `on_files`: the blog's follow static-i18n's."""
    handlers = config.plugins.events["files"]
    blogs = [handler for handler in handlers if _is_of(handler, BlogPlugin)]
    others = [handler for handler in handlers if handler not in blogs]
    after = next((at for at, handler in enumerate(others, start=1) if _is_of(handler, I18n)), len(others))
    handlers[:] = [*others[:after], *blogs, *others[after:]]


def localize_blogs(files: Files, config: MkDocsConfig, i18n: I18n) -> tuple[BlogFile, ...]:
    """Move the files of all blogs into the folder of the language being built, and return them."""
    blogs = [plugin for plugin in config.plugins.values() if isinstance(plugin, BlogPlugin) and plugin.config.enabled]
    for blog in blogs:
        for post in blog.blog.posts:
            _localize_post(post.file, blog, config, i18n)
    for file in _views(files):
        _localize_view(file, config, i18n)
    pages = [*(post.file for blog in blogs for post in blog.blog.posts), *_views(files)]
    return tuple(BlogFile(file, file.dest_uri, file.alternates) for file in pages)


def restore_blogs(blog_files: tuple[BlogFile, ...], config: MkDocsConfig) -> None:
    """Undo what static-i18n does to a blog in the navigation of the default language: it guesses other URLs."""
    for item in blog_files:
        _move(item.file, item.dest_uri, config)
        item.file.alternates = item.alternates  # type: ignore[attr-defined]
        if item.file.page:
            item.file.page._set_canonical_url(config.site_url)


def _localize_post(file: File, blog: BlogPlugin, config: MkDocsConfig, i18n: I18n) -> None:
    """Move a post and its alternates, which static-i18n has where their sources are; drop those that are drafts."""
    found: dict[str, File] = file.alternates  # type: ignore[attr-defined]
    for lang, other in [item for item in found.items() if item[1] is not file]:
        source = File(other.src_uri, config.docs_dir, config.site_dir, config.use_directory_urls)
        if blog._is_excluded(blog._resolve_post(source, config)):
            del found[lang]
        else:
            _move(other, _in_language(source.dest_uri, lang, i18n), config)
    _move(file, _in_language(file.dest_uri, str(i18n.current_language), i18n), config)


def _localize_view(file: File, config: MkDocsConfig, i18n: I18n) -> None:
    """Move a generated view; static-i18n has not seen it. The blog's index is a file of the site and in place."""
    if hasattr(file, "alternates"):
        return
    lang = str(i18n.current_language)
    _move(file, _in_language(file.dest_uri, lang, i18n), config)
    seen = {"locale": lang, "locale_alternate_of": lang, "localization": None, "norm_src_uri": file.src_uri}
    vars(file).update(seen, alternates={lang: file})


def _views(files: Files) -> Iterator[File]:
    return (file for file in files if isinstance(file.page, View))


def _in_language(dest_uri: str, lang: str, i18n: I18n) -> str:
    return dest_uri if lang == i18n.default_language else f"{lang}/{dest_uri}"


def _move(file: File, dest_uri: str, config: MkDocsConfig) -> None:
    """Set a file's destination, and let MkDocs derive its paths again: static-i18n has given it another `dest_dir`."""
    for derived in ("url", "abs_dest_path"):
        vars(file).pop(derived, None)
    file.dest_uri, file.dest_dir = dest_uri, config.site_dir


def _is_of(handler: object, kind: type) -> bool:
    return isinstance(getattr(handler, "__self__", None), kind)
