"""The program `mkdocs-digest`: its arguments and exit codes."""

import argparse
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path

from mkdocs_digest.command.files import DEFAULT, UsageError, read_all, read_one
from mkdocs_digest.command.terminal import printable_line

FINE, FAULTY, MISUSED, INTERRUPTED = 0, 1, 2, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code.

    0 is fine, 1 the input has errors, 2 wrong usage or a fault of the system, 130 an interruption. A reader that has
    seen enough, like `head`, ends the output and is no fault.
    """
    for stream in filter(None, (sys.stdout, sys.stderr)):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    options = make_parser().parse_args(arguments)
    try:
        code = int(options.run(options))
        if sys.stdout:
            sys.stdout.flush()
    except UsageError as error:
        return _misused(str(error))
    except BrokenPipeError:
        _discard_output()
        return FINE
    except OSError as error:
        _discard_output()
        return _misused(f"{error.filename or 'the output cannot be written'}: {error.strerror or error}")
    except KeyboardInterrupt:
        _discard_output()
        return INTERRUPTED
    return code


def _misused(message: str) -> int:
    _complain(message)
    return MISUSED


def _discard_output() -> None:
    """Let what is still to be written go nowhere: Python would fail again when it flushes at the end.

    (https://docs.python.org/3/library/signal.html#note-on-sigpipe)
    """
    if sys.stdout:
        with suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _complain(message: str) -> None:
    with suppress(OSError):
        print(f"mkdocs-digest: {printable_line(message)}", file=sys.stderr)


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

    new = commands.add_parser("new", help="begin a digest")
    new.add_argument("title", metavar="TITLE", help="in the first language")
    new.add_argument("--date", type=date.fromisoformat, help="like 2024-05-30 (default: today)")
    new.add_argument("--tag", action="append", default=[], help="once for each tag")
    new.add_argument("--source", help="URL of the original")
    new.add_argument("--author", help="id of the source")
    new.add_argument("--lang", action="append", default=[], help="once for each language (default: zh and en)")
    new.add_argument("--dir", type=Path, default=Path(DEFAULT), help=f"folder of the digests (default: {DEFAULT})")
    new.set_defaults(run=_new)

    status = commands.add_parser("status", help="count digests by month, language and state")
    status.add_argument("paths", metavar="PATH", nargs="*", help="files or folders (default: docs/digests)")
    status.set_defaults(run=_status)

    export = commands.add_parser("export", help="write plain Markdown, a file per digest and language")
    export.add_argument("out", metavar="OUT", type=Path, help="a new folder")
    export.add_argument(
        "--layout", choices=("suffix", "folder"), default="suffix", help="x.en.md or en/x.md (default: suffix)"
    )
    export.add_argument("--dir", type=Path, default=Path(DEFAULT), help=f"folder of the digests (default: {DEFAULT})")
    export.set_defaults(run=_export)

    merge = commands.add_parser("merge", help="join the slices of a site that were built with `only`")
    merge.add_argument("slices", metavar="SLICE", nargs="+", type=Path, help="a folder that a build has made")
    merge.add_argument("--into", metavar="OUT", required=True, type=Path, help="a new folder")
    merge.set_defaults(run=_merge)
    return parser


# Each command imports what it needs when it runs: a check must not wait for what draws tables.


def _show(options: argparse.Namespace) -> int:
    from mkdocs_digest.command.show import make_console, show, show_json

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
    from mkdocs_digest.command.show import make_console
    from mkdocs_digest.command.status import show_status, take_status

    sources = read_all(options.paths)
    show_status(take_status(sources, datetime.now(UTC)), make_console())
    return FAULTY if any(source.faulty for source in sources) else FINE


def _export(options: argparse.Namespace) -> int:
    from mkdocs_digest.command.export import export

    if not options.dir.is_dir():
        raise UsageError(f"{options.dir}: there is no such folder")
    sources = read_all([str(options.dir)])
    count = export(sources, options.dir, options.out, options.layout)
    print(f"{count:,} files in {options.out}")
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
