"""The files that a site is made of: which there are, and what they read as."""
