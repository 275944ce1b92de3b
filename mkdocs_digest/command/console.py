"""What tables and lines are printed on, for people and for programs behind a pipe."""

from rich.console import Console
from rich.text import Text


def make_console() -> Console:
    """Return a console that colours nothing by itself."""
    return Console(highlight=False)


def print_line(console: Console, line: Text) -> None:
    """Print a line that programs may read: whole, but where a terminal is too narrow for it."""
    console.print(line, soft_wrap=not console.is_terminal)
