"""What the reader has to say about a file, as data."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How grave a diagnostic is; `error` and `warning` fail a strict build."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True, order=True)
class Diagnostic:
    """One remark about one place of a file.

    `line` and `column` count from 1, in characters of the decoded text; `code` is stable and documented in the README.
    """

    line: int
    column: int
    severity: Severity
    code: str
    message: str

    def located(self, path: str) -> str:
        """Return the remark in the form compilers use: `path:line:column: severity[code] message`."""
        return f"{path}:{self.line}:{self.column}: {self.severity}[{self.code}] {self.message}"
