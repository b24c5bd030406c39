"""What was found once: every input stays good; and the fuzzing itself finds what is there."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import pytest

from tests.fuzz.asking import prepare
from tests.fuzz.registry import all_targets, targets_called
from tests.fuzz.targets import MAX_INPUT, Target, plainly, promise
from tests.fuzz.trying import attempt, inputs, shrunk

if TYPE_CHECKING:
    from tests.fuzz.targets import Run

_FOUND = sorted((Path(__file__).parent / "found").iterdir())


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory, encoder_cache_dir: Path) -> Path:
    """Return the folder that the targets of the query path share."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("fuzz")
        patch.setenv("HOME", str(folder))
        patch.setenv("GROUNDWIRE_CACHE_DIR", str(encoder_cache_dir))
        prepare(folder)
    return folder


@pytest.mark.parametrize("path", _FOUND, ids=lambda path: path.name)
def test_what_was_found_is_mended(
    path: Path, shared: Path, monkeypatch: pytest.MonkeyPatch, encoder_cache_dir: Path
) -> None:
    monkeypatch.setenv("HOME", str(shared))
    monkeypatch.setenv("GROUNDWIRE_CACHE_DIR", str(encoder_cache_dir))
    (target,) = targets_called([path.name.partition("--")[0]])
    with target.open(shared) as run:
        finding = attempt(run, path.read_bytes()).finding
    assert finding is None, finding.story


@pytest.mark.parametrize("target", all_targets(), ids=lambda target: target.name)
def test_inputs_are_the_same_for_the_same_seed_and_no_larger_than_agreed(target: Target) -> None:
    first = [data for _, data in islice(inputs(target, 7), 12)]
    again = [data for _, data in islice(inputs(target, 7), 12)]
    other = [target.make(Random(number)) for number in range(4)]  # noqa: S311 -- no secret
    assert first == again
    assert all(len(data) <= MAX_INPUT or data in target.seeds for data in (*first, *other))


def _falls_over(data: bytes) -> object:
    if b"xy" in data:
        raise IndexError
    promise(b"z" not in data, "a z")
    return "fine"


def _differs() -> Run:
    count = iter(range(100))
    return lambda _data: next(count)


def test_what_breaks_is_found_and_made_small() -> None:
    target = Target("t", "loaders", lambda _random: b"", plainly(_falls_over), (b"--xy--", b"--z"))
    with target.open(Path()) as run:
        raised, broke = (attempt(run, data).finding for data in target.seeds)
        assert raised is not None
        assert broke is not None
        assert raised.kind.startswith("IndexError")
        assert broke.kind == "broken promise: a z"
        assert shrunk(run, raised).data == b"xy"
        assert attempt(run, b"--", repeat=True).finding is None
    differs = attempt(_differs(), b"", repeat=True).finding
    assert differs is not None
    assert differs.kind == "differs"
