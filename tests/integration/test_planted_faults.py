"""Careless changes to the product are each caught by ``groundwire eval``: it exits with 1."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from groundwire.evaluate.html import page
from tests.integration.planting import citing, finding, gating, indexing, sets
from tests.integration.planting.trials import Bench

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from groundwire.models.encoder import Encoder
    from tests.integration.planting.faults import Fault

pytestmark = pytest.mark.timeout(180)  # the first test of a trial makes an index and a clean run

FAULTS = (*citing.FAULTS, *finding.FAULTS, *indexing.FAULTS, *sets.FAULTS)


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Bench:
    """Return what keeps the clean runs; asking for the encoder exports it beforehand."""
    assert encoder.identity.dimension
    return Bench(tmp_path_factory.mktemp("planted"))


@pytest.fixture(autouse=True)
def undrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out the charts of the page, which are drawn after the verdict and take as long."""
    monkeypatch.setattr(page, "page", lambda *_given, **_named: "")


@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_a_planted_fault_is_caught(
    bench: Bench, fault: Fault, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    place = bench.place(fault.trial)
    fault.plant(monkeypatch)
    ran = place.evaluate(index=tmp_path / "index" if fault.indexing else None)
    assert ran.code == 1
    assert any(fault.named in reason for reason in ran.reasons), ran.reasons


def test_the_same_run_without_a_fault_passes(bench: Bench) -> None:
    ran = bench.place(finding.FAMILIES).evaluate()
    assert ran.code == 0, ran.reasons


def test_a_stale_index_is_caught(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    place = bench.place(indexing.COUNCIL)
    files = {file: file.read_text(encoding="utf-8") for file in place.corpus.rglob("*.md")}
    indexing.changed_files_are_passed_over(monkeypatch)
    try:
        for file, text in files.items():
            file.write_text(text.replace("barrier", "dam"), encoding="utf-8")
        ran = place.evaluate()
    finally:
        for file, text in files.items():
            file.write_text(text, encoding="utf-8")
    assert ran.code == 1
    assert any("groundedness" in reason for reason in ran.reasons), ran.reasons
    assert any("a quote does not stand in its file" in each for each in ran.complaints())


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> Iterator[gating.Drafting]:
    """A scripted model that does not keep to the documents."""
    with gating.Drafting() as server:
        gating.use(server, monkeypatch)
        yield server


@pytest.mark.parametrize(
    ("plant", "drafts"), gating.FAULTS, ids=[plant.__name__ for plant, _ in gating.FAULTS]
)
def test_what_a_broken_gate_lets_pass_is_caught(
    bench: Bench,
    model: gating.Drafting,
    monkeypatch: pytest.MonkeyPatch,
    plant: Callable[[pytest.MonkeyPatch], None],
    drafts: tuple[str, ...],
) -> None:
    place = bench.place(gating.SCRIPTED)
    plant(monkeypatch)
    ran = place.evaluate()
    assert model.requests
    assert ran.code == 1
    assert any("groundedness" in reason for reason in ran.reasons), ran.reasons
    said = {claim["text"]: claim for case in ran.report["cases"] for claim in case["claims"]}
    for draft in drafts:
        assert not said[draft]["judgement"]["grounded"], draft
