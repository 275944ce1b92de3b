"""Which files are digests, by their names alone."""

import re
from pathlib import PurePath

_PAGE = re.compile(r"(?:index|readme)(?:\.[a-z]{2}(?:[-_][A-Za-z]{2,4})?)?\.md", re.I)


def is_digest(path: PurePath) -> bool:
    """Say whether a path below the folder of the digests names one: no index, README, hidden or underscored name.

    The pages of a language (`index.en.md`) are no digests either.
    """
    if path.suffix != ".md" or _PAGE.fullmatch(path.name):
        return False
    return not any(part.startswith((".", "_")) for part in path.parts)
