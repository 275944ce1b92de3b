"""Markdown from a digest to safe HTML: CommonMark with tables, no raw HTML, cleaned against an allow-list."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

import nh3
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererProtocol
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.emphasis import tokenize
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.token import STANDARD_TYPES

from mkdocs_digest.model.address import LINK_SCHEMES, is_image, is_link
from mkdocs_digest.read.allowance import Allowance
from mkdocs_digest.read.commonmark import CommonMark

Link = Callable[[str], str | None]
"""Turns the address of a link as written into the one to print; None takes the link off.

It is asked only about addresses that `mkdocs_digest.model.address` lets pass.
"""

_TAGS = {
    "a", "blockquote", "br", "code", "del", "div", "em", "h2", "h3", "h4", "h5", "h6", "hr", "img", "li", "ol", "p",
    "pre", "s", "span", "strong", "sub", "sup", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
_PLAIN = re.compile(r"(?:[^<>]++|</?(?:p|em|strong|code|ul|ol|li|blockquote|pre|h[2-6])>)*+")
_SENTENCE = re.compile(r"""[^\W\d_](?:[^\\`*_~\[\]<>&|\s\0]|[ ](?=\S))*+""")
_ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt", "title", "loading"},
    "ol": {"start"},
    "td": {"style"},
    "th": {"style"},
}
_LEXERS = {
    "bash", "c", "c++", "console", "cpp", "css", "dart", "diff", "docker", "dockerfile", "go", "html",
    "haskell", "http", "ini", "java", "javascript", "js", "json", "jsx", "julia", "kotlin", "lua", "make", "markdown",
    "md", "nginx", "perl", "php", "powershell", "py", "pycon", "python", "r", "rb", "ruby", "rust", "scala", "sh",
    "shell", "sql", "swift", "tex", "toml", "ts", "tsx", "typescript", "xml", "yaml", "yml", "zsh",
}  # fmt: skip
"""Languages that are coloured: a lexer is a program run on anybody's text, and few kilobytes hold some up for long.

That of C# takes 40 seconds for 12 kB of names on lines of their own.
"""

_LONGEST_COLOURED = 4_000
"""Characters of the longest block of code that is coloured."""

_NOT_COLOURED = re.compile(r"[^\n]{200}|\s{50}")
"""What takes lexers quadratic time; nobody writes code so."""

_FORMATTER = HtmlFormatter(nowrap=True)
_ALIGN = re.compile(r"text-align:(?:left|right|center)")
_CJK = re.compile(
    "[\u1100-\u11ff\u2e80-\u303f\u3040-\u30ff\u3130-\u318f\u31a0-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef]"
)


@dataclass(frozen=True, slots=True)
class Targets:
    """Where the links and images of a text may lead; see `Link`."""

    link: Link
    image: Link


def to_html(markdown: str, targets: Targets, allowance: Allowance | None = None) -> str:
    """Return the HTML of block-level Markdown, every link passed through `targets`.

    What goes beyond the `allowance`, by default that of one text, is a paragraph of plain text.
    """
    if _is_sentence(markdown):
        return f"<p>{markdown}</p>\n"
    allowance = allowance or Allowance()
    text, rest = allowance.take(markdown)
    html = clean(str(_converter().render(text, {"targets": targets, "allowance": allowance})))
    return f"{html}<p>{_escaped(rest)}</p>\n" if rest else html


def to_inline_html(markdown: str, targets: Targets, allowance: Allowance | None = None) -> str:
    """Return the HTML of one line of Markdown, without a paragraph around it."""
    if _is_sentence(markdown):
        return markdown
    text, rest = (allowance or Allowance()).take(" ".join(markdown.split("\n")))
    return clean(str(_converter().renderInline(text, {"targets": targets}))) + _escaped(rest)


def to_text(markdown: str, allowance: Allowance | None = None) -> str:
    """Return the words of Markdown, without any markup."""
    if _is_sentence(markdown):
        return " ".join(markdown.split())
    text, rest = (allowance or Allowance()).take(markdown)
    return " ".join("".join([*_words(_converter().parse(text)), rest]).split())


def _escaped(text: str) -> str:
    """Return plain text as cleaned HTML has it."""
    return escapeHtml(text).replace("&quot;", '"')


def _is_sentence(markdown: str) -> bool:
    """Say whether Markdown is one line in which nothing has a meaning: its HTML is itself."""
    return bool(_SENTENCE.fullmatch(markdown))


def clean(html: str) -> str:
    """Return `html` with everything outside the allow-list taken out.

    Where there is nothing but text and tags without attributes that are all on the list, there is nothing to take out.
    """
    if _PLAIN.fullmatch(html):
        return html.replace("&quot;", '"')
    return nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        attribute_filter=_filter_attribute,
        allowed_classes={"div": {"highlight"}, "span": set(STANDARD_TYPES.values())},
        url_schemes=set(LINK_SCHEMES),
        link_rel="noopener nofollow",
        strip_comments=True,
    )


def _filter_attribute(tag: str, name: str, value: str) -> str | None:
    if name == "style":
        return value if _ALIGN.fullmatch(value) else None
    return value


def _words(tokens: list[Token]) -> list[str]:
    words = []
    for token in tokens:
        if token.children:
            words.extend(_words(token.children))
        elif token.type in ("softbreak", "hardbreak") or token.block:
            words.append(" ")
        if token.type in ("text", "code_inline", "fence"):
            words.append(token.content)
    return words


@cache
def _converter() -> CommonMark:
    converter = CommonMark(html=False)
    converter.inline.ruler.at("emphasis", _emphasis)
    for name, rule in _RULES.items():
        converter.add_render_rule(name, rule)
    return converter


def _emphasis(state: StateInline, silent: bool) -> bool:
    """Let emphasis begin and end next to CJK characters.

    CommonMark 0.31 section 6.2 wants a blank or a mark between `**` after a mark and a letter, which Chinese, Japanese
    and Korean do not write: `**注意：**下文` would stay literal.
    """
    start, first = state.pos, len(state.delimiters)
    if not tokenize(state, silent):
        return False
    before = state.src[start - 1] if start else " "
    after = state.src[state.pos] if state.pos < state.posMax else " "
    if state.src[start] == "*" and (_CJK.match(before) or _CJK.match(after)):
        for delimiter in state.delimiters[first:]:
            delimiter.open = not after.isspace()
            delimiter.close = not before.isspace()
    return True


def _link(renderer: RendererProtocol, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType) -> str:
    token = tokens[at]
    href = _address(str(token.attrs["href"]), env["targets"].link, is_link)
    env["linked"] = href is not None
    if href is None:
        return ""
    title = token.attrGet("title")
    attributes = f' href="{escapeHtml(href)}"'
    return f'<a{attributes} title="{escapeHtml(str(title))}">' if title else f"<a{attributes}>"


def _link_end(renderer: RendererProtocol, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType) -> str:
    return "</a>" if env["linked"] else ""


def _image(renderer: RendererProtocol, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType) -> str:
    token = tokens[at]
    alt = escapeHtml(" ".join("".join(_words(token.children or [])).split()))
    src = _address(str(token.attrs["src"]), env["targets"].image, is_image)
    return f'<img src="{escapeHtml(src)}" alt="{alt}" loading="lazy">' if src else alt


def _address(written: str, target: Link, allowed: Callable[[str], bool]) -> str | None:
    return (target(written) or None) if allowed(written) else None


def _fence(renderer: RendererProtocol, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType) -> str:
    """Print code, in colours if it is fit for them and enough is left of the allowance."""
    token = tokens[at]
    name = (token.info.split() or [""])[0].lower()
    coloured = _is_fit_for_colours(name, token.content) and env["allowance"].take_code(token.content)
    code = highlight(token.content, _lexer(name if coloured else "text"), _FORMATTER)
    return f'<div class="highlight"><pre><code>{code}</code></pre></div>\n'


def _is_fit_for_colours(name: str, code: str) -> bool:
    return name in _LEXERS and len(code) <= _LONGEST_COLOURED and not _NOT_COLOURED.search(code)


@cache
def _lexer(name: str) -> Lexer:
    return get_lexer_by_name(name)


def _heading(renderer: RendererProtocol, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType) -> str:
    """Print headings two levels lower: a digest's text stands below the page's title and a part's."""
    level = min(6, int(tokens[at].tag[1]) + 2)
    return f"<h{level}>" if tokens[at].nesting == 1 else f"</h{level}>\n"


_RULES = {
    "link_open": _link,
    "link_close": _link_end,
    "image": _image,
    "fence": _fence,
    "heading_open": _heading,
    "heading_close": _heading,
}
