"""The one part that knows MkDocs: its events, files, pages and navigation."""
