"""What became of a quote: how it stands in the text of today."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from difflib import SequenceMatcher
from functools import cached_property
from typing import TYPE_CHECKING, Final

from groundwire.domain.recalls import Present
from groundwire.domain.spans import Span
from groundwire.text.sentences import sentences
from groundwire.text.tokens import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from groundwire.domain.recalls import CurrentText

NEAR: Final = 0.6
"""Below this likeness a sentence is not taken for the one that was quoted."""

GONE: Final = Present("removed")
"""How a quote stands whose document is gone."""


class Reading:
    """A text with its sentences, which are found when they are needed."""

    def __init__(self, text: str) -> None:
        """Read a normalised text."""
        self.text = text

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """The sentences of the text, in order."""
        return sentences(self.text)

    @cached_property
    def _starts(self) -> tuple[int, ...]:
        return tuple(sentence.start for sentence in self.sentences)

    @cached_property
    def _ends(self) -> tuple[int, ...]:
        return tuple(sentence.end for sentence in self.sentences)

    @cached_property
    def _words(self) -> tuple[tuple[str, ...], ...]:
        """The words of each sentence."""
        return tuple(words(sentence.of(self.text)) for sentence in self.sentences)

    @cached_property
    def _holding(self) -> dict[str, list[tuple[int, int]]]:
        """For each word the sentences that hold it, and how often they do."""
        found: dict[str, list[tuple[int, int]]] = {}
        for at, said in enumerate(self._words):
            for word, count in Counter(said).items():
                found.setdefault(word, []).append((at, count))
        return found

    def around(self, span: Span) -> Span:
        """Return the whole sentences that a span stands in, and what of it is in none."""
        first = bisect_right(self._ends, span.start)
        last = bisect_left(self._starts, span.end) - 1
        if first > last:
            return span
        start, end = self.sentences[first].start, self.sentences[last].end
        return Span(min(start, span.start), max(end, span.end))

    def whole(self, wanted: str, near: int) -> int | None:
        """Return where a run of whole sentences stands, the place nearest to ``near``.

        White space at either end of ``wanted`` has to stand there too, and is of no sentence.
        """
        starts, ends = frozenset(self._starts), frozenset(self._ends)
        first, last = len(wanted) - len(wanted.lstrip()), len(wanted.rstrip())
        places = [
            at for at in _places(self.text, wanted) if at + first in starts and at + last in ends
        ]
        return min(places, key=lambda at: abs(at - near), default=None)

    def nearest(self, quote: str) -> Span | None:
        """Return the sentence that comes nearest to a quote that does not stand any more.

        That is the sentence around its characters, or the one with the most words in common: the
        ratio of ``difflib`` over words, no less than 0.6.
        """
        for at in _places(self.text, quote):
            return self.around(Span(at, at + len(quote)))
        sought = words(quote)
        shared: Counter[int] = Counter()
        for word, wanted in Counter(sought).items():
            for at, count in self._holding.get(word, ()):
                shared[at] += min(wanted, count)
        matcher = SequenceMatcher(None, autojunk=False)
        matcher.set_seq2(sought)
        best, found = NEAR, None
        for at in sorted(shared):
            said = self._words[at]
            if 2 * shared[at] / (len(said) + len(sought)) < best:
                continue
            matcher.set_seq1(said)
            ratio = matcher.ratio()
            if ratio > best or (found is None and ratio == best):
                best, found = ratio, self.sentences[at]
        return found


def standing(quote: str, span: Span, then: Reading | None, now: Reading, path: str) -> Present:
    """Return how a quote stands in another version of its document.

    It stands only where the whole sentences around it do: in "It is not true that Kim left." the
    words "Kim left." mean something else.

    Args:
        quote: The quoted characters.
        span: Where they stood.
        then: The version that they stood in; None where it is not kept.
        now: The version of today.
        path: The path of the document of today.
    """
    around = then.around(span) if then else span
    wanted = around.of(then.text) if then else quote
    at = now.whole(wanted, around.start)
    if at is None:
        near = now.nearest(quote)
        return Present("changed", path, near, near.of(now.text) if near else "")
    place = span.shift(at - around.start)
    return Present("same" if place == span else "moved", path, place, quote)


def unchanged(quote: str, span: Span, current: CurrentText) -> Present:
    """Return how a quote stands in the very version that it was taken from."""
    return Present("same", current.path, span, quote)


def _places(text: str, wanted: str) -> Iterator[int]:
    """Yield every place at which characters stand in a text."""
    at = text.find(wanted)
    while at >= 0:
        yield at
        at = text.find(wanted, at + 1)
