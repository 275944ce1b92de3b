"""The same digests laid out for each contestant: ours, pages split by hand, and Hugo."""

import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from textwrap import indent

from tests.benchmark.corpus import LANGS, SOURCES, TAGS, Story, Text
from tests.sites import write

WORDS = {
    "zh": {
        "source": "原文链接",
        "summary": "摘要：",
        "questions": "有趣的问题：",
        "q": "问题：",
        "a": "答案：",
        "tags": "标签：",
    },
    "en": {
        "source": "Source Link",
        "summary": "Summary:",
        "questions": "Interesting Questions:",
        "q": "Q: ",
        "a": "A: ",
        "tags": "Tags: ",
    },
}
MARK = {"zh": "第 {} 稿。", "en": "Draft {}. "}
"""What a revision puts before the summary, which pages show, and before the description, which the index quotes."""

_THEME = """\
site_name: Benchmark
site_url: https://example.org/
theme:
  name: material
  font: false
  features: [navigation.prune]
"""
DIGEST_CONFIG = f"""\
{_THEME}
plugins:
  - digest
"""
HAND_CONFIG = f"""\
{_THEME}
  language: zh
nav: [index.md]
not_in_nav: /digests/
plugins:
  - search
  - i18n:
      docs_structure: suffix
      languages:
        - {{locale: zh, name: 中文, build: true, default: true}}
        - {{locale: en, name: English, build: true}}
markdown_extensions:
  - admonition
  - pymdownx.details
  - pymdownx.superfences
"""
_HUGO_CONFIG = """\
baseURL: https://example.org/
title: Benchmark
defaultContentLanguage: zh
languages:
  zh: {contentDir: content/zh, weight: 1}
  en: {contentDir: content/en, weight: 2}
taxonomies: {tag: tags}
pagination: {pagerSize: 20}
services: {rss: {limit: 20}}
"""
_HUGO_TEMPLATES = {
    "baseof.html": """\
<!doctype html><html lang="{{ .Language.Lang }}"><head><meta charset="utf-8"><title>{{ .Title }}</title>
{{ range .Translations }}<link rel="alternate" href="{{ .Permalink }}" hreflang="{{ .Language.Lang }}">
{{ end }}</head><body>{{ block "main" . }}{{ end }}</body></html>
""",
    "single.html": """\
{{ define "main" }}<h1>{{ .Title }}</h1><time>{{ .Date }}</time>{{ .Content }}
{{ range .GetTerms "tags" }}<a href="{{ .RelPermalink }}">{{ .Title }}</a> {{ end }}
{{ with .NextInSection }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}
{{ with .PrevInSection }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}{{ end }}
""",
    "list.html": """\
{{ define "main" }}<h1>{{ .Title }}</h1>{{ range (.Paginate .RegularPages).Pages }}
<h2><a href="{{ .RelPermalink }}">{{ .Title }}</a></h2><time>{{ .Date }}</time><p>{{ .Description }}</p>{{ end }}
{{ with .Paginator.Next }}<a href="{{ .URL }}">→</a>{{ end }}{{ end }}
""",
    "taxonomy.html": """\
{{ define "main" }}<h1>{{ .Title }}</h1>{{ range .Pages }}
<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}{{ end }}
""",
}


def write_sites(folder: Path, stories: Iterable[Story]) -> None:
    """Write the sites `digest`, `hand` and `hugo`, reading the stories once."""
    for begin in (begin_digests, _begin_hand, _begin_hugo):
        begin(folder)
    for story in stories:
        for writer in WRITERS.values():
            writer(folder, story)


def revised(story: Story, draft: int) -> Story:
    """Return a digest whose text has changed in every language."""
    texts = {lang: _revised_text(text, MARK[lang].format(draft)) for lang, text in story.texts.items()}
    return replace(story, texts=texts)


def write_digest(folder: Path, story: Story) -> None:
    """Write one file that holds all languages, in the layout of the sample."""
    zh, en = (_translation(lang, story) for lang in LANGS)
    title = story.texts["zh"].title
    link = f"[{WORDS['zh']['source']}]({story.url})\n\n{title}\n\n"
    text = f"{_digest_meta(story)}\n{link}{zh}\n---\n\n{en}\n[{WORDS['en']['source']}]({story.url})\n"
    write(folder / "digest" / "docs" / "digests" / f"{story.name}.md", text)


def write_hand(folder: Path, story: Story) -> None:
    """Write one page per language, `x.md` and `x.en.md`."""
    for lang, text in story.texts.items():
        suffix = "" if lang == LANGS[0] else f".{lang}"
        body = _hand_page(lang, text, story)
        write(folder / "hand" / "docs" / "digests" / f"{story.name}{suffix}.md", body)


def write_hugo(folder: Path, story: Story) -> None:
    """Write one page per language in the content folder of each."""
    for lang, text in story.texts.items():
        body = _hugo_page(lang, text, story)
        write(folder / "hugo" / "content" / lang / "digests" / f"{story.name}.md", body)


Writer = Callable[[Path, Story], None]
WRITERS: dict[str, Writer] = {"digest": write_digest, "hand": write_hand, "hugo": write_hugo}


def _revised_text(text: Text, mark: str) -> Text:
    return replace(text, description=f"{mark}{text.description}", summary=f"{mark}{text.summary}")


def begin_digests(folder: Path) -> None:
    """Write a site without digests, with the names of their tags and sources."""
    write(folder / "digest" / "mkdocs.yml", DIGEST_CONFIG)
    names = "".join(f"{tag}: {{zh: 标签 {number}, en: {tag.title()}}}\n" for number, tag in enumerate(TAGS, 1))
    write(folder / "digest" / "docs" / "digests" / ".tags.yml", names)
    urls = "".join(f"{source}: {{name: {source.upper()}, url: 'https://{source}.example/'}}\n" for source in SOURCES)
    write(folder / "digest" / "docs" / "digests" / ".sources.yml", urls)


def _begin_hand(folder: Path) -> None:
    write(folder / "hand" / "mkdocs.yml", HAND_CONFIG)
    write(folder / "hand" / "docs" / "index.md", "# 首页\n\n按日期排列的摘要。\n")
    write(folder / "hand" / "docs" / "index.en.md", "# Home\n\nDigests by date.\n")


def _begin_hugo(folder: Path) -> None:
    write(folder / "hugo" / "hugo.yaml", _HUGO_CONFIG)
    for name, template in _HUGO_TEMPLATES.items():
        write(folder / "hugo" / "layouts" / name, template)


def _digest_meta(story: Story) -> str:
    titles = "".join(f"  {lang}: {_quoted(text.title)}\n" for lang, text in story.texts.items())
    descriptions = "".join(f"  {lang}: {_quoted(text.description)}\n" for lang, text in story.texts.items())
    tags = "".join(f"- {tag}\n" for tag in story.tags)
    return (
        f"---\ntitle:\n{titles}date: {_date(story)}\ndescription:\n{descriptions}tags: \n{tags}"
        f"author: {story.source}\n---\n"
    )


def _translation(lang: str, story: Story) -> str:
    words, text = WORDS[lang], story.texts[lang]
    questions = "".join(
        f"{number}. {words['q']}{asked.question}\n{indent(words['a'] + asked.answer, '   ')}\n\n"
        for number, asked in enumerate(text.questions, 1)
    )
    return f"**{words['summary']}**\n{text.summary}\n\n**{words['questions']}**\n\n{questions}"


def _hand_page(lang: str, text: Text, story: Story) -> str:
    words = WORDS[lang]
    questions = "".join(
        f"??? question {_quoted(asked.question)}\n\n{indent(asked.answer, '    ')}\n\n" for asked in text.questions
    )
    return (
        f"{_meta(text, story)}\n# {text.title}\n\n[{words['source']}]({story.url}) · {_date(story)}\n\n"
        f"{text.summary}\n\n## {words['questions']}\n\n{questions}"
        f"{words['tags']}{', '.join(story.tags)}\n"
    )


def _hugo_page(lang: str, text: Text, story: Story) -> str:
    words = WORDS[lang]
    questions = "".join(f"### {asked.question}\n\n{asked.answer}\n\n" for asked in text.questions)
    return (
        f"{_meta(text, story, tags=True)}\n{text.summary}\n\n## {words['questions']}\n\n{questions}"
        f"[{words['source']}]({story.url})\n"
    )


def _meta(text: Text, story: Story, *, tags: bool = False) -> str:
    tagged = f"tags: [{', '.join(story.tags)}]\n" if tags else ""
    return (
        f"---\ntitle: {_quoted(text.title)}\ndate: {_date(story)}\n"
        f"description: {_quoted(text.description)}\n{tagged}---\n"
    )


def _date(story: Story) -> str:
    return story.moment.isoformat(timespec="seconds").replace("+00:00", "Z")


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
