"""A sentence on a terminal: its short answer bold, its gloss and markers after it."""

from __future__ import annotations

from dataclasses import replace

from groundwire.domain.spans import Span
from groundwire.ground.cite import quoted_claim
from groundwire.interfaces.render.terminal import claim_parts
from tests.fakes.passages import hit

HIT = hit("The  gate\nis 38 metres wide.")
CLAIM = quoted_claim(HIT, Span(0, len(HIT.passage.text)))


def strong(*, highlight: Span | None, gloss: str = "") -> tuple[str, list[str]]:
    parts = list(claim_parts(replace(CLAIM, highlight=highlight, gloss=gloss)))
    return "".join(text for text, _ in parts), [text for text, role in parts if role == "strong"]


def test_the_short_answer_is_strong_wherever_white_space_was_folded() -> None:
    start = CLAIM.text.index("38")
    plain, found = strong(highlight=Span(start, start + len("38 metres")))
    assert plain == "The gate is 38 metres wide. [1]"
    assert found == ["38 metres"]


def test_nothing_is_strong_without_a_short_answer() -> None:
    assert strong(highlight=None) == ("The gate is 38 metres wide. [1]", [])


def test_a_gloss_stands_in_brackets_before_the_marker() -> None:
    plain, _ = strong(highlight=None, gloss="flood gate")
    assert plain == "The gate is 38 metres wide. [flood gate] [1]"
