"""What the Slack door needs of the rest of the product."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import threading
    from collections.abc import Iterator, Sequence

    from groundwire.domain.checks import CheckReport
    from groundwire.domain.conversations import Turn
    from groundwire.domain.documents import Document, DocumentInfo
    from groundwire.domain.events import Event
    from groundwire.domain.ledger import Door, Occasion
    from groundwire.domain.recalls import Recall
    from groundwire.domain.retrieval import Scope
    from groundwire.domain.summaries import Target
    from groundwire.records.ledger import Ledger


class QuestionDesk(Protocol):
    """Somebody who answers questions; called from several threads at once.

    Its errors are those of ``groundwire.domain.errors``.
    """

    def ask_events(
        self,
        question: str,
        *,
        history: Sequence[Turn] = (),
        scope: Scope | None = None,
        cancel: threading.Event | None = None,
        occasion: Occasion | None = None,
    ) -> Iterator[Event]:
        """Work on one question and tell how it goes.

        Args:
            question: The question as asked.
            history: What was said before it, oldest first.
            scope: Which documents may be used; None for all.
            cancel: Set by the caller to stop the work.
            occasion: What the answer is entered in the ledger as; None: it is not.

        Returns:
            Events, the last of which is exactly one ``Done`` or ``Failed``.
        """
        ...


class DocumentDesk(QuestionDesk, Protocol):
    """Somebody who also summarizes, checks, lists and shows documents, and keeps a ledger."""

    @property
    def ledger(self) -> Ledger:
        """What was said."""
        ...

    def summarize_events(
        self,
        target: Target = None,
        *,
        sentences: int | None = None,
        scope: Scope | None = None,
        cancel: threading.Event | None = None,
        occasion: Occasion | None = None,
    ) -> Iterator[Event]:
        """Work on one summary and tell how it goes, as ``ask_events`` does."""
        ...

    def check(self, claim: str, *, scope: Scope | None = None) -> CheckReport:
        """Return what the documents of a scope say of a claim that somebody made."""
        ...

    def docs(self, scope: Scope | None = None) -> tuple[DocumentInfo, ...]:
        """Return the documents of a scope."""
        ...

    def show(self, document: str) -> Document:
        """Return a document with its text, whatever the scope: its caller looks whether it may."""
        ...

    def recalls(self, *, untold: Door | None = None) -> tuple[Recall, ...]:
        """Return the answers that do not stand any more, the oldest first.

        Args:
            untold: Only those given at this door that it has told nobody of; None: all.
        """
        ...

    def told(self, ids: Sequence[int], door: Door) -> None:
        """Note that a door has told people of recalls."""
        ...
