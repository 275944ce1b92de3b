"""Texts that are long in one way each, and what it costs to read and publish them."""
