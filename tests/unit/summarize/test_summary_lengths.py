"""Sentences whose words come to a number exactly."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundwire.domain.summaries import LENGTHS
from groundwire.summarize.lengths import Wanted, fit_words, usual_sentences

SENTENCES = st.lists(
    st.tuples(st.integers(1, 30), st.floats(-3, 3, allow_nan=False)), min_size=1, max_size=9
)


@settings(max_examples=80, deadline=None)
@given(SENTENCES, st.integers(1, 120))
def test_no_choice_comes_closer(sentences: list[tuple[int, float]], total: int) -> None:
    words = [size for size, _ in sentences]
    chosen = fit_words(words, [value for _, value in sentences], total)
    assert list(chosen) == sorted(set(chosen))
    possible = {
        sum(words[i] for i in some)
        for count in range(len(words) + 1)
        for some in combinations(range(len(words)), count)
    }
    assert sum(words[i] for i in chosen) == max(each for each in possible if each <= total)


def test_of_exact_choices_the_best_is_taken() -> None:
    assert fit_words([10, 10, 20], [0.0, 0.1, 2.0], 20) == (2,)
    assert fit_words([10, 10, 20], [2.0, 1.9, 0.0], 20) == (0, 1)


def test_a_long_summary_takes_the_best_first_and_fits_its_end() -> None:
    words = [17, 23, 31] * 400
    chosen = fit_words(words, [float(-n) for n in range(len(words))], 5_000)
    assert sum(words[i] for i in chosen) == 5_000
    assert set(range(150)) <= set(chosen)


@pytest.mark.parametrize(
    ("style", "reports", "count"), [("tldr", 0, 1), ("tldr", 1, 1), ("tldr", 9, 2), ("brief", 9, 5)]
)
def test_a_style_has_a_usual_length(style: str, reports: int, count: int) -> None:
    assert usual_sentences(style, reports) == count  # type: ignore[arg-type] # parametrised
    assert Wanted(sentences=7).count(reports) == 7


def test_named_lengths_grow() -> None:
    assert LENGTHS["short"] < LENGTHS["medium"] < LENGTHS["long"]
