from __future__ import annotations

import hashlib
import os
import time
from typing import TYPE_CHECKING

import pytest

from groundwire.models.hashes import FileHashes

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let files count as old at once."""
    monkeypatch.setattr("groundwire.models.hashes._SETTLED_NS", -(10**18))


def _hash(cache: Path, file: Path) -> str:
    with FileHashes.opened(cache) as hashes:
        return hashes.sha256(file)


def test_hashes_the_bytes(tmp_path: Path) -> None:
    file = tmp_path / "weights"
    file.write_bytes(b"abc")
    assert _hash(tmp_path, file) == hashlib.sha256(b"abc").hexdigest()


@pytest.mark.usefixtures("settled")
def test_an_unchanged_file_is_not_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "weights"
    file.write_bytes(b"abc")
    first = _hash(tmp_path, file)
    monkeypatch.setattr("hashlib.file_digest", lambda *_: pytest.fail("read again"))
    assert _hash(tmp_path, file) == first


@pytest.mark.usefixtures("settled")
def test_a_change_is_noticed_though_size_and_time_are_as_before(tmp_path: Path) -> None:
    file = tmp_path / "weights"
    file.write_bytes(b"abc")
    before = file.stat()
    _hash(tmp_path, file)
    time.sleep(0.02)
    file.write_bytes(b"abd")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert file.stat().st_mtime_ns == before.st_mtime_ns
    assert _hash(tmp_path, file) == hashlib.sha256(b"abd").hexdigest()


def test_a_file_that_just_changed_is_not_remembered(tmp_path: Path) -> None:
    file = tmp_path / "weights"
    file.write_bytes(b"abc")
    _hash(tmp_path, file)
    assert not (tmp_path / "encoders" / "hashes.json").exists()


@pytest.mark.parametrize("content", [b"", b"[]", b"{\xff", b'{"x": 3}'])
def test_a_damaged_memory_is_no_obstacle(tmp_path: Path, content: bytes) -> None:
    memory = tmp_path / "encoders" / "hashes.json"
    memory.parent.mkdir()
    memory.write_bytes(content)
    file = tmp_path / "weights"
    file.write_bytes(b"abc")
    assert _hash(tmp_path, file) == hashlib.sha256(b"abc").hexdigest()


@pytest.mark.usefixtures("settled")
def test_a_cache_that_cannot_be_written_is_no_obstacle(tmp_path: Path) -> None:
    file = tmp_path / "weights"
    file.write_bytes(b"abc")
    assert _hash(file, file) == hashlib.sha256(b"abc").hexdigest()
