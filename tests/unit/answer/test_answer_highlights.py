"""The short answer is marked where it is certain, and nowhere else."""

from __future__ import annotations

import pytest

from groundwire.answer.highlights import highlight
from groundwire.answer.question import read
from tests.unit.answer.test_answer_question import snapshot


def marked(question: str, text: str) -> str | None:
    known = snapshot(gate=5, boats=5, pier=5, harbour=5, people=5, opened=5, cost=5, march=5)
    span = highlight(text, read(question, known))
    return span.of(text) if span else None


@pytest.mark.parametrize(
    ("question", "text", "answer"),
    [
        ("How wide is the gate?", "The gate will be 38 metres wide.", "38 metres"),
        ("How many boats left?", "On 4 May, 25 boats left the harbour.", "25"),
        ("How many boats left?", "In all 1,240 boats, 300 of them new, left.", "1,240"),
        ("How many people marched?", "Half a million people marched.", "Half a million people"),
        ("How much did the pier cost?", "In 2019 the pier cost £31m.", "£31m"),
        ("What share of boats left?", "Some 40 per cent of 900 boats left.", "40 per cent"),
        ("When was the pier opened?", "The pier was opened on 4 May 2021.", "4 May 2021"),
        ("What year was the pier opened?", "It was opened on a Monday in 1904.", "1904"),
        ("Who opened the pier?", "Anna Holm, the mayor, opened the pier.", "Anna Holm"),
        ("Where is the pier?", "The pier stands in North Cove.", "North Cove"),
    ],
)
def test_certain(question: str, text: str, answer: str) -> None:
    assert marked(question, text) == answer


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("How many boats left?", "The boats left."),
        ("How many boats left?", "Three sailors and 4 officers left."),
        ("How many boats left?", 'The slogan "one harbour, two piers" was heard.'),
        ("How wide is the 38 metres gate?", "The gate will be 38 metres wide."),
        ("What is the pier?", "The pier is 38 metres long."),
        ("Who opened the pier?", "Anna Holm and Maria Lund opened the pier."),
        ("How much did the pier cost?", "The pier has 31 lamps."),
    ],
)
def test_uncertain(question: str, text: str) -> None:
    assert marked(question, text) is None
