"""Keeping up: an index that follows its files while somebody lets it."""

from __future__ import annotations

import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Final

from groundwire.desk.looking import Looking
from groundwire.desk.syncing import ignore, sync_paths
from groundwire.domain.errors import StoreError
from groundwire.domain.events import Failed

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Sequence

    from groundwire.domain.events import Event
    from groundwire.domain.reports import SyncReport

_FIRST_WAIT_S: Final = 2.0
_LONGEST_WAIT_S: Final = 300.0


class Watching(Looking):
    """A desk that can follow its files."""

    def watch(
        self,
        paths: Sequence[Path | str] | None = None,
        *,
        stop: threading.Event,
        on_report: Callable[[SyncReport], None],
        rebuild: bool = False,
        on_progress: Callable[[Event], None] | None = None,
    ) -> None:
        """Bring the index up to date, and do so again each time files change, until stopped.

        The first sync is that of ``sync``; the later ones read only files that look different. When
        another process is writing, or the index cannot be written for a while, it is tried again
        after longer and longer waits: nothing that changed meanwhile is missed.

        Args:
            paths: Files and folders to add or refresh first; None: those synced before.
            stop: When set, the work ends soon; what was committed is kept.
            on_report: Told what each sync did.
            rebuild: Build a new index for the first sync even if nothing demands it.
            on_progress: Told ``Status`` and ``Progress`` events, and ``Failed`` for a sync that is
                tried again.

        Raises:
            NotFoundError: A path does not exist; nothing was written.
            IndexLockedError: Another process is writing as this begins.
            StoreError: The index cannot be written as this begins, or the folders not be watched.
        """
        from groundwire.ingest.watching import Stamps, changes

        told, stamps = on_progress or ignore, Stamps()

        def sync(given: Sequence[Path | str], *, rebuild: bool) -> None:
            report = sync_paths(
                self._parts,
                given,
                rebuild=rebuild,
                tell=told,
                cancel=stop,
                touched=stamps.touched,
            )
            on_report(self._with_recalls(report))

        sync(paths or (), rebuild=rebuild)
        due, wait = False, _FIRST_WAIT_S
        not_before = time.monotonic()
        with closing(changes(self._watched_roots, self._folder, stop)) as looks:
            for changed in looks:
                due = due or changed
                if not due or time.monotonic() < not_before or stop.is_set():
                    continue
                try:
                    sync((), rebuild=False)
                except StoreError as error:
                    told(Failed(error.code, str(error)))
                    not_before = time.monotonic() + wait
                    wait = min(2 * wait, _LONGEST_WAIT_S)
                else:
                    due, wait = False, _FIRST_WAIT_S

    def _watched_roots(self) -> tuple[Path, ...]:
        with self._parts.store.snapshot() as snapshot:
            return tuple(map(Path, snapshot.roots()))
