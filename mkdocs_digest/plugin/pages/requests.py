"""What the theme's script asks of the site: the search index of the page's language, and no more than there is.

Material's script resolves every such address against the site's root, as instant loading and mike need it, and asks for
a sitemap beside each `link[rel=alternate]`, feeds included, to redirect clicks on links below it:
https://github.com/squidfunk/mkdocs-material/blob/649abd2ff8f3785bfc599c63dc610b8e3a392216/src/templates/assets/javascripts/bundle.ts
https://github.com/squidfunk/mkdocs-material/blob/b83baa6ba8a061ac576d7ece453a0929123e38fa/src/templates/assets/javascripts/integrations/alternate/index.ts
This can go when Material takes the address of the index from its configuration, and looks at its language menu only.
"""

import json
import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

_CONFIG = re.compile(r'(<script id="__config" type="application/json">)(\{.*?\})(</script>)', re.S)


def mend_requests(output: str, index: str, roots: Sequence[str]) -> str:
    """Add to a page of Material's what its script must know; a page of another theme stays as it is.

    `index` is the search index of the page's language, from the site's root; `roots` are the folders of the site's
    languages, the page's own first.
    """
    facts = _script_text({"index": index, "roots": list(roots)})
    added = f'\n<script id="__digest" type="application/json">{facts}</script><script>{_script()}</script>'
    return _CONFIG.sub(lambda found: found[0] + added, output, count=1)


def root_as_folder(output: str) -> str:
    """Let the configuration of an error page name the site's root as a folder: with no `/` its last name falls off."""

    def mended(found: re.Match[str]) -> str:
        settings = json.loads(found[2])
        base = settings["base"].rstrip("/") + "/"
        return found[1] + _script_text({**settings, "base": base}) + found[3]

    return _CONFIG.sub(mended, output, count=1)


def _script_text(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


@cache
def _script() -> str:
    """Return the script, without its comments and indents."""
    lines = files(__package__).joinpath("requests.js").read_text("utf-8").splitlines()
    return "\n".join(line.strip() for line in lines if not line.startswith("//"))
