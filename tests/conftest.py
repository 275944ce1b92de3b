import os
import shutil

import pytest
from hypothesis import settings

from tests.sites import ROOT, Build, build

settings.register_profile("quick", max_examples=100, deadline=None)
settings.register_profile("thorough", max_examples=5000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))


def pytest_configure(config: pytest.Config) -> None:
    """Name the markers of this suite."""
    config.addinivalue_line("markers", "slow: makes an environment of its own; needs the package registry")


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """Build a copy of the example site, strictly, once per process."""
    site = tmp_path_factory.mktemp("example")
    shutil.copytree(ROOT / "example_site", site, ignore=shutil.ignore_patterns("site", ".cache"), dirs_exist_ok=True)
    return build(site)
