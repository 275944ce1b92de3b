"""The program `mkdocs-digest`: its arguments and exit codes."""

import argparse
import sys
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from mkdocs_digest.command.files import DEFAULT, Source, UsageError, read_all, read_one
from mkdocs_digest.command.streams import standard_streams
from mkdocs_digest.command.terminal import printable_line

FINE, FAULTY, MISUSED, INTERRUPTED = 0, 1, 2, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code.

    0 is fine, 1 the input has errors, 2 wrong usage, nothing found or a fault of the system, 130 an interruption. A
    reader that has seen enough, like `head`, changes nothing.
    """
    with standard_streams() as out:
        code = _run(arguments)
        sys.stdout.flush()
        if out.fault is None or isinstance(out.fault, BrokenPipeError):
            return code
        return _misused(f"standard output: {out.fault.strerror}")


def _run(arguments: Sequence[str] | None) -> int:
    try:
        options = make_parser().parse_args(arguments)
        return int(options.run(options))
    except SystemExit as done:  # of argparse: help was asked for, or the usage is wrong
        return int(done.code or FINE)
    except UsageError as error:
        return _misused(str(error))
    except OSError as error:
        return _misused(": ".join(str(part) for part in (error.filename, error.strerror or error) if part))
    except KeyboardInterrupt:
        _complain("interrupted")
        return INTERRUPTED


def _misused(message: str) -> int:
    _complain(message)
    return MISUSED


def _complain(message: str) -> None:
    print(f"mkdocs-digest: {printable_line(message)[:_LONGEST_MESSAGE]}", file=sys.stderr)


_LONGEST_MESSAGE = 2_000
"""Characters: a name in a malformed file may be as long as the file."""


def make_parser() -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    parser = argparse.ArgumentParser(prog="mkdocs-digest", description="Read, check and write news digests.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    show = commands.add_parser("show", help="show how a file is read")
    show.add_argument("file", metavar="FILE", type=_name, help="a digest, or - for standard input")
    show.add_argument("--json", action="store_true", help="print one JSON object")
    show.set_defaults(run=_show)

    check = commands.add_parser("check", help="say what is wrong with digests")
    check.add_argument(
        "paths", metavar="PATH", nargs="*", type=_name, help="files, folders or - (default: docs/digests)"
    )
    check.add_argument("--format", choices=("text", "github", "json"), default="text", help="default: text")
    check.add_argument("--strict", action="store_true", help="let warnings count as errors")
    check.set_defaults(run=_check)

    new = commands.add_parser("new", help="begin a digest")
    new.add_argument("title", metavar="TITLE", help="in the first language")
    new.add_argument("--date", type=_day, help="like 2024-05-30 (default: today)")
    new.add_argument("--tag", action="append", default=[], help="once for each tag")
    new.add_argument("--source", help="URL of the original")
    new.add_argument("--author", help="id of the source")
    new.add_argument("--lang", action="append", default=[], help="once for each language (default: zh and en)")
    new.add_argument("--dir", type=_path, default=Path(DEFAULT), help=f"folder of the digests (default: {DEFAULT})")
    new.set_defaults(run=_new)

    status = commands.add_parser("status", help="count digests by month, language and state")
    status.add_argument("paths", metavar="PATH", nargs="*", type=_name, help="files or folders (default: docs/digests)")
    status.set_defaults(run=_status)

    export = commands.add_parser("export", help="write plain Markdown, a file per digest and language")
    export.add_argument("out", metavar="OUT", type=_path, help="a new folder")
    export.add_argument(
        "--layout", choices=("suffix", "folder"), default="suffix", help="x.en.md or en/x.md (default: suffix)"
    )
    export.add_argument("--dir", type=_path, default=Path(DEFAULT), help=f"folder of the digests (default: {DEFAULT})")
    export.set_defaults(run=_export)

    merge = commands.add_parser("merge", help="join the slices of a site that were built with `only`")
    merge.add_argument("slices", metavar="SLICE", nargs="+", type=_path, help="a folder that a build has made")
    merge.add_argument("--into", metavar="OUT", required=True, type=_path, help="a new folder")
    merge.set_defaults(run=_merge)
    return parser


def _name(text: str) -> str:
    if "\0" in text:
        raise argparse.ArgumentTypeError(f"{text!r} has a NUL character in it; expected a path")
    return text


def _path(text: str) -> Path:
    return Path(_name(text))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{text}' is not a date; expected one like 2024-05-30") from None


# Each command imports what it needs when it runs: a check must not wait for what draws tables.


def _show(options: argparse.Namespace) -> int:
    from mkdocs_digest.command.console import make_console
    from mkdocs_digest.command.show import show, show_json

    source = read_one(options.file)
    if options.json:
        print(show_json(source))
    else:
        show(source, make_console())
    return FAULTY if source.faulty else FINE


def _check(options: argparse.Namespace) -> int:
    from mkdocs_digest.command.check import check

    report, code = check(read_all(options.paths), options.format, strict=options.strict)
    if report:
        print(report)
    return code


def _new(options: argparse.Namespace) -> int:
    from mkdocs_digest.command.new import new

    day = options.date or datetime.now(UTC).astimezone().date()
    langs = options.lang or ["zh", "en"]
    path = new(
        options.dir, options.title, day, tags=options.tag, source=options.source, author=options.author, langs=langs
    )
    print(path)
    return FINE


def _status(options: argparse.Namespace) -> int:
    from mkdocs_digest.command.console import make_console
    from mkdocs_digest.command.status import show_status, take_status

    sources = read_all(options.paths)
    show_status(take_status(sources, datetime.now(UTC)), make_console())
    return _report_errors(sources)


def _export(options: argparse.Namespace) -> int:
    from mkdocs_digest.command.export import export

    if not options.dir.is_dir():
        raise UsageError(f"{options.dir}: there is no such folder")
    sources = read_all([str(options.dir)])
    count = export(sources, options.dir, options.out, options.layout)
    print(f"{count:,} files in {options.out}")
    return _report_errors(sources)


def _report_errors(sources: Iterable[Source]) -> int:
    """Print the first error of each digest that has one; return the exit code."""
    faulty = [source for source in sources if source.faulty]
    for source in faulty:
        fault = next(remark for remark in source.result.diagnostics if remark.severity == "error")
        print(printable_line(fault.located(source.path)), file=sys.stderr)
    return FAULTY if faulty else FINE


def _merge(options: argparse.Namespace) -> int:
    from mkdocs_digest.command.merge import SliceError, join_slices

    try:
        joined = join_slices(options.slices, options.into)
    except SliceError as error:
        _complain(str(error))
        return FAULTY
    print(f"{joined.count:,} files in {options.into}")
    if joined.left_out:
        names = ", ".join(map(str, joined.left_out[:_NAMED]))
        more = f" and {len(joined.left_out) - _NAMED:,} more" if len(joined.left_out) > _NAMED else ""
        _complain(f"left out what no build has written: {names}{more}")
    return FINE


_NAMED = 5
"""Files that are named in one message."""
