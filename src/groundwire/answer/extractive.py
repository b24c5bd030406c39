"""Answers made of the documents' own sentences, and the decision to give none."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from groundwire.answer.choices import Choice
from groundwire.answer.choosing import choose, newest
from groundwire.answer.conflicts import attribution, differing
from groundwire.answer.context import standing_alone
from groundwire.answer.expected import expected
from groundwire.answer.features import FEATURES
from groundwire.answer.highlights import highlight
from groundwire.answer.linear import linear_model, load_coefficients
from groundwire.answer.points import demand
from groundwire.answer.scoring import sentence_scores
from groundwire.answer.sufficiency import (
    SUFFICIENCY,
    is_long,
    sufficiency_features,
    ungiven_penalty,
    unmentioned_penalty,
)
from groundwire.answer.threshold import threshold
from groundwire.domain.answers import Abstention
from groundwire.domain.spans import Span
from groundwire.ground.cite import quoted_claim

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from groundwire.answer.candidates import Reading
    from groundwire.answer.evidence import Evidence
    from groundwire.answer.linear import LinearModel
    from groundwire.answer.points import Demand
    from groundwire.answer.question import Question
    from groundwire.domain.answers import Outcome
    from groundwire.domain.claims import Claim
    from groundwire.domain.comparisons import Difference
    from groundwire.domain.retrieval import Hit

NEAREST = 3
"""Passages that an abstention shows."""

RELATED_COSINE = 0.35
"""A passage this near is worth showing beside an abstention."""

RELATED_COVERAGE = 0.5
"""So is one that holds this share of the question's weight."""

_BULLET = re.compile(r"(?:[-*•]|\d{1,2}[.)])\s+(?=\S)")
_CONTRADICTING_GAP = 3.0


@dataclass(frozen=True, slots=True)
class Extract:
    """What the extractive engine decided.

    Attributes:
        outcome: ``answered``, ``related`` or ``nothing``.
        claims: The sentences in reading order, not numbered yet.
        abstention: Why there are none.
        scores: The numbers that the decision was made on.
        notices: What people should know beside the sentences, such as that an outlet is silent;
            one line each.
    """

    outcome: Outcome
    claims: tuple[Claim, ...]
    abstention: Abstention | None
    scores: dict[str, float]
    notices: tuple[str, ...] = ()


class ExtractiveAnswerer:
    """Chooses the sentences that answer a question best, or abstains.

    A linear scorer orders the sentences of the best passages; a second linear model decides on
    the evidence as a whole. Both were fitted by ``eval/train/fit_answers.py``.
    """

    def __init__(self, *, max_sentences: int) -> None:
        """Keep the length of an answer, in sentences."""
        self._max_sentences = max_sentences

    def answer(self, evidence: Evidence) -> Extract:
        """Return the sentences of the evidence that answer best, or an abstention."""
        question = evidence.question
        if not question.weights or not evidence.usable().any():
            return _abstain(evidence, {})
        scores = self.score(evidence)
        numbers = self.judge(evidence, scores)
        if numbers["sufficiency"] < numbers["threshold"]:
            return _abstain(evidence, numbers, scores)
        wanted = demand(question.text, evidence.premises.outlets)
        if wanted.form == "fact" and evidence.ranking.inferred.latest:
            chosen: tuple[Choice, ...] = (newest(evidence, scores),)
        else:
            chosen = choose(evidence, scores, wanted, self._max_sentences)
            if wanted.form == "fact" and expected(question.text).figure:
                chosen += _contradicting(evidence, scores, chosen[0])
        notices = _silent(evidence, wanted)
        return Extract("answered", _said(question, chosen), None, numbers, notices)

    def score(self, evidence: Evidence) -> NDArray[np.float64]:
        """Return the score of each sentence; -inf for those that may not be said."""
        return sentence_scores(evidence, self._scorer)

    @cached_property
    def _scorer(self) -> LinearModel:
        return linear_model(load_coefficients("sentences")["sentences"], FEATURES)

    def judge(self, evidence: Evidence, scores: NDArray[np.float64]) -> dict[str, float]:
        """Return what the decision to answer is made on, by name.

        The last two decide: it is answered if ``sufficiency`` is no less than ``threshold``.
        """
        judge = self._judges["long" if is_long(evidence) else "short"]
        found = sufficiency_features(evidence, scores)
        known = {n: v for n, v in zip(SUFFICIENCY, found.tolist(), strict=True) if np.isfinite(v)}
        return known | {
            "unmentioned": float(len(evidence.question.unmentioned)),
            "sufficiency": float(judge(found[None, :])[0])
            - unmentioned_penalty(evidence)
            - ungiven_penalty(evidence, scores),
            "threshold": threshold(evidence.calibration),
        }

    @cached_property
    def _judges(self) -> dict[str, LinearModel]:
        stored = load_coefficients("sufficiency")
        kinds = ("short", "long")
        return {kind: linear_model(stored[kind], SUFFICIENCY) for kind in kinds}


def _said(question: Question, chosen: Sequence[Choice]) -> tuple[Claim, ...]:
    """Return the claims, each sentence with what it cannot do without; nothing is said twice."""
    said: dict[tuple[str, Span], Claim] = {}
    for choice in chosen:
        hit = choice.reading.hit
        for each in standing_alone(choice.reading, choice.sentence.span, question.text):
            claim = quoted_claim(hit, _without_bullet(hit, each.span))
            is_chosen = each.span == choice.sentence.span
            parts = (each.gloss, _speaker(choice) if is_chosen else "")
            said.setdefault(
                (hit.passage.document_id, each.span),
                replace(
                    claim,
                    gloss="; ".join(part for part in parts if part),
                    highlight=highlight(claim.text, question) if is_chosen else None,
                ),
            )
    return tuple(said.values())


def _without_bullet(hit: Hit, span: Span) -> Span:
    """Return the span without the mark of a list item that it opens with."""
    bullet = _BULLET.match(span.shift(-hit.passage.span.start).of(hit.passage.text))
    return Span(span.start + bullet.end(), span.end) if bullet else span


def _speaker(choice: Choice) -> str:
    """Return whose sentence it is where the question sets outlets side by side."""
    if choice.side is None or not choice.side.sources or choice.side.name in choice.sentence.text:
        return ""
    return attribution(choice.reading)


def _contradicting(
    evidence: Evidence, scores: NDArray[np.float64], best: Choice
) -> tuple[Choice, ...]:
    """Return the best sentence that gives another value than the best one does, if one does."""
    places = evidence.places()
    first = int(scores.argmax())
    told = {
        (statement.citation.document_id, statement.citation.span)
        for each in differing(evidence, [first])
        for statement in each.statements
        if statement.value_text != _value_of(each, best)
    }
    for i in np.argsort(-scores, kind="stable").tolist():
        if scores[i] < scores.max() - _CONTRADICTING_GAP:
            break
        reading, sentence = places[i]
        if i != first and (reading.hit.passage.document_id, sentence.span) in told:
            return (Choice(reading, sentence),)
    return ()


def _value_of(difference: Difference, choice: Choice) -> str:
    """Return the value that a sentence gives in a difference."""
    return next(
        statement.value_text
        for statement in difference.statements
        if statement.citation.span == choice.sentence.span
        and statement.citation.document_id == choice.reading.hit.passage.document_id
    )


def _silent(evidence: Evidence, wanted: Demand) -> tuple[str, ...]:
    """Return a line for each side of the question of which no document was found."""
    there = {hit.document.source for hit in evidence.ranking.hits}
    return tuple(
        f"No document from {side.name} was found on this."
        for side in wanted.sides
        if side.sources and not side.sources & there
    )


def _abstain(
    evidence: Evidence, numbers: dict[str, float], scores: NDArray[np.float64] | None = None
) -> Extract:
    question = evidence.question
    near = [r for r in evidence.readings if _is_near(question, r)][:NEAREST]
    outcome: Outcome = "related" if near else "nothing"
    abstention = Abstention(
        _reason(evidence, related=bool(near)),
        tuple(reading.hit for reading in near),
        question.unmentioned,
        () if scores is None else tuple(_closest(evidence, scores, reading) for reading in near),
    )
    return Extract(outcome, (), abstention, numbers)


def _closest(evidence: Evidence, scores: NDArray[np.float64], reading: Reading) -> Span:
    """Return the sentence of a passage with the largest score; its first if none may be said."""
    own = [
        (score, sentence.span)
        for score, (other, sentence) in zip(scores.tolist(), evidence.places(), strict=True)
        if other is reading
    ]
    return max(own, key=lambda pair: pair[0])[1]


def _is_near(question: Question, reading: Reading) -> bool:
    """Return whether a passage is on the topic, by meaning or by the question's rare words."""
    covered = question.coverage(reading.stems | reading.about)
    return reading.hit.similarity >= RELATED_COSINE or covered >= RELATED_COVERAGE


def _reason(evidence: Evidence, *, related: bool) -> str:
    question, premises = evidence.question, evidence.premises
    if not question.weights:
        return "The question has no word to search for."
    names = " ".join(question.unmentioned).casefold()
    stated = " ".join(premises.unfounded).split()
    absent = [w for w in premises.unmentioned if w.casefold() not in names and w not in stated]
    named = [name for name in question.unmentioned if name not in premises.unindexed]
    missing = ", ".join(f"“{word}”" for word in (*named, *absent))
    known = (
        f"No document mentions {missing}." if missing else "",
        f"No document is from {_listed(premises.unindexed)}." if premises.unindexed else "",
        *(f"No document says that {statement}." for statement in premises.unfounded),
    )
    if not related:
        said = "Nothing about this was found in the documents."
    elif any(known):
        said = "The documents do not say."
    else:
        # They may well say it, in several sentences or other words.
        filters = " ".join(evidence.ranking.inferred.lifting({"latest"}).said)
        place = f"No sentence of a document {filters}" if filters else "No sentence"
        said = f"{place} clearly answers this."
    return " ".join(part for part in (said, *known) if part)


def _listed(names: Sequence[str]) -> str:
    return " or ".join(f"“{name}”" for name in names)
