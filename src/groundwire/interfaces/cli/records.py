"""The records that the settings name, opened for a command."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from groundwire.domain.ledger import Occasion
    from groundwire.interfaces.cli.globals import Globals
    from groundwire.records.holdings import Holdings
    from groundwire.records.sessions import Sessions


RECORDS = "groundwire.sqlite3"


def records_file(options: Globals) -> Path:
    """Return where the records are, whether or not they exist."""
    return options.loaded.settings.data_folder() / RECORDS


def occasion(options: Globals, conversation: str = "") -> Occasion | None:
    """Return what makes a result of a command an entry of the ledger.

    Args:
        options: The global options.
        conversation: Key of the session that the result is kept in.

    Returns:
        None where nothing is to be kept: ``terminal.save`` is off, and no session is named.
    """
    if not (conversation or options.loaded.settings.terminal.save):
        return None
    from groundwire.domain.ledger import Occasion

    return Occasion("cli", conversation)


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


@contextmanager
def open_holdings(options: Globals) -> Iterator[Holdings]:
    """Open what is kept of every door, and close it after the block.

    Raises:
        StoreError: The records cannot be opened.
    """
    from groundwire.records.database import open_database
    from groundwire.records.holdings import Holdings

    with open_database(records_file(options)) as database:
        yield Holdings(database)
