"""Source sentences that a drafted sentence may rest on."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from groundwire.domain.spans import Span
from groundwire.text.quotes import best_alignment
from groundwire.text.sentences import sentences
from groundwire.text.tokens import content_words
from groundwire.text.values import values

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from groundwire.domain.retrieval import Hit

_SHARED = 0.6
_TRIED = 8


@dataclass(frozen=True, slots=True)
class Window:
    """One source sentence, or two that follow one another in a passage.

    Attributes:
        hit: The passage.
        sentences: Where the sentences stand in the passage's text.
    """

    hit: Hit
    sentences: tuple[Span, ...]

    @property
    def span(self) -> Span:
        """Where the window stands in the passage's text."""
        return Span(self.sentences[0].start, self.sentences[-1].end)

    @property
    def text(self) -> str:
        """The characters of the window."""
        return self.span.of(self.hit.passage.text)


def windows(hits: Sequence[Hit]) -> Iterator[Window]:
    """Yield all windows of the passages: each sentence, then each two neighbours."""
    for hit in hits:
        found = cut(hit.passage.text)
        yield from (Window(hit, (one,)) for one in found)
        yield from (Window(hit, pair) for pair in pairwise(found))


def promising(sentence: str, hits: Sequence[Hit]) -> tuple[Window, ...]:
    """Return the windows that share most content words with a sentence, best first.

    Windows of equal worth keep the order of the hits, single sentences before pairs.
    """
    wanted = frozenset(content_words(_without_values(sentence)))
    if not wanted:
        return ()
    scored = [(len(wanted & _stems(window.text)) / len(wanted), window) for window in windows(hits)]
    near = [(share, window) for share, window in scored if share >= _SHARED]
    near.sort(key=lambda one: (-one[0], len(one[1].sentences)))
    return tuple(window for _, window in near[:_TRIED])


def _without_values(sentence: str) -> str:
    """Return a sentence without its values, which may be written in another form than there."""
    kept = list(sentence)
    for value in values(sentence):
        kept[value.span.start : value.span.end] = " " * len(value.span)
    return "".join(kept)


def closest(sentence: str, hits: Sequence[Hit]) -> tuple[Window | None, float]:
    """Return the single sentence that is most like a drafted one, and how much.

    See :func:`groundwire.text.quotes.best_alignment` for the score.
    """
    singles = [Window(hit, (one,)) for hit in hits for one in cut(hit.passage.text)]
    index, score = best_alignment(sentence, [window.text for window in singles])
    return (singles[index] if singles else None), score


@lru_cache(maxsize=256)
def cut(text: str) -> tuple[Span, ...]:
    """Return the sentences of a passage's text; several drafted sentences ask for them."""
    return sentences(text)


@lru_cache(maxsize=4096)
def _stems(text: str) -> frozenset[str]:
    return frozenset(content_words(text))
