"""What one text costs, stage by stage: everything that a page of it takes."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import process_time

from mkdocs_digest.languages.words import words
from mkdocs_digest.model.codec import UncodableError, decode, encode
from mkdocs_digest.model.digest import Digest, ParseResult, Translation
from mkdocs_digest.read.content import parse_content
from mkdocs_digest.write.article import Look, write_article
from mkdocs_digest.write.converter import Targets
from mkdocs_digest.write.excerpt import description_of
from mkdocs_digest.write.feeds.content import absolute_block, plain, write_content
from mkdocs_digest.write.portable import write_portable
from mkdocs_digest.write.reading_time import minutes_of
from mkdocs_digest.write.record import record_of
from mkdocs_digest.write.search import index_article

_OPEN = Targets(lambda address: address, lambda address: address)
_URL = "https://example.org/digests/a/"


class Cost:
    """The seconds of processor time of each stage."""

    def __init__(self) -> None:
        self.stages: dict[str, float] = {}

    @property
    def total(self) -> float:
        return sum(self.stages.values())

    @property
    def page(self) -> float:
        """The seconds until the text is on a page, in feeds and in the search: without those of commands."""
        return self.total - sum(self.stages.get(stage, 0) for stage in ("record", "export"))

    @property
    def dearest(self) -> str:
        """The stage that takes longest."""
        return max(self.stages, key=lambda stage: self.stages[stage])

    @contextmanager
    def of(self, stage: str) -> Iterator[None]:
        """Add the time of the block to a stage's."""
        started = process_time()
        yield
        self.stages[stage] = self.stages.get(stage, 0) + process_time() - started


def cost_of(text: str) -> Cost:
    """Return what it costs to read a text and to write everything that a site has of it."""
    cost = Cost()
    with cost.of("read"):
        result = parse_content(text.encode("utf-8", "surrogatepass"), path="a.md")
    with cost.of("record"):
        record_of("a.md", result)
        _stored(result)
    if result.digest:
        _write(result.digest, cost)
    return cost


def _stored(result: ParseResult) -> None:
    try:
        decode(encode(result))
    except UncodableError:
        return


def _write(digest: Digest, cost: Cost) -> None:
    for translation in digest.translations:
        _publish(digest, translation, cost)


def _publish(digest: Digest, translation: Translation, cost: Cost) -> None:
    lang = translation.lang if translation.lang != "und" else "en"
    with cost.of("article"):
        article = write_article(translation, words(lang), _OPEN, Look(images=True))
    with cost.of("excerpt"):
        description_of(translation)
        minutes_of(translation)
    with cost.of("feeds"):
        blocks = [absolute_block(block, _URL) for block in article.blocks]
        plain(write_content(blocks, lang))
    with cost.of("search"):
        list(index_article(article, _URL, translation.title or "", {}))
    with cost.of("export"):
        write_portable(digest, translation)


def best_of(times: int, call: Callable[[], Cost]) -> Cost:
    """Return the least that some calls cost."""
    return min((call() for _ in range(times)), key=lambda cost: cost.total)
