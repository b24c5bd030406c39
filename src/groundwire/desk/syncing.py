"""What a desk tells while it brings an index up to date, and after."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from groundwire.domain.events import Progress, Status
from groundwire.domain.reports import SyncFailure

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from groundwire.domain.events import Event
    from groundwire.domain.reports import SyncReport
    from groundwire.ingest.sync import SyncProgress

NOTHING_FOUND = "no document was found in it"


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
