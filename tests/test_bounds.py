"""The versions that `pyproject.toml` allows, and that CI runs the tests with."""

import tomllib
from pathlib import Path

import pytest
import yaml

from tests.lowest import lowest
from tests.sites import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
JOBS = yaml.safe_load((ROOT / ".github" / "workflows" / "ci.yml").read_text("utf-8"))["jobs"]


@pytest.mark.parametrize("group", ["dependencies", "neighbours"])
def test_every_requirement_has_a_lowest_version(group: str) -> None:
    """No requirement is without a lower bound, so that CI tests the oldest set as a whole."""
    requirements = PROJECT["dependencies"] if group == "dependencies" else PROJECT["optional-dependencies"][group]
    assert len(lowest(group)) == len(requirements)


def test_ci_runs_both_ends() -> None:
    """CI has a job for each Python that the package says it runs on, and one for each set of lowest versions."""
    named = [item.rpartition(" :: ")[2] for item in PROJECT["classifiers"] if " :: Python :: 3." in item]
    assert JOBS["test"]["strategy"]["matrix"]["python"] == named
    assert PROJECT["requires-python"] == f">={named[0]}"
    assert JOBS["lowest"]["strategy"]["matrix"]["group"] == ["dependencies", "neighbours"]
    assert "bash .ci/lowest ${{ matrix.group }}" in [step.get("run") for step in JOBS["lowest"]["steps"]]


@pytest.mark.parametrize("path", sorted((ROOT / ".github" / "workflows").glob("*.yml")), ids=lambda path: path.name)
def test_workflows_may_do_no_more_than_they_need(path: Path) -> None:
    """Each workflow may read the repository only; a job that deploys or publishes asks for what it needs itself."""
    assert yaml.safe_load(path.read_text("utf-8"))["permissions"] == {"contents": "read"}
