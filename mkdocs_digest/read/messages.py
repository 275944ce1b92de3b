"""Every remark the reader can make: its stable code, its severity, and its words, the cure included."""

from mkdocs_digest.model.diagnostic import Diagnostic, Severity

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO

CODES: dict[str, tuple[Severity, str]] = {
    "bad-front-matter": (
        ERROR,
        "front matter cannot be read: {reason}; expected YAML, TOML or JSON `key: value` pairs",
    ),
    "bad-encoding": (ERROR, "this is not UTF-8; save the file as UTF-8"),
    "unreadable": (ERROR, "the file cannot be read: {reason}"),
    "too-large": (
        ERROR,
        "the file is larger than {most:,} bytes and is not read; split it, or raise `digest_size_limit` in mkdocs.yml",
    ),
    "outside": (
        ERROR,
        "a symbolic link that leads out of the folder of the digests is not followed; put the file itself here",
    ),
    "bad-name": (ERROR, "the name of the file {fault} and cannot become a URL; rename the file"),
    "same-page": (
        WARNING,
        "{other} has the page '{place}' (case and Unicode form do not count), so this one is at '{moved}': "
        "rename it or give it a `slug`",
    ),
    "no-date": (
        WARNING,
        "no date; expected `date: 2024-05-30` in the front matter or a file name that begins with one",
    ),
    "bad-date": (WARNING, "`{key}` is {value}, which is no date; expected `2024-05-30` or `2024-05-30T21:45:00Z`"),
    "bad-source": (WARNING, "`source` is `{value}`, which is no address of the web; expected `https://...`"),
    "many-tags": (WARNING, "{count} tags; only the first {most} are used"),
    "long-tag": (WARNING, "the tag `{sample}…` has {count} characters; it is cut to {most}"),
    "control-character": (
        WARNING,
        "U+{point} can stand in no page and is shown as U+FFFD, as are all its like in this file; remove it",
    ),
    "unsafe-link": (
        WARNING,
        "no link leads to `{address}`; expected http, https, mailto or a path of the site (images: https or a path)",
    ),
    "dense-markup": (
        WARNING,
        "this text has more than {most:,} markup characters; what follows is shown as plain text: split the digest",
    ),
    "raw-html": (INFO, "raw HTML is shown as text: `{sample}`; write Markdown"),
    "image-text": (INFO, "the image `{address}` is shown as its text, unless the site sets `images: true`"),
    "no-language": (
        WARNING,
        "no language found for this text; add a label such as `Summary:`, a `<!-- lang: en -->` line above it, "
        "or `lang: [...]` in the front matter",
    ),
    "same-language": (
        WARNING,
        "a second text in `{lang}` (the first begins on line {first}); both are kept as one translation: "
        "mark the language with `<!-- lang: .. -->` if it is another, else join them",
    ),
    "empty-digest": (ERROR, "no text below the front matter; expected a summary or questions"),
    "missing-answer": (WARNING, "question {number} has no answer; write `A:` below it"),
    "orphan-answer": (WARNING, "an answer without a question, kept as text; write `Q:` before it or remove the label"),
    "parity-questions": (
        WARNING,
        "the `{lang}` text has {count} questions where `{first}` has {expected}; add or mark the missing ones",
    ),
    "parity-links": (INFO, "`{lang}` and `{first}` link to different places: {difference}"),
    "parity-numbers": (INFO, "`{lang}` and `{first}` name different numbers: {difference}"),
    "mixed-punctuation": (INFO, "full-width and half-width marks are mixed: `{sample}`"),
    "similar-tag": (INFO, "the tag `{tag}` is also spelled `{usual}`; both are one tag, called as spelled most often"),
    "same-original": (INFO, "the same original is digested in `{other}` too"),
    "unknown-label": (INFO, "`{label}` is no label of a known part, kept as a section of its own"),
    "no-source": (
        INFO,
        "no link to the original; expected `source: https://...` in the front matter or a link on its own line",
    ),
}


def remark(line: int, column: int, code: str, **words: object) -> Diagnostic:
    """Return the diagnostic `code` at a place, its message filled with `words`."""
    severity, message = CODES[code]
    return Diagnostic(line, column, severity, code, message.format(**words))
