"""The wheel, as a user gets it: all it needs in it, nothing else, and a site from it alone."""

import os
import subprocess
import sys
import venv
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.sites import ROOT, SAMPLE, build, make_site

pytestmark = pytest.mark.slow

PACKAGE = "mkdocs_digest"


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the working tree."""
    out = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--wheel", "--outdir", str(out), str(ROOT)]
    done = subprocess.run(command, capture_output=True, timeout=300, check=False)
    assert done.returncode == 0, (done.stdout + done.stderr).decode()
    (built,) = out.glob("*.whl")
    return built


@pytest.fixture(scope="session")
def names(wheel: Path) -> set[str]:
    """The names of the files in the wheel."""
    with ZipFile(wheel) as archive:
        return set(archive.namelist())


def shipped(pattern: str) -> set[str]:
    """Return the names of the package's files that match a pattern."""
    found = {path.relative_to(ROOT).as_posix() for path in (ROOT / PACKAGE).rglob(pattern) if path.is_file()}
    return {name for name in found if "__pycache__" not in name}


@pytest.mark.parametrize("pattern", ["*.py", "py.typed", "languages/*.yml", "theme/**/*.html", "theme/**/*.css", "*"])
def test_wheel_has_every_file_of_the_package(names: set[str], pattern: str) -> None:
    """Modules, language files, templates and stylesheets are all in the wheel."""
    assert shipped(pattern)
    assert shipped(pattern) - names == set()


def test_wheel_has_nothing_else(names: set[str]) -> None:
    """Beside the package the wheel has its metadata only: no tests, no example site."""
    assert {name.split("/")[0].split("-")[0] for name in names} == {PACKAGE}
    assert {name for name in names if name.startswith(f"{PACKAGE}/")} == shipped("*")


def test_wheel_has_its_licence(names: set[str]) -> None:
    """The licence goes with the wheel."""
    assert [name for name in names if name.endswith("/licenses/LICENSE")]


def test_sample_builds_from_the_wheel_alone(wheel: Path, tmp_path: Path) -> None:
    """In a fresh environment with the wheel and what it requires, the sample's site is built strictly."""
    venv.create(tmp_path / "venv", with_pip=True)
    python = tmp_path / "venv" / ("Scripts" if os.name == "nt" else "bin") / "python"
    command = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", str(wheel)]
    done = subprocess.run(command, capture_output=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr.decode()
    built = build(make_site(tmp_path / "site", {"digests/sample.md": SAMPLE}), python=python)
    assert built.has("digests/sample/")
    assert built.has("en/digests/tags/world/")
    assert built.has("assets/stylesheets/digest.css")
