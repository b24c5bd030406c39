"""Who said it, how sure they were, what is denied."""

from __future__ import annotations

import pytest

from groundwire.text.speech import (
    attributions,
    hedges,
    limits,
    negations,
    quotations,
    same_cue,
)


@pytest.mark.parametrize(
    ("sentence", "speaker", "cue"),
    [
        ("Mr Ri said the talks had failed.", "Mr Ri", "said"),
        ("The talks had failed, Mr Ri said.", "Mr Ri", "said"),
        ("The talks, Mr Ri said, had failed.", "Mr Ri", "said"),
        ("“We failed,” said Mr Ri.", "Mr Ri", "said"),
        ("“We failed,” Mr Ri told the meeting on Monday.", "Mr Ri", "told"),
        ("According to Mr Ri, the talks had failed.", "Mr Ri", "According"),
        ("The talks had failed, according to Mr Ri.", "Mr Ri", "according"),
        (
            "The chairman, Osama Rabie, has said that it failed.",
            "The chairman, Osama Rabie,",
            "said",
        ),
        (
            "It failed, the chairman, Osama Rabie, told state media.",
            "the chairman, Osama Rabie,",
            "told",
        ),
        (
            "Ms Oh, who leads the firm, denied that it failed.",
            "Ms Oh, who leads the firm,",
            "denied",
        ),
    ],
)
def test_the_speaker_of_a_statement(sentence: str, speaker: str, cue: str) -> None:
    (found,) = attributions(sentence)
    assert found.speaker.of(sentence) == speaker
    assert found.cue.of(sentence) == cue


@pytest.mark.parametrize(
    "sentence",
    [
        "The talks had failed.",
        "The man who said so has left.",
        "It fell after the owner had argued with them.",
        "The United States met Japan.",
    ],
)
def test_where_nobody_speaks(sentence: str) -> None:
    assert attributions(sentence) == ()


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("said", "told", True),
        ("Said", "according", True),
        ("warns", "warned", True),
        ("wrote", "writes", True),
        ("said", "denied", False),
        ("claimed", "confirmed", False),
    ],
)
def test_reporting_words_that_report_alike(left: str, right: str, *, same: bool) -> None:
    assert same_cue(left, right) is same


def test_negations_hedges_and_limits() -> None:
    text = (
        "They may not sail, cannot stop and denied it; nobody didn't, if at least 5 allegedly will."
    )
    assert [s.of(text) for s in negations(text)] == ["not", "cannot", "denied", "nobody", "didn't"]
    assert [s.of(text) for s in hedges(text)] == ["may", "allegedly"]
    assert [s.of(text) for s in limits(text)] == ["if", "at least", "will"]


def test_the_month_of_may_is_no_hedge() -> None:
    assert hedges("It closed in May.") == ()


def test_quotations_without_their_marks() -> None:
    text = "“We stay,” she said. 'It is Xi's,' he said, of \"hope\"."
    assert [s.of(text) for s in quotations(text)] == ["We stay,", "It is Xi's,", "hope"]
