"""Whether the evidence is enough to answer: the second stage of abstention.

Relevance is the wrong signal: a passage on the right topic need not hold the fact (Joren et al.
2025, "Sufficient Context", arXiv 2411.06037). So the decision rests on what the best sentence
and its passage lack, on how far it stands out, and on what no document mentions.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from groundwire.answer.tokens import tokenize
from groundwire.retrieve.clauses import clauses

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from groundwire.answer.candidates import Reading
    from groundwire.answer.evidence import Evidence
    from groundwire.answer.question import Question

SUFFICIENCY = (
    "best",
    "margin",
    "crowd",
    "cosine",
    "passage_cosine",
    "coverage",
    "passage_coverage",
    "missing",
    "absent",
    "absent_names",
    "names_missing",
    "numbers_missing",
    "negation",
    "kind",
    "clause_coverage",
    "unmentioned",
)
"""Names of the columns, in order; meanings in ``sufficiency_features``."""

_NEGATION = re.compile(
    r"\b(?:not|never|no|none|nor|neither|without|except|unlike|cannot|fail\w*|refus\w*|reject\w*"
    r"|\w+n['’]t)\b",
    re.IGNORECASE,
)


def sufficiency_features(evidence: Evidence, scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the features that the decision to answer is made on, of shape (features,).

    best: the best sentence's score. margin: how far it is above the best of another passage.
    crowd: the logarithm of how many sentences score like it. cosine, coverage, kind: of that
    sentence; passage_cosine, passage_coverage: of its passage. missing: the heaviest question
    term that the passage lacks, against the heaviest possible. absent: share of the question's
    weight that no passage of the index has; absent_names: how many of those are names.
    names_missing, numbers_missing: how many the passage lacks. negation: whether only one of
    question and sentence denies. clause_coverage: the worst clause's best coverage by any
    passage. unmentioned: names and numbers that no document has word for word.

    Args:
        evidence: The evidence; at least one sentence.
        scores: Scores of its sentences, -inf for those that may not be said.
    """
    question = evidence.question
    best = int(scores.argmax())
    reading, sentence = evidence.places()[best]
    others = [
        float(score)
        for score, (other, _) in zip(scores, evidence.places(), strict=True)
        if other is not reading
    ]
    finite = scores[np.isfinite(scores)]
    row = evidence.features[best]
    there = reading.stems | reading.about
    return np.array(
        [
            scores[best],
            min(scores[best] - max(others, default=-np.inf), 8.0),
            float(np.log(np.exp(finite - scores[best]).sum())),
            row[0],
            row[2],
            row[4],
            row[3],
            _heaviest_missing(question, there),
            question.coverage(question.absent),
            len(question.absent & question.names),
            len(question.names - there),
            len(question.numbers - there),
            float(bool(_NEGATION.search(question.text)) != bool(_NEGATION.search(sentence.text))),
            row[7],
            _worst_clause(question, evidence.readings),
            len(question.unmentioned),
        ],
        dtype=np.float64,
    )


def is_several(question: Question) -> bool:
    """Return whether a question has several clauses: it is then judged by a model of its own."""
    return len(clauses(question.text)) > 1


def _heaviest_missing(question: Question, there: frozenset[str]) -> float:
    missing = [weight for stem, weight in question.weights.items() if stem not in there]
    return max(missing, default=0.0) / max(question.weights.values(), default=1.0)


def _worst_clause(question: Question, readings: tuple[Reading, ...]) -> float:
    """Return the coverage, by its best passage, of the clause that is served worst."""
    worst = 1.0
    for span in clauses(question.text):
        said = span.of(question.text)
        wanted = {t for t in question.weights if t in _stems(said)}
        mass = sum(question.weights[t] for t in wanted)
        if not mass:
            continue
        covered = max(
            sum(question.weights[t] for t in wanted & (reading.stems | reading.about)) / mass
            for reading in readings
        )
        worst = min(worst, covered)
    return worst


def _stems(text: str) -> frozenset[str]:
    return frozenset(token.stem for token in tokenize(text))
