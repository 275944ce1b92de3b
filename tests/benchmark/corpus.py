"""Digests for measuring: any number of them, the same on every machine, no text in them twice.

Sentences are walks through the neighbourhoods of words (English) and of characters (Chinese) in the example site's
digests: read they make no sense, but letters, words and lengths are distributed as in digests.
"""

import re
from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from itertools import accumulate, pairwise
from pathlib import Path
from random import Random

LANGS = ("zh", "en")
NEWEST = 0
"""The number of the newest digest: it leads every index."""

TAGS = (
    "world", "economy", "science", "health", "climate", "space", "energy", "markets", "technology", "education",
    "oceans", "transport", "cities", "security", "trade", "culture", "language", "law", "sport", "food", "water",
    "forests", "physics", "medicine", "software", "statistics", "standards", "engineering", "history", "migration",
    "housing", "labour", "banking", "aviation", "astronomy", "geology", "polar", "robotics", "privacy", "museums",
)  # fmt: skip
SOURCES = ("ft", "nasa", "esa", "who", "noaa", "ietf", "w3c", "un", "bipm", "imf", "iea", "unesco")

_EXAMPLES = Path(__file__).parents[2] / "example_site" / "docs" / "digests"
_LAST = datetime(2026, 6, 30, 21, 45, 27, tzinfo=UTC)
TEN_YEARS = timedelta(days=3652)
_STRAYING = 0.25
"""How often a walk leaves its neighbourhood: often enough that none is walked twice."""
_GOLDEN = 0.6180339887498949
_ZIPF = tuple(accumulate(1 / rank for rank in range(1, len(TAGS) + 1)))
_CHINESE = re.compile(r"[一-鿿、，]{8,}(?=[。？])")
_ENGLISH = re.compile(r"(?<=[.?:] )[A-Z][A-Za-z' ,-]{30,}(?=[.?])")
_KANA = re.compile(r"[\u3040-\u30ff]")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and its answer, both Markdown."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Text:
    """A digest in one language."""

    title: str
    description: str
    summary: str
    questions: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """A digest in all languages; `name` is its path without `.md`, below the folder of the digests."""

    name: str
    moment: datetime
    tags: tuple[str, ...]
    source: str
    url: str
    texts: dict[str, Text]


@dataclass(frozen=True, slots=True)
class _Chain:
    """What can begin a sentence, what can follow each piece of one, and every piece."""

    starts: Sequence[str]
    follows: dict[str, list[str]]
    every: Sequence[str]
    joint: str
    stop: str
    ask: str

    def words(self, random: Random, least: int, most: int) -> list[str]:
        """Return a walk of `least` to `most` pieces."""
        length = random.randint(least, most)
        pieces = [random.choice(self.starts)]
        while len(pieces) < length:
            strays = random.random() < _STRAYING
            pieces.append(random.choice(self.every if strays else self.follows.get(pieces[-1], self.every)))
        return pieces

    def phrase(self, random: Random, least: int, most: int) -> str:
        """Return a walk as text, without a mark at its end."""
        return self.joint.join(self.words(random, least, most)).strip(" ,，、-")


class Corpus:
    """Makes digests by number, spread over `span`; digest n is the same whatever was made before it."""

    def __init__(self, seed: int = 6, span: timedelta = TEN_YEARS) -> None:
        self.seed = seed
        self.span = span
        examples = "\n".join(path.read_text("utf-8") for path in sorted(_EXAMPLES.rglob("*.md")))
        lines = [line for line in examples.splitlines() if not _KANA.search(line)]
        self._chains = {"zh": _chinese_chain(lines), "en": _english_chain(lines)}

    def stories(self, count: int) -> Iterator[Story]:
        """Make the first `count` digests; raise ValueError if a text comes twice."""
        seen: set[bytes] = set()
        for number in range(count):
            story = self.story(number)
            texts = [_digest(text) for text in _texts(story)]
            if seen.intersection(texts) or len(set(texts)) < len(texts):
                raise ValueError(f"digest {number} repeats a text; choose another seed than {self.seed}")
            seen.update(texts)
            yield story

    def story(self, number: int) -> Story:
        """Make one digest."""
        random = Random(f"{self.seed}-{number}")
        moment = _moment(number, self.span)
        source = random.choice(SOURCES)
        asides = [_aside(random) for _ in range(random.randint(3, 4))]
        texts = {lang: self._text(lang, random, asides) for lang in LANGS}
        slug = "-".join(re.findall(r"[a-z]+", texts["en"].title.lower())[:5])
        url = f"https://{source}.example/{moment:%Y/%m}/{random.getrandbits(64):016x}"
        return Story(f"{moment:%Y}/{slug}-{number}", moment, _tags(random), source, url, texts)

    def _text(self, lang: str, random: Random, asides: Sequence[str]) -> Text:
        chain = self._chains[lang]
        least, most = (12, 24) if lang == "zh" else (8, 12)
        title = chain.phrase(random, least, most)
        description = _sentences(chain, lang, random, 1)
        summary = _emphasised(_sentences(chain, lang, random, random.randint(3, 4)), chain.joint, random)
        questions = tuple(self._asked(lang, random, aside) for aside in asides)
        return Text(title, description, summary, questions)

    def _asked(self, lang: str, random: Random, aside: str) -> Asked:
        chain = self._chains[lang]
        least, most = _LENGTH[lang]
        question = f"{chain.phrase(random, least, most)}{chain.ask}"
        answer = _sentences(chain, lang, random, random.randint(2, 4))
        kind, _, value = aside.partition(" ")
        return Asked(question, answer + _ASIDES[lang][kind].format(value))


_LENGTH = {"zh": (20, 52), "en": (9, 28)}
_ASIDES = {
    "zh": {
        "none": "",
        "figure": "相关统计共有 {} 项。",
        "link": "参见[附录](https://notes.example/{})。",
        "code": "编号为 `{}`。",
        "list": "\n\n- 甲类：{0} 件\n- 乙类：{0} 件\n- 其他",
    },
    "en": {
        "none": "",
        "figure": " There are {} records of it.",
        "link": " See [the appendix](https://notes.example/{}).",
        "code": " Its number is `{}`.",
        "list": "\n\n- first kind: {0} items\n- second kind: {0} items\n- others",
    },
}


def _aside(random: Random) -> str:
    """Return what an answer has besides prose, the same in all languages: a kind and a value."""
    kind = random.choices(("none", "figure", "link", "code", "list"), (70, 12, 6, 6, 6))[0]
    return f"{kind} {random.randint(1000, 9999999)}"


def _sentences(chain: _Chain, lang: str, random: Random, count: int) -> str:
    least, most = _LENGTH[lang]
    sentences = [f"{chain.phrase(random, least, most)}{chain.stop}" for _ in range(count)]
    return chain.joint.join(sentences)


def _emphasised(text: str, joint: str, random: Random) -> str:
    """Print a few words bold in every third text."""
    if random.random() > 1 / 3:
        return text
    words = re.findall(r"[一-鿿]{4}" if not joint else r"[a-z]{4,}", text)
    return text.replace(words[0], f"**{words[0]}**", 1) if words else text


def _tags(random: Random) -> tuple[str, ...]:
    """Choose one to four tags, the n-th of them 1/n times as often as the first."""
    drawn = (TAGS[bisect(_ZIPF, random.random() * _ZIPF[-1])] for _ in range(random.randint(1, 4)))
    return tuple(dict.fromkeys(drawn))


def _moment(number: int, span: timedelta) -> datetime:
    """Spread the digests evenly, however many there are; the first is the last in time."""
    return _LAST - span * (number * _GOLDEN % 1)


def _chinese_chain(lines: Sequence[str]) -> _Chain:
    found = [list(sentence) for line in lines for sentence in _CHINESE.findall(line)]
    return _Chain(*_follows(found), joint="", stop="。", ask="？")


def _english_chain(lines: Sequence[str]) -> _Chain:
    found = [sentence.split() for line in lines for sentence in _ENGLISH.findall(line)]
    return _Chain(*_follows(found), joint=" ", stop=".", ask="?")


def _follows(sentences: Sequence[Sequence[str]]) -> tuple[list[str], dict[str, list[str]], list[str]]:
    follows: dict[str, list[str]] = {}
    for sentence in sentences:
        for piece, following in pairwise(sentence):
            follows.setdefault(piece, []).append(following)
    return [sentence[0] for sentence in sentences], follows, list(follows)


def _texts(story: Story) -> Iterator[str]:
    for text in story.texts.values():
        yield from (text.title, text.description, text.summary)
        yield from (part for asked in text.questions for part in (asked.question, asked.answer))


def _digest(text: str) -> bytes:
    return blake2b(text.encode(), digest_size=16).digest()
