"""Pages made apart from MkDocs are the pages that MkDocs would have made."""

import re
from pathlib import Path
from urllib.parse import quote, urljoin

import pytest

from tests.sites import HOOK, PAGED, SIX, Build, build, make_site, tree

BANNER = '{{% extends "base.html" %}}{{% block announce %}}{{% if page %}}{}{{% endif %}}{{% endblock %}}'
OVERRIDES = {
    "as it is": "",
    "title in capitals": "{{ page.title | upper }}",
    "title looked at": '{% if page.title == "Digest 3 about the sea" %}Third{% endif %}',
    "length of a title": "{% if page.title | length > 20 %}Long{% endif %}",
    "file": "{{ page.file.src_uri }}",
    "front matter": "{% if page.meta.pin %}Pinned{% endif %}[{{ page.meta.own }}]",
    "all front matter": "{{ page.meta.keys() | join(' ') }}{{ page.meta | length }}",
    "front matter printed": "{{ page.meta }}",
    "texts cut": "{{ page.meta.description | truncate(9) }}",
    "words in a text": '{% if "3" in page.meta.description %}Three{% endif %}',
    "address": "{{ page.url }}",
    "address looked at": '{% if "tags/" in page.url or page.canonical_url.endswith("d3/") %}There{% endif %}',
    "address as JSON": "{{ page.canonical_url | tojson }}{{ page.canonical_url | urlencode }}",
    "neighbours": "{{ page.next_page.title }}{{ page.toc | first }}",
    "contents": "{% for item in page.toc %}{{ item.id }} {% endfor %}",
}


def resolved(path: str, html: str) -> str:
    """Return a page as its reader has it: links resolved, blanks between tags left out."""
    html = re.sub(r'(href|src)="([^":]*)"', lambda link: f'{link[1]}="{urljoin(quote(f"/{path}"), link[2])}"', html)
    html = re.sub(r'"(?:base|search)": ?"[^"]*"', "", html)
    return " ".join(re.sub(r"\s*([<>])\s*", r"\1", html).split())


def seen(built: Build) -> dict[str, str]:
    """Return every page as its reader has it."""
    files = tree(built.out).items()
    return {name: resolved(name, content.decode()) for name, content in files if name.endswith("html")}


@pytest.mark.parametrize("override", OVERRIDES)
def test_pages_are_what_mkdocs_would_have_made(tmp_path: Path, override: str) -> None:
    """Whatever a theme's templates ask of a page, it is the same as where a hook makes MkDocs render each page."""
    files = {
        **SIX,
        "digests/d2.md": SIX["digests/d2.md"].replace("date:", "pin: true\nown: <b>own</b>\ndate:", 1),
        "digests/d3.md": SIX["digests/d3.md"].replace("date:", "hide: [toc, navigation]\ndate:", 1),
        "digests/d4.md": SIX["digests/d4.md"].replace("date:", "own: 1\ndate:", 1),
        "digests/d5.md": SIX["digests/d5.md"].replace("date:", "own: true\ndate:", 1),
        "digests/d6.md": f"{SIX['digests/d6.md']}\n**Key Points:**\n\nOne.\n\n**Background:**\n\nTwo.\n",
        "../overrides/main.html": BANNER.format(OVERRIDES[override]),
        "../hook.py": HOOK,
    }
    features = ["navigation.footer", "navigation.path", "content.action.edit", "toc.follow"]
    config = {
        **PAGED,
        "repo_url": "https://example.org/repo",
        "edit_uri": "edit/",
        "theme": {"name": "material", "font": False, "custom_dir": "overrides", "features": features},
    }
    ours = seen(build(make_site(tmp_path / "ours", files, config)))
    theirs = seen(build(make_site(tmp_path / "theirs", files, {**config, "hooks": ["hook.py"]})))
    assert ours.keys() == theirs.keys()
    assert [name for name in ours if ours[name] != theirs[name]] == []
