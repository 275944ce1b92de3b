"""Fuzz the reader and the renderer with Atheris (https://github.com/google/atheris), not part of the test run.

    pip install atheris
    python -m tests.fuzz parser -max_total_time=600 [CORPUS]
    python -m tests.fuzz renderer -max_total_time=600 [CORPUS]

The arguments after the target are libFuzzer's. A finding ends the run and is left in a file `crash-*`.
"""

import json
import sys
from collections.abc import Callable

import atheris

with atheris.instrument_imports(include=["mkdocs_digest", "markdown_it", "frontmatter"]):
    from mkdocs_digest.read.content import parse_content
    from mkdocs_digest.write.converter import Targets, to_html, to_inline_html, to_text
    from mkdocs_digest.write.record import record_of

from tests.allowlist import strangers

OPEN = Targets(lambda address: address, lambda address: address)


def parser(data: bytes) -> None:
    """Read bytes as a file: no exception, and a record that is JSON and UTF-8."""
    result = parse_content(data, path="fuzz.md")
    assert all(remark.line >= 1 and remark.column >= 1 for remark in result.diagnostics)
    json.dumps(record_of("fuzz.md", result), ensure_ascii=False, allow_nan=False).encode()


def renderer(data: bytes) -> None:
    """Render bytes as Markdown: nothing outside of the allow-list."""
    text = data.decode("utf-8", "replace")
    to_text(text)
    for html in (to_html(text, OPEN), to_inline_html(text, OPEN)):
        assert not (found := strangers(html)), found


TARGETS: dict[str, Callable[[bytes], None]] = {"parser": parser, "renderer": renderer}

if __name__ == "__main__":
    target = TARGETS[sys.argv.pop(1)]
    atheris.Setup(sys.argv, target)
    atheris.Fuzz()
