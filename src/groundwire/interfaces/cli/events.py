"""``ask --json --stream``: one event a line, as it happens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, assert_never

import typer

from groundwire.domain.events import ClaimReady, Done, Failed, Found, Progress, Status
from groundwire.interfaces.cli.records import occasion
from groundwire.interfaces.cli.scoping import filters, reads_filters

if TYPE_CHECKING:
    from collections.abc import Mapping

    from groundwire.domain.events import Event
    from groundwire.interfaces.cli.globals import Globals


def print_events(options: Globals, asked: Mapping[str, Any]) -> bool:
    """Print each event of a question as a JSON line and return whether it was answered.

    Args:
        options: The global options.
        asked: The question and the options that came with it.
    """
    answered = False
    events = options.desk.ask_events(
        asked["question"],
        scope=filters(asked),
        filters=reads_filters(asked),
        occasion=occasion(options),
    )
    for event in events:
        options.streams.json(event_dict(event))
        if isinstance(event, Failed):
            raise typer.Exit(1)
        answered = isinstance(event, Done) and bool(event.answer.claims)
    return answered


def event_dict(event: Event) -> dict[str, object]:
    """Return the JSON form of one event."""
    match event:
        case Status(text):
            return {"schema": 1, "event": "status", "text": text}
        case Found(sources):
            return {"schema": 1, "event": "found", "sources": [hit.to_dict() for hit in sources]}
        case ClaimReady(claim):
            return {"schema": 1, "event": "claim", "claim": claim.to_dict()}
        case Progress(done, total):
            return {"schema": 1, "event": "progress", "done": done, "total": total}
        case Done(answer, entry):
            result = {**answer.to_dict(), "entry": entry or None}
            return {"schema": 1, "event": "done", "answer": result}
        case Failed(kind, message):
            error = {"code": kind, "message": message}
            return {"schema": 1, "event": "failed", "error": error}
        case _:
            assert_never(event)
