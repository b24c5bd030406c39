"""The scripted desk with a real ledger: its documents change, and old answers are recalled."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from groundwire.desk.issued import issued
from groundwire.domain.documents import DocumentId
from groundwire.domain.errors import NotFoundError, StoreError
from groundwire.domain.events import Done
from groundwire.domain.recalls import CurrentText
from groundwire.domain.summaries import GivenText
from groundwire.records.database import open_database
from groundwire.records.ledger import Ledger
from groundwire.records.recalls import Recalls
from tests.fakes.desk import ScriptedDesk

if TYPE_CHECKING:
    import threading
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from groundwire.domain.conversations import Turn
    from groundwire.domain.documents import Document, DocumentInfo
    from groundwire.domain.events import Event
    from groundwire.domain.ledger import Door, Occasion
    from groundwire.domain.recalls import Recall
    from groundwire.domain.retrieval import Scope
    from groundwire.domain.summaries import Target
    from tests.fakes.desk import Story

INDEX = "desk"


class LedgerDesk(ScriptedDesk):
    """Enters what it says, and holds it against what its documents say now.

    Of what it says of given texts it only remembers that it was to be entered.
    """

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._database = open_database(path)
        self._recalls = Recalls(self._database)
        self._now: dict[str, str | None] = {}
        self.broken = False
        self.noted: list[int] = []
        self.looks = 0
        self.given: list[Occasion] = []

    @property
    def ledger(self) -> Ledger:
        return Ledger(self._database)

    def close(self) -> None:
        self._database.close()

    def change(self, story: Story, text: str | None) -> None:
        """Let a document say something else from now on; None: it is removed."""
        self._now[f"d-{story.title}"] = text

    def untold(self) -> list[str]:
        """Return the questions of the recalls that nobody was told of."""
        return [recall.entry.issued.question for recall in self.recalls(untold="slack")]

    def docs(self, scope: Scope | None = None) -> tuple[DocumentInfo, ...]:
        return tuple(info for info in super().docs(scope) if self._now.get(info.id, "") is not None)

    def show(self, document: str) -> Document:
        text = self._now.get(document, "")
        if text is None:
            raise NotFoundError(f"there is no document {document}")
        found = super().show(document)
        return replace(found, text=text) if text else found

    def ask_events(
        self,
        question: str,
        *,
        history: Sequence[Turn] = (),
        scope: Scope | None = None,
        cancel: threading.Event | None = None,
        occasion: Occasion | None = None,
    ) -> Iterator[Event]:
        del scope
        told = super().ask_events(question, history=history, cancel=cancel)
        yield from self._entered(told, occasion)

    def summarize_events(
        self,
        target: Target = None,
        *,
        sentences: int | None = None,
        scope: Scope | None = None,
        cancel: threading.Event | None = None,
        occasion: Occasion | None = None,
    ) -> Iterator[Event]:
        told = super().summarize_events(target, sentences=sentences, scope=scope, cancel=cancel)
        if isinstance(target, GivenText):
            assert occasion is not None
            self.given.append(occasion)
            yield from told
        else:
            yield from self._entered(told, occasion)

    def recalls(self, *, untold: Door | None = None) -> tuple[Recall, ...]:
        self.looks += 1
        self._recalls.check_against(self._current, INDEX)
        if untold is None:
            return self._recalls.listing(INDEX)
        return self._recalls.untold(untold, INDEX, given=untold)

    def told(self, ids: Sequence[int], door: Door) -> None:
        if self.broken:
            raise StoreError("the disk is full")
        self.noted += [each for each in ids if self._recalls.told(each, door)]

    def _entered(self, events: Iterator[Event], occasion: Occasion | None) -> Iterator[Event]:
        for event in events:
            if isinstance(event, Done) and occasion is not None:
                read = {DocumentId(name): self.show(name) for name in self._hits}
                said = issued(event.answer, occasion, INDEX, read)
                entry = self.ledger.append(said, [each.text for each in read.values()])
                yield replace(event, entry=entry.id)
            else:
                yield event

    def _current(self, document: DocumentId) -> CurrentText | None:
        try:
            found = self.show(document)
        except NotFoundError:
            return None
        return CurrentText.of(found.path, found.text)
