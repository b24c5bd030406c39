from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from groundwire.models import projection
from groundwire.models.pieces import unit
from groundwire.models.quality import sample_texts

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

LETTERS = "abcdefghijklmnopqrstuvwxyz"
WORDS = [f"word{a}{b}{c}" for a in LETTERS for b in LETTERS for c in LETTERS[:10]]


def _tokens() -> NDArray[np.float32]:
    """Return unit vectors that lie nearly in five of twelve dimensions."""
    rng = np.random.default_rng(4)
    plane = rng.normal(size=(5, 12))
    noise = 0.05 * rng.normal(size=(300, 12))
    return unit((rng.normal(size=(300, 5)) @ plane + noise).astype(np.float32))


def test_what_the_vectors_vary_in_is_kept() -> None:
    tokens = _tokens()
    fitted = projection.fit(tokens, 5)
    assert fitted.shape == (12, 5)
    assert fitted.dtype == np.float32
    np.testing.assert_allclose(fitted.T @ fitted, np.eye(5), atol=1e-5)
    short = unit(tokens @ fitted)
    assert np.abs(short @ short.T - tokens @ tokens.T).max() < 0.05
    other = np.linalg.qr(np.random.default_rng(1).normal(size=(12, 5)))[0].astype(np.float32)
    worse = unit(tokens @ other)
    assert np.abs(worse @ worse.T - tokens @ tokens.T).max() > 0.2


def test_a_component_has_one_sign_whatever_the_order() -> None:
    tokens = _tokens()
    fitted = projection.fit(tokens, 5)
    np.testing.assert_allclose(projection.fit(-tokens[::-1], 5), fitted, atol=1e-5)
    assert (fitted[np.abs(fitted).argmax(axis=0), np.arange(5)] > 0).all()


def test_no_more_components_than_dimensions() -> None:
    fitted = projection.fit(_tokens(), 64)
    assert fitted.shape == (12, 12)


def test_a_projection_reads_back_byte_for_byte(tmp_path: Path) -> None:
    fitted = projection.fit(_tokens(), 5)
    projection.save(fitted, tmp_path)
    first = (tmp_path / projection.PROJECTION_FILE).read_bytes()
    np.testing.assert_array_equal(projection.load(tmp_path), fitted)
    projection.save(projection.fit(_tokens(), 5), tmp_path)
    assert (tmp_path / projection.PROJECTION_FILE).read_bytes() == first


def test_the_texts_hold_the_frequent_words_once() -> None:
    other = ["[CLS]", "##ing", "the", "with", "cat", "\u2581under", "G20", "M\u00fcnchen"]
    pieces = [*other, *(f"\u2581{word}" for word in WORDS), *WORDS]
    texts = projection.projection_texts({piece: row for row, piece in enumerate(pieces)})
    assert texts[: len(sample_texts())] == sample_texts()
    framed = texts[len(sample_texts()) :]
    assert len(framed) == 400
    filled = Counter(re.findall(r"\w+", " ".join(framed)))
    assert {filled[word] for word in WORDS[:4800]} == {1}
    assert {filled[word] for word in (*WORDS[4800:], *other)} - {filled["the"]} == {0}


def test_a_vocabulary_of_letters_leaves_the_sample() -> None:
    assert projection.projection_texts({letter: i for i, letter in enumerate(LETTERS)}) == (
        sample_texts()
    )
