"""How many files are not as they were when they were indexed."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from groundwire.desk.reading import reader_of
from groundwire.index.overview import overview
from groundwire.ingest.changed import Changes, changes

if TYPE_CHECKING:
    import threading

    from groundwire.desk.build import Parts
    from groundwire.settings import Settings


def changes_of(parts: Parts, cancel: threading.Event | None = None) -> Changes:
    """Return which files were added, changed and removed since the index was made.

    Raises:
        CancelledError: ``cancel`` was set.
    """
    return changes_since(parts.settings, cancel)


def changes_since(settings: Settings, cancel: threading.Event | None = None) -> Changes:
    """Return the same for the index that settings name, without the parts of a desk.

    Files are hashed only where their size, times or inode are new; the hashes are remembered in
    the cache folder. Nothing is there to differ where there is no index.

    Raises:
        CancelledError: ``cancel`` was set.
    """
    folder = settings.index_folder()
    found = overview(folder)
    if found is None:
        return Changes()
    name = hashlib.sha256(str(folder).encode("utf-8", "surrogateescape")).hexdigest()[:16]
    memory = settings.cache_folder() / "files" / f"{name}.json"
    with reader_of(settings, cancel) as reader:
        return changes(found.files, memory, reader.load, cancel)
