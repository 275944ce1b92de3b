"""The measured steps, taken in turns: one round has each contestant once, so that a busy minute hits them alike."""

import os
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from mkdocs_digest.plugin.config import DigestConfig
from tests.benchmark.corpus import LANGS, NEWEST, Corpus, Story
from tests.benchmark.layouts import MARK, WRITERS, revised, write_sites
from tests.benchmark.measure import FailedRunError, Run, Server, hugo_program, mkdocs, run, serving

CACHE = ".cache"
BARE = "tags: false, sources: false, archive: [], feeds: false"
"""The options of a site without listings and feeds."""

_REST = 1.5
"""Seconds between two saves: MkDocs looks for changes every 0.5 s, and must have seen the last one."""


class Contest:
    """The sites of one size, and what is measured on them; step names are those of `STEPS`."""

    def __init__(self, folder: Path, corpus: Corpus, size: int) -> None:
        self.folder = folder
        self.corpus = corpus
        self.size = size
        self.drafts = self.cleared = 0
        write_sites(folder, corpus.stories(size))
        config = (folder / "digest" / "mkdocs.yml").read_text("utf-8")
        bare = config.replace("- digest", f"- digest: {{{BARE}}}")
        (folder / "digest" / "bare.yml").write_text(bare, "utf-8")

    def hand(self) -> Run:
        """Build the site split by hand, which has no other way than the whole."""
        self._clear("hand")
        return mkdocs(self.folder / "hand")

    def bare(self) -> Run:
        """Build ours without listings and feeds, cold."""
        self._clear("digest")
        return mkdocs(self.folder / "digest", "-f", "bare.yml")

    def cold(self) -> Run:
        """Build ours with everything on, without a site or a cache."""
        self._clear("digest")
        return mkdocs(self.folder / "digest")

    def watched(self) -> Run:
        """Build ours cold once more, for its memory."""
        self._clear("digest")
        return mkdocs(self.folder / "digest", watched=True)

    def changed(self) -> Run:
        """Build ours again after one digest's text has changed, and look whether the change is there."""
        story = self.corpus.story(self.drafts * 37 % self.size)
        draft = self._revise("digest", story)
        done = mkdocs(self.folder / "digest")
        for lang in LANGS:
            page = self.folder / "digest" / "site" / _page_url(story, lang) / "index.html"
            if MARK[lang].format(draft).strip() not in page.read_text("utf-8"):
                raise FailedRunError(f"{page} does not show what was changed")
        return done

    def unchanged(self) -> Run:
        """Build ours again with nothing changed."""
        return mkdocs(self.folder / "digest")

    def hugo(self) -> Run:
        """Build the Hugo site in full."""
        self._clear("hugo")
        program = hugo_program()
        assert program is not None
        return run([program, "build", "--quiet", "--noBuildLock"], self.folder / "hugo")

    def serve_digest(self, times: int) -> list[float]:
        """Return the seconds from saving the newest digest to its pages and every index that quotes it being right."""
        story = self.corpus.story(NEWEST)
        urls = {lang: (_page_url(story, lang), _index_url(lang)) for lang in LANGS}
        return self._serve("digest", story, urls, times)

    def serve_hand(self, times: int) -> list[float]:
        """Return the seconds from saving a page in both languages to both being served."""
        story = self.corpus.story(NEWEST)
        return self._serve("hand", story, {lang: (_page_url(story, lang),) for lang in LANGS}, times)

    def pages(self, contestant: str) -> int:
        """Return how many HTML files the last build of a contestant has written."""
        return sum(1 for _ in (self.folder / contestant / OUTPUT[contestant]).rglob("*.html"))

    def _serve(self, contestant: str, story: Story, urls: Mapping[str, Sequence[str]], times: int) -> list[float]:
        with serving(self.folder / contestant) as server:
            return [self._save(contestant, story, urls, server) for _ in range(times)]

    def _save(self, contestant: str, story: Story, urls: Mapping[str, Sequence[str]], server: Server) -> float:
        time.sleep(_REST)
        draft = self._revise(contestant, story)
        started = time.perf_counter()
        for lang, shown in urls.items():
            mark = MARK[lang].format(draft).strip()
            for url in shown:
                server.wait(lambda url=url, mark=mark: mark in server.text(url))  # type: ignore[misc]
        return time.perf_counter() - started

    def _revise(self, contestant: str, story: Story) -> int:
        self.drafts += 1
        WRITERS[contestant](self.folder, revised(story, self.drafts))
        return self.drafts

    def _clear(self, contestant: str) -> None:
        """Move what a build has left out of the way, emptied but not deleted.

        Where much was just deleted, file systems are slow to write; where all is kept, each build is given disk and
        memory that nothing has used before, which a virtual machine is slow to hand out.
        """
        for name in (OUTPUT[contestant], CACHE):
            left = self.folder / contestant / name
            if left.exists():
                self.cleared += 1
                cleared = left.rename(self.folder / f"cleared-{self.cleared}")
                for path in cleared.rglob("*"):
                    if path.is_file():
                        os.truncate(path, 0)


OUTPUT = {"digest": "site", "hand": "site", "hugo": "public"}
STEPS: dict[str, Callable[[Contest], Run]] = {
    "hand": Contest.hand,
    "bare": Contest.bare,
    "watched": Contest.watched,
    "cold": Contest.cold,
    "changed": Contest.changed,
    "unchanged": Contest.unchanged,
    "hugo": Contest.hugo,
}
"""The steps in the order of a round: the warm builds find what the cold one left."""


def can_take(step: str) -> bool:
    """Say whether a step can be taken here: Hugo is installed, the plugin has the options."""
    if step == "hugo":
        return hugo_program() is not None
    return step != "bare" or "feeds" in dict(DigestConfig._schema)


def take_rounds(contest: Contest, steps: Sequence[str], times: int) -> dict[str, list[Run]]:
    """Take some steps in turns, a number of times, and return what each took."""
    runs: dict[str, list[Run]] = {step: [] for step in steps}
    for number in range(1, times + 1):
        for step, taken in runs.items():
            taken.append(STEPS[step](contest))
            tell(f"{contest.size:,} digests, round {number}/{times}: {step} {taken[-1].seconds:.2f} s")
    return runs


def tell(line: str) -> None:
    """Show how far the benchmark is."""
    print(line, file=sys.stderr, flush=True)


def _page_url(story: Story, lang: str) -> str:
    return f"{_index_url(lang)}{story.name}/"


def _index_url(lang: str) -> str:
    return "digests/" if lang == LANGS[0] else f"{lang}/digests/"
