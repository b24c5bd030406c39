from __future__ import annotations

import dataclasses
import json
import shutil
import threading
from typing import TYPE_CHECKING

import numpy as np
import pytest

from groundwire.domain.errors import ModelUnavailableError
from groundwire.domain.spans import Span
from groundwire.models.loading import cached_identity, open_encoder
from groundwire.models.onnx import OnnxEncoder
from groundwire.models.projection import PROJECTION_FILE
from groundwire.models.reading import Graph
from groundwire.models.weights import PUBLISHED_SHA256
from groundwire.settings import DEFAULT_ENCODER

if TYPE_CHECKING:
    from pathlib import Path

    from groundwire.models.encoder import Encoder


@pytest.fixture
def export_folder(encoder: Encoder, encoder_cache_dir: Path) -> Path:
    """Return the folder of the default encoder's export."""
    identity = encoder.identity
    known = {"graph_sha256": identity.graph_sha256, "projection_sha256": identity.projection_sha256}
    (found,) = (
        record.parent
        for record in (encoder_cache_dir / "encoders").glob("*/export.json")
        if known.items() <= json.loads(record.read_text()).items()
    )
    return found


def test_the_identity_of_the_default(encoder: Encoder, encoder_cache_dir: Path) -> None:
    identity = encoder.identity
    assert identity.name == DEFAULT_ENCODER
    assert identity.weights_sha256 == PUBLISHED_SHA256[DEFAULT_ENCODER]
    assert (identity.dimension, identity.max_tokens) == (384, 256)
    assert identity.token_dimension == 64
    assert cached_identity(DEFAULT_ENCODER, encoder_cache_dir) == identity


def test_the_export_is_faithful(export_folder: Path) -> None:
    record = json.loads((export_folder / "export.json").read_text())
    fidelity = record["quality"][record["backend"]]
    assert fidelity["mean_cosine"] >= 0.985
    assert fidelity["overlap"] >= 0.85


def test_reads_up_to_the_models_own_limit(encoder: Encoder) -> None:
    # 254 words and two special tokens fill the 256; a shipped tokenizer.json would cut at 128.
    words = ["peace"] * 400
    head, longer = " ".join(words[:200]), " ".join(words[:200]) + " elephant" * 50
    beyond = " ".join(words[:254])
    first, second, third, fourth = encoder.encode([head, longer, beyond, beyond + " elephant"])
    assert not np.array_equal(first, second)
    np.testing.assert_array_equal(third, fourth)


def test_finds_the_sentence_that_answers(encoder: Encoder) -> None:
    question = encoder.encode_query("What share of foreign trade goes through China?")
    sentences = (
        "The two leaders shook hands at the airport.",
        "China accounts for about nine tenths of the country's foreign trade.",
        "The film festival opens in May.",
    )
    assert int(np.argmax(encoder.encode(sentences) @ question)) == 1


def test_the_graph_is_loaded_once_by_many_threads(
    encoder: Encoder, export_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loads: list[Path] = []
    load = Graph.load

    def counted(folder: Path, *, projected: bool) -> Graph:
        loads.append(folder)
        return load(folder, projected=projected)

    monkeypatch.setattr(Graph, "load", counted)
    fresh = OnnxEncoder(export_folder, encoder.identity)
    assert loads == []
    threads = [threading.Thread(target=fresh.encode_query, args=("now",)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert loads == [export_folder]


def test_prompts_are_put_before_the_texts(encoder: Encoder, export_folder: Path) -> None:
    prompted = OnnxEncoder(
        export_folder, encoder.identity, query_prompt="query: ", document_prompt="passage: "
    )
    np.testing.assert_array_equal(
        prompted.encode_query("oil price"), encoder.encode_query("query: oil price")
    )
    np.testing.assert_array_equal(
        prompted.encode(["oil price"]), encoder.encode(["passage: oil price"])
    )


def test_a_prompt_is_no_place_in_the_question(encoder: Encoder, export_folder: Path) -> None:
    prompted = OnnxEncoder(export_folder, encoder.identity, query_prompt="search query: ")
    question = "Why did the oil price fall?"
    found = prompted.encode_query_parts(question, [Span(12, 21)])
    assert [place.of(question) for place in found.places] == ["oil", "price", "fall"]
    assert found.parts[0] @ encoder.encode_query("oil price") > 0.7


def test_the_pieces_of_a_word_share_its_place(encoder: Encoder) -> None:
    question = "Did Zuckerberg's rival say it\u2019s over?"
    places = encoder.encode_query_parts(question, ()).places
    words = [place.of(question) for place in places]
    assert words.count("Zuckerberg's") > 3
    assert set(words) == {"Zuckerberg's", "rival", "say"}


def test_without_a_projection_there_are_no_pieces(encoder: Encoder, export_folder: Path) -> None:
    identity = dataclasses.replace(encoder.identity, token_dimension=0, projection_sha256="")
    bare = OnnxEncoder(export_folder, identity)
    found = bare.encode_query_parts("oil price", ())
    assert found.tokens.shape == (0, 0)
    assert found.places == ()
    (stored,) = bare.encode_parts(["oil price"], [[Span(0, 3)]])
    assert [tokens.shape for tokens in stored.tokens] == [(0, 0)]


def test_a_word_is_nearest_to_itself_elsewhere(encoder: Encoder) -> None:
    text = "Tariffs on steel were lifted. The orchestra played in Vienna."
    (stored,) = encoder.encode_parts([text], [[Span(0, 29), Span(30, len(text))]])
    asked = encoder.encode_query_parts("Which orchestra?", ())
    first, second = (asked.tokens @ tokens.T / 127 for tokens in stored.tokens)
    assert second.max() > 0.7 > first.max()


def test_a_graph_that_cannot_be_loaded_is_an_error_with_a_hint(
    encoder: Encoder, export_folder: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "export"
    shutil.copytree(export_folder, copy)
    (copy / PROJECTION_FILE).write_bytes(b"not an array")
    with pytest.raises(ModelUnavailableError):
        OnnxEncoder(copy, encoder.identity).encode_query("now")
    (copy / "model.onnx").write_bytes(b"not a graph")
    with pytest.raises(ModelUnavailableError) as caught:
        OnnxEncoder(copy, encoder.identity).encode_query("now")
    assert str(copy) in caught.value.hint
    (copy / "model.onnx").unlink()
    with pytest.raises(ModelUnavailableError):
        OnnxEncoder(copy, encoder.identity).encode(["now"])


def test_opening_a_cached_encoder_says_nothing(encoder_cache_dir: Path) -> None:
    said: list[str] = []
    open_encoder(DEFAULT_ENCODER, encoder_cache_dir, on_status=said.append)
    assert said == []
