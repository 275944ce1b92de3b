"""The written forms of a library: HTML, feeds, plain Markdown."""
