"""Vectors of sentences and word pieces, the words of dates, and what is known of outlets."""

from __future__ import annotations

import dataclasses
import sqlite3
from contextlib import closing
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pytest

from groundwire.domain.documents import PassageId
from groundwire.index import generations
from groundwire.index.inspect import findings
from groundwire.index.matrix import from_signed_bytes, to_signed_bytes
from tests.unit.index import made

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from numpy.typing import NDArray

    from groundwire.domain.documents import Document
    from groundwire.index.store import IndexStore, Writer

    Put = Callable[..., None]

A = made.document("a.md", "one two three\nfour", published=date(2019, 6, 20))
B = made.document("b.md", "five six", source="Harbour Wire", published=date(2018, 2, 3))
UNDATED = made.document("c.md", "seven", source="")


def write(writer: Writer, *documents: Document) -> None:
    for each in documents:
        passages = made.cut(each)
        vectors, sentences = made.vectors(passages), made.sentences(passages)
        writer.put(each, passages, vectors, sentences, made.tokens(passages))


@pytest.fixture
def filled(store: IndexStore) -> IndexStore:
    with store.writer(made.identity(), made.canary()) as writer:
        write(writer, A, B, UNDATED)
    return store


def rows(tmp_path: Path, query: str) -> list[tuple[object, ...]]:
    folder = tmp_path / "index"
    catalog = folder / generations.read_current(folder) / generations.CATALOG
    with closing(sqlite3.connect(catalog)) as connection:
        return connection.execute(query).fetchall()


def test_sentence_vectors_come_back_nearly_as_they_were(filled: IndexStore) -> None:
    passages = [*made.cut(A), *made.cut(B)]
    with filled.snapshot() as snapshot:
        found = snapshot.sentence_vectors([each.id for each in passages], made.DIMENSION)
        assert snapshot.sentence_vectors([], made.DIMENSION) == {}
    assert [len(found[each.id]) for each in passages] == [3, 1, 2]
    for passage, expected in zip(passages, made.sentences(passages), strict=True):
        assert np.abs(found[passage.id] - expected).max() < 0.01
        assert np.sum(found[passage.id] * expected, axis=1) == pytest.approx(1, abs=0.01)


def test_the_stored_form_of_what_was_stored_is_the_same() -> None:
    vectors = np.stack([made.vector(str(number)) for number in range(200)])
    stored = to_signed_bytes(vectors)
    assert to_signed_bytes(from_signed_bytes(stored, made.DIMENSION)) == stored
    assert from_signed_bytes(b"", made.DIMENSION).shape == (0, made.DIMENSION)
    axis = np.eye(made.DIMENSION, dtype=np.float32)
    np.testing.assert_array_equal(from_signed_bytes(to_signed_bytes(-axis), made.DIMENSION), -axis)


def test_passages_may_have_no_sentence_vectors(store: IndexStore, put: Put) -> None:
    put(A)
    ids = [each.id for each in made.cut(A)]
    with store.snapshot() as snapshot:
        found = snapshot.sentence_vectors(ids, made.DIMENSION)
    assert [found[each].shape for each in ids] == [(0, made.DIMENSION)] * 2


def test_word_pieces_come_back_as_they_were(filled: IndexStore) -> None:
    passages = [*made.cut(A), *made.cut(B)]
    with filled.snapshot() as snapshot:
        found = snapshot.tokens([PassageId("nothing"), *(each.id for each in passages)])
    assert list(found) == [each.id for each in passages]
    assert found[passages[0].id].counts.tolist() == [2, 1, 2]
    for passage, expected in zip(passages, made.tokens(passages), strict=True):
        stored = found[passage.id]
        assert stored.vectors.dtype == np.int8
        np.testing.assert_array_equal(stored.vectors, np.concatenate(expected))
        np.testing.assert_array_equal(np.concatenate(stored.by_sentence()), stored.vectors)
        assert [len(each) for each in stored.by_sentence()] == stored.counts.tolist()


def test_passages_may_have_no_word_pieces(store: IndexStore, put: Put) -> None:
    put(A)
    first = made.cut(A)[0].id
    with store.snapshot() as snapshot:
        found = snapshot.tokens([first])[first]
    assert found.counts.shape == (0,)
    assert found.vectors.shape == (0, made.TOKEN_DIMENSION)
    assert found.by_sentence() == ()


def test_an_encoder_may_have_no_word_pieces_at_all(store: IndexStore) -> None:
    encoder = dataclasses.replace(made.identity().encoder, token_dimension=0)
    identity = dataclasses.replace(made.identity(), encoder=encoder)
    passages = made.cut(A)
    nothing = np.empty((0, 0), dtype=np.int8)
    tokens = [(nothing,) * 3, (nothing,)]
    with store.writer(identity, made.canary()) as writer:
        writer.put(A, passages, made.vectors(passages), made.sentences(passages), tokens)
    with store.writer(identity, None) as writer:
        kept = writer.tokens_of([passages[0].id])
    with store.snapshot() as snapshot:
        found = snapshot.tokens([passages[0].id])[passages[0].id]
    assert found.counts.tolist() == [0, 0, 0]
    assert found.vectors.shape == (0, 0)
    assert [each.shape for each in kept[passages[0].id]] == [(0, 0)] * 3
    assert {each.status for each in findings(store._folder) if each.check == "rows"} == {"ok"}


@pytest.mark.parametrize(
    "pieces", [np.zeros((1, 3), np.int8), np.zeros((1, made.TOKEN_DIMENSION), np.float32)]
)
def test_word_pieces_that_do_not_fit_are_refused(
    store: IndexStore, pieces: NDArray[np.int8]
) -> None:
    passages = made.cut(B)
    with store.writer(made.identity(), made.canary()) as writer:
        for tokens in ([(pieces,)], []):
            with pytest.raises(ValueError, match="word pieces"):
                writer.put(B, passages, made.vectors(passages), None, tokens)


def test_stored_sentences_are_used_again_as_they_are(filled: IndexStore, tmp_path: Path) -> None:
    query = (
        "SELECT id, sentences.vectors, counts, tokens.vectors FROM passages"
        " JOIN sentences USING (rowid) JOIN tokens USING (rowid) ORDER BY id"
    )
    before = rows(tmp_path, query)
    passages = made.cut(A)
    ids = [each.id for each in passages]
    with filled.writer(made.identity(), None) as writer:
        kept, vectors = writer.sentences_of([*ids, made.cut(B)[0].id]), writer.vectors_of(ids)
        tokens = writer.tokens_of(ids)
        renamed = dataclasses.replace(A, title="Renamed")
        stacked = np.stack([vectors[each] for each in ids])
        again = [kept[each] for each in ids], [tokens[each] for each in ids]
        writer.put(renamed, passages, stacked, *again)
    assert set(kept) == {*ids, made.cut(B)[0].id}
    assert rows(tmp_path, query) == before


def test_sentence_vectors_leave_with_their_document(filled: IndexStore, tmp_path: Path) -> None:
    with filled.writer(made.identity(), None) as writer:
        writer.remove([A.id])
    assert rows(tmp_path, "SELECT count(*) FROM sentences") == [(2,)]
    with filled.snapshot() as snapshot:
        ids = [each.id for each in (*made.cut(A), *made.cut(B))]
        assert set(snapshot.sentence_vectors(ids, made.DIMENSION)) == set(ids[2:])


@pytest.mark.parametrize("word", ["June", "20", "2019", "2019-06-20", "june 20 2019"])
def test_a_document_is_found_by_the_words_of_its_date(filled: IndexStore, word: str) -> None:
    with filled.snapshot() as snapshot:
        hits = snapshot.lexical([word], top_k=10)
        assert {each for each, _ in hits} == {each.id for each in made.cut(A)}
        assert snapshot.lexical([word], top_k=10, weights=(1.0, 1.0, 0.0, 1.0))[0][1] == 0
        assert not snapshot.contains_phrase(word)


def test_a_changed_or_deleted_date_leaves_no_word_behind(
    filled: IndexStore, tmp_path: Path
) -> None:
    with filled.writer(made.identity(), None) as writer:
        write(writer, dataclasses.replace(A, published=date(2020, 12, 31)))
        writer.remove([B.id])
    words = ["June", "20", "2019", "06", "February", "2018", "December", "2020"]
    with filled.snapshot() as snapshot:
        assert list(snapshot.frequencies(words).values()) == [0] * 6 + [2, 2]
        assert snapshot.lexical(words[:6], top_k=10) == ()
    with filled.writer(made.identity(), None) as writer:
        writer.remove([A.id, UNDATED.id])
    assert rows(tmp_path, "SELECT term FROM passages_vocab") == []
    assert rows(tmp_path, "SELECT count(*) FROM passages_fts_docsize") == [(0,)]


def test_the_outlets_and_the_latest_date_are_known(filled: IndexStore) -> None:
    with filled.snapshot() as snapshot:
        assert snapshot.sources() == (frozenset({"The Courier", "Harbour Wire"}), A.published)
    with filled.writer(made.identity(), None) as writer:
        writer.remove([A.id, B.id])
    with filled.snapshot() as snapshot:
        assert snapshot.sources() == (frozenset(), None)
