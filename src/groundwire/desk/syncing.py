"""Bringing an index up to date, and what a desk tells of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from groundwire.desk.build import identity
from groundwire.desk.calibrating import drop_outdated
from groundwire.desk.reading import reader_of
from groundwire.domain.errors import IndexMissingError
from groundwire.domain.events import Progress, Status
from groundwire.domain.reports import SyncFailure

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Sequence

    from groundwire.desk.build import Parts
    from groundwire.domain.events import Event
    from groundwire.domain.reports import SyncReport
    from groundwire.ingest.sync import SyncProgress

NOTHING_FOUND = "no document was found in it"


def sync_paths(  # noqa: PLR0913  # those of ``Desk.sync``
    parts: Parts,
    paths: Sequence[Path | str],
    *,
    rebuild: bool,
    tell: Callable[[Event], None],
    cancel: threading.Event | None,
    touched: Callable[[Path], bool] | None = None,
) -> SyncReport:
    """Bring the index up to date with the files; see ``Desk.sync``.

    ``touched`` says whether a file may have changed; without it each is read to see.
    """
    from groundwire.ingest.sync import check_roots, sync_roots

    roots = check_roots([Path(path).expanduser() for path in paths])
    if not roots and not parts.store.exists():
        raise IndexMissingError(str(parts.settings.index_folder()))
    encoder = parts.encoder(lambda text: tell(Status(text)))
    writing = parts.store.writer(identity(encoder.identity), parts.canary(), rebuild=rebuild)
    with reader_of(parts.settings, cancel) as reader, writing as writer:
        if rebuild:
            drop_outdated(writer)
        report = sync_roots(
            writer,
            encoder,
            roots,
            reader.load,
            touched=touched,
            on_progress=as_events(tell),
            cancel=cancel,
        )
        if report.cancelled:
            writer.suspend()
        return or_nothing_found(report, [str(root) for root in roots] or writer.roots())


def forget_paths(parts: Parts, paths: Sequence[Path | str]) -> SyncReport:
    """Remove roots, with all their documents, from the index; see ``Desk.forget``."""
    from groundwire.ingest.sync import forget_roots

    manifest = parts.store.manifest()
    with parts.store.writer(manifest.identity, None) as writer:
        return forget_roots(writer, [Path(path).expanduser() for path in paths])


def or_nothing_found(report: SyncReport, roots: Sequence[str]) -> SyncReport:
    """Return the report, with a line for each root if there was no file to say anything about."""
    if report.documents or report.removed or report.failures or report.cancelled:
        return report
    return replace(report, failures=tuple(SyncFailure(root, NOTHING_FOUND) for root in roots))


def ignore(event: Event) -> None:
    """Tell nobody."""


def as_events(tell: Callable[[Event], None]) -> Callable[[SyncProgress], None]:
    """Return a listener to the progress of a sync that tells it as events."""

    def told(progress: SyncProgress) -> None:
        tell(Progress(progress.done, progress.total))
        if progress.current:
            tell(Status(progress.current))

    return told
