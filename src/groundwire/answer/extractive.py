"""Answers made of the documents' own sentences, and the decision to give none."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from groundwire.answer.candidates import candidates
from groundwire.answer.scoring import score
from groundwire.domain.answers import Abstention
from groundwire.ground.cite import quoted_claim
from groundwire.text.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Sequence

    from groundwire.answer.question import Question
    from groundwire.answer.scoring import Scored
    from groundwire.domain.answers import Outcome
    from groundwire.domain.claims import Claim
    from groundwire.domain.retrieval import Hit, Ranking
    from groundwire.domain.spans import Span
    from groundwire.models.encoder import Encoder

READ = 8
"""Passages whose sentences are considered."""

NEAREST = 3
"""Passages that an abstention shows."""

ANSWER_SCORE = 1.45
"""Below this score of the best sentence nothing is answered."""

UNMENTIONED_COVERAGE = 0.8
"""With a name that no document has, the best sentence must cover this much of the rest."""

RELATED_COSINE = 0.35
"""A passage this near is worth showing beside an abstention."""

_COMPANION_SHARE = 0.85
_COMPANION_GAIN = 0.1
_DANGLING = re.compile(
    r"(?:He|She|It|They|This|That|These|Those|His|Her|Its|Their|But|However"
    r"|The (?:move|decision))\b"
)


@dataclass(frozen=True, slots=True)
class Extract:
    """What the extractive engine decided.

    Attributes:
        outcome: ``answered``, ``related`` or ``nothing``.
        claims: The sentences in reading order, not numbered yet.
        abstention: Why there are none.
        scores: The numbers that the decision was made on.
    """

    outcome: Outcome
    claims: tuple[Claim, ...]
    abstention: Abstention | None
    scores: dict[str, float]


class ExtractiveAnswerer:
    """Chooses the sentences that answer a question best, or abstains."""

    def __init__(self, encoder: Encoder, *, max_sentences: int) -> None:
        """Keep the encoder and the length of an answer, in sentences."""
        self._encoder = encoder
        self._max_sentences = max_sentences

    def answer(self, question: Question, ranking: Ranking) -> Extract:
        """Return the best one to three sentences of the ranking, or an abstention."""
        scored = score(question, candidates(ranking.hits[:READ]), self._encoder)
        numbers = _numbers(scored, ranking)
        if not scored or not question.weights or not self._sufficient(question, scored[0]):
            return _abstain(question, ranking, numbers)
        chosen = self._choose(question, scored)
        return Extract("answered", _in_reading_order(chosen), None, numbers)

    def _sufficient(self, question: Question, best: Scored) -> bool:
        if question.unmentioned and best.coverage < UNMENTIONED_COVERAGE:
            return False
        return best.score >= ANSWER_SCORE

    def _choose(self, question: Question, scored: Sequence[Scored]) -> list[Scored]:
        """Return the best sentence and those that are nearly as good and say something more."""
        chosen = [scored[0]]
        covered = scored[0].candidate.stems
        for other in scored[1:]:
            if len(chosen) == self._max_sentences:
                break
            union = covered | other.candidate.stems
            gain = question.coverage(union) - question.coverage(covered)
            if other.score >= _COMPANION_SHARE * scored[0].score and gain >= _COMPANION_GAIN:
                chosen.append(other)
                covered = union
        return chosen


def _numbers(scored: Sequence[Scored], ranking: Ranking) -> dict[str, float]:
    numbers = {"similarity": max((hit.similarity for hit in ranking.hits), default=0.0)}
    if scored:
        best = scored[0]
        numbers |= {"score": best.score, "cosine": best.cosine, "coverage": best.coverage}
    return numbers | {"threshold": ANSWER_SCORE}


def _in_reading_order(chosen: Sequence[Scored]) -> tuple[Claim, ...]:
    """Return the claims: documents by their best sentence, sentences as in the document.

    A sentence that opens with a pronoun brings the one before it, which says whom it means.
    """
    documents = list(dict.fromkeys(s.candidate.hit.passage.document_id for s in chosen))
    spans: dict[tuple[int, Span], Hit] = {}
    for scored in chosen:
        hit = scored.candidate.hit
        place = documents.index(hit.passage.document_id)
        for span in _with_antecedent(hit, scored.candidate.span):
            spans.setdefault((place, span), hit)
    return tuple(quoted_claim(hit, span) for (_, span), hit in sorted(spans.items(), key=_place))


def _place(entry: tuple[tuple[int, Span], Hit]) -> tuple[int, Span]:
    return entry[0]


def _with_antecedent(hit: Hit, span: Span) -> tuple[Span, ...]:
    passage = hit.passage
    local = span.shift(-passage.span.start)
    if not _DANGLING.match(local.of(passage.text)):
        return (span,)
    before = [s for s in sentences(passage.text) if s.end <= local.start]
    return (*(s.shift(passage.span.start) for s in before[-1:]), span)


def _abstain(question: Question, ranking: Ranking, numbers: dict[str, float]) -> Extract:
    near = tuple(hit for hit in ranking.hits if hit.similarity >= RELATED_COSINE)[:NEAREST]
    outcome: Outcome = "related" if near else "nothing"
    abstention = Abstention(_reason(question, related=bool(near)), near, question.unmentioned)
    return Extract(outcome, (), abstention, numbers)


def _reason(question: Question, *, related: bool) -> str:
    if not question.weights:
        return "The question has no word to search for."
    missing = ", ".join(f"“{name}”" for name in question.unmentioned)
    said = "The documents do not say." if related else "The documents say nothing about this."
    return f"{said} No document mentions {missing}." if missing else said
