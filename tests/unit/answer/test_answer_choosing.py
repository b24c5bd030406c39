"""Which sentences are said, and what is said beside them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pytest

from groundwire.answer.candidates import read_passages
from groundwire.answer.choosing import choose, newest
from groundwire.answer.conflicts import attribution, conflicts, differing
from groundwire.answer.evidence import Evidence
from groundwire.answer.features import FEATURES
from groundwire.answer.points import Demand, Side, demand
from groundwire.answer.question import read
from groundwire.domain.retrieval import Ranking
from groundwire.ground.cite import quoted_claim, sources
from groundwire.retrieve.late import match
from groundwire.text.sentences import sentences
from tests.fakes.passages import hit
from tests.unit.answer.test_answer_features import asked, nothing
from tests.unit.answer.test_answer_question import snapshot

if TYPE_CHECKING:
    from groundwire.domain.retrieval import Hit

KNOWN = snapshot(pier=5, ferry=5, cost=5, owner=5, storm=5, crowd=5, people=5, march=5, paid=5)


def article(text: str, name: str, day: int, source: str) -> Hit:
    found = hit(text, name=name, rank=1)
    info = replace(found.document, source=source, published=date(2024, 5, day), title="")
    return replace(found, document=info)


def evidence(question: str, *articles: Hit) -> Evidence:
    hits = tuple(replace(found, rank=rank) for rank, found in enumerate(articles, 1))
    near = np.array([0.9, 0.3, 0.3])
    vectors = {h.passage.id: np.tile(near, (len(sentences(h.passage.text)), 1)) for h in hits}
    readings = read_passages(hits, {i: v.astype(np.float32) for i, v in vectors.items()})
    here = asked(question)
    count = sum(len(reading.sentences) for reading in readings)
    return Evidence(
        read(question, KNOWN),
        here,
        Ranking(question, hits),
        readings,
        match(here.encoding.tokens, nothing(readings)),
        np.zeros((count, len(FEATURES))),
    )


def chosen(found: Evidence, scores: list[float], wanted: Demand, limit: int = 3) -> list[str]:
    said = choose(found, np.array(scores), wanted, limit)
    return [choice.sentence.text for choice in said]


PIER = article("The pier cost £31m in all. A ferry line paid. It rained all day.", "a", 3, "Wire")
STORM = article("The pier was lost in a storm. Its owner paid for the pier.", "b", 1, "Post")


def test_a_fact_gets_the_best_sentence_alone() -> None:
    found = evidence("What did the pier cost?", PIER, STORM)
    assert chosen(found, [5, 4.9, 4.8, 4.9, 4.9], Demand("fact")) == ["The pier cost £31m in all."]


def test_each_point_gets_its_sentence_even_if_it_scores_less() -> None:
    question = "What did the pier cost, and was it lost in a storm?"
    found = evidence(question, PIER, STORM)
    expected = ["The pier cost £31m in all.", "The pier was lost in a storm."]
    assert chosen(found, [5, 4, 4, 3, 1], demand(question)) == expected


def test_a_point_that_is_covered_gets_nothing_more() -> None:
    question = "What did the pier cost, and was it the pier that cost so much?"
    found = evidence(question, PIER, STORM)
    assert chosen(found, [5, 4, 4, 3, 1], demand(question)) == ["The pier cost £31m in all."]


def test_the_limit_holds() -> None:
    question = "What did the pier cost, and was it lost in a storm?"
    found = evidence(question, PIER, STORM)
    assert len(chosen(found, [5, 4, 4, 3, 1], demand(question), limit=1)) == 1


def test_a_timeline_goes_by_date_with_one_sentence_a_document() -> None:
    found = evidence("Give me a timeline of the pier", PIER, STORM)
    expected = ["The pier was lost in a storm.", "The pier cost £31m in all."]
    assert chosen(found, [5, 1, 1, 4, 3], Demand("timeline")) == expected


def test_companions_do_not_repeat_and_are_nearly_as_good() -> None:
    again = article("In all, the pier cost £31m. The ferry owner paid.", "c", 4, "Post")
    found = evidence("Why did the ferry owner say what the pier cost?", PIER, again)
    expected = ["The pier cost £31m in all.", "The ferry owner paid."]
    assert chosen(found, [5, 1, 1, 4.9, 4.5], Demand("several")) == expected
    assert chosen(found, [5, 1, 1, 4.9, 1], Demand("several")) == expected[:1]


def test_each_side_gets_a_sentence_of_its_own_documents() -> None:
    sides = tuple(Side(name, frozenset({name})) for name in ("Post", "Wire", "Globe"))
    found = evidence("Do Post, Wire and Globe agree on the pier?", PIER, STORM)
    expected = ["The pier was lost in a storm.", "The pier cost £31m in all."]
    assert chosen(found, [5, 1, 1, 4, 3], Demand("sides", sides=sides)) == expected


def test_a_side_that_no_sentence_names_gets_nothing() -> None:
    sides = (Side("the ferry"), Side("the owner"))
    found = evidence("Which paid more, the ferry or the owner?", PIER)
    assert chosen(found, [5, 4, 1], Demand("sides", sides=sides)) == ["A ferry line paid."]


def differ(
    one: Hit, other: Hit, question: str = "How many people joined the march?"
) -> list[tuple[str, ...]]:
    """Return the values of each difference between the first sentence and the others."""
    found = differing(evidence(question, one, other), [0])
    return [tuple(statement.value_text for statement in each.statements) for each in found]


ORGANISERS = article("Organisers said 900 people joined the march.", "a", 1, "Wire")


def test_different_values_of_two_documents_are_held_side_by_side() -> None:
    police = article("Police counted 350 people on the march.", "b", 2, "Post")
    assert differ(ORGANISERS, police) == [("900", "350")]


def test_a_later_value_of_one_outlet_is_an_update() -> None:
    police = article("Police counted 350 people on the march.", "b", 2, "Wire")
    found = evidence("How many people joined the march?", ORGANISERS, police)
    (each,) = differing(found, [0])
    assert each.label == "update"
    assert [statement.published for statement in each.statements] == [
        date(2024, 5, 1),
        date(2024, 5, 2),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Police counted 910 people on the march.",
        "Police counted 350 dogs on the march.",
        "Police said the march was small.",
        "The pier was closed to 350 people.",
        "The people on the march paid £350.",
    ],
)
def test_nothing_is_said_where_it_is_not_sure(text: str) -> None:
    assert differ(ORGANISERS, article(text, "b", 2, "Post")) == []


def test_one_document_does_not_differ_from_itself() -> None:
    both = article(
        "Organisers said 900 people joined the march. Police counted 350 people on the march.",
        "a",
        1,
        "Wire",
    )
    assert differ(both, replace(STORM, rank=2)) == []


def test_copies_of_one_report_do_not_differ() -> None:
    police = article("Police counted 350 people on the march.", "b", 2, "Post")
    found = evidence("How many people joined the march?", ORGANISERS, police)
    origins = {police.passage.document_id: ORGANISERS.passage.document_id}
    assert differing(replace(found, origins=origins), [0]) == ()


def test_only_values_that_are_asked_for_differ() -> None:
    police = article("Police counted 350 people on the march.", "b", 2, "Post")
    assert differ(ORGANISERS, police, "Who joined the march?") == []
    assert differ(ORGANISERS, police, "Why did people join the march?") == []


def test_a_card_has_the_numbers_of_the_answers_passages() -> None:
    police = article("Police counted 350 people on the march.", "b", 2, "Post")
    found = evidence("How many people joined the march?", ORGANISERS, police)
    claim = quoted_claim(ORGANISERS, ORGANISERS.passage.span)
    (card,) = conflicts(found, [claim], sources([claim], found.ranking.hits))
    assert [statement.citation.n for statement in card.statements] == [1, 2]
    assert conflicts(found, [], ()) == ()


def test_an_attribution_is_outlet_and_day() -> None:
    (reading,) = evidence("Who?", ORGANISERS).readings
    assert attribution(reading) == "Wire, 1 May 2024"


def test_the_newest_of_the_good_documents_is_asked_first() -> None:
    old = article("The tram will cost £84m. It opens soon.", "old", 1, "Wire")
    new = article("Auditors were asked. The tram will cost £112m.", "new", 9, "Post")
    off = article("The ferry strike cost £2m.", "off", 12, "Post")
    found = evidence("What does the tram cost?", old, new, off)
    assert newest(found, np.array([8.0, 1.0, 4.0, 3.5, 1.0])).sentence.text == (
        "The tram will cost £112m."
    )
    far = replace(found.ranking.hits[1], score=-9.0)
    ranking = Ranking("q", (found.ranking.hits[0], far, replace(found.ranking.hits[2], score=-9.0)))
    readings = tuple(
        replace(reading, hit=each)
        for reading, each in zip(found.readings, ranking.hits, strict=True)
    )
    apart = replace(found, ranking=ranking, readings=readings)
    assert newest(apart, np.array([8.0, 1.0, 4.0, 3.5, 1.0])).sentence.text == (
        "The tram will cost £84m."
    )


def test_a_sentence_in_a_copys_words_is_not_said_again() -> None:
    question = "What did the pier cost, and was it lost in a storm?"
    first = article("The pier cost £31m in all and was lost in a storm.", "a", 3, "Wire")
    copy = article("Costing £31m altogether, the pier was lost when a storm came.", "b", 4, "Post")
    for wanted in (demand(question), Demand("several"), Demand("timeline"), Demand("versions")):
        said = chosen(evidence(question, first, copy), [5, 4.9], wanted)
        assert said == ["The pier cost £31m in all and was lost in a storm."]
