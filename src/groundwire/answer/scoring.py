"""Scoring candidate sentences against a question."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from groundwire.answer.candidates import Candidate
    from groundwire.answer.question import Question
    from groundwire.models.encoder import Encoder

ENCODED = 16
"""Sentences that are encoded for one question; the others are scored without a cosine."""

_COSINE, _COVERAGE, _CONTEXT, _KIND, _RANK = 1.0, 1.0, 0.5, 0.15, 0.15


@dataclass(frozen=True, slots=True)
class Scored:
    """A candidate with its features and score.

    Attributes:
        candidate: The sentence.
        cosine: Cosine of question and sentence.
        coverage: Share of the question's weight that the sentence itself covers.
        context: The same for the sentence with its passage and title.
        score: The weighted sum that candidates are ordered by.
    """

    candidate: Candidate
    cosine: float
    coverage: float
    context: float
    score: float


def score(question: Question, found: Sequence[Candidate], encoder: Encoder) -> tuple[Scored, ...]:
    """Return the candidates best first.

    The sentences that share most with the question are encoded; encoding all of them would
    cost more than everything else together and changes the order of hopeless ones only.
    """
    coverages = [question.coverage(candidate.stems) for candidate in found]
    contexts = [question.coverage(c.context | c.stems) for c in found]
    promise = [
        coverage + 0.5 * context + 0.5 / candidate.hit.rank
        for coverage, context, candidate in zip(coverages, contexts, found, strict=True)
    ]
    chosen = sorted(range(len(found)), key=lambda i: -promise[i])[:ENCODED]
    if not chosen:
        return ()
    cosines = _cosines(question, [found[i].text for i in chosen], encoder)
    scored = [
        Scored(
            candidate=found[i],
            cosine=float(cosine),
            coverage=coverages[i],
            context=contexts[i],
            score=float(
                _COSINE * cosine
                + _COVERAGE * coverages[i]
                + _CONTEXT * contexts[i]
                + _KIND * question.expects(found[i].text)
                + _RANK / found[i].hit.rank
            ),
        )
        for i, cosine in zip(chosen, cosines, strict=True)
    ]
    return tuple(sorted(scored, key=lambda s: (-s.score, s.candidate.span.start)))


def _cosines(question: Question, texts: list[str], encoder: Encoder) -> NDArray[np.float32]:
    return encoder.encode(texts) @ encoder.encode_query(question.text)
