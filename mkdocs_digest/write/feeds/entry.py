"""An entry of a feed: one digest in one language."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from mkdocs_digest.library.library import Item
from mkdocs_digest.library.terms import Term
from mkdocs_digest.model.address import is_web
from mkdocs_digest.write.article import Article, Block, QuestionBlock
from mkdocs_digest.write.feeds.content import absolute_block, write_content, write_original
from mkdocs_digest.write.feeds.publisher import Publisher
from mkdocs_digest.write.timestamp import EPOCH
from mkdocs_digest.write.view import EntryView, LinkView, Viewer

_URL_CHARACTERS = "!#$%&'()*+,/:;=?@[]~"


@dataclass(frozen=True, slots=True)
class Name:
    """What something is called in the feed's language: `id` is the same in all, `url` absolute if there is one."""

    id: str
    text: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A digest as feeds show it: URLs are absolute, moments aware, `content` is HTML, `lang` that of the texts.

    `modified` is when the text was last changed, by the digest's own word.
    """

    id: str
    url: str
    lang: str
    title: str
    excerpt: str
    content: str
    published: datetime | None
    modified: datetime | None
    author: Name | None
    source: Name | None
    original: LinkView | None
    tags: tuple[Name, ...]
    blocks: tuple[Block, ...]
    alternates: tuple[tuple[str, str], ...]

    @property
    def updated(self) -> datetime:
        """`modified` where a format demands a date."""
        return self.modified or EPOCH

    @property
    def questions(self) -> tuple[QuestionBlock, ...]:
        """All questions in order; the n-th has the anchor ``q<n>`` on the page."""
        return tuple(question for block in self.blocks for question in block.questions)


class Entries:
    """Makes the entries of one language, each once until it is forgotten, however many feeds show it."""

    def __init__(self, viewer: Viewer, publisher: Publisher, article_of: Callable[[Item], Article]) -> None:
        self.viewer = viewer
        self.publisher = publisher
        self.article_of = article_of
        self._made: dict[str, Entry] = {}
        self._authors: dict[str, Name] = {}

    def of(self, item: Item) -> Entry:
        """Return the entry of a digest."""
        found = self._made.get(item.place)
        if found is None:
            found = self._made[item.place] = self._make(item)
        return found

    def has(self, item: Item) -> bool:
        """Say whether the entry of a digest is made."""
        return item.place in self._made

    def forget(self, item: Item) -> None:
        """Let go of the entry of a digest."""
        self._made.pop(item.place, None)

    def _make(self, item: Item) -> Entry:
        view, publisher = self.viewer.entry(item), self.publisher
        url = publisher.absolute(view.url)
        blocks = tuple(absolute_block(block, url) for block in self.article_of(item).blocks)
        original = _original(view)
        return Entry(
            id=publisher.id(item.digest.path, self.viewer.lang),
            url=url,
            lang=view.lang,
            title=view.title,
            excerpt=view.excerpt,
            content=write_content(blocks, view.lang) + self._read_original(original),
            published=item.moment,
            modified=item.updated or item.moment,
            author=self._author(item.source) if item.source else None,
            source=self._source(item, view),
            original=original,
            tags=self._tags(item, view),
            blocks=blocks,
            alternates=self._alternates(item),
        )

    def _read_original(self, original: LinkView | None) -> str:
        if original is None:
            return ""
        return write_original(original.url, self.viewer.words("read_original", source=original.title))

    def _author(self, source: Term) -> Name:
        if source.id not in self._authors:
            url = _encoded(source.url) if source.url and is_web(source.url) else None
            self._authors[source.id] = Name(source.id, source.name(self.viewer.lang), url)
        return self._authors[source.id]

    def _source(self, item: Item, view: EntryView) -> Name | None:
        if item.source is None or view.source_page is None:
            return None
        return self._name(item.source.id, view.source_page)

    def _tags(self, item: Item, view: EntryView) -> tuple[Name, ...]:
        return tuple(self._name(term.id, shown) for term, shown in zip(item.tags, view.tags, strict=True))

    def _name(self, id_: str, link: LinkView) -> Name:
        return Name(id_, link.title, self.publisher.absolute(link.url) if link.url else None)

    def _alternates(self, item: Item) -> tuple[tuple[str, str], ...]:
        library = self.viewer.library
        langs = library.langs_of(item)
        return tuple((lang, self.publisher.absolute(library.urls.url(item.place, lang))) for lang in langs)


def _original(view: EntryView) -> LinkView | None:
    return LinkView(view.source.title, _encoded(view.source.url)) if view.source else None


def _encoded(url: str) -> str:
    """Return a URL as RFC 3986 has it, whatever an author has pasted."""
    return quote(url.strip(), safe=_URL_CHARACTERS, errors="replace")
