"""What every encoder must do, run on the fake and on the real one."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import numpy as np
import pytest

from groundwire.domain.errors import CancelledError
from groundwire.domain.spans import Span
from groundwire.text.tokens import content_spans
from tests.fakes.encoders import HashingEncoder

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from groundwire.models.encoder import Encoder

TEXTS = tuple(
    f"{who} {what} {'in the capital on Tuesday ' * (i % 4)}."
    for i, (who, what) in enumerate(
        (who, what)
        for who in ("The minister", "A farmer near the border", "The bank", "Two envoys", "She")
        for what in ("denied it", "signed the agreement", "said prices rose by 4%", "left", "won")
    )
)

STORY = "The minister denied it. He left the capital on Tuesday. Prices rose by 4%."
PARTS = (Span(0, 23), Span(24, 55), Span(56, len(STORY)))


def assert_unit(vectors: NDArray[np.float32]) -> None:
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=-1), 1.0, atol=1e-5)


class EncoderContract:
    @pytest.fixture
    def subject(self) -> Encoder:
        raise NotImplementedError

    def test_gives_a_unit_vector_for_each_text(self, subject: Encoder) -> None:
        vectors = subject.encode(TEXTS)
        assert vectors.shape == (len(TEXTS), subject.identity.dimension)
        assert vectors.dtype == np.float32
        np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)

    def test_gives_no_vector_for_no_text(self, subject: Encoder) -> None:
        assert subject.encode([]).shape == (0, subject.identity.dimension)

    def test_a_question_gets_one_unit_vector(self, subject: Encoder) -> None:
        vector = subject.encode_query("Who signed the agreement?")
        assert vector.shape == (subject.identity.dimension,)
        assert vector.dtype == np.float32
        assert np.linalg.norm(vector) == pytest.approx(1.0, abs=1e-5)

    def test_keeps_the_order_and_ignores_the_neighbours(self, subject: Encoder) -> None:
        together = subject.encode(TEXTS)
        alone = np.concatenate([subject.encode([text]) for text in TEXTS])
        assert np.sum(together * alone, axis=1).min() >= 0.999
        np.testing.assert_array_equal(subject.encode(TEXTS[::-1]), together[::-1])

    def test_gives_the_same_bytes_twice(self, subject: Encoder) -> None:
        assert subject.encode(TEXTS).tobytes() == subject.encode(TEXTS).tobytes()

    @pytest.mark.parametrize("text", ["", " \n", "\ud800 half a pair", "\x00", "你好 🌍"])
    def test_takes_odd_texts(self, subject: Encoder, text: str) -> None:
        for vector in (subject.encode([text])[0], subject.encode_query(text)):
            assert np.linalg.norm(vector) == pytest.approx(1.0, abs=1e-5)

    def test_takes_a_text_of_100_000_characters(self, subject: Encoder) -> None:
        long = "word " * 20_000
        assert np.linalg.norm(subject.encode([long])[0]) == pytest.approx(1.0, abs=1e-5)

    def test_alike_is_nearer_than_unlike(self, subject: Encoder) -> None:
        question = subject.encode_query("price of bread in the city")
        alike, unlike = subject.encode(["the bread price in that city", "a goalkeeper was hurt"])
        assert question @ alike > question @ unlike + 0.2

    def test_reports_progress_to_the_end(self, subject: Encoder) -> None:
        seen: list[tuple[int, int]] = []
        subject.encode(TEXTS, on_progress=lambda done, total: seen.append((done, total)))
        assert seen[-1] == (len(TEXTS), len(TEXTS))
        assert [done for done, _ in seen] == sorted({done for done, _ in seen})

    def test_stops_when_cancelled(self, subject: Encoder) -> None:
        cancel = threading.Event()
        cancel.set()
        with pytest.raises(CancelledError):
            subject.encode(TEXTS, cancel=cancel)

    def test_stops_when_cancelled_halfway(self, subject: Encoder) -> None:
        cancel = threading.Event()
        reports: list[int] = []

        def stop(done: int, _: int) -> None:
            reports.append(done)
            cancel.set()

        with pytest.raises(CancelledError):
            subject.encode(TEXTS * 20, on_progress=stop, cancel=cancel)
        assert reports[0] < len(TEXTS) * 20
        assert subject.encode(TEXTS[:1]).shape[0] == 1

    def test_serves_several_threads(self, subject: Encoder) -> None:
        expected = subject.encode(TEXTS)
        with ThreadPoolExecutor(4) as pool:
            for vectors in pool.map(lambda _: subject.encode(TEXTS), range(4)):
                np.testing.assert_array_equal(vectors, expected)

    def test_parts_come_below_their_text(self, subject: Encoder) -> None:
        dimension = subject.identity.dimension
        texts = (STORY, TEXTS[0], "", STORY)
        found = subject.encode_parts(texts, [PARTS, (), (), PARTS[1:]])
        assert [each.parts.shape for each in found] == [(n, dimension) for n in (3, 0, 0, 2)]
        assert [len(each.tokens) for each in found] == [3, 0, 0, 2]
        for encoding, whole in zip(found, subject.encode(texts), strict=True):
            assert_unit(encoding.vector)
            assert_unit(encoding.parts)
            np.testing.assert_array_equal(encoding.vector, whole)
        np.testing.assert_array_equal(found[3].parts, found[0].parts[1:])
        for tokens, same in zip(found[3].tokens, found[0].tokens[1:], strict=True):
            np.testing.assert_array_equal(tokens, same)
        assert subject.encode_parts([], []) == ()

    def test_parts_of_a_question_come_below_it(self, subject: Encoder) -> None:
        found = subject.encode_query_parts(STORY, PARTS)
        assert found.parts.shape == (3, subject.identity.dimension)
        assert_unit(found.vector)
        assert_unit(found.parts)
        np.testing.assert_array_equal(found.vector, subject.encode_query(STORY))
        alone = subject.encode_query_parts(STORY, ())
        assert alone.parts.shape == (0, subject.identity.dimension)
        np.testing.assert_array_equal(alone.vector, found.vector)
        np.testing.assert_array_equal(alone.tokens, found.tokens)
        assert alone.places == found.places

    def test_stored_word_pieces_are_whole_numbers_of_one_length(self, subject: Encoder) -> None:
        width = subject.identity.token_dimension
        (found,) = subject.encode_parts([STORY], [PARTS])
        for tokens in found.tokens:
            assert tokens.dtype == np.int8
            assert tokens.shape[1] == width
            assert bool(len(tokens)) == bool(width)
            np.testing.assert_allclose(np.linalg.norm(tokens.astype(np.float64), axis=1), 127, 0.04)

    def test_pieces_of_a_question_stand_in_its_content_words(self, subject: Encoder) -> None:
        asked = f"{STORY} Did O\u2019Connell say \U0001f642 \u201cno\u201d to Z\u00fcrich?"
        found = subject.encode_query_parts(asked, ())
        assert found.tokens.dtype == np.float32
        assert found.tokens.shape == (len(found.places), subject.identity.token_dimension)
        if not subject.identity.token_dimension:
            return
        assert_unit(found.tokens)
        assert list(found.places) == sorted(found.places)
        assert set(found.places) == set(content_spans(asked))

    def test_word_pieces_are_the_same_in_any_order(self, subject: Encoder) -> None:
        spans = [(Span(0, 12), Span(4, 30))] * len(TEXTS)
        found = subject.encode_parts(TEXTS, spans)
        back = subject.encode_parts(TEXTS[::-1], spans)[::-1]
        for one, other in zip(found, back, strict=True):
            assert one.parts.tobytes() == other.parts.tobytes()
            assert [t.tobytes() for t in one.tokens] == [t.tobytes() for t in other.tokens]
        first, second = (subject.encode_query_parts(STORY, parts) for parts in (PARTS, PARTS[:1]))
        assert first.tokens.tobytes() == second.tokens.tobytes()

    @pytest.mark.parametrize(
        "text", ["", "  ", "What is it and who are they?", "...", "\ud800 \u00bf"]
    )
    def test_a_text_without_content_words_has_no_pieces(self, subject: Encoder, text: str) -> None:
        width = subject.identity.token_dimension
        found = subject.encode_query_parts(text, ())
        assert found.tokens.shape == (0, width)
        assert found.places == ()
        (stored,) = subject.encode_parts([text], [[Span(0, len(text) + 1)]])
        assert [tokens.shape for tokens in stored.tokens] == [(0, width)]

    @pytest.mark.parametrize(
        "start", ["\U0001f642\U0001f642 ", "\ud800 \udfff ", "e\u0301 \ufb01 \u0130 ", "\r\n\t"]
    )
    def test_places_count_characters_not_bytes(self, subject: Encoder, start: str) -> None:
        found = subject.encode_query_parts(start + STORY, ())
        words = [place.of(start + STORY) for place in found.places if place.start >= len(start)]
        plain = [place.of(STORY) for place in subject.encode_query_parts(STORY, ()).places]
        assert words == plain

    def test_beyond_the_token_limit_there_are_no_pieces(self, subject: Encoder) -> None:
        text = "peace " * 20_000
        (found,) = subject.encode_parts([text], [[Span(0, 100), Span(100_000, len(text))]])
        width = subject.identity.token_dimension
        read, beyond = found.tokens
        assert (len(read) > 0) == (width > 0)
        assert beyond.shape == (0, width)
        asked = subject.encode_query_parts(text, ())
        assert len(asked.places) <= subject.identity.max_tokens

    def test_a_part_is_about_what_it_says(self, subject: Encoder) -> None:
        question = subject.encode_query("How much did prices rise?")
        (found,) = subject.encode_parts([STORY], [PARTS])
        assert int(np.argmax(found.parts @ question)) == 2

    @pytest.mark.parametrize("start", ["", "🙂 Élan — “x” İ ﬁ \ud800 你好. "])
    def test_parts_count_characters_not_bytes(self, subject: Encoder, start: str) -> None:
        shifted = [part.shift(len(start)) for part in PARTS]
        found = subject.encode_query_parts(start + STORY, shifted)
        plain = subject.encode_query_parts(STORY, PARTS)
        assert np.sum(found.parts * plain.parts, axis=1).min() > 0.8

    @pytest.mark.parametrize("blank", [Span(20_000, 20_003), Span(90_000, 90_008)])
    def test_a_part_that_is_not_read_has_the_vector_of_the_text(
        self, subject: Encoder, blank: Span
    ) -> None:
        text = f"{'peace ' * 3333}  {' ' * 10}" + "war " * 20_000
        found = subject.encode_query_parts(text, [Span(0, 5), blank])
        np.testing.assert_array_equal(found.parts[1], found.vector)
        assert_unit(found.parts)
        (stored,) = subject.encode_parts([text], [[blank]])
        np.testing.assert_array_equal(stored.parts[0], stored.vector)

    def test_texts_and_parts_must_be_as_many(self, subject: Encoder) -> None:
        for parts in ([PARTS], [PARTS] * 3):
            with pytest.raises(ValueError, match="argument"):
                subject.encode_parts([STORY, STORY], parts)

    def test_parts_report_progress_and_can_be_cancelled(self, subject: Encoder) -> None:
        seen: list[tuple[int, int]] = []
        spans = [(Span(0, 4),)] * len(TEXTS)
        subject.encode_parts(TEXTS, spans, on_progress=lambda *now: seen.append(now))
        assert seen[-1] == (len(TEXTS), len(TEXTS))
        cancel = threading.Event()
        cancel.set()
        with pytest.raises(CancelledError):
            subject.encode_parts(TEXTS, spans, cancel=cancel)

    def test_the_identity_describes_the_vectors(self, subject: Encoder) -> None:
        identity = subject.identity
        assert identity.normalize
        assert identity.max_tokens > 0
        assert len(identity.weights_sha256) == 64
        assert 0 <= identity.token_dimension <= identity.dimension
        assert identity.to_dict()["backend"] in {"onnx-int8", "onnx-fp32", "torch"}


class TestHashingEncoder(EncoderContract):
    @pytest.fixture
    def subject(self) -> Encoder:
        return HashingEncoder()


class TestOnnxEncoder(EncoderContract):
    @pytest.fixture
    def subject(self, encoder: Encoder) -> Encoder:
        return encoder

    def test_a_part_that_is_the_whole_is_close_to_it(self, subject: Encoder) -> None:
        for text in (STORY, *TEXTS[:5]):
            found = subject.encode_query_parts(text, [Span(0, len(text))])
            assert found.vector @ found.parts[0] > 0.9

    def test_a_part_knows_its_surroundings(self, subject: Encoder) -> None:
        question = subject.encode_query("Where did the minister go?")
        (found,) = subject.encode_parts([STORY], [PARTS])
        (alone,) = subject.encode([PARTS[1].of(STORY)])
        assert found.parts[1] @ question > alone @ question
