"""Which questions are asked: so many of each kind, drawn over all documents."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from groundwire.evaluate.auto.declined import left_out, other_names, other_outlets
from groundwire.evaluate.auto.joined import joined
from groundwire.evaluate.auto.material import drawn, pick
from groundwire.evaluate.auto.single import single

if TYPE_CHECKING:
    from collections.abc import Sequence

    from groundwire.evaluate.auto.cases import Kind, Question
    from groundwire.evaluate.auto.declined import Searched
    from groundwire.evaluate.auto.material import Material

_OF_ONE: dict[Kind, int] = {"who": 80, "said": 80, "number": 60, "when": 50, "where": 40}
_OF_TWO = 120
_READ = 12
"""Sentences of a document that questions are made of, at most."""
_LEFT_OUT = 0.5
_CLOSE = 40
_RENAMED = 120


def answerable(material: Material) -> tuple[Question, ...]:
    """Return questions that the documents answer, spread over kinds and documents."""
    made: dict[Kind, list[Question]] = defaultdict(list)
    for info in material.documents:
        here: dict[Kind, list[Question]] = defaultdict(list)
        for told in sorted(material.told[info.id], key=lambda each: drawn(each.text))[:_READ]:
            for question in single(material, told):
                here[question.kind].append(question)
        for kind, questions in here.items():
            made[kind].append(pick(questions, info.title, kind))
    spread = [
        question
        for kind, most in _OF_ONE.items()
        for question in sorted(made[kind], key=lambda q: drawn(q.kind, q.text))[:most]
    ]
    return (*spread, *joined(material, _OF_TWO))


def to_decline(
    material: Material, questions: Sequence[Question], desk: Searched
) -> tuple[Question, ...]:
    """Return the questions changed so that they have no answer."""
    renamed = tuple(other_names(material, questions))
    moved = tuple(other_outlets(material, questions))
    close = [question for question in (*renamed, *moved) if question.close]
    plain = [question for question in renamed if not question.close]
    part = _drawn(questions, round(_LEFT_OUT * len(questions)))
    return (
        *_drawn(plain, _RENAMED),
        *(question for question in moved if not question.close),
        *_drawn(close, _CLOSE),
        *left_out(material, part, desk),
    )


def _drawn(questions: Sequence[Question], most: int) -> list[Question]:
    return sorted(questions, key=lambda q: drawn(q.way, q.text))[:most]
