"""Other sentence-transformers models than the default: made here, exported as a user's would be."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import numpy as np
import pytest

from groundwire.domain.errors import ModelUnavailableError
from groundwire.domain.spans import Span
from groundwire.models.export import export
from groundwire.models.export_process import run_export
from groundwire.models.graph import quiet_libraries
from groundwire.models.loading import cached_identity, open_encoder
from groundwire.models.onnx import OnnxEncoder
from groundwire.models.torch_backend import TorchEncoder

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

TEXTS = ("the envoy met the minister", "Prices rose.", "", "a ceasefire was agreed " * 40)
_SPECIAL = {"pad_token": "[PAD]", "unk_token": "[UNK]"}
PROMPTS = {"query": "query: ", "passage": "passage: "}
_EXPORTS = """
import json, os, sys
name, cache_dir, path = json.loads(sys.argv[1])
sys.path[:] = path
import onnx, onnxruntime, sentence_transformers, torch  # once, because it takes seconds
from groundwire.models.export_process import main

def start():
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.dup2(writing, 1)
        os.close(writing)
        main(name, cache_dir)
        os._exit(0)
    os.close(writing)
    return child, os.fdopen(reading)

def hidden():
    return [entry for entry in os.listdir(f"{cache_dir}/encoders") if entry.startswith(".")]

child, reports = start()
while "exporting" not in reports.readline():
    pass
os.kill(child, 9)
os.waitpid(child, 0)
left = hidden()
running = [start() for _ in range(2)]
said = [reports.read() for _, reports in running]
ended = [os.waitpid(child, 0)[1] for child, _ in running]
print(json.dumps({"left": left, "said": said, "ended": ended}))
"""
pytestmark = pytest.mark.timeout(240)


@pytest.fixture(scope="module")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Save a small BERT with random weights, CLS pooling, prompts and a limit of 24 tokens."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast, set_seed

    bare = tmp_path_factory.mktemp("bare")
    folder = tmp_path_factory.mktemp("tiny") / "model"
    letters = "abcdefghijklmnopqrstuvwxyz:."
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *letters, *(f"##{c}" for c in letters)]
    vocabulary = {word: row for row, word in enumerate(words)}
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))  # noqa: S106 - no password
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    set_seed(7)
    with quiet_libraries():
        PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]  # it has no annotations
            tokenizer_object=tokenizer,
            **_SPECIAL,
        ).save_pretrained(bare)
        config = BertConfig(
            vocab_size=len(words),
            hidden_size=64,
            num_hidden_layers=1,
            num_attention_heads=4,
            intermediate_size=128,
            max_position_embeddings=32,
        )
        BertModel(config).save_pretrained(bare)
        transformer = Transformer(str(bare), max_seq_length=24)
        model = SentenceTransformer(
            modules=[transformer, Pooling(64, pooling_mode="cls")], device="cpu", prompts=PROMPTS
        )
        model.save(str(folder))
    return folder


@pytest.fixture(scope="module")
def expected(tiny_model: Path) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return what sentence-transformers itself makes of the texts, as documents and questions."""
    from sentence_transformers import SentenceTransformer

    with quiet_libraries():
        model = SentenceTransformer(str(tiny_model), device="cpu", local_files_only=True)
    written = model.encode_document(list(TEXTS), normalize_embeddings=True)
    asked = model.encode_query(list(TEXTS), normalize_embeddings=True)
    return np.asarray(written), np.asarray(asked)


@pytest.fixture(scope="module")
def cache_dir(tiny_model: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Export the model twice at once, into a cache where an earlier export was killed."""
    cache = tmp_path_factory.mktemp("cache")
    arguments = json.dumps([str(tiny_model), str(cache), sys.path])
    done = subprocess.run(
        [sys.executable, "-c", _EXPORTS, arguments], capture_output=True, text=True, check=True
    )
    found = json.loads(done.stdout)
    assert len(found["left"]) == 1
    assert found["ended"] == [0, 0]
    assert sum("quantizing" in said for said in found["said"]) == 1
    return cache


def _hidden(cache: Path) -> list[Path]:
    return [path for path in (cache / "encoders").iterdir() if path.name.startswith(".")]


def test_exports_at_once_after_a_killed_one_leave_one_whole_export(cache_dir: Path) -> None:
    assert _hidden(cache_dir) == []
    exports = cache_dir / "encoders"
    folders = (path for path in exports.iterdir() if path.is_dir() and path.name != "hub")
    found = {tuple(sorted(path.name for path in folder.iterdir())) for folder in folders}
    assert found == {("export.json", "model.onnx", "projection.npy", "tokenizer.json")}


def test_the_export_agrees_with_sentence_transformers(
    tiny_model: Path, expected: tuple[NDArray[np.float32], NDArray[np.float32]], cache_dir: Path
) -> None:
    encoder = open_encoder(str(tiny_model), cache_dir)
    assert isinstance(encoder, OnnxEncoder)
    assert (encoder.identity.dimension, encoder.identity.max_tokens) == (64, 24)
    assert cached_identity(str(tiny_model), cache_dir) == encoder.identity
    written, asked = expected
    assert np.sum(encoder.encode(TEXTS) * written, axis=1).min() > 0.98
    for text, found in zip(TEXTS, encoder.encode_parts(TEXTS, [[Span(0, 9)]] * 4), strict=True):
        assert found.parts.shape == (1, 64), text
        np.testing.assert_array_equal(found.vector, encoder.encode([text])[0])
    assert encoder.identity.token_dimension == 64
    asked_parts = encoder.encode_query_parts(TEXTS[0], ())
    assert {place.of(TEXTS[0]) for place in asked_parts.places} == {"envoy", "met", "minister"}
    questions = np.stack([encoder.encode_query(text) for text in TEXTS])
    assert np.sum(questions * asked, axis=1).min() > 0.98


def test_a_hub_name_that_was_downloaded_before_needs_no_connection(
    tiny_model: Path, cache_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_HOME", str(tmp_path / "hub"))
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    repository = tmp_path / "hub" / "hub" / "models--desk--tiny"
    revision = "0123456789abcdef0123456789abcdef01234567"
    shutil.copytree(tiny_model, repository / "snapshots" / revision)
    (repository / "refs").mkdir()
    (repository / "refs" / "main").write_text(revision)
    said: list[str] = []
    opened = open_encoder("desk/tiny", cache_dir, on_status=said.append)
    assert said == ["finding the encoder desk/tiny"]  # the same files were exported before
    assert opened.identity.name == "desk/tiny"
    shutil.rmtree(tmp_path / "hub")
    again = open_encoder("desk/tiny", cache_dir)
    assert again.identity == opened.identity
    assert again.encode(TEXTS).shape == (len(TEXTS), 64)


def test_a_hub_that_cannot_be_reached_is_an_error_with_a_hint(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_HOME", str(tmp_path / "hub"))
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    with pytest.raises(ModelUnavailableError, match="could not be fetched") as caught:
        open_encoder("desk/absent", tmp_path / "cache")
    assert "encoder.model" in caught.value.hint


@pytest.fixture
def static_model(tmp_path: Path) -> tuple[Path, NDArray[np.float32]]:
    """Save a model that is a table of words without a network; return its rows too."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Tokenizer, models, pre_tokenizers

    words = {word: row for row, word in enumerate(["[UNK]", "oil", "price", "talks", "rain"])}
    tokenizer = Tokenizer(models.WordLevel(words, unk_token="[UNK]"))  # noqa: S106 - no password
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    rows = np.random.default_rng(3).normal(size=(len(words), 16)).astype(np.float32)
    folder = tmp_path / "static"
    with quiet_libraries():
        static = StaticEmbedding(tokenizer, embedding_weights=rows)
        SentenceTransformer(modules=[static], device="cpu").save(str(folder))
    return folder, rows


def test_a_model_that_cannot_be_exported_runs_on_torch(
    static_model: tuple[Path, NDArray[np.float32]], tmp_path: Path
) -> None:
    folder, rows = static_model
    export(str(folder), tmp_path / "cache", lambda _: None)
    encoder = open_encoder(str(folder), tmp_path / "cache")
    assert isinstance(encoder, TorchEncoder)
    assert encoder.identity.backend == "torch"
    assert encoder.identity.graph_sha256 == ""
    assert encoder.encode([]).shape == (0, 16)
    vectors = encoder.encode(["oil price", "rain", "oil price talks"])
    assert vectors.shape == (3, 16)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)
    np.testing.assert_allclose(vectors[1], rows[4] / np.linalg.norm(rows[4]), atol=1e-5)
    (found,) = encoder.encode_parts(["oil price rain"], [[Span(0, 9), Span(10, 14)]])
    np.testing.assert_allclose(found.parts, vectors[:2], atol=1e-5)
    assert [tokens.shape for tokens in found.tokens] == [(0, 0), (0, 0)]
    asked = encoder.encode_query_parts("oil price rain", [Span(10, 14)])
    np.testing.assert_allclose(asked.vector, found.vector, atol=1e-5)
    np.testing.assert_allclose(asked.parts, found.parts[1:], atol=1e-5)
    assert (asked.tokens.shape, asked.places) == ((0, 0), ())
    assert encoder.identity.token_dimension == 0


def test_files_that_are_no_model_are_an_error_with_a_hint(tmp_path: Path) -> None:
    folder = tmp_path / "model"
    folder.mkdir()
    (folder / "modules.json").write_text("[")
    (folder / "model.safetensors").write_bytes(b"weights")
    with pytest.raises(ModelUnavailableError, match="cannot use") as caught:
        export(str(folder), tmp_path / "cache", lambda _: None)
    assert caught.value.hint


def test_a_cache_that_cannot_be_written_is_an_error_with_a_hint(
    tiny_model: Path, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(ModelUnavailableError, match="cannot be prepared") as caught:
        run_export(str(tiny_model), tmp_path / "file", lambda _: None)
    assert "cache_dir" in caught.value.hint
