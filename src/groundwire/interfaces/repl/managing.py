"""Commands on the chat itself: help, the editor, the index, settings, the way out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from groundwire.domain.errors import UsageError
from groundwire.interfaces.render.escape import one_line
from groundwire.interfaces.render.recalls import told_words
from groundwire.interfaces.repl.parsing import words
from groundwire.interfaces.repl.running import Patience, call

if TYPE_CHECKING:
    from groundwire.domain.reports import SyncReport
    from groundwire.interfaces.repl.repl import Repl

_SKIPPED = 10
_STOPPING = "stopping; what was committed stays; Ctrl-C again leaves"


def retry(repl: Repl, _rest: str) -> None:
    """Ask the last question again, with the filters as they are now."""
    if repl.again is None:
        raise UsageError("there is no question to ask again")
    repl.again()


def edit(repl: Repl, rest: str) -> None:
    """Write a question in the editor; it is asked when the editor is left."""
    from groundwire.interfaces.repl.editor import edited

    last = repl.state.last
    text = edited(rest or (last.question if last else ""))
    if text is not None and text.strip():
        repl.turn(text.strip())


def reindex(repl: Repl, rest: str) -> None:
    """Bring the index up to date with the files; what was committed stays if it is stopped."""
    from groundwire.index.overview import count_documents

    paths = words(rest) or None
    patience = Patience(None, lambda: repl.out.message(_STOPPING))
    with repl.out.progress() as tell:
        report = call(
            lambda cancel, tell: repl.desk.sync(paths, on_progress=tell, cancel=cancel),
            tell,
            repl.interrupts,
            patience,
        )
    _report(repl, report)
    repl.state.documents = count_documents(repl.around.loaded.settings.index_folder())
    repl.state.changed = None if report.cancelled else 0


def change(repl: Repl, rest: str) -> None:
    """Change one setting for this chat."""
    key, _, value = rest.partition(" ")
    if not key or not value.strip():
        raise UsageError("a key and a value", hint="/set answer.max_sentences 5")
    full = repl.around.change(key, value.strip())
    repl.out.message(f"{full} = {one_line(value)}, until you leave")


def config(repl: Repl, rest: str) -> None:
    """Print every setting in effect, and where it came from."""
    for key, value, origin in repl.around.settings_rows():
        if rest in key:
            repl.out.result(one_line(f"{key} = {value}  ({origin})"))


def leave(repl: Repl, _rest: str) -> None:
    """Leave."""
    repl.leaving = True


def _report(repl: Repl, report: SyncReport) -> None:
    for failure in report.failures[:_SKIPPED]:
        repl.out.message(f"skipped {one_line(failure.path)}: {one_line(failure.reason)}")
    if len(report.failures) > _SKIPPED:
        repl.out.message(f"… and {len(report.failures) - _SKIPPED} more")
    stopped = "stopped; " if report.cancelled else ""
    repl.out.message(
        f"{stopped}{len(report.added)} added, {len(report.changed)} changed, "
        f"{len(report.removed)} removed, {len(report.unchanged)} unchanged, "
        f"{len(report.failures)} skipped"
    )
    if report.recalled:
        repl.state.recalled += report.recalled
        repl.state.recalled_told = repl.state.recalled
        repl.out.message(told_words(report.recalled, ": /recalls"))
