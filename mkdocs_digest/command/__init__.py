"""The command line: the core without MkDocs, for editors and CI."""
