"""What a sentence gives of what is asked for, and how near the question's words stand to it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pytest

from groundwire.answer.candidates import Sentence
from groundwire.answer.expected import expected
from groundwire.answer.fit import GROUPS, bound, by_group, fitness, nearness
from groundwire.answer.question import read
from groundwire.answer.tokens import tokenize
from groundwire.answer.typed import candidates
from groundwire.domain.spans import Span
from tests.unit.answer.test_answer_question import snapshot

if TYPE_CHECKING:
    from groundwire.answer.question import Question


def sentence(text: str) -> Sentence:
    return Sentence(Span(0, len(text)), text, tokenize(text), np.zeros(3, np.float32))


def question(text: str) -> Question:
    return read(text, snapshot(tram=5, cost=5, firefight=5))


def fit(asked: str, text: str) -> float:
    return fitness(question(asked), expected(asked), sentence(text))


@pytest.mark.parametrize(
    ("asked", "gives", "lacks"),
    [
        ("How much did it cost?", "It cost £3m in all.", "It cost a lot in 2019."),
        ("By what percentage did it fall?", "It fell by 57 per cent.", "It fell by 57 points."),
        ("How heavy is it?", "It weighs 200 tonnes.", "It is 200 metres long."),
        ("How wide is it?", "It is 38 metres across.", "It took 38 days."),
        ("What time did it fall?", "It fell at 7.50pm.", "It fell on a Monday in May."),
        ("What year did it open?", "It opened in 1904.", "It opened long ago."),
        ("When did it open?", "It opened on 3 May.", "It opened at last."),
        ("Who won?", "Ruth Pennick won.", "It was close."),
        ("Where is it?", "It stands in Aldermoor.", "It stands tall."),
        ("Why did it fall?", "It fell because of the wind.", "It fell."),
        ("What did she say?", "“No,” she said.", "She left."),
    ],
)
def test_a_sentence_that_gives_it_fits_and_another_does_not(
    asked: str, gives: str, lacks: str
) -> None:
    assert fit(asked, gives) == 1
    assert fit(asked, lacks) == 0


def test_what_the_question_says_itself_is_no_answer() -> None:
    assert fit("How much of the £9m did it cost?", "It cost £9m.") == 0
    assert fit("Who beat Ruth Pennick?", "Ruth Pennick lost.") == 0


def test_two_sorts_are_half_given_by_a_sentence_that_gives_one() -> None:
    assert fit("When and where did they meet?", "They met on 3 May.") == 0.5
    assert fit("When and where did they meet?", "They met in Hanoi on 3 May.") == 1


def test_what_can_be_given_in_another_way_fits_less() -> None:
    assert 0 < fit("How heavy is it?", "It has a mass of four million suns.") < 1


def test_fitness_stands_in_the_columns_of_the_sorts_that_are_asked_for() -> None:
    columns = dict(zip(GROUPS, by_group(expected("How many came?"), 1.0), strict=True))
    assert columns == {name: 1.0 if name == "number" else 0.5 for name in GROUPS}
    assert fit("What about it?", "It cost £3m.") == 0.5


def test_what_is_counted_stands_after_a_number() -> None:
    asked = "How many firefighters were sent?"
    texts = ("About 400 tired firefighters came.", "A firefighter left.", "It rained for 9 days.")
    found = [bound(question(asked), expected(asked), sentence(text)) for text in texts]
    assert found == [1, 0.3, 0]
    other = "When did firefighters come?"
    assert bound(question(other), expected(other), sentence(texts[0])) == 0.5


def test_nearness_falls_with_distance_and_is_unknown_without_a_sort() -> None:
    asked = "How much did the tram cost?"
    near, far = (
        nearness(question(asked), expected(asked), sentence(f"The tram cost {gap} £7."))
        for gap in ("was", "was said by all of them to be")
    )
    assert 1 >= near > far > 0
    assert nearness(question(asked), expected(asked), sentence("The tram cost a lot.")) == 0
    vague = "What about the tram?"
    assert math.isnan(nearness(question(vague), expected(vague), sentence("The tram cost £7.")))


def test_a_candidate_has_its_place() -> None:
    text = "It was given £3m on Monday."
    (money,) = candidates("money", text)
    (day,) = candidates("day", text)
    assert (money.span.of(text), day.span.of(text)) == ("£3m", "Monday")
