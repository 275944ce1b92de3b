"""The HTML of a translation: the one owner, for pages, search and feeds alike."""

from dataclasses import dataclass

from markupsafe import Markup, escape

from mkdocs_digest.languages.words import Words
from mkdocs_digest.model.digest import Part, Question, Section, Summary, Translation
from mkdocs_digest.read.allowance import Allowance
from mkdocs_digest.write.converter import Targets, to_html, to_inline_html, to_text


@dataclass(frozen=True, slots=True)
class Heading:
    """An entry of a page's table of contents; `title` is HTML."""

    id: str
    title: str
    children: tuple["Heading", ...] = ()


@dataclass(frozen=True, slots=True)
class QuestionBlock:
    """A question as text and as inline HTML, and the HTML of its answer."""

    text: str
    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a translation: its heading as text (empty for none), and HTML or questions below it."""

    title: str
    html: str = ""
    questions: tuple[QuestionBlock, ...] = ()
    is_summary: bool = False


@dataclass(frozen=True, slots=True)
class Article:
    """A translation as HTML, with its table of contents and the blocks that it is made of."""

    html: str
    headings: tuple[Heading, ...]
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class Look:
    """How articles are written: whether questions stand open, whether the site lets images in.

    `trusted` digests' pages are not written but rendered by the site's own Markdown; feeds still show the article.
    """

    open_questions: bool = False
    images: bool = False
    trusted: bool = False


def write_article(translation: Translation, words: Words, targets: Targets, look: Look) -> Article:
    """Return the HTML of a translation's text, its title not included.

    Question n has the id ``q<n>`` in every language; sections are ``section-<n>``.
    """
    maker = _Maker(words, targets)
    blocks = tuple(map(maker.block, translation.parts))
    writer = _Writer(look)
    written = Markup("").join(writer.block(block) for block in blocks)
    html = Markup('<div class="digest" lang="{}">\n{}</div>').format(translation.lang, written)
    return Article(str(html), tuple(writer.headings), blocks)


class _Maker:
    """Makes the blocks of one article within one allowance of markup; the texts of headings have their own."""

    def __init__(self, words: Words, targets: Targets) -> None:
        self.words = words
        self.targets = targets
        self.allowance = Allowance()
        self.heading_allowance = Allowance()

    def block(self, part: Part) -> Block:
        if isinstance(part, Summary):
            return Block("", self.html(part.markdown), is_summary=True)
        if isinstance(part, Section):
            return Block(to_text(part.label, self.heading_allowance), self.html(part.markdown))
        return Block(self.words("questions"), questions=tuple(map(self.question, part.items)))

    def question(self, item: Question) -> QuestionBlock:
        text = to_text(item.question, self.heading_allowance)
        question = to_inline_html(item.question, self.targets, self.allowance)
        return QuestionBlock(text, question, self.html(item.answer))

    def html(self, markdown: str) -> str:
        return to_html(markdown, self.targets, self.allowance)


class _Writer:
    """Numbers what it writes: questions run through the whole article."""

    def __init__(self, look: Look) -> None:
        self.look = look
        self.headings: list[Heading] = []
        self.asked = 0
        self.sections = 0
        self.headed = 0

    def block(self, block: Block) -> Markup:
        if block.is_summary:
            return Markup('<div class="digest-summary">\n{}</div>\n').format(Markup(block.html))
        return self.questions(block) if block.questions else self.section(block)

    def section(self, block: Block) -> Markup:
        heading = Markup("")
        if block.title:
            self.sections += 1
            heading = self.heading(f"section-{self.sections}", block.title)
        return Markup('<div class="digest-section">\n{}{}</div>\n').format(heading, Markup(block.html))

    def heading(self, id_: str, title: str, children: tuple[Heading, ...] = ()) -> Markup:
        self.headings.append(Heading(id_, str(escape(title)), children))
        return Markup('<h2 id="{}">{}</h2>\n').format(id_, title)

    def questions(self, block: Block) -> Markup:
        written = [self.question(question) for question in block.questions]
        entries = tuple(entry for entry, _ in written)
        self.headed += 1
        id_ = "questions" if self.headed == 1 else f"questions-{self.headed}"
        heading = self.heading(id_, block.title, entries)
        return Markup("").join([heading, *(html for _, html in written)])

    def question(self, question: QuestionBlock) -> tuple[Heading, Markup]:
        self.asked += 1
        id_ = f"q{self.asked}"
        html = Markup('<details class="question" id="{}"{}>\n<summary>{}</summary>\n{}</details>\n').format(
            id_, Markup(" open") if self.look.open_questions else "", Markup(question.question), Markup(question.answer)
        )
        return Heading(id_, str(escape(question.text))), html
