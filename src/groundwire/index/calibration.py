"""The calibration of an index: one row of the catalog's own notes."""

from __future__ import annotations

import json
import logging
from contextlib import closing
from typing import TYPE_CHECKING

from groundwire.domain.calibration import Calibration
from groundwire.index import generations
from groundwire.index.catalog import open_reading
from groundwire.index.faults import in_words

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

_LOGGER = logging.getLogger(__name__)

_KEY = "calibration"


class DamagedCalibrationError(ValueError):
    """What is stored is no calibration."""


def stored(connection: sqlite3.Connection) -> Calibration | None:
    """Return the calibration that is stored; None where none ever was.

    Raises:
        DamagedCalibrationError: What is stored is none.
    """
    row = connection.execute("SELECT value FROM meta WHERE key = ?", (_KEY,)).fetchone()
    if row is None:
        return None
    try:
        found = json.loads(row[0])
        if not isinstance(found, dict):
            raise DamagedCalibrationError("it is no JSON object")
        return Calibration.from_dict(found)
    except (TypeError, ValueError) as error:
        raise DamagedCalibrationError(str(error)) from None


def of_folder(folder: Path) -> Calibration | None:
    """Return the calibration of the live generation of an index folder; None if it has none.

    Raises:
        DamagedCalibrationError: What is stored is none.
        StoreError: There is no index, or it cannot be read.
    """
    catalog = folder / generations.read_current(folder) / generations.CATALOG
    with in_words(folder), closing(open_reading(catalog)) as connection:
        return stored(connection)


def readable(connection: sqlite3.Connection) -> Calibration | None:
    """Return the calibration that is stored; a damaged one is as none, and one line of the log."""
    try:
        return stored(connection)
    except DamagedCalibrationError as error:
        _LOGGER.warning("the calibration in the index cannot be read and is ignored: %s", error)
        return None


def store(connection: sqlite3.Connection, calibration: Calibration | None) -> None:
    """Keep a calibration in place of what is stored, or drop it; the caller commits."""
    if calibration is None:
        connection.execute("DELETE FROM meta WHERE key = ?", (_KEY,))
        return
    value = json.dumps(calibration.to_dict())
    connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (_KEY, value))
