"""Which sentences an answer is made of: one for a fact, one for each point, side or day."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from groundwire.answer.choices import Candidates
from groundwire.retrieve.recency import good_enough, published

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from groundwire.answer.candidates import Sentence
    from groundwire.answer.choices import Choice
    from groundwire.answer.evidence import Evidence
    from groundwire.answer.points import Demand, Side
    from groundwire.answer.question import Question

_SERVES = 5.0
"""What it is worth, in score, that a sentence covers a point or names a side."""

_POINT_GAP = 5.0
"""A sentence for a further point may score this much less than the best one."""

_POINT_GAIN = 0.25
"""It must cover this much more of the point than what is already said."""

_KIND_COUNTS = 0.5
"""What it counts, beside the coverage of a point, that a sentence gives what the point asks for."""

_COMPANION_GAP = 2.0
_COMPANION_GAIN = 0.08
_APART_GAP = 4.0
_ON_TOPIC = 0.7
_REPEATED = 0.5


def choose(
    evidence: Evidence, scores: NDArray[np.float64], wanted: Demand, limit: int
) -> tuple[Choice, ...]:
    """Return the sentences of an answer in reading order, none repeating another.

    A fact gets the best sentence. Several are the best and those nearly as good that cover more
    of the question; a timeline and versions
    take them from different documents, a timeline in order of date; points and
    sides get the best sentence each.

    Args:
        evidence: The evidence.
        scores: Scores of its sentences, -inf for those that may not be said; not all of them.
        wanted: What the question wants said.
        limit: The most sentences.
    """
    candidates = Candidates(evidence, scores)
    match wanted.form:
        case "fact":
            return (candidates.choice(int(scores.argmax())),)
        case "sides":
            return _for_sides(candidates, wanted.sides, limit) or (
                candidates.choice(int(scores.argmax())),
            )
        case "points":
            return _in_reading_order(_for_points(candidates, wanted.points, limit))
        case "timeline":
            return _by_date(_companions(candidates, limit, _APART_GAP, apart=True))
        case "versions":
            return tuple(_companions(candidates, limit, _APART_GAP, apart=True))
        case "several":
            return _in_reading_order(_companions(candidates, limit, _COMPANION_GAP, apart=False))


def newest(evidence: Evidence, scores: NDArray[np.float64]) -> Choice:
    """Return the sentence that answers best in the newest document that can.

    Only passages about as good as the best are looked at, the newest first; one that covers less
    of the question than the best sentence does, with its headline, is passed over.

    Args:
        evidence: The evidence.
        scores: Scores of its sentences, -inf for those that may not be said; not all of them.
    """
    candidates = Candidates(evidence, scores)
    best = candidates.choice(int(scores.argmax()))
    serving = scores + _SERVES * _KIND_COUNTS * candidates.gives(evidence.question.text)
    enough = good_enough(evidence.ranking)
    good = [reading.hit for reading in evidence.readings if reading.hit.score >= enough]
    for hit in sorted(good, key=published, reverse=True):
        document = hit.document.id
        own = [r.hit.document.id == document for r, _ in evidence.places()]
        for i in candidates.best_first(np.where(own, serving, -np.inf)):
            choice = candidates.choice(i)
            if _is_on_topic(evidence.question, choice, [best]):
                return choice
    return best


def _companions(candidates: Candidates, limit: int, gap: float, *, apart: bool) -> list[Choice]:
    """Return the best sentence and those nearly as good that say something else.

    Args:
        candidates: The sentences.
        limit: The most sentences.
        gap: How much less than the best one they may score.
        apart: Whether each must come from a document of its own; else each must
            cover more of the question.
    """
    chosen: list[Choice] = []
    for i in candidates.best_first(candidates.scores):
        if len(chosen) == limit or candidates.scores[i] < candidates.scores.max() - gap:
            break
        choice = candidates.choice(i)
        said = [other.sentence for other in chosen]
        adds = (
            _is_on_topic(candidates.question, choice, chosen)
            and choice.reading.hit.document.id not in {o.reading.hit.document.id for o in chosen}
            if apart
            else not said or _gain(candidates.question, said, choice.sentence) >= _COMPANION_GAIN
        )
        if adds and not any(repeats(sentence, choice.sentence) for sentence in said):
            chosen.append(choice)
    return chosen


def _is_on_topic(question: Question, choice: Choice, chosen: Sequence[Choice]) -> bool:
    """Return whether a sentence, with its headline, covers about as much as the best one does."""
    covered = [
        question.coverage(each.sentence.stems | each.reading.about)
        for each in (choice, *chosen[:1])
    ]
    return covered[0] >= _ON_TOPIC * covered[-1]


def _gain(question: Question, said: Sequence[Sentence], other: Sentence) -> float:
    covered = frozenset[str]().union(*(sentence.stems for sentence in said))
    return question.coverage(covered | other.stems) - question.coverage(covered)


def _for_points(candidates: Candidates, points: Sequence[str], limit: int) -> list[Choice]:
    """Return the best sentence for each point that is not covered by what is already chosen."""
    scores = candidates.scores
    good = scores >= scores.max() - _POINT_GAP
    chosen: list[int] = []
    for point in points:
        covers = candidates.coverage(point) + _KIND_COUNTS * candidates.gives(point)
        gain = covers - max((covers[j] for j in chosen), default=-1.0)
        serving = np.where(good & (gain >= _POINT_GAIN), scores + _SERVES * covers, -np.inf)
        said = [candidates.choice(j).sentence for j in chosen]
        fresh = (
            i
            for i in candidates.best_first(serving)
            if not any(repeats(sentence, candidates.choice(i).sentence) for sentence in said)
        )
        chosen.extend(islice(fresh, 1))
    best_first = sorted(chosen, key=lambda i: -scores[i])
    return [candidates.choice(i) for i in best_first[:limit]]


def _for_sides(candidates: Candidates, sides: Sequence[Side], limit: int) -> tuple[Choice, ...]:
    """Return the best sentence for each side, in the order in which the question names them."""
    chosen: list[Choice] = []
    for side in sides[:limit]:
        scores = _scores_for(candidates, side)
        for i in candidates.best_first(scores):
            choice = candidates.choice(i, side)
            if not any(repeats(other.sentence, choice.sentence) for other in chosen):
                chosen.append(choice)
                break
    return tuple(chosen)


def _scores_for(candidates: Candidates, side: Side) -> NDArray[np.float64]:
    """Return the scores of sentences as evidence of a side; -inf for those that are none."""
    if side.sources:
        of_it = np.array(
            [r.hit.document.source in side.sources for r, _ in candidates.evidence.places()]
        )
        return np.where(of_it, candidates.scores, -np.inf)
    covers = candidates.coverage(side.name)
    good = (covers > 0) & (candidates.scores >= candidates.scores.max() - _POINT_GAP)
    return np.where(good, candidates.scores + _SERVES * covers, -np.inf)


def repeats(one: Sentence, other: Sentence) -> bool:
    """Return whether the shorter of two sentences says mostly what the longer says.

    Sentences that give other numbers do not repeat each other.
    """
    figures = [{t.stem for t in each.tokens if t.number} for each in (one, other)]
    if all(figures) and figures[0].isdisjoint(figures[1]):
        return False
    shared = one.content & other.content
    shorter = min(len(one.content), len(other.content))
    return len(shared) >= _REPEATED * shorter


def _in_reading_order(chosen: Sequence[Choice]) -> tuple[Choice, ...]:
    """Return the best sentence first, the others as in their documents."""
    documents = list(dict.fromkeys(choice.reading.hit.passage.document_id for choice in chosen))

    def place(choice: Choice) -> tuple[int, int]:
        return documents.index(choice.reading.hit.passage.document_id), choice.sentence.span.start

    return (chosen[0], *sorted(chosen[1:], key=place))


def _by_date(chosen: Sequence[Choice]) -> tuple[Choice, ...]:
    def when(choice: Choice) -> tuple[bool, int, int]:
        published = choice.reading.hit.document.published
        day = published.toordinal() if published else 0
        return published is None, day, choice.sentence.span.start

    return tuple(sorted(chosen, key=when))
