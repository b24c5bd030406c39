"""The sentences that a summary is chosen from: of one document, or of many without their copies."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from groundwire.summarize.hygiene import candidates
from groundwire.summarize.salience import weigh
from groundwire.summarize.sameness import NEAR, share_told, tells
from groundwire.summarize.stories import worth_by_time
from groundwire.summarize.terms import stems_of, weigh_terms

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from groundwire.domain.documents import DocumentId
    from groundwire.retrieve.accounts import Account
    from groundwire.summarize.hygiene import Candidate
    from groundwire.summarize.sameness import Stems
    from groundwire.summarize.terms import Terms

MOST = 1_600
"""Sentences that are held against one another, pair by pair."""

READ = 2
"""Candidates of each document, from its beginning, that are weighed for each one that is kept."""

LEAST_EACH = 6
"""Sentences of each document that are, however many documents there are."""

SUPPORTED, COMMON, LEADING = 0.4, 0.4, 0.6
"""Of many documents: weights of the binary logarithm of the independent reports that tell a thing,
of closeness to all of them on average, and of the weight in the document itself."""

RELEVANT = 4.0
"""Weight of a relevance from 0 to 1 to what was asked for."""

RELEVANT_SHARE = 0.5
"""A sentence of less than this share of the greatest relevance is off the topic."""

BOILERPLATE = 3
"""A sentence that so many documents have word for word is about none of them."""

_NOTHING = 1e-6

FULLER = 1.3
"""A copy with so many times the sentences of the origin's own last version is told instead."""


@dataclass(frozen=True)
class Pool:
    """Sentences in the order in which a summary says them: by day, path and place.

    Attributes:
        accounts: The documents, without copies, in that order.
        of: For each sentence its document, as a place in ``accounts``.
        said: The sentences.
        weights: What each weighs.
        vectors: Their unit vectors, of shape (sentences, dimension).
        terms: Their words.
        same: For each sentence those of independent reports that tell the same.
        sayable: For each document all its candidates.
    """

    accounts: tuple[Account, ...]
    of: NDArray[np.int64]
    said: tuple[Candidate, ...]
    weights: NDArray[np.float64]
    vectors: NDArray[np.float32]
    terms: Terms
    same: tuple[NDArray[np.int64], ...]
    sayable: tuple[tuple[Candidate, ...], ...]


def originals(accounts: Sequence[Account]) -> tuple[Account, ...]:
    """Return one account of each copy family, by day, path and id; undated ones last.

    It is the last version that the outlet of the first report printed, for that is the corrected
    one; a copy that holds much more is told instead.
    """
    families: dict[DocumentId, list[Account]] = {}
    for account in sorted(accounts, key=_when):
        families.setdefault(account.origin, []).append(account)
    return tuple(sorted((_told(members) for members in families.values()), key=_when))


def make_pool(
    accounts: Sequence[Account], relevance: Sequence[NDArray[np.float64]] | None = None
) -> Pool:
    """Return the sentences of documents that a summary may say.

    Args:
        accounts: Documents without their copies, in the order of the summary.
        relevance: For each document how close each of its sentences is to what was asked for,
            from 0 to 1, of shape (sentences,).
    """
    most = max(MOST // max(len(accounts), 1), LEAST_EACH)
    sayable = _without_boilerplate([candidates(account) for account in accounts])
    bound = RELEVANT_SHARE * _greatest(relevance)
    parts: list[_Part] = []
    for number, (account, found) in enumerate(zip(accounts, sayable, strict=True)):
        close = None if relevance is None else relevance[number]
        near = found if close is None else [each for each in found if close[each.at] >= bound]
        parts.append(_best(account, near[: READ * most], close, most))
    return _joined(accounts, parts, sayable)


def _without_boilerplate(
    found: Sequence[tuple[Candidate, ...]],
) -> tuple[tuple[Candidate, ...], ...]:
    """Return candidates without what several documents say word for word: their pages' own lines.

    Copies have been left out before, so these are no confirmations.
    """
    times = Counter(text for each in found for text in {candidate.text for candidate in each})
    return tuple(tuple(c for c in each if times[c.text] < BOILERPLATE) for each in found)


@dataclass(frozen=True)
class _Part:
    """The best sentences of one document, with their stems and weights, in order."""

    said: tuple[Candidate, ...]
    stems: tuple[tuple[str, ...], ...]
    weights: NDArray[np.float64]


def _best(
    account: Account,
    found: Sequence[Candidate],
    relevance: NDArray[np.float64] | None,
    most: int,
) -> _Part:
    stems = stems_of([each.text for each in found])
    weights = weigh(account, found, stems)
    if relevance is not None and found:
        weights = weights + RELEVANT * relevance[[each.at for each in found]]
    kept = np.sort(np.argsort(-weights, kind="stable")[:most])
    return _Part(
        tuple(found[i] for i in kept.tolist()),
        tuple(stems[i] for i in kept.tolist()),
        weights[kept],
    )


def _greatest(relevance: Sequence[NDArray[np.float64]] | None) -> float:
    greatest = max((float(each.max(initial=0.0)) for each in relevance or ()), default=0.0)
    return max(greatest, _NOTHING)


def _joined(
    accounts: Sequence[Account],
    parts: Sequence[_Part],
    sayable: tuple[tuple[Candidate, ...], ...],
) -> Pool:
    said = tuple(each for part in parts for each in part.said)
    stems = [each for part in parts for each in part.stems]
    of = np.repeat(np.arange(len(parts)), [len(part.said) for part in parts])
    weights = np.concatenate([*(part.weights for part in parts), np.zeros(0)])
    rows = [
        account.vectors[[each.at for each in part.said]]
        for account, part in zip(accounts, parts, strict=True)
    ]
    vectors = np.concatenate(rows) if rows else np.zeros((0, 1), np.float32)
    terms = weigh_terms(stems)
    same = tuple(np.empty(0, np.int64) for _ in said)
    if len(accounts) > 1 and said:
        same = _same(vectors, of, stems)
        told = np.array([1 + len(set(of[each].tolist())) for each in same], dtype=np.float64)
        common = terms.against(terms.centroid())
        common = (common - common.mean()) / max(float(common.std()), _NOTHING)
        weights = LEADING * weights + COMMON * common + SUPPORTED * np.log2(told)
        weights = weights + worth_by_time(accounts, of, [each.text for each in said])
    return Pool(tuple(accounts), of, said, weights, vectors, terms, same, sayable)


def _same(
    vectors: NDArray[np.float32], of: NDArray[np.int64], stems: Sequence[Sequence[str]]
) -> tuple[NDArray[np.int64], ...]:
    """Return for each sentence those of other documents that tell the same."""
    sets = [frozenset(each) for each in stems]
    cosines = vectors @ vectors.T
    near = np.triu((cosines >= NEAR) & (of[:, None] != of[None, :]))
    found: list[list[int]] = [[] for _ in stems]
    for one, other in np.argwhere(near).tolist():
        if tells(float(cosines[one, other]), _shared(sets[one], sets[other])):
            found[one].append(other)
            found[other].append(one)
    return tuple(np.array(sorted(each), dtype=np.int64) for each in found)


def _shared(one: Stems, other: Stems) -> float:
    return max(share_told(one, other), share_told(other, one))


def _told(members: Sequence[Account]) -> Account:
    """Return the member of a family, given from the first to the last, that is told."""
    outlet = members[0].document.source
    own = [member for member in members if member.document.source == outlet]
    last = own[-1] if outlet else members[0]
    fullest = max(members, key=lambda member: len(member.sentences))
    return fullest if len(fullest.sentences) >= FULLER * len(last.sentences) else last


def _when(account: Account) -> tuple[date, str, str]:
    return (account.published or date.max, account.document.path, account.document.id)
