"""From evidence to claims, notices or an abstention."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from groundwire.answer.extractive import ExtractiveAnswerer
from groundwire.answer.linear import coefficients, load_coefficients
from groundwire.answer.premises import Premises
from groundwire.answer.threshold import FALSE_ANSWERS
from groundwire.domain.calibration import Calibration
from groundwire.retrieve.outlets import Outlets
from tests.unit.answer.test_answer_choosing import article, evidence

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from groundwire.answer.evidence import Evidence
    from groundwire.answer.extractive import Extract
    from groundwire.domain.retrieval import Hit


class Scored(ExtractiveAnswerer):
    """Takes its scores and its decision from the test instead of fitted models."""

    def __init__(self, scores: list[float], *, sufficient: bool) -> None:
        super().__init__(max_sentences=3)
        self._scores = np.array(scores)
        self._sufficiency = 1.0 if sufficient else -1.0

    def score(self, evidence: Evidence) -> NDArray[np.float64]:
        assert len(evidence.features) == len(self._scores)
        return self._scores

    def judge(self, evidence: Evidence, scores: NDArray[np.float64]) -> dict[str, float]:
        assert len(evidence.features) == len(scores)
        return {"sufficiency": self._sufficiency, "threshold": 0.0}


def answer(
    question: str, scores: list[float], *articles: Hit, sufficient: bool = True, **looked_up: object
) -> Extract:
    premises = replace(Premises(), **looked_up)  # type: ignore[arg-type]
    found = replace(evidence(question, *articles), premises=premises)
    return Scored(scores, sufficient=sufficient).answer(found)


WIRE = article("Organisers said 900 people joined the march.", "a", 1, "Wire")
POST = article("Police counted 350 people on the march.", "b", 2, "Post")


def test_a_number_that_another_document_contradicts_is_said_with_it() -> None:
    found = answer("How many people joined the march?", [5, 4], WIRE, POST)
    assert [claim.text for claim in found.claims] == [WIRE.passage.text, POST.passage.text]
    assert found.notices == ()
    first = found.claims[0]
    assert first.highlight is not None
    assert first.highlight.of(first.text) == "900 people"


def test_a_number_that_nobody_contradicts_is_said_alone() -> None:
    same = article("Police counted 900 people on the march.", "b", 2, "Post")
    found = answer("How many people joined the march?", [5, 4], WIRE, same)
    assert [claim.text for claim in found.claims] == [WIRE.passage.text]
    assert found.notices == ()


def test_outlets_side_by_side_are_named_and_a_silent_one_is_told() -> None:
    question = "Do Wire, Post and Globe agree on how many people joined the march?"
    outlets = Outlets(["Wire", "Post", "Globe"]).find(question)
    found = answer(question, [5, 4], WIRE, POST, outlets=outlets)
    assert [claim.gloss for claim in found.claims] == ["Wire, 1 May 2024", "Post, 2 May 2024"]
    assert found.notices == ("No document from Globe was found on this.",)


def test_a_list_item_is_said_without_its_mark() -> None:
    item = article("- The pier was closed to all boats.", "a", 1, "Wire")
    found = answer("Was the pier closed?", [5], item)
    (claim,) = found.claims
    assert claim.text == "The pier was closed to all boats."
    assert claim.citations[0].span.of(item.passage.text) == claim.text


def test_a_pronoun_is_glossed() -> None:
    speech = article("Anna Holm, the mayor, spoke. She closed the pier.", "a", 1, "Wire")
    found = answer("Was the pier closed?", [1, 5], speech)
    assert [(claim.text, claim.gloss) for claim in found.claims] == [
        ("She closed the pier.", "Anna Holm")
    ]


def test_an_abstention_names_what_no_document_says() -> None:
    found = answer(
        "What did Holm say when he visited Oslo in the pier dress?",
        [5],
        WIRE,
        sufficient=False,
        unfounded=("Holm visited Oslo",),
        unmentioned=("dress",),
    )
    assert found.claims == ()
    assert found.abstention is not None
    reason = found.abstention.reason
    assert reason.startswith("The documents do not say. No document mentions")
    assert "“dress”" in reason
    assert reason.endswith("No document says that Holm visited Oslo.")


def test_an_abstention_says_that_no_document_is_from_an_outlet() -> None:
    found = answer(
        "What does the Reuters story say of the march?",
        [5, 4],
        WIRE,
        POST,
        sufficient=False,
        unindexed=("Reuters", "Globe"),
    )
    assert found.abstention is not None
    assert "No document is from “Reuters” or “Globe”." in found.abstention.reason


def test_an_abstention_points_at_the_closest_sentence_of_each_passage() -> None:
    long = article(
        "It rained all day. Organisers said 900 people joined the march.", "a", 1, "Wire"
    )
    found = answer("Who led the march?", [1, 5, 4], long, POST, sufficient=False)
    assert found.abstention is not None
    assert found.abstention.excerpts() == (
        "Organisers said 900 people joined the march.",
        POST.passage.text,
    )


def _fitted(with_coefficients: str) -> Calibration:
    return Calibration(1.25, with_coefficients, "2026-01-01T00:00:00Z", 9, 5, 5, 0.9, 0.9, 0.9, 0.8)


def test_the_threshold_of_the_index_is_in_force_with_its_own_coefficients_only() -> None:
    found = evidence("How many people joined the march?", WIRE)
    answerer = ExtractiveAnswerer(max_sentences=3)
    scores = answerer.score(found)
    own = replace(found, calibration=_fitted(coefficients()))
    foreign = replace(found, calibration=_fitted("others"))
    shipped = load_coefficients("sufficiency")["thresholds"][FALSE_ANSWERS]
    assert answerer.judge(own, scores)["threshold"] == 1.25
    assert answerer.judge(foreign, scores)["threshold"] == shipped
    assert answerer.judge(found, scores)["threshold"] == shipped
