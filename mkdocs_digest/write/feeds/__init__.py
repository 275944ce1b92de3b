"""Feeds and data files: what other programs read of a site."""
