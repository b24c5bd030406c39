from __future__ import annotations

import json
import shutil
import threading
from typing import TYPE_CHECKING

import numpy as np
import pytest

from groundwire.domain.errors import ModelUnavailableError
from groundwire.models.loading import cached_identity, open_encoder
from groundwire.models.onnx import OnnxEncoder
from groundwire.models.weights import PUBLISHED_SHA256
from groundwire.settings import DEFAULT_ENCODER

if TYPE_CHECKING:
    from pathlib import Path

    from groundwire.models.encoder import Encoder


@pytest.fixture
def export_folder(encoder: Encoder, encoder_cache_dir: Path) -> Path:
    """Return the folder of the default encoder's export."""
    (found,) = (
        record.parent
        for record in (encoder_cache_dir / "encoders").glob("*/export.json")
        if json.loads(record.read_text())["graph_sha256"] == encoder.identity.graph_sha256
    )
    return found


def test_the_identity_of_the_default(encoder: Encoder, encoder_cache_dir: Path) -> None:
    identity = encoder.identity
    assert identity.name == DEFAULT_ENCODER
    assert identity.weights_sha256 == PUBLISHED_SHA256[DEFAULT_ENCODER]
    assert (identity.dimension, identity.max_tokens) == (384, 256)
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
    from groundwire.models import onnx

    loads: list[Path] = []
    load = onnx._Graph.load

    def counted(folder: Path) -> onnx._Graph:
        loads.append(folder)
        return load(folder)

    monkeypatch.setattr(onnx._Graph, "load", counted)
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


def test_a_graph_that_cannot_be_loaded_is_an_error_with_a_hint(
    encoder: Encoder, export_folder: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "export"
    shutil.copytree(export_folder, copy)
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
