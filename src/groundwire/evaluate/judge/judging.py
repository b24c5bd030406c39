"""The judge's finding on one sentence and its citations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from groundwire.evaluate.judge.context import cut_from
from groundwire.evaluate.judge.reading import comparable
from groundwire.evaluate.judge.support import objections

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Cited:
    """One citation as the judge sees it.

    Attributes:
        quote: What the citation claims to quote.
        start: Where its span begins in the stored text, in code points.
        end: Where its span ends.
        stored: Stored text of the document; None if there is no such document.
        source: The file's words as ``Sources`` gives them; None where it cannot be read.
    """

    quote: str
    start: int
    end: int
    stored: str | None
    source: str | None

    @property
    def exact(self) -> bool:
        """Whether the quote is the characters that the span names."""
        if self.stored is None or not 0 <= self.start < self.end <= len(self.stored):
            return False
        return self.stored[self.start : self.end] == self.quote

    @property
    def in_source(self) -> bool | None:
        """Whether the quote stands in the file; None if the file could not be read."""
        return None if self.source is None else comparable(self.quote) in self.source


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the judge finds of one sentence.

    Attributes:
        exact: There is a citation, and every quote is the characters that its span names.
        in_source: Every quote stands in its file; None if no file could be read.
        supported: The citations together bear the sentence out.
        needed: For each citation whether the sentence needs it: it is supported by all, and this
            one supports it alone or the others do not.
        reasons: What speaks against the sentence, in words.
    """

    exact: bool
    in_source: bool | None
    supported: bool
    needed: tuple[bool, ...]
    reasons: tuple[str, ...]

    @property
    def grounded(self) -> bool:
        """Whether the sentence may be believed to be what the documents say."""
        return self.exact and self.in_source is not False and self.supported


def judge(sentence: str, cited: Sequence[Cited]) -> Judgement:
    """Return what the citations are worth, and whether they bear the sentence out.

    Args:
        sentence: A sentence of an answer, without markers and gloss.
        cited: Its citations, in any order.
    """
    exact = bool(cited) and all(one.exact for one in cited)
    found = [one.in_source for one in cited if one.in_source is not None]
    reasons = list(objections(sentence, [one.quote for one in cited]))
    if not reasons:
        reasons += [reason for one in cited if (reason := _cut(one))]
    supported = not reasons
    if not exact:
        reasons.append("a citation is not the characters that it names")
    if not all(found):
        reasons.append("a quote does not stand in its file")
    needed = _needed(sentence, [one.quote for one in cited], supported=supported)
    in_source = all(found) if found else None
    return Judgement(exact, in_source, supported, needed, tuple(reasons))


def _cut(one: Cited) -> str | None:
    return cut_from(one.stored, one.start, one.end) if one.stored and one.exact else None


def _needed(sentence: str, quotes: Sequence[str], *, supported: bool) -> tuple[bool, ...]:
    """Return for each quote whether it does anything for the sentence.

    Source: citation precision of T. Gao et al., Enabling large language models to generate text
    with citations (ALCE, 2023), section 4.
    """
    if not supported:
        return (False,) * len(quotes)
    return tuple(
        not objections(sentence, [quote])
        or bool(objections(sentence, [*quotes[:number], *quotes[number + 1 :]]))
        for number, quote in enumerate(quotes)
    )
