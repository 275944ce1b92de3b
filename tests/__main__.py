"""Run all tests, after making sure that there is a browser for them: `python -m tests [pytest's arguments]`."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGES = ["chromium", "fonts-noto-cjk"]
NAMES = ["chromium", "chromium-browser", "google-chrome"]


def find_browser() -> str | None:
    """Return the path of a Chromium on this machine."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def main() -> int:
    """Install a browser where that is possible, else say what to install; then run pytest."""
    if find_browser() is None and not _install():
        print("The tests need a browser: install Chromium and the Noto CJK fonts, then run this again.")
        return 1
    return int(pytest.main(sys.argv[1:] or ["-n", str(os.cpu_count() or 2), "--dist", "worksteal"]))


def _install() -> bool:
    if shutil.which("apt-get") is None or os.geteuid() != 0:
        return False
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update"], ["install", "-y", "--no-install-recommends", *PACKAGES]):
        subprocess.run(["apt-get", "-q", *command], check=True, env=environment, stdout=subprocess.DEVNULL)
    return find_browser() is not None


if __name__ == "__main__":
    os.chdir(Path(__file__).parent.parent)
    sys.exit(main())
