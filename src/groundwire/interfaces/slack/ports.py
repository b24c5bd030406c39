"""What the Slack door needs of the rest of the product."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import threading
    from collections.abc import Iterator, Sequence

    from groundwire.domain.conversations import Turn
    from groundwire.domain.events import Event
    from groundwire.domain.retrieval import Scope


class QuestionDesk(Protocol):
    """Somebody who answers questions; called from several threads at once."""

    def ask_events(
        self,
        question: str,
        *,
        history: Sequence[Turn] = (),
        scope: Scope | None = None,
        cancel: threading.Event | None = None,
    ) -> Iterator[Event]:
        """Work on one question and tell how it goes.

        Args:
            question: The question as asked.
            history: What was said before it, oldest first.
            scope: Which documents may be used; None for all.
            cancel: Set by the caller to stop the work.

        Returns:
            Events, the last of which is exactly one ``Done`` or ``Failed``.
        """
        ...
