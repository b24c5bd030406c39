"""A fitted threshold in the index: kept, carried over, dropped, and read where it is damaged."""

from __future__ import annotations

import logging
import sqlite3
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from groundwire.domain.calibration import Calibration
from groundwire.domain.errors import IndexMissingError
from groundwire.index import generations
from groundwire.index.calibration import DamagedCalibrationError, of_folder
from tests.unit.index import made

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from groundwire.index.store import IndexStore

    Put = Callable[..., None]

FITTED = Calibration(
    threshold=-0.4,
    coefficients="c" * 64,
    made="2024-05-01T12:00:00+00:00",
    documents=1,
    answerable=40,
    unanswerable=50,
    precision=0.9,
    recall=0.8,
    balanced_accuracy=0.85,
    default_balanced_accuracy=0.8,
)
A = made.document("a.md", "first line")
B = made.document("b.md", "second line")


def calibrate(store: IndexStore, fitted: Calibration | None) -> None:
    with store.writer(made.identity(), None) as writer:
        writer.calibrate(fitted)


def calibration(store: IndexStore) -> Calibration | None:
    with store.snapshot() as snapshot:
        return snapshot.calibration()


def revision(store: IndexStore) -> int:
    with store.snapshot() as snapshot:
        return snapshot.revision


def damage(folder: Path, value: str) -> None:
    catalog = folder / generations.read_current(folder) / generations.CATALOG
    with closing(sqlite3.connect(catalog)) as connection:
        connection.execute("INSERT OR REPLACE INTO meta VALUES ('calibration', ?)", (value,))
        connection.execute("UPDATE meta SET value = '99' WHERE key = 'revision'")
        connection.commit()


def test_an_index_has_none_until_one_is_kept(store: IndexStore, put: Put) -> None:
    put(A)
    assert calibration(store) is None
    calibrate(store, FITTED)
    assert calibration(store) == FITTED


def test_keeping_one_raises_the_revision_once(store: IndexStore, put: Put) -> None:
    put(A)
    before = revision(store)
    calibrate(store, FITTED)
    assert revision(store) == before + 1


def test_a_sync_keeps_it(store: IndexStore, put: Put) -> None:
    put(A)
    calibrate(store, FITTED)
    put(B)
    assert calibration(store) == FITTED


def test_another_takes_its_place_and_none_drops_it(store: IndexStore, put: Put) -> None:
    put(A)
    calibrate(store, FITTED)
    calibrate(store, replace(FITTED, threshold=0.3))
    kept = calibration(store)
    assert kept is not None
    assert kept.threshold == 0.3
    calibrate(store, None)
    assert calibration(store) is None


def test_a_rebuild_carries_it_over(store: IndexStore, put: Put) -> None:
    put(A)
    calibrate(store, FITTED)
    with store.writer(made.identity(), made.canary(), rebuild=True) as writer:
        assert writer.calibration() == FITTED
    assert calibration(store) == FITTED


def test_another_encoder_drops_it(store: IndexStore, put: Put) -> None:
    put(A)
    calibrate(store, FITTED)
    with store.writer(made.identity("another"), made.canary()) as writer:
        assert writer.calibration() is None
    assert calibration(store) is None


@pytest.mark.parametrize(
    "value",
    ["", "no JSON", "[]", "null", '{"threshold": 1}', '{"threshold": "x"}'],
)
def test_a_damaged_one_is_as_none_and_one_line_of_the_log(
    store: IndexStore, put: Put, tmp_path: Path, value: str, caplog: pytest.LogCaptureFixture
) -> None:
    put(A)
    damage(tmp_path / "index", value)
    with caplog.at_level(logging.WARNING, logger="groundwire"), store.snapshot() as snapshot:
        assert snapshot.calibration() is None
        assert snapshot.calibration() is None
    assert len(caplog.records) == 1
    with pytest.raises(DamagedCalibrationError):
        of_folder(tmp_path / "index")


def test_it_can_be_read_of_a_folder(store: IndexStore, put: Put, tmp_path: Path) -> None:
    with pytest.raises(IndexMissingError):
        of_folder(tmp_path / "index")
    put(A)
    assert of_folder(tmp_path / "index") is None
    calibrate(store, FITTED)
    assert of_folder(tmp_path / "index") == FITTED
