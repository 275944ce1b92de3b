"""`mkdocs gh-deploy` into a repository of the test's own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.sites import SAMPLE, digest, environment, make_site, write

TIMESTAMPED = {"sitemap.xml", "sitemap.xml.gz"}
IDENTITY = {
    f"GIT_{role}_{field}": value
    for role in ("AUTHOR", "COMMITTER")
    for field, value in (("NAME", "Test"), ("EMAIL", "test@example.org"))
}


def run(folder: Path, *command: str) -> str:
    """Run a command in a folder, away from the user's own git configuration, and return what it prints."""
    isolated = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "GIT_TERMINAL_PROMPT": "0"}
    env = {**environment(), **IDENTITY, **isolated}
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


def deploy(site: Path) -> None:
    """Publish a site to the branch `gh-pages` of its `origin`."""
    run(site, sys.executable, "-m", "mkdocs", "gh-deploy", "--strict")


def changed(origin: Path) -> set[str]:
    """Return the files that the last deploy changed."""
    names = run(origin, "git", "-c", "core.quotepath=off", "diff", "--name-only", "gh-pages~1", "gh-pages")
    return set(names.splitlines())


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site in a git repository with a bare `origin`, deployed once."""
    files = {"digests/sample.md": SAMPLE, "digests/名.md": digest({"zh": "一", "en": "One"})}
    folder = make_site(tmp_path / "site", files)
    origin = tmp_path / "origin.git"
    run(tmp_path, "git", "init", "--quiet", "--bare", str(origin))
    run(folder, "git", "init", "--quiet")
    run(folder, "git", "remote", "add", "origin", str(origin))
    write(folder / ".gitignore", "/site/\n/.cache/\n")
    run(folder, "git", "add", "--all")
    run(folder, "git", "commit", "--quiet", "--message", "Write two digests")
    deploy(folder)
    return folder


@pytest.fixture
def origin(site: Path) -> Path:
    """The repository that the site is deployed to."""
    return site.parent / "origin.git"


def test_deploy_publishes_every_language(origin: Path) -> None:
    """`mkdocs gh-deploy` puts the pages of all languages on the branch that GitHub serves."""
    names = run(origin, "git", "-c", "core.quotepath=off", "ls-tree", "-r", "--name-only", "gh-pages").splitlines()
    for page in ("digests/sample/index.html", "en/digests/sample/index.html", "digests/名/index.html", ".nojekyll"):
        assert page in names
    assert "Joe Biden approved" in run(origin, "git", "show", "gh-pages:en/digests/sample/index.html")


def test_deploy_leaves_the_sources_alone(site: Path) -> None:
    """A deploy neither writes into the repository's files nor stages anything."""
    assert run(site, "git", "status", "--porcelain") == ""


def test_same_site_is_the_same_bytes(site: Path, origin: Path) -> None:
    """A second deploy of an unchanged site changes no file but the sitemap's time stamps."""
    deploy(site)
    assert run(origin, "git", "rev-list", "--count", "gh-pages").strip() == "2"
    assert changed(origin) <= TIMESTAMPED


def test_edit_changes_its_own_pages(site: Path, origin: Path) -> None:
    """An edit of one answer changes that digest's page in its language, and no other digest's page."""
    write(site / "docs/digests/sample.md", SAMPLE.replace("The primary factor", "The main factor"))
    deploy(site)
    pages = {name for name in changed(origin) if name.endswith(".html")}
    assert pages == {"en/digests/sample/index.html"}
