"""Print the lowest versions that `pyproject.toml` allows, as constraints for pip.

`python -m tests.lowest dependencies` prints those of what the plugin stands on, `python -m tests.lowest neighbours`
those of the plugins and programs that the README says it works with.
"""

import re
import sys
import tomllib
from pathlib import Path

_PYPROJECT = Path(__file__).parent.parent / "pyproject.toml"
_BOUND = re.compile(r"([\w-]+)(?:\[\w+\])?>=([\d.]+)")


def lowest(group: str) -> dict[str, str]:
    """Return the lowest version of each package of a group: `dependencies`, or the name of an extra."""
    project = tomllib.loads(_PYPROJECT.read_text("utf-8"))["project"]
    requirements = project["dependencies"] if group == "dependencies" else project["optional-dependencies"][group]
    return {found[1]: found[2] for requirement in requirements if (found := _BOUND.match(requirement))}


if __name__ == "__main__":
    for name, version in lowest(sys.argv[1]).items():
        print(f"{name}=={version}")
