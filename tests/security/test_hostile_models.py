"""Folders of model weights that somebody else made."""

from __future__ import annotations

import json
import os
import pickle
import zipfile
from typing import TYPE_CHECKING

import pytest

from groundwire.domain.errors import GroundwireError
from groundwire.models.export_process import run_export
from groundwire.models.weights import resolve

if TYPE_CHECKING:
    from pathlib import Path

CONFIG = {
    "model_type": "bert",
    "architectures": ["BertModel"],
    "hidden_size": 8,
    "num_hidden_layers": 1,
    "num_attention_heads": 1,
    "intermediate_size": 8,
    "vocab_size": 20,
}


class _Order:
    """What makes a folder when it is unpickled."""

    def __init__(self, made: Path) -> None:
        self.made = made

    def __reduce__(self) -> tuple[object, ...]:
        return os.mkdir, (str(self.made),)


def weights(path: Path, made: Path) -> None:
    """Write weights as torch writes them, with an order in place of numbers."""
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("archive/data.pkl", pickle.dumps(_Order(made), protocol=2))
        archive.writestr("archive/version", "3\n")


def model(folder: Path, modules: list[dict[str, object]]) -> None:
    """Write a folder that looks like a model of sentence-transformers."""
    folder.mkdir()
    (folder / "config.json").write_text(json.dumps({**CONFIG, "auto_map": {"AutoModel": "own.M"}}))
    (folder / "modules.json").write_text(json.dumps(modules))
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *"abcdefghij"]
    (folder / "vocab.txt").write_text("\n".join(words))
    (folder / "tokenizer_config.json").write_text('{"tokenizer_class": "BertTokenizer"}')


@pytest.mark.timeout(240)  # a process imports torch
def test_neither_the_code_nor_the_pickles_of_a_model_are_run(tmp_path: Path) -> None:
    made = tmp_path / "made"
    folder = tmp_path / "model"
    transformer = {
        "idx": 0,
        "name": "0",
        "path": "",
        "type": "sentence_transformers.models.Transformer",
    }
    own = {"idx": 1, "name": "1", "path": "1_Own", "type": "own.M"}
    model(folder, [transformer, own])
    (folder / "own.py").write_text(f"import os\nos.mkdir({str(made)!r})\nclass M: pass\n")
    (folder / "1_Own").mkdir()
    weights(folder / "pytorch_model.bin", made)
    weights(folder / "1_Own" / "pytorch_model.bin", made)
    with pytest.raises(GroundwireError):
        run_export(str(folder), tmp_path / "cache", lambda _: None)
    assert not made.exists()


def test_a_package_of_weights_is_not_imported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "strangers_model"
    model(tmp_path / "weights", [])
    package.mkdir()
    (tmp_path / "weights").rename(package / "model")
    (package / "__init__.py").write_text("raise SystemExit('its code ran')\n")
    (package / "model" / "model.safetensors").write_bytes(b"words")
    monkeypatch.syspath_prepend(str(tmp_path))
    assert resolve("package:strangers_model").folder == package / "model"
