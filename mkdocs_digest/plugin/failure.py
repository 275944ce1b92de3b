"""Why a build has failed, said to whoever can mend it."""

import errno

from mkdocs.exceptions import PluginError

from mkdocs_digest.command.terminal import printable_line

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_REFUSED = {errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO, errno.ELOOP}


def explain_failure(error: Exception) -> None:
    """Raise PluginError, which is shown without a traceback, if a build failed because the disk refused something."""
    if isinstance(error, OSError) and error.errno in _FULL | _REFUSED:
        what = f"'{error.filename}'" if error.filename else "the site cannot be written"
        raise PluginError(printable_line(f"{what}: {error.strerror}")) from error
