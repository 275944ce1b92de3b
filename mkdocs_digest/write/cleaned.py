"""The shape of cleaned HTML: no `<` stands unescaped in its text, no `"` in its attributes."""

import re

VALUES = r'(?:\s+[a-z-]+="[^"]*")'
"""The attributes of a tag, one of them."""

ANY_TAG = re.compile(rf"<(/?)([a-z][a-z0-9]*){VALUES}*>")
"""A tag: whether it ends an element, and its name."""
