"""Late interaction, by hand: unit vectors along the axes, so that every cosine is 0 or 1."""

from __future__ import annotations

import numpy as np
import pytest

from groundwire.index.tokens import TokenVectors
from groundwire.retrieve.late import match, weighted

AXES = np.eye(4, dtype=np.float32)


def stored(*sentences: tuple[int, ...]) -> TokenVectors:
    """Return token vectors along the axes given for each sentence."""
    rows = [axis for sentence in sentences for axis in sentence]
    counts = np.array([len(sentence) for sentence in sentences], dtype=np.int64)
    return TokenVectors(counts, (127 * AXES[rows]).astype(np.int8).reshape(len(rows), 4))


def test_each_token_finds_its_best_match_in_a_sentence_and_in_a_passage() -> None:
    found = match(AXES[[0, 2]], [stored((0, 1), (2,)), stored((3,))])
    assert found.sentences.tolist() == [[1, 0], [0, 1], [0, 0]]
    assert found.owner.tolist() == [0, 0, 1]
    assert found.passages.tolist() == [[1, 1], [0, 0]]


def test_a_sentence_without_content_words_matches_nothing() -> None:
    found = match(AXES[[1]], [stored((), (1,), ()), stored(()), stored()])
    assert found.sentences.tolist() == [[0], [1], [0], [0]]
    assert found.passages.tolist() == [[1], [0], [0]]


@pytest.mark.parametrize("passages", [[], [stored()], [stored((1,))]])
def test_a_question_without_tokens_matches_nothing(passages: list[TokenVectors]) -> None:
    found = match(np.empty((0, 4), np.float32), passages)
    assert found.passages.shape == (len(passages), 0)
    assert found.sentences.shape == (sum(len(each.counts) for each in passages), 0)


def test_the_mean_is_weighted() -> None:
    cosines = np.array([[1.0, 0.5], [0.0, 1.0]], np.float32)
    assert weighted(cosines, np.array([3.0, 1.0])).tolist() == [0.875, 0.25]
    assert weighted(cosines, np.array([0.0, 0.0])).tolist() == [0, 0]
