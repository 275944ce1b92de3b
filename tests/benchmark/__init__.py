"""What a build costs, next to the same site split by hand and to Hugo: `python -m tests.benchmark`."""
