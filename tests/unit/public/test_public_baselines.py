"""BM25 by hand, and passages cut at a number of tokens."""

from __future__ import annotations

import math

import pytest

from eval.public.baselines import Bm25
from eval.public.tokens import first_tokens


def test_bm25_of_three_texts() -> None:
    found = Bm25([["ferry", "ferry", "late"], ["tram"], ["late", "tram"]]).scores(["ferry"])
    idf = math.log(1 + (3 - 1 + 0.5) / (1 + 0.5))
    norm = 1.2 * (1 - 0.75 + 0.75 * 3 / 2)  # three terms, two on average
    assert found.tolist() == pytest.approx([idf * 2 * 2.2 / (2 + norm), 0, 0])


def test_bm25_counts_a_term_of_the_query_once_and_adds_terms() -> None:
    texts = Bm25([["ferry"], ["tram"]])
    assert texts.scores(["ferry", "ferry"]).tolist() == texts.scores(["ferry"]).tolist()
    both = texts.scores(["ferry", "tram", "unknown"])
    assert both.tolist() == pytest.approx([texts.scores(["ferry"])[0]] * 2)


def test_a_short_text_is_not_cut() -> None:
    assert first_tokens("The ferry was late.", 256) == "The ferry was late."


def test_a_long_text_ends_with_its_last_whole_token() -> None:
    text = "ferry " * 300
    assert first_tokens(text, 256) == "ferry " * 255 + "ferry"
    assert first_tokens("one two three", 2) == "one two"
