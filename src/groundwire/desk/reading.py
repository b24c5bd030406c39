"""How a desk reads files: in a child process, by the columns that the settings name."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import threading

    from groundwire.ingest.reader import Reader
    from groundwire.settings import Settings


def reader_of(settings: Settings, cancel: threading.Event | None = None) -> Reader:
    """Return what reads files as the settings say; a context manager that starts nothing yet.

    Args:
        settings: The settings in effect.
        cancel: When set, the file that is being read is given up.
    """
    from groundwire.ingest.loaders.columns import Columns
    from groundwire.ingest.reader import Reader

    named = {
        field.name: getattr(settings.ingest, f"{field.name}_column") or ""
        for field in fields(Columns)
    }
    return Reader(Columns(**named), cancel=cancel)
