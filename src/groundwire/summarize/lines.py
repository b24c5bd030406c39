"""The lines of a timeline that was asked for: as many as were wanted, and on the topic."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from groundwire.summarize.places import most_salient
from groundwire.summarize.timeline import timeline

if TYPE_CHECKING:
    from groundwire.domain.summaries import TimelineEvent
    from groundwire.summarize.run import Run

LINES = 20
"""Lines of a timeline where no number was asked for."""

ROOM = 2
"""How many times the lines that are wanted are looked for on a topic: some are not on it."""


def lines(run: Run) -> tuple[tuple[TimelineEvent, ...], tuple[str, ...]]:
    """Return the events that a timeline shows, by day, and what is to be said of it.

    For a topic, events in passages that do not speak of it are left out.
    """
    asked = run.request.sentences
    most = asked or LINES
    shown = timeline(run.accounts, run.weights, most=most) if run.relevance is None else ()
    if run.relevance is not None:
        shown = _on_topic(run, most)
    if not shown:
        return (), ("no sentence tells when something happened",)
    if asked is None and len(shown) == most:
        return shown, (f"the {most} weightiest events; ask for more lines to see others",)
    if asked is not None and len(shown) < asked:
        events = f"{len(shown)} event{'s' * (len(shown) != 1)}"
        return shown, (f"only {events} are told; {asked} lines were asked for",)
    return shown, ()


def _on_topic(run: Run, most: int) -> tuple[TimelineEvent, ...]:
    relevance = run.relevance or ()
    pairs = zip(run.weights, relevance, strict=True)
    weights = [np.where(close > 0, weight, -np.inf) for weight, close in pairs]
    near = {
        event.claim: event
        for event in timeline(run.accounts, weights, most=ROOM * most)
        if any(relevance[account][at] for account, at in run.places.of(event.claim))
    }
    return tuple(near[claim] for claim in most_salient(tuple(near), most, run.places))
