"""Sites for tests: files in a folder, MkDocs in a process of its own, the pages it wrote as trees."""

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

import yaml
from bs4 import BeautifulSoup, Tag

from tests.builder import run_mkdocs

ROOT = Path(__file__).parent.parent
SAMPLE = (ROOT / "tests" / "data" / "sample.md").read_bytes().decode()
SITE_URL = "https://example.org/"

_SUMMARY = {
    "zh": "**摘要：**\n《{}》讲了什么，这里用一段话说清楚。",
    "en": "**Summary:**\nWhat “{}” is about, told in one paragraph of plain words.",
    "ja": "**要約：**\n「{}」の内容をここで一段落にまとめました。",
    "ar": "**ملخص:**\nما تقوله المقالة عن «{}» في فقرة واحدة بكلمات بسيطة.",
}
_FAULT = re.compile(r"^(?:WARNING|ERROR|CRITICAL)\b.*", re.M)


@dataclass(frozen=True)
class Build:
    """What one run of `mkdocs build` left: the site's folder, the log and the exit code."""

    out: Path
    log: str
    code: int
    site_url: str = SITE_URL

    @cached_property
    def pages(self) -> dict[str, BeautifulSoup]:
        """Every HTML file, parsed, by its path below the site's folder."""
        return {
            path.relative_to(self.out).as_posix(): BeautifulSoup(path.read_bytes(), "html.parser")
            for path in sorted(self.out.rglob("*.html"))
        }

    @property
    def faults(self) -> list[str]:
        """The log's lines of level WARNING or above."""
        return _FAULT.findall(self.log)

    def page(self, url: str) -> BeautifulSoup:
        """Return the page at a URL relative to the site's root."""
        return self.pages[file_at(url)]

    def has(self, url: str) -> bool:
        """Say whether the site has a file at a URL relative to its root."""
        return (self.out / file_at(url)).is_file()

    def follow(self, url: str, href: str) -> str | None:
        """Return where a link on the page at `url` leads, relative to the site's root; None if off the site.

        A link to the site's host that leaves the site's path leads to `../`, where there is nothing.
        """
        target = urljoin(urljoin(self.site_url, url), href)
        if target.startswith(self.site_url):
            return target.removeprefix(self.site_url)
        parts, own = urlsplit(target), urlsplit(self.site_url)
        return f"../{parts.path}" if (parts.scheme, parts.netloc) == (own.scheme, own.netloc) else None


def file_at(url: str) -> str:
    """Return the file that a web server sends for a URL relative to the site's root."""
    path = unquote(urlsplit(url).path)
    return f"{path}index.html" if path.endswith("/") or not path else path


def is_error_page(path: str) -> bool:
    """Return True if a file is what a server sends for an address where there is nothing."""
    return path.rpartition("/")[2] == "404.html"


def listed_pages(built: Build) -> set[str]:
    """Return the pages that belong in the sitemap: those that are their own canonical page."""
    own = {}
    for path, tree in built.pages.items():
        found = attributes(tree, "link[rel=canonical]", "href")
        own[path] = not found or file_at(found[0].removeprefix(built.site_url)) == path
    return {path for path, is_own in own.items() if is_own and not is_error_page(path)}


def tree(folder: Path) -> dict[str, bytes]:
    """Return the files below a folder by their paths."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def one(tree: Tag, selector: str) -> Tag:
    """Return the only element that a selector finds."""
    found = tree.select(selector)
    assert len(found) == 1, f"{len(found)} elements match {selector!r}"
    return found[0]


def text(tag: Tag) -> str:
    """Return the text of an element with single blanks."""
    return " ".join(tag.get_text(" ").split())


def attributes(tree: Tag, selector: str, name: str) -> list[str]:
    """Return one attribute of every element that a selector finds and that has it."""
    return [str(tag[name]) for tag in tree.select(selector) if tag.has_attr(name)]


def content(tree: Tag) -> Tag:
    """Return the part of a page that is no header, menu or footer."""
    return one(tree, ".md-content")


def entries(tree: Tag) -> list[str]:
    """Return the titles of a listing's entries."""
    return [text(one(entry, ".digest-entry__title a")) for entry in tree.select(".digest-entry")]


def digest(titles: Mapping[str, str], **meta: object) -> str:
    """Return a digest with a title and a summary per language, dated 2024-05-30 unless `meta` says otherwise."""
    front = yaml.safe_dump({"date": date(2024, 5, 30), **meta}, allow_unicode=True)
    parts = [f"# {title}\n\n{_SUMMARY[lang].format(title)}\n" for lang, title in titles.items()]
    return f"---\n{front}---\n\n" + "\n---\n\n".join(parts)


def make_site(folder: Path, files: Mapping[str, str], config: Mapping[str, Any] | None = None) -> Path:
    """Write a site: `files` are texts by path below `docs`, `config` goes over the defaults of `mkdocs.yml`."""
    settings: dict[str, Any] = {
        "site_name": "Test site",
        "site_url": SITE_URL,
        "theme": {"name": "material", "font": False},
        "plugins": ["digest"],
        **(config or {}),
    }
    folder.mkdir(parents=True, exist_ok=True)
    write(folder / "mkdocs.yml", yaml.safe_dump(settings, allow_unicode=True))
    (folder / "docs").mkdir(exist_ok=True)
    for path, source in files.items():
        write(folder / "docs" / path, source)
    return folder


def write(path: Path, source: str) -> None:
    """Write a text as UTF-8 with its line ends as they are."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(source.encode())


def environment() -> dict[str, str]:
    """Return the environment of every process that runs MkDocs: its own programs first, no notices on MkDocs 2."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return {**os.environ, "PATH": path, "NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}


def build(site: Path, *, strict: bool = True, python: Path = Path(sys.executable), program: str = "mkdocs") -> Build:
    """Run `mkdocs build` on a site; a strict one must succeed without a line of level WARNING or above."""
    arguments = ["build", *(["--strict"] if strict else [])]
    if (python, program) == (Path(sys.executable), "mkdocs"):
        log, code = run_mkdocs(arguments, site, environment())
    else:
        log, code = _run([str(python), "-m", program, *arguments], site)
    settings = yaml.safe_load((site / "mkdocs.yml").read_text("utf-8"))
    built = Build(site / "site", log, code, settings["site_url"])
    if strict:
        assert built.code == 0, log
        assert not built.faults, log
    return built


def _run(command: list[str], site: Path) -> tuple[str, int]:
    done = subprocess.run(command, cwd=site, env=environment(), capture_output=True, timeout=120, check=False)
    return (done.stdout + done.stderr).decode(), done.returncode


SIX_TITLES = {"zh": "第 {} 篇关于海洋的摘要", "en": "Digest {} about the sea"}
SIX_TAGS = ("world", "science", "AI/LLM", "海洋", "C++")
SIX: dict[str, str] = {
    "index.md": "# 首页\n\n[第一篇](digests/d1.md)\n",
    "index.en.md": "# Home\n\nSee [the first](digests/d1.md).\n",
    **{
        f"digests/d{number}.md": digest(
            {lang: title.format(number) for lang, title in SIX_TITLES.items()},
            date=f"2024-0{number}-1{number}",
            tags=list(SIX_TAGS[number % 3 : number % 3 + 2]),
            author=["esa", "nasa"][number % 2],
        )
        for number in range(1, 7)
    },
}
PAGED: dict[str, Any] = {"plugins": ["search", {"digest": {"pagination_per_page": 3, "feed_entries": 3}}]}
HOOK = "def on_post_page(output, page, config):\n    return output\n"
