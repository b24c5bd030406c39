from __future__ import annotations

import dataclasses
import hashlib
import json
from pathlib import Path

import pytest

from groundwire.models.exports import ExportCache, ExportRecord
from groundwire.models.loading import cached_identity, open_encoder
from groundwire.models.torch_backend import TorchEncoder
from groundwire.models.weights import WeightsFolder, resolve

WEIGHTS = WeightsFolder("owner/model", Path("/models/one"), "a" * 64, "b" * 64)


def _record(backend: str = "onnx-int8") -> ExportRecord:
    return ExportRecord(
        backend=backend,
        weights_sha256="a" * 64,
        graph_sha256=hashlib.sha256(b"graph").hexdigest() if backend != "torch" else "",
        tokenizer_sha256=hashlib.sha256(b"tokenizer").hexdigest() if backend != "torch" else "",
        projection_sha256=hashlib.sha256(b"projection").hexdigest() if backend != "torch" else "",
        dimension=4,
        token_dimension=2,
        max_tokens=16,
        query_prompt="query: ",
        document_prompt="passage: ",
        quality={"onnx-int8": {"mean_cosine": 0.99}},
        refused={},
        versions={"onnxruntime": "1"},
    )


def _export(folder: Path, record: ExportRecord) -> None:
    folder.mkdir(parents=True)
    (folder / "model.onnx").write_bytes(b"graph")
    (folder / "tokenizer.json").write_bytes(b"tokenizer")
    (folder / "projection.npy").write_bytes(b"projection")
    record.write(folder)


def test_a_record_reads_back(tmp_path: Path) -> None:
    cache = ExportCache(tmp_path)
    folder = cache.folder(WEIGHTS)
    _export(folder, _record())
    assert cache.read(folder) == _record()


@pytest.mark.parametrize("file", ["model.onnx", "tokenizer.json", "projection.npy", "export.json"])
def test_a_damaged_or_missing_file_makes_the_export_void(tmp_path: Path, file: str) -> None:
    cache = ExportCache(tmp_path)
    folder = cache.folder(WEIGHTS)
    _export(folder, _record())
    content = (folder / file).read_bytes()
    (folder / file).write_bytes(content[:-3])
    assert cache.read(folder) is None
    (folder / file).unlink()
    assert cache.read(folder) is None


@pytest.mark.parametrize("content", ["[]", "{}", "3", '{"backend": "torch"}'])
def test_a_record_of_another_shape_is_void(tmp_path: Path, content: str) -> None:
    (tmp_path / "export.json").write_text(content)
    assert ExportCache(tmp_path).read(tmp_path) is None


def test_other_weights_or_settings_have_another_folder(tmp_path: Path) -> None:
    cache = ExportCache(tmp_path)
    folders = {
        cache.folder(WEIGHTS),
        cache.folder(dataclasses.replace(WEIGHTS, weights_sha256="c" * 64)),
        cache.folder(dataclasses.replace(WEIGHTS, settings_sha256="c" * 64)),
    }
    assert len(folders) == 3
    assert cache.folder(dataclasses.replace(WEIGHTS, name="moved")) == cache.folder(WEIGHTS)


def test_a_hub_name_that_was_exported_needs_no_hub(tmp_path: Path) -> None:
    cache = ExportCache(tmp_path)
    assert cached_identity("owner/model", tmp_path) is None
    _export(cache.folder(WEIGHTS), _record())
    cache.remember(WEIGHTS)
    assert cache.recall("owner/model") == WEIGHTS
    assert cached_identity("owner/model", tmp_path) == _record().identity("owner/model")
    assert open_encoder("owner/model", tmp_path).identity.backend == "onnx-int8"


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"folder": 3}'])
def test_a_damaged_pointer_counts_as_none(tmp_path: Path, content: str) -> None:
    cache = ExportCache(tmp_path)
    cache.remember(WEIGHTS)
    (pointer,) = (tmp_path / "encoders" / "hub").iterdir()
    pointer.write_text(content)
    assert cache.recall("owner/model") is None


def test_a_record_of_torch_opens_the_torch_encoder(tmp_path: Path) -> None:
    model = tmp_path / "model"
    model.mkdir()
    (model / "modules.json").write_text("[]")
    (model / "model.safetensors").write_bytes(b"weights")
    cache = ExportCache(tmp_path / "cache")
    folder = cache.folder(resolve(str(model)))
    folder.mkdir(parents=True)
    _record("torch").write(folder)
    opened = open_encoder(str(model), tmp_path / "cache")
    assert isinstance(opened, TorchEncoder)
    assert opened.identity.graph_sha256 == ""


def test_the_record_is_readable(tmp_path: Path) -> None:
    _record().write(tmp_path)
    assert json.loads((tmp_path / "export.json").read_text())["quality"] == _record().quality
