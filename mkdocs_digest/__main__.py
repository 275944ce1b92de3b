"""`python -m mkdocs_digest` is the program `mkdocs-digest`."""

import sys

from mkdocs_digest.command.main import main

sys.exit(main())
