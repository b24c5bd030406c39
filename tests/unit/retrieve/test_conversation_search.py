"""Earlier questions add to the scores, less and less, and only on the same topic."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from groundwire.domain.retrieval import Ranking, Scope
from groundwire.retrieve.conversation import DEPTH, Earlier, search_in_conversation
from tests.fakes.passages import hit

if TYPE_CHECKING:
    from groundwire.domain.retrieval import Hit

TRAM = hit("The tram costs £97m.", name="tram")
WALL = hit("The sea wall costs £12m, said Ida Holm.", name="wall")
FERRY = hit("The ferry was sold.", name="ferry")

SCORES = {
    "What does it cost?": {TRAM: 1.0, WALL: 0.9, FERRY: 0.0},
    "Who built the sea wall?": {WALL: 3.0, TRAM: 1.0, FERRY: 1.0},
    "Who sold the ferry?": {FERRY: 2.0, WALL: 1.0},
}
VECTORS = {
    "What does it cost?": (1.0, 0.0),
    "Who built the sea wall?": (0.6, 0.8),
    "Who sold the ferry?": (0.0, 1.0),
}


class Retriever:
    """Knows the rankings of a few questions, and notes how deep it is asked to look."""

    def __init__(self) -> None:
        self.depths: list[int] = []

    def read(self, _snapshot: object, question: str) -> Any:  # noqa: ANN401 -- an Asked
        return SimpleNamespace(encoding=SimpleNamespace(vector=np.array(VECTORS[question])))

    def search(self, _snapshot: object, question: str, *, top_k: int, scope: Scope) -> Ranking:
        assert scope == Scope()
        self.depths.append(top_k)
        scores = sorted(SCORES[question].items(), key=lambda pair: -pair[1])
        hits = (replace(one, score=score, rank=n) for n, (one, score) in enumerate(scores, 1))
        return Ranking(question, tuple(hits)[:top_k])


def search(earlier: Earlier, top_k: int = 3, retriever: Retriever | None = None) -> tuple[Hit, ...]:
    found = search_in_conversation(
        retriever or Retriever(),  # type: ignore[arg-type]  # what is used of it
        None,  # type: ignore[arg-type]  # the rankings are known
        "What does it cost?",
        earlier,
        top_k=top_k,
        scope=Scope(),
    )
    assert found.query == "What does it cost?"
    return found.hits


def names(hits: tuple[Hit, ...]) -> list[str]:
    return [each.document.id for each in hits]


def test_without_earlier_questions_the_ranking_is_the_retrievers_own() -> None:
    retriever = Retriever()
    own = retriever.search(None, "What does it cost?", top_k=2, scope=Scope()).hits
    assert search(Earlier(), 2, retriever) == own
    assert retriever.depths == [2, 2]


def test_the_question_before_lifts_its_passages() -> None:
    hits = search(Earlier(("Who built the sea wall?",), leans=True))
    assert hits[0].passage.id == WALL.passage.id
    assert [each.rank for each in hits] == [1, 2, 3]


def test_scores_stay_those_for_the_question() -> None:
    hits = search(Earlier(("Who built the sea wall?",), leans=True))
    assert {each.passage.id: each.score for each in hits} == {
        TRAM.passage.id: 1.0,
        WALL.passage.id: 0.9,
        FERRY.passage.id: 0.0,
    }


def test_an_older_question_adds_less() -> None:
    near = ("Who built the sea wall?", "Who sold the ferry?")
    assert search(Earlier(near, leans=True))[0].passage.id == WALL.passage.id
    only_ferry = search(Earlier(("Who sold the ferry?",), leans=True))
    assert names(only_ferry) == names((TRAM, WALL, FERRY))


def test_names_of_the_last_answer_lift_passages_that_hold_them() -> None:
    earlier = Earlier(("Who sold the ferry?",), ("Ida Holm",), leans=True)
    assert search(earlier)[0].passage.id == WALL.passage.id


def test_a_question_on_another_topic_forgets_what_was_asked() -> None:
    retriever = Retriever()
    own = retriever.search(None, "What does it cost?", top_k=3, scope=Scope()).hits
    assert search(Earlier(("Who sold the ferry?",), ("Ida Holm",))) == own
    related = search(Earlier(("Who built the sea wall?",)))
    assert related[0].passage.id == WALL.passage.id


@pytest.mark.parametrize("top_k", [1, 2, DEPTH + 5])
def test_enough_is_looked_at_and_no_more_is_given(top_k: int) -> None:
    retriever = Retriever()
    hits = search(Earlier(("Who built the sea wall?",), leans=True), top_k, retriever)
    assert retriever.depths == [max(DEPTH, top_k)] * 2
    assert len(hits) == min(top_k, 3)


def test_only_the_last_three_questions_count() -> None:
    retriever = Retriever()
    search(Earlier(("Who built the sea wall?",) * 9, leans=True), 3, retriever)
    assert len(retriever.depths) == 4
