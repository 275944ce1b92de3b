"""What every page of the site says of itself in its head: the same page in the other languages."""

import re
from urllib.parse import urljoin

from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url

_ALTERNATE = re.compile(r'[ \t]*<link rel="alternate" href="[^"]*" hreflang="[^"]*">\n?')

# Material's script asks for a sitemap.xml beside every `link[rel=alternate]`; a blank in `rel` means the same to all
# others and hides the links from it, before it runs at the end of the body.
QUIET = '<script>for(const l of document.querySelectorAll("link[rel=alternate]"))l.rel="alternate "</script>'


def write_alternates(output: str, page: Page, config: MkDocsConfig, default: str) -> str:
    """Replace the theme's alternates, one for every language, by those that exist: absolute, with `x-default`."""
    alternates = getattr(page.file, "alternates", {})
    head, mark, body = output.partition("</head>")
    if not mark:
        return output
    head = _ALTERNATE.sub("", head)
    if len(alternates) > 1:
        urls = {lang: _absolute(file.url, page, config) for lang, file in sorted(alternates.items())}
        urls["x-default"] = urls.get(default) or next(iter(urls.values()))
        links = [
            f'<link rel="alternate" href="{escape(url)}" hreflang="{escape(lang)}">\n' for lang, url in urls.items()
        ]
        head += "".join(links)
    if 'rel="alternate"' in head:
        head += f"{QUIET}\n"
    return f"{head}{mark}{body}"


def _absolute(url: str, page: Page, config: MkDocsConfig) -> str:
    url = "" if url in (".", "./") else url
    if not config.site_url:
        return get_relative_url(url or ".", page.url)
    return urljoin(config.site_url.rstrip("/") + "/", url)
