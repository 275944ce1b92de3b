"""The HTML of a translation: the one owner, for pages, search and feeds alike."""

from dataclasses import dataclass

from markupsafe import Markup, escape

from mkdocs_digest.languages.words import Words
from mkdocs_digest.model.digest import Part, Question, Questions, Section, Summary, Translation
from mkdocs_digest.write.converter import Targets, to_html, to_inline_html, to_text


@dataclass(frozen=True, slots=True)
class Heading:
    """An entry of a page's table of contents; `title` is HTML."""

    id: str
    title: str
    children: tuple["Heading", ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """A translation as HTML, with its table of contents."""

    html: str
    headings: tuple[Heading, ...]


@dataclass(frozen=True, slots=True)
class Look:
    """How articles are written: whether questions stand open."""

    open_questions: bool = False


def write_article(translation: Translation, words: Words, targets: Targets, look: Look) -> Article:
    """Return the HTML of a translation's text, its title not included.

    Question n has the id ``q<n>`` in every language; sections are ``section-<n>``.
    """
    writer = _Writer(words, targets, look)
    blocks = [writer.part(part) for part in translation.parts]
    html = Markup('<div class="digest" lang="{}">\n{}</div>').format(translation.lang, Markup("").join(blocks))
    return Article(str(html), tuple(writer.headings))


class _Writer:
    """Numbers what it writes: questions run through the whole article."""

    def __init__(self, words: Words, targets: Targets, look: Look) -> None:
        self.words = words
        self.targets = targets
        self.look = look
        self.headings: list[Heading] = []
        self.asked = 0
        self.sections = 0
        self.headed = 0

    def part(self, part: Part) -> Markup:
        if isinstance(part, Summary):
            return Markup('<div class="digest-summary">\n{}</div>\n').format(self.html(part.markdown))
        if isinstance(part, Section):
            return self.section(part)
        return self.questions(part)

    def html(self, markdown: str) -> Markup:
        return Markup(to_html(markdown, self.targets))

    def section(self, section: Section) -> Markup:
        if not section.label:
            return Markup('<div class="digest-section">\n{}</div>\n').format(self.html(section.markdown))
        self.sections += 1
        heading = self.heading(f"section-{self.sections}", to_text(section.label))
        return Markup('<div class="digest-section">\n{}{}</div>\n').format(heading, self.html(section.markdown))

    def heading(self, id_: str, title: str, children: tuple[Heading, ...] = ()) -> Markup:
        self.headings.append(Heading(id_, str(escape(title)), children))
        return Markup('<h2 id="{}">{}</h2>\n').format(id_, title)

    def questions(self, part: Questions) -> Markup:
        blocks = [self.question(question) for question in part.items]
        entries = tuple(entry for entry, _ in blocks)
        self.headed += 1
        id_ = "questions" if self.headed == 1 else f"questions-{self.headed}"
        heading = self.heading(id_, self.words("questions"), entries)
        return Markup("").join([heading, *(html for _, html in blocks)])

    def question(self, question: Question) -> tuple[Heading, Markup]:
        self.asked += 1
        id_ = f"q{self.asked}"
        summary = Markup(to_inline_html(question.question, self.targets))
        html = Markup('<details class="question" id="{}"{}>\n<summary>{}</summary>\n{}</details>\n').format(
            id_, Markup(" open") if self.look.open_questions else "", summary, self.html(question.answer)
        )
        return Heading(id_, str(escape(to_text(question.question)))), html
