"""``index --watch``: an index that follows its files until Ctrl-C."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import datetime
from typing import TYPE_CHECKING

from groundwire.domain.events import Failed
from groundwire.interfaces.cli.interrupts import first_stops

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from groundwire.domain.events import Event
    from groundwire.domain.reports import Moved, SyncFailure, SyncReport
    from groundwire.interfaces.cli.globals import Globals

_NAMED = 3
"""How many documents of one kind are named in a line; of more only the number is said."""


def watch(options: Globals, paths: Sequence[str] | None, *, rebuild: bool, json: bool) -> None:
    """Sync, and again whenever files change, until Ctrl-C.

    Args:
        options: The options of every command.
        paths: Files and folders; None: those from before.
        rebuild: Whether the first sync builds a new index.
        json: Whether each sync that did something is printed as a line of JSON.
    """
    told = _Told(options, json=json)
    with first_stops(options.streams.message) as stop:
        try:
            options.desk.watch(
                paths,
                stop=stop,
                on_report=told.report,
                rebuild=rebuild,
                on_progress=told.progress,
            )
        finally:
            told.close()


class _Told:
    """Says what happens: a bar while a sync goes on, and a line for each that did something."""

    def __init__(self, options: Globals, *, json: bool) -> None:
        self._streams = options.streams
        self._json = json
        self._bar = ExitStack()
        self._tell: Callable[[Event], None] | None = None
        self._failures: frozenset[SyncFailure] | None = None

    def progress(self, event: Event) -> None:
        """Show how far a sync is, or why it has to be tried again."""
        if isinstance(event, Failed):
            self.close()
            self._streams.message(f"{_now()}  {event.message}; trying again")
            return
        if self._tell is None:
            self._tell = self._bar.enter_context(self._streams.progress(silent_s=1.0))
        self._tell(event)

    def close(self) -> None:
        """Take the bar away."""
        self._bar.close()
        self._tell = None

    def report(self, report: SyncReport) -> None:
        """Say what a sync did: of the first in any case, of a later one if it did anything."""
        self.close()
        known = self._failures or frozenset()
        for failure in report.failures:
            if failure not in known:
                self._streams.message(f"skipped {failure.path}: {failure.reason}")
        is_first, is_new = self._failures is None, not known.issuperset(report.failures)
        self._failures = frozenset(report.failures)
        done = report.added or report.changed or report.moved or report.removed
        if self._json and (is_first or is_new or done):
            self._streams.json(report.to_dict())
        elif is_first or done:
            self._streams.message(f"{_now()}  {_in_words(report)}")
        if report.recalled:
            from groundwire.interfaces.render.recalls import told_words

            self._streams.message(told_words(report.recalled, "; run: groundwire recalls"))
        if is_first and not report.cancelled:
            self._streams.message("watching; Ctrl-C ends it")


def _in_words(report: SyncReport) -> str:
    parts = (
        _listed("added", report.added),
        _listed("changed", report.changed),
        _listed("moved", [_move(moved) for moved in report.moved]),
        _listed("removed", report.removed),
    )
    said = "; ".join(part for part in parts if part)
    return f"{report.documents} documents{': ' if said else ''}{said}"


def _listed(word: str, paths: Sequence[str]) -> str:
    if not paths:
        return ""
    return f"{len(paths)} {word}" + (f" ({', '.join(paths)})" if len(paths) <= _NAMED else "")


def _move(moved: Moved) -> str:
    return f"{moved.before} to {moved.path}"


def _now() -> str:
    return datetime.now().astimezone().strftime("%H:%M:%S")
