"""The program `mkdocs-digest`: its arguments and exit codes."""

import argparse
import sys
from collections.abc import Sequence

from mkdocs_digest.command.files import UsageError, read_all, read_one

FINE, FAULTY, MISUSED = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code: 0 fine, 1 the digests have errors, 2 wrong usage."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    options = make_parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except UsageError as error:
        print(f"mkdocs-digest: {error}", file=sys.stderr)
        return MISUSED
    except BrokenPipeError:
        sys.stderr.close()
        return FINE


def make_parser() -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    parser = argparse.ArgumentParser(prog="mkdocs-digest", description="Read, check and write news digests.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    show = commands.add_parser("show", help="show how a file is read")
    show.add_argument("file", metavar="FILE", help="a digest, or - for standard input")
    show.add_argument("--json", action="store_true", help="print one JSON object")
    show.set_defaults(run=_show)

    check = commands.add_parser("check", help="say what is wrong with digests")
    check.add_argument("paths", metavar="PATH", nargs="*", help="files, folders or - (default: docs/digests)")
    check.add_argument("--format", choices=("text", "github", "json"), default="text", help="default: text")
    check.add_argument("--strict", action="store_true", help="let warnings count as errors")
    check.set_defaults(run=_check)
    return parser


# Each command imports what it needs when it runs: a check must not wait for what draws tables.


def _show(options: argparse.Namespace) -> int:
    from mkdocs_digest.command.show import show, show_json

    source = read_one(options.file)
    if options.json:
        print(show_json(source))
    else:
        from rich.console import Console

        show(source, Console(highlight=False))
    return FAULTY if any(remark.severity == "error" for remark in source.result.diagnostics) else FINE


def _check(options: argparse.Namespace) -> int:
    from mkdocs_digest.command.check import check

    report, code = check(read_all(options.paths), options.format, strict=options.strict)
    if report:
        print(report)
    return code
