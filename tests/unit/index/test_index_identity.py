"""What an index depends on, and the notes that name it."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pytest
from pydantic import TypeAdapter

from groundwire.domain.errors import EncoderDriftError, IndexCorruptError, IndexMissingError
from groundwire.index import generations
from groundwire.index.identity import Canary, IndexIdentity
from tests.unit.index import made

if TYPE_CHECKING:
    from pathlib import Path


def test_an_identity_survives_being_written() -> None:
    identity = made.identity()
    assert TypeAdapter(IndexIdentity).validate_python(identity.to_dict()) == identity
    assert len(identity.digest()) == 12
    assert int(identity.digest(), 16) >= 0


@pytest.mark.parametrize("field", ["schema_version", "segmentation", "lexical", "distance"])
def test_every_field_counts(field: str) -> None:
    identity = made.identity()
    value = 99 if field == "schema_version" else "changed"
    other = dataclasses.replace(identity, **{field: value})  # type: ignore[arg-type]  # by name
    assert other.digest() != identity.digest()
    assert identity.differences(other) == {field: (str(getattr(identity, field)), str(value))}


def test_the_encoder_counts_field_by_field() -> None:
    identity = made.identity()
    encoder = dataclasses.replace(identity.encoder, dimension=3, backend="torch")
    other = dataclasses.replace(identity, encoder=encoder)
    assert identity.differences(other) == {
        "encoder.dimension": ("16", "3"),
        "encoder.backend": ("onnx-int8", "torch"),
    }
    assert identity.differences(identity) == {}


def test_a_canary_notices_another_vector() -> None:
    canary = made.canary()
    canary.check(made.vector("a canary"))
    with pytest.raises(EncoderDriftError):
        canary.check(made.vector("another"))
    with pytest.raises(EncoderDriftError):
        canary.check(made.vector("a canary")[:3])
    with pytest.raises(EncoderDriftError):
        Canary("a canary", (float("nan"),) * 16).check(made.vector("a canary"))


def test_a_manifest_survives_being_written(tmp_path: Path) -> None:
    manifest = generations.begin_manifest(made.identity(), made.canary())
    generations.write_manifest(tmp_path, manifest)
    assert generations.read_manifest(tmp_path) == manifest


@pytest.mark.parametrize("damage", [b"\xff", b"{}", b"[", b"7"])
def test_roots_are_noted(tmp_path: Path, damage: bytes) -> None:
    assert generations.read_roots(tmp_path) == ()
    generations.write_roots(tmp_path, ("/a", "/b"))
    assert generations.read_roots(tmp_path) == ("/a", "/b")
    (tmp_path / generations.ROOTS).write_bytes(damage)
    assert generations.read_roots(tmp_path) == ()


def test_current_names_one_generation(tmp_path: Path) -> None:
    with pytest.raises(IndexMissingError):
        generations.read_current(tmp_path)
    generations.move_current(tmp_path, "0123456789ab")
    assert generations.read_current(tmp_path) == "0123456789ab"
    for name in ("0123456789ab", "0123456789ab-2", "notes", "abcdefabcdef"):
        (tmp_path / name).mkdir()
    assert generations.orphans(tmp_path) == ("0123456789ab-2", "abcdefabcdef")
    (tmp_path / "CURRENT").write_bytes(b"\xff\xfe")
    with pytest.raises(IndexCorruptError):
        generations.read_current(tmp_path)
    assert len(generations.orphans(tmp_path)) == 3
    assert generations.all_generations(tmp_path / "nowhere") == ()
