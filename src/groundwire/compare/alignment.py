"""Which sentences of two documents tell the same, and what only one of them tells."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from groundwire.compare.clauses import clauses
from groundwire.compare.matching import Matching
from groundwire.compare.similarity import Similarity, stems_of
from groundwire.compare.telling import telling
from groundwire.text.speech import attributions

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from groundwire.domain.spans import Span
    from groundwire.retrieve.accounts import Account

_CLAUSE_STEMS = 4
_CLAUSE_KNOWN = 0.25
_CLAUSE_TOLD = 0.3
_KNOWN_ELSEWHERE = 0.45


_OPENING = re.compile(
    r"(?:after|before|when|while|as|although|though|since|if|in|on|at|by|with|amid|despite)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two sentences that tell the same, or one of them a part of the other.

    Attributes:
        left: Index of the left account's sentence.
        right: Index of the right account's sentence.
        similarity: Cosine of their vectors.
        overlap: Share of their words that both have, rare ones counting more.
    """

    left: int
    right: int
    similarity: float
    overlap: float


@dataclass(frozen=True, slots=True)
class Part:
    """What only one document tells.

    Attributes:
        at: Index of the sentence in its account.
        span: The clause of it, in the document's text; None for the whole sentence.
    """

    at: int
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Alignment:
    """How the sentences of two documents lie to one another.

    Attributes:
        pairs: Sentences that tell the same, in the order of the left document. A sentence may be
            in several: it tells what the other document tells in two.
        near: Pairs beside these that may be about one thing; best first.
        only_left: What only the left document tells, in order.
        only_right: What only the right document tells, in order.
    """

    pairs: tuple[Pair, ...]
    near: tuple[Pair, ...]
    only_left: tuple[Part, ...]
    only_right: tuple[Part, ...]


def align(left: Account, right: Account) -> Alignment:
    """Return which sentences of two accounts tell the same; order is not assumed to agree.

    Sentences that tell nothing of the story (headings, captions) take no part.
    """
    told = telling(left), telling(right)
    if not all(told):
        return Alignment(
            (), (), tuple(Part(at) for at in told[0]), tuple(Part(at) for at in told[1])
        )
    texts = tuple(
        [account.sentences[at].text for at in each]
        for account, each in zip((left, right), told, strict=True)
    )
    similarity = Similarity(
        (texts[0], left.vectors[list(told[0])]), (texts[1], right.vectors[list(told[1])])
    )
    matching = Matching(similarity)
    only = tuple(
        tuple(_only(account, each, side, matching))
        for side, (account, each) in enumerate(zip((left, right), told, strict=True))
    )
    return Alignment(
        tuple(_pair(similarity, told, pair) for pair in sorted(matching.pairs)),
        tuple(_pair(similarity, told, pair) for pair in matching.near()),
        only[0],
        only[1],
    )


def _pair(
    similarity: Similarity, told: tuple[tuple[int, ...], tuple[int, ...]], pair: tuple[int, int]
) -> Pair:
    cosine = similarity.cosine(*pair)
    return Pair(told[0][pair[0]], told[1][pair[1]], cosine, similarity.overlap(*pair))


def _only(account: Account, told: Sequence[int], side: int, matching: Matching) -> Iterable[Part]:
    """Yield the sentences, and the clauses of matched ones, that the other side does not tell."""
    for place, at in enumerate(told):
        partners = matching.partners[side].get(place)
        if not partners:
            if not matching.is_told_again(side, place):
                yield Part(at)
            continue
        sentence = account.sentences[at]
        for clause in _added(sentence.text, side, partners, matching.similarity):
            yield Part(at, clause.shift(sentence.span.start))


def _added(text: str, side: int, partners: Iterable[int], similarity: Similarity) -> Iterable[Span]:
    """Yield the clauses of a sentence that neither its partners nor any other sentence tell."""
    found = clauses(text)
    if len(found) == 1:
        return
    theirs = similarity.stems[1 - side]
    known = frozenset().union(*(theirs[each] for each in partners))
    parts = [stems_of(clause.of(text)) for clause in found]
    shares = [similarity.share(part, known) for part in parts]
    if max(shares) < _CLAUSE_TOLD:
        return
    said = [one.clause for one in attributions(text)]
    for place, (clause, part) in enumerate(zip(found, parts, strict=True)):
        opens = (place == 0 and _OPENING.match(text)) or any(one.overlaps(clause) for one in said)
        if opens or len(part) < _CLAUSE_STEMS or shares[place] > _CLAUSE_KNOWN:
            continue
        if all(similarity.share(part, each) <= _KNOWN_ELSEWHERE for each in theirs):
            yield clause
