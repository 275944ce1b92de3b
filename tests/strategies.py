"""Texts of digests for property tests: real layouts, shuffled and broken."""

from dataclasses import dataclass, field

from hypothesis import strategies as st

LABELS = {
    "en": ("Summary", "Interesting Questions", "Q", "A", "Source Link"),
    "zh": ("摘要", "有趣的问题", "问题", "答案", "原文链接"),
    "ja": ("要約", "興味深い質問", "質問", "回答", "原文リンク"),
    "ko": ("요약", "흥미로운 질문", "질문", "답변", "원문 링크"),
    "fr": ("Résumé", "Questions intéressantes", "Question", "Réponse", "Lien vers l'original"),
}
WORDS = {"en": "river light", "zh": "河流与光", "ja": "川とひかり", "ko": "강과 빛", "fr": "la rivière et les"}


@dataclass
class Draft:
    """A text being made, with the unique words put into it in order."""

    rows: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)

    def prose(self, lang: str) -> str:
        """Return a phrase in a language with a word that occurs nowhere else."""
        self.words.append(f"w{len(self.words)}w")
        return f"{WORDS[lang]} {self.words[-1]}"


@st.composite
def translations(draw: st.DrawFn, draft: Draft, lang: str) -> None:
    """Write one translation into a draft: title, source, summary, questions, sections, in one of many layouts."""
    summary, questions, ask, answer, source = LABELS[lang]
    colon = "：" if lang in ("zh", "ja") else ":"
    style = draw(st.sampled_from(["**{}{}**", "**{}**{}", "{}{}", "## {}{}", "### {}"]))

    def label(text: str) -> str:
        return style.format(text, colon)

    if draw(st.booleans()):
        draft.rows += [f"# {draft.prose(lang)}", ""]
    if draw(st.booleans()):
        draft.rows += [f"[{source}](https://example.org/article)", ""]
    draft.rows += [label(summary), "", draft.prose(lang)]
    if draw(st.booleans()):
        draft.rows += ["", draft.prose(lang)]
    draft.rows += ["", label(questions), ""]
    form = draw(st.sampled_from(["numbered", "bulleted", "bare", "bold"]))
    for number in range(1, draw(st.integers(1, 4)) + 1):
        lead, indent = {"numbered": (f"{number}. ", "   "), "bulleted": ("- ", "  ")}.get(form, ("", ""))
        marks = ("**", "**") if form == "bold" else ("", "")
        draft.rows.append(f"{lead}{marks[0]}{ask}{colon}{marks[1]} {draft.prose(lang)}?")
        if draw(st.booleans()):
            draft.rows.append("")
        draft.rows.append(f"{indent}{marks[0]}{answer}{colon}{marks[1]} {draft.prose(lang)}.")
        for extra in draw(st.lists(st.sampled_from(["paragraph", "list", "fence", "wrap"]), max_size=2)):
            draft.rows += _extra(extra, indent, draft.prose(lang))
        draft.rows.append("")
    if draw(st.booleans()):
        draft.rows += [f"## {draft.prose(lang)}", "", draft.prose(lang), ""]


def _extra(kind: str, indent: str, prose: str) -> list[str]:
    return {
        "paragraph": ["", f"{indent}{prose}"],
        "list": ["", f"{indent}- {prose}"],
        "fence": ["", f"{indent}```", f"{indent}Summary: {prose}", f"{indent}```"],
        "wrap": [f"{indent}{prose}"],
    }[kind]


@st.composite
def drafts(draw: st.DrawFn) -> Draft:
    """Return a whole digest, without front matter."""
    draft = Draft()
    langs = draw(st.lists(st.sampled_from(sorted(LABELS)), min_size=1, max_size=3, unique=True))
    for at, lang in enumerate(langs):
        if at:
            draft.rows += ["", draw(st.sampled_from(["---", "***", "* * *", "___"])), ""]
        draw(translations(draft, lang))
    return draft


LINES = st.sampled_from(
    [
        "", "---", "***", "**Summary:**", "Summary: text", "摘要：", "**有趣的问题：**", "1. Q: why?", "   A: because",
        "Q: how", "A: so", "- item", "  - nested", "> quote", "```", "~~~", "# Heading", "## English", "## 中文",
        "<!-- lang: ja -->", "[Source](https://a.example/)", "https://a.example/", "文字", "plain text", "    code",
        "| a | b |", "\t tabbed", "\u00a0", "\u200b", "title: x", "...", "**bold?** rest", "答案：是", "1) x",
        "{{ x }}", "<div>", "</div>", "&amp;", "\\", "[", "![](", "* * *", "Text\u2028line",
    ]
)  # fmt: skip
JUMBLES = st.lists(LINES | st.text(max_size=40), max_size=40).map("\n".join)
PIECES = st.sampled_from(
    [
        "- ", "* ", "+ ", "1. ", "2) ", "10. ", "1234567890. ", "-", "*", "> ", ">", " ", "   ", "    ", "\t", "# ",
        "####### ", "```", "~~~~", "``", "---", "***", "- - -", "===", "<div>", "</div>", "<!--", "-->", "<b>", "text",
        "文字", "[a]: /b", "\\", "\u3000", "\x0c", "\n", "\n", "\n", "\n\n", "\n\n",
    ]
)  # fmt: skip
MARKDOWN = st.lists(PIECES, max_size=60).map("".join)
