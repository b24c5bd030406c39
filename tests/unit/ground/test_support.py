"""How far a source supports a sentence."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundwire.ground.overlap import FEATURES, overlap
from groundwire.ground.support import SUPPORTED, support

SOURCE = (
    "The island council of Sallow has cancelled the morning ferry. Mayor Ada Brandt said the hull "
    "of the ferry Petrel had cracked in a storm. The repair will cost 84 million crowns. The "
    "Japanese owners did not reply to letters."
)
SAID = "The repair of the ferry will cost 84 million crowns."


def feature(name: str, sentence: str, source: str = SOURCE) -> float:
    return dict(zip(FEATURES, overlap(sentence, source), strict=True))[name]


@pytest.mark.parametrize("sentence", [*SOURCE.split(". ")[:3], SAID])
def test_what_the_source_says_is_supported(sentence: str) -> None:
    assert support(sentence, SOURCE) > SUPPORTED


@pytest.mark.parametrize(
    "sentence",
    [
        "Which tennis player won the final in Melbourne against a Brazilian?",
        "I think the ferries of Norden are great, do you like them too?",
        "Norden opened a tram with nine stops in 1994.",
    ],
)
def test_what_the_source_does_not_say_is_not(sentence: str) -> None:
    assert support(sentence, SOURCE) < SUPPORTED


@pytest.mark.parametrize(
    ("name", "worse"),
    [
        ("numbers_missing", "The repair of the ferry will cost 48 million crowns."),
        ("names_missing", "The repair of the Bergen ferry will cost 84 million crowns."),
        ("negation_added", "The repair of the ferry will not cost 84 million crowns."),
        ("negated_only_here", "The repair of the ferry will not cost 84 million crowns."),
        ("novel>0.2", "The painting of a hospital would swallow 84 million crowns."),
        ("asks", "The repair of the ferry will cost 84 million crowns?"),
        ("first_person", "I say the repair of the ferry will cost us 84 million crowns."),
    ],
)
def test_what_speaks_against_a_sentence_is_seen_and_counts(name: str, worse: str) -> None:
    expected = 0.0 if name != "negation_added" else feature(name, SAID)
    assert feature(name, SAID) == expected
    assert feature(name, worse) > feature(name, SAID)
    assert support(worse, SOURCE) < support(SAID, SOURCE)


def test_a_name_may_stand_in_another_form() -> None:
    assert feature("names_missing", "Owners from Japan did not reply.") == 0
    assert feature("names_missing", "Owners from Norway did not reply.") == 1


def test_words_count_together_only_in_one_window() -> None:
    far = " ".join(["The tram has nine stops and no driver."] * 5)
    apart = f"The council cancelled the ferry. {far} The mayor praised the harbour."
    fused = "The council cancelled the harbour."
    assert feature("in_source>0.75", fused, apart) == pytest.approx(0.25)
    assert feature("least_covered", fused, apart) < 1
    assert feature("least_covered", "The council cancelled the ferry.", apart) == 1


def test_the_worst_sentence_counts() -> None:
    both = "The repair will cost 84 million crowns. Everybody danced in Melbourne."
    assert feature("least_covered", both) == 0


def test_markers_are_no_part_of_what_is_said() -> None:
    assert support(f"{SAID[:-1]} [12].", SOURCE) == pytest.approx(support(SAID, SOURCE))


def test_nothing_supports_nothing() -> None:
    assert support("", SOURCE) == support(SAID, " \n") == 0


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80), st.text(max_size=200))
def test_support_is_a_share_whatever_the_texts(sentence: str, source: str) -> None:
    assert 0 <= support(sentence, source) <= 1
