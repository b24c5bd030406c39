"""Entering results in the ledger before anybody sees them."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Generic, TypeVar

from groundwire.desk.issued import cited_in, issued, issued_so_far
from groundwire.domain.errors import GroundwireError, NotFoundError, StoreError
from groundwire.domain.events import ClaimReady, Done

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from groundwire.desk.build import Parts
    from groundwire.desk.issued import Result
    from groundwire.desk.ledger import Book
    from groundwire.domain.claims import Claim
    from groundwire.domain.documents import Document, DocumentId
    from groundwire.domain.events import Event
    from groundwire.domain.ledger import EntryKind, Issued, Occasion

T_co = TypeVar("T_co", covariant=True)

_TRIES = 3
_LOGGER = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Given(Generic[T_co]):
    """A result as it is handed out.

    Attributes:
        result: The result.
        entry: Id of its entry in the ledger; empty where it was not entered.
    """

    result: T_co
    entry: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is about to be answered.

    Attributes:
        kind: What sort of result is wanted.
        question: What is asked, in words.
        occasion: Where it is asked.
        outside: The document that is summarised, if it is not one of the index.
    """

    kind: EntryKind
    question: str
    occasion: Occasion
    outside: Document | None = None


class _OvertakenError(Exception):
    """The index was changed while the answer was made: its texts cannot be kept any more."""


class Issuing:
    """Makes a ledger entry of every result that has an occasion. Thread-safe."""

    def __init__(self, parts: Parts, book: Book, index: str) -> None:
        """Keep where texts come from and where entries go.

        Args:
            parts: The desk's parts.
            book: The ledger.
            index: What names the index in it.
        """
        self._parts = parts
        self._book = book
        self._index = index

    def events(self, asked: Asked, make: Callable[[], Iterator[Event]]) -> Iterator[Event]:
        """Yield what happens; ``Done`` comes when the result is on the disk, with its id.

        Sentences of the documents' own are held back until then. Those that a model writes are
        passed on as they are checked; if it is stopped, what was said so far is entered.

        Args:
            asked: What is answered.
            make: Makes the events; made anew where the index changed while they were made.

        Raises:
            StoreError: It cannot be entered.
            GroundwireError: What ``make`` raises.
        """
        self._book.check()
        for _ in range(_TRIES):
            said: list[Claim] = []
            try:
                yield from self._once(asked, make(), said)
            except _OvertakenError:
                if said:
                    break
            else:
                return
        raise _overtaken()

    def enter(self, result: Result, occasion: Occasion, texts: Iterable[Document]) -> str:
        """Enter a result that was made from these documents, and return its id.

        Raises:
            StoreError: It cannot be entered.
        """
        documents = {document.id: document for document in texts}
        return self._kept(issued(result, occasion, self._index, documents), documents)

    def enter_outside(self, result: Result, occasion: Occasion, texts: Iterable[Document]) -> str:
        """Enter a result that stands on a text outside the index: it is never recalled."""
        documents = {document.id: document for document in texts}
        return self._kept(issued(result, occasion, "", documents), documents)

    def check(self) -> None:
        """Make sure that an entry can be made.

        Raises:
            StoreError: It cannot.
        """
        self._book.check()

    def _once(self, asked: Asked, events: Iterator[Event], said: list[Claim]) -> Iterator[Event]:
        held: list[Event] = []
        entry = None
        try:
            for event in events:
                if isinstance(event, ClaimReady) and self._parts.settings.llm is None:
                    held.append(event)
                elif isinstance(event, Done):
                    entry = self._entered(asked, event.answer)
                    yield from held
                    yield replace(event, entry=entry)
                else:
                    if isinstance(event, ClaimReady):
                        said.append(event.claim)
                    yield event
        except BaseException:
            if said and entry is None:
                self._enter_so_far(asked, said)
            raise

    def _entered(self, asked: Asked, result: Result) -> str:
        if asked.outside is not None:
            return self.enter_outside(result, asked.occasion, (asked.outside,))
        try:
            return self.enter(result, asked.occasion, self._documents(cited_in(result)))
        except (NotFoundError, ValueError) as error:
            raise _OvertakenError from error

    def _enter_so_far(self, asked: Asked, said: list[Claim]) -> None:
        """Enter what was said before it was stopped; it was seen, whatever becomes of this."""
        ids = {citation.document_id for claim in said for citation in claim.citations}
        outside = asked.outside
        try:
            read = (outside,) if outside else self._documents(ids)
            documents = {document.id: document for document in read}
            index = "" if outside else self._index
            about = (asked.kind, asked.question, asked.occasion, self._parts.writer.name)
            self._kept(issued_so_far(*about, index, said, documents), documents)
        except (GroundwireError, ValueError) as error:
            _LOGGER.warning("what was said before it was stopped is not in the ledger: %s", error)

    def _documents(self, ids: Iterable[DocumentId]) -> tuple[Document, ...]:
        wanted = tuple(dict.fromkeys(ids))
        if not wanted:
            return ()
        with self._parts.store.snapshot() as snapshot:
            return tuple(snapshot.document(each) for each in wanted)

    def _kept(self, said: Issued, documents: Mapping[DocumentId, Document]) -> str:
        return self._book.enter(said, tuple(each.text for each in documents.values())).id


def _overtaken() -> StoreError:
    return StoreError("the documents changed while this was answered", hint="ask it again")
