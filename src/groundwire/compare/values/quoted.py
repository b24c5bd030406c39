"""Quotations of two sentences held side by side: what one person is quoted as saying."""

from __future__ import annotations

import re
from dataclasses import replace
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from groundwire.compare.values.likeness import affinity
from groundwire.compare.values.pairing import Found, about
from groundwire.text.lexicon import STOPWORDS
from groundwire.text.speech import negations
from groundwire.text.tokens import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from groundwire.compare.values.subjects import Said
    from groundwire.domain.spans import Span

_SHORT = 4
_ALIKE, _CONTENT = 0.55, 0.5
_SAME_THING = 0.6
_BESIDE = 3
_TELLING = frozenset(
    ["may", "might", "will", "can", "must", "should", "could", "would", "all", "most", "some"]
)
_INSERTED = re.compile(r"\[[^\]]*\]")


def quoted(left: Said, right: Said, similarity: float) -> Iterator[Found]:
    """Yield the quotations that two sentences give in different words, or in the same."""
    for one in left.facts.quotes:
        for other in right.facts.quotes:
            found = _held(left, one, right, other, similarity)
            if found is not None:
                yield found
                break


def _held(left: Said, one: Span, right: Said, other: Span, similarity: float) -> Found | None:
    first, second = _words(one.of(left.sentence.text)), _words(other.of(right.sentence.text))
    if not first or not second:
        return None
    sure = 0.5 * similarity + 0.5 * affinity(left, one, right, other)
    of = about(left.facts, one, right.facts)
    found = Found("agreement", "quote", of, one, other, sure)
    if _contained(first, second):
        return found if min(len(first), len(second)) > 1 else None
    if min(len(first), len(second)) > _SHORT:
        matcher = SequenceMatcher(None, first, second, autojunk=False)
        if matcher.ratio() < _ALIKE or not _share_content(first, second):
            return None
        return replace(found, label="conflict") if _is_telling(matcher, first, second) else found
    short = max(len(first), len(second)) <= _SHORT and sure >= _SAME_THING
    if short and _describe_the_same(left, one, right, other):
        return replace(found, label="conflict")
    return None


def _words(quote: str) -> tuple[str, ...]:
    """Return the words of a quotation, without what the report put in brackets."""
    return words(_INSERTED.sub(" ", quote))


def _share_content(first: Sequence[str], second: Sequence[str]) -> bool:
    """Return whether two wordings have enough of their content words in common."""
    one, other = (frozenset(each) - STOPWORDS for each in (first, second))
    return len(one & other) >= _CONTENT * min(len(one), len(other))


def _is_telling(matcher: SequenceMatcher[str], first: Sequence[str], second: Sequence[str]) -> bool:
    """Return whether two wordings differ in more than small words: in what they say."""
    changed = [
        word
        for tag, a, b, c, d in matcher.get_opcodes()
        if tag != "equal"
        for word in (*first[a:b], *second[c:d])
    ]
    denied = [bool(negations(" ".join(each))) for each in (first, second)]
    return denied[0] != denied[1] or any(
        (word not in STOPWORDS or word in _TELLING) and not negations(word) for word in changed
    )


def _describe_the_same(left: Said, one: Span, right: Said, other: Span) -> bool:
    """Return whether two short quotations stand in the same place, and neither gives both."""
    texts = left.sentence.text, right.sentence.text
    near = [
        frozenset(said.facts.nearest(span, _BESIDE)) for said, span in ((left, one), (right, other))
    ]
    both = _contained(words(one.of(texts[0])), words(texts[1])) or _contained(
        words(other.of(texts[1])), words(texts[0])
    )
    return bool(near[0] & near[1]) and not both


def _contained(first: Sequence[str], second: Sequence[str]) -> bool:
    """Return whether the shorter of two wordings stands in the longer."""
    shorter, longer = sorted((tuple(first), tuple(second)), key=len)
    size = len(shorter)
    return any(longer[i : i + size] == shorter for i in range(len(longer) - size + 1))
