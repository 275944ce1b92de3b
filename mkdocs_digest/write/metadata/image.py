"""The picture of a digest: the one address in front matter that others will load."""

from urllib.parse import quote

from mkdocs_digest.library.library import Item
from mkdocs_digest.model.address import is_link, is_web, split_address
from mkdocs_digest.write.metadata.facts import Publication


def image_of(item: Item, publication: Publication) -> str | None:
    """Return the address of the front matter's `image`: on the web, or a path from the site's root."""
    image = item.digest.meta.get("image")
    if not isinstance(image, str) or not image.isprintable():
        return None
    if is_web(image):
        return quote(image, safe=":/?#[]@!$&'()*+,;=%~")
    parts = split_address(image)
    if not parts or parts.scheme or not is_link(image) or not parts.path or ".." in parts.path.split("/"):
        return None
    return publication.address(quote(parts.path.lstrip("/"), safe="/%")) if publication.absolute else None
