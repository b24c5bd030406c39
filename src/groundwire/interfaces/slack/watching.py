"""A desk whose results are counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from groundwire.domain.answers import Answer
from groundwire.domain.events import Done, Failed

if TYPE_CHECKING:
    import threading
    from collections.abc import Iterator, Sequence

    from groundwire.domain.conversations import Turn
    from groundwire.domain.events import Event
    from groundwire.domain.ledger import Occasion
    from groundwire.domain.retrieval import Scope
    from groundwire.interfaces.slack.counters import Counters
    from groundwire.interfaces.slack.ports import QuestionDesk


class WatchedDesk:
    """Passes questions on to a desk and counts how they end."""

    def __init__(self, desk: QuestionDesk, counters: Counters) -> None:
        """Ask ``desk`` and count in ``counters``."""
        self._desk = desk
        self._counters = counters

    def ask_events(
        self,
        question: str,
        *,
        history: Sequence[Turn] = (),
        scope: Scope | None = None,
        cancel: threading.Event | None = None,
        occasion: Occasion | None = None,
    ) -> Iterator[Event]:
        """Work on one question; see ``QuestionDesk``."""
        return self._counted(
            self._desk.ask_events(
                question, history=history, scope=scope, cancel=cancel, occasion=occasion
            )
        )

    def _counted(self, events: Iterator[Event]) -> Iterator[Event]:
        """Yield events, and count the last one, or the error that came in its place."""
        try:
            for event in events:
                if isinstance(event, Done):
                    self._count(event)
                elif isinstance(event, Failed) and event.kind != "cancelled":
                    self._counters.add("failed")
                yield event
        except Exception:
            self._counters.add("failed")
            raise

    def _count(self, done: Done) -> None:
        silent = isinstance(done.answer, Answer) and not done.answer.answered
        self._counters.add("abstained" if silent else "answered")
        self._counters.add("dropped_sentences", len(done.answer.dropped))
