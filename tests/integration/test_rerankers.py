"""Cross-encoders by name: made here, small and with random weights, opened as a user's would be."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import numpy as np
import pytest

from groundwire.domain.errors import ModelUnavailableError
from groundwire.models.graph import quiet_libraries
from groundwire.models.reranker import open_reranker
from groundwire.settings import DEFAULT_ENCODER

if TYPE_CHECKING:
    from pathlib import Path

    from groundwire.models.reranker import Reranker

WORDS = "[PAD] [UNK] [CLS] [SEP] [MASK] who signed the agreement minister rain fell on a town ?"
LIMIT = 24
_SPECIAL = {"pad_token": "[PAD]", "unk_token": "[UNK]"}
QUESTION = "Who signed the agreement?"
PASSAGES = ("The minister signed the agreement.", "Rain fell on a town.", "?", "The town signed.")
pytestmark = pytest.mark.timeout(240)


def _save(folder: Path, labels: int) -> Path:
    """Save a small BERT with random weights that reads 24 tokens and gives so many scores."""
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
    from transformers import BertConfig, BertForSequenceClassification, PreTrainedTokenizerFast

    vocabulary = {word: row for row, word in enumerate(WORDS.split())}
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))  # noqa: S106 - no password
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    config = BertConfig(
        vocab_size=len(vocabulary),
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=4,
        intermediate_size=64,
        max_position_embeddings=LIMIT,
        initializer_range=0.5,
    )
    config.num_labels = labels
    with quiet_libraries():
        PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]  # it has no annotations
            tokenizer_object=tokenizer,
            **_SPECIAL,
        ).save_pretrained(folder)
        BertForSequenceClassification(config).save_pretrained(folder)
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Save a cross-encoder."""
    from transformers import set_seed

    set_seed(5)
    return _save(tmp_path_factory.mktemp("cross"), labels=1)


@pytest.fixture(scope="module")
def reranker(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Reranker:
    """Open it as a user would."""
    return open_reranker(str(folder), tmp_path_factory.mktemp("cache"))


def test_the_scores_are_the_logits_of_the_model(folder: Path, reranker: Reranker) -> None:
    import torch
    from transformers import AutoModelForSequenceClassification, AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(folder)
    with quiet_libraries(), torch.no_grad():
        model = AutoModelForSequenceClassification.from_pretrained(folder).eval()
        expected = [
            model(**tokenizer(QUESTION, passage, return_tensors="pt")).logits.item()
            for passage in PASSAGES
        ]
    found = reranker.scores(QUESTION, PASSAGES)
    assert found.dtype == np.float32
    assert found.shape == (4,)
    np.testing.assert_allclose(found, expected, atol=1e-4)
    assert len(set(np.round(found, 3))) == 4
    assert reranker.name == str(folder)


def test_a_score_does_not_depend_on_the_neighbours(reranker: Reranker) -> None:
    passages = [f"{each} rain" for each in PASSAGES] * 3
    together = reranker.scores(QUESTION, passages)
    alone = np.concatenate([reranker.scores(QUESTION, [each]) for each in passages])
    np.testing.assert_allclose(together, alone, atol=1e-4)
    with ThreadPoolExecutor(2) as pool:
        for found in pool.map(lambda _: reranker.scores(QUESTION, passages), range(2)):
            np.testing.assert_array_equal(found, together)


def test_passages_are_cut_at_the_models_limit(reranker: Reranker) -> None:
    long = "rain fell on a town " * 40
    first, second, short = reranker.scores("who?", [long, f"{long} minister", "rain fell"])
    assert first == pytest.approx(second, abs=1e-5)
    assert first != pytest.approx(short, abs=1e-3)


def test_odd_texts_have_scores_and_none_has_none(reranker: Reranker) -> None:
    assert reranker.scores(QUESTION, []).shape == (0,)
    found = reranker.scores("\ud800 ?", ["", "\udfff", "🙂", "\x00"])
    assert np.isfinite(found).all()


def test_a_model_with_two_labels_is_no_reranker(tmp_path: Path) -> None:
    folder = _save(tmp_path / "two", labels=2)
    with pytest.raises(ModelUnavailableError, match="gives 2 scores") as caught:
        open_reranker(str(folder), tmp_path / "cache")
    assert "one score" in caught.value.hint


def test_an_encoder_is_no_reranker(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailableError, match="not trained to score") as caught:
        open_reranker(DEFAULT_ENCODER, tmp_path / "cache")
    assert "one score" in caught.value.hint


@pytest.mark.parametrize(
    ("name", "hint"), [("./nowhere", "cross-encoder"), ("package:not_installed", "pip install")]
)
def test_a_reranker_that_is_not_there_is_an_error_with_a_hint(
    name: str, hint: str, tmp_path: Path
) -> None:
    with pytest.raises(ModelUnavailableError, match="reranker cannot be used") as caught:
        open_reranker(name, tmp_path / "cache")
    assert hint in caught.value.hint


def test_files_that_are_no_model_are_an_error_with_a_hint(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("[")
    (tmp_path / "model.safetensors").write_bytes(b"weights")
    with pytest.raises(ModelUnavailableError, match="cannot load the reranker") as caught:
        open_reranker(str(tmp_path), tmp_path / "cache")
    assert caught.value.hint


def test_a_hub_that_cannot_be_reached_is_an_error_with_a_hint(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_HOME", str(tmp_path / "hub"))
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    with pytest.raises(ModelUnavailableError, match="could not be fetched") as caught:
        open_reranker("desk/absent", tmp_path / "cache")
    assert "cross-encoder" in caught.value.hint
