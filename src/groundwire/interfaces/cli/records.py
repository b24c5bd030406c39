"""The records that the settings name, opened for a command."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from groundwire.interfaces.cli.globals import Globals
    from groundwire.records.sessions import Sessions


RECORDS = "groundwire.sqlite3"


def records_file(options: Globals) -> Path:
    """Return where the records are, whether or not they exist."""
    return options.loaded.settings.data_folder() / RECORDS


@contextmanager
def open_sessions(options: Globals) -> Iterator[Sessions]:
    """Open the sessions, and close them after the block.

    Raises:
        StoreError: The records cannot be opened.
    """
    from groundwire.records.database import open_database
    from groundwire.records.sessions import Sessions

    with open_database(records_file(options)) as database:
        yield Sessions(database)
