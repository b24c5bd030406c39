"""Whether the evidence is enough to answer: the second stage of abstention.

Relevance is the wrong signal: a passage on the right topic need not hold the fact (Joren et al.
2025, "Sufficient Context", arXiv 2411.06037). So the decision rests on what the best sentence
and its passage lack, on how far it stands out, and on what no document mentions.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

import numpy as np

from groundwire.answer.expected import expected
from groundwire.answer.features import FEATURES
from groundwire.answer.fit import fitness, nearness
from groundwire.answer.tokens import tokenize

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from groundwire.answer.evidence import Evidence

SUFFICIENCY = (
    "best",
    "cosine",
    "passage_coverage",
    "names_missing",
    "numbers_missing",
    "negation",
    "clause_coverage",
    "late_around",
    "near",
    "words",
    "unindexed",
)
"""Names of the columns, in order; meanings in ``sufficiency_features``."""

UNMENTIONED = 1.5
"""What each name or number that no document mentions takes from the score, two of them at most.

It is set and not fitted: in the collections that the rest was fitted on, siblings of a paragraph
mention nearly every name. It outweighs weak evidence and not strong: a story can be told without
its place name.
"""

UNGIVEN = 1.5
"""What it takes from the score that a figure, a clock time or a year is asked for and the best
sentence gives none.

It is set and not fitted: such a sentence is near the question in every other way, and public
collections hold too few. Those that it was tried on lose nothing by it.
"""

_GIVEN = 0.5

LONG = 12
"""Content words from which a question is long. No passage holds all of what it says, so that the
same coverage or late interaction means more than for a short one."""

_NEGATION = re.compile(
    r"\b(?:not|never|no|none|nor|neither|without|except|unlike|cannot|fail\w*|refus\w*|reject\w*"
    r"|\w+n['’]t)\b",
    re.IGNORECASE,
)


def sufficiency_features(evidence: Evidence, scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the features that the decision to answer is made on, of shape (features,).

    best: the best sentence's score. cosine, late_around: of that sentence, as in
    ``sentence_features``; passage_coverage: of its passage. names_missing, numbers_missing: how
    many of the question's the passage lacks wholly. negation: whether only one of question and
    sentence denies. clause_coverage: the worst clause's best coverage by any passage. near: how
    close the question's words stand to what may be the answer. words: logarithm of how many
    content words it has: of few, more can be met by chance. unindexed: outlets that are asked for
    and not there. How far the best sentence is above others says nothing here: where many outlets
    tell one story it is always near them.

    Args:
        evidence: The evidence; at least one sentence.
        scores: Scores of its sentences, -inf for those that may not be said.
    """
    question = evidence.question
    best = int(scores.argmax())
    reading, sentence = evidence.places()[best]
    row = dict(zip(FEATURES, evidence.features[best].tolist(), strict=True))
    there = reading.stems | reading.about
    found = {
        "best": scores[best],
        "cosine": row["cosine"],
        "passage_coverage": row["passage_coverage"],
        "names_missing": sum(there.isdisjoint(name) for name in question.named),
        "numbers_missing": len(question.numbers - there),
        "negation": _denies(question.text) != _denies(sentence.text),
        "clause_coverage": _worst_clause(evidence),
        "late_around": row["late_around"],
        "near": nearness(question, expected(question.text), sentence),
        "words": math.log1p(len(question.weights)),
        "unindexed": len(evidence.premises.unindexed),
    }
    return np.array([found[name] for name in SUFFICIENCY], dtype=np.float64)


def unmentioned_penalty(evidence: Evidence) -> float:
    """Return what the names and numbers that no document mentions take from the score."""
    return UNMENTIONED * min(len(evidence.question.unmentioned), 2)


def ungiven_penalty(evidence: Evidence, scores: NDArray[np.float64]) -> float:
    """Return what it takes from the score that the best sentence gives nothing of a strict sort.

    Args:
        evidence: The evidence; at least one sentence.
        scores: Scores of its sentences, -inf for those that may not be said.
    """
    question = evidence.question
    wanted = expected(question.text)
    _, sentence = evidence.places()[int(scores.argmax())]
    given = not wanted.strict or fitness(question, wanted, sentence) >= _GIVEN
    return 0.0 if given else UNGIVEN


def is_long(evidence: Evidence) -> bool:
    """Return whether a question says so much that a model of its own judges the evidence."""
    return len(evidence.question.weights) >= LONG


def _denies(text: str) -> bool:
    return bool(_NEGATION.search(text))


def _worst_clause(evidence: Evidence) -> float:
    """Return the coverage, by its best passage, of the clause that is served worst."""
    question = evidence.question
    worst = 1.0
    for part in evidence.asked.query.clauses:
        said = _stems(part.span.of(question.text))
        wanted = question.weights.keys() & said
        mass = sum(question.weights[t] for t in wanted)
        if not mass:
            continue
        covered = max(
            sum(question.weights[t] for t in wanted & (reading.stems | reading.about)) / mass
            for reading in evidence.readings
        )
        worst = min(worst, covered)
    return worst


def _stems(text: str) -> frozenset[str]:
    return frozenset(token.stem for token in tokenize(text))
