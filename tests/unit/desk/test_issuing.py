"""What is entered of answers that a model writes, and what is held back of others."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

import pytest

from groundwire.desk.issuing import Asked, Issuing
from groundwire.desk.ledger import Book
from groundwire.domain.errors import CancelledError, NotFoundError, StoreError
from groundwire.domain.events import ClaimReady, Done, Status
from groundwire.domain.ledger import Occasion
from tests.fakes.desk import LETTER_STORY, TRADE_STORY, ScriptedDesk, answered

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from groundwire.desk.build import Parts
    from groundwire.domain.documents import Document
    from groundwire.domain.events import Event

ANSWER = answered("Who?", TRADE_STORY, LETTER_STORY)
ASKED = Asked("answer", "Who?", Occasion("chat", "talk"))
CLAIMS = tuple(ClaimReady(claim) for claim in ANSWER.claims)


@dataclass
class Store:
    """Documents, some of which are gone for as many looks."""

    gone: int = 0
    desk: ScriptedDesk = field(default_factory=ScriptedDesk)

    @contextmanager
    def snapshot(self) -> Iterator[Store]:
        yield self

    def document(self, name: str) -> Document:
        if self.gone:
            self.gone -= 1
            raise NotFoundError("no document")
        return self.desk.show(name)


@dataclass
class Named:
    """Somebody or something with a name."""

    name: str


@dataclass
class Set:
    """Settings with a language model or none."""

    llm: str | None


@dataclass
class Made:
    """The parts of a desk that are asked for."""

    settings: Set
    store: Store = field(default_factory=Store)
    writer: Named = field(default_factory=lambda: Named("ollama:small"))


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    kept = Book(tmp_path / "data" / "records.sqlite3")
    yield kept
    kept.close()


def issuing(book: Book, llm: str | None, gone: int = 0) -> Issuing:
    return Issuing(cast("Parts", Made(Set(llm), Store(gone))), book, "/desk/index")


def whole() -> Iterator[Event]:
    yield Status("searching")
    yield from CLAIMS
    yield Done(ANSWER)


def stopped() -> Iterator[Event]:
    yield CLAIMS[0]
    raise CancelledError


def test_a_model_s_sentences_are_seen_as_they_come(book: Book) -> None:
    seen = [
        (type(event), len(book.reading().listing()))
        for event in issuing(book, "ollama:small").events(ASKED, whole)
    ]
    assert seen == [(Status, 0), (ClaimReady, 0), (ClaimReady, 0), (Done, 1)]


def test_the_documents_own_sentences_wait_for_the_entry(book: Book) -> None:
    seen = [
        (type(event), len(book.reading().listing()))
        for event in issuing(book, None).events(ASKED, whole)
    ]
    assert seen == [(Status, 0), (ClaimReady, 1), (ClaimReady, 1), (Done, 1)]


def test_what_a_model_had_said_when_it_was_stopped_is_entered(book: Book) -> None:
    with pytest.raises(CancelledError):
        list(issuing(book, "ollama:small").events(ASKED, stopped))
    (entry,) = book.reading().listing()
    issued = entry.issued
    assert (issued.outcome, issued.engine, issued.model) == ("stopped", "llm", "ollama:small")
    assert (issued.question, issued.conversation) == ("Who?", "talk")
    assert [said.text for said in issued.sentences] == [ANSWER.claims[0].text]
    assert [cited.quote for cited in issued.citations] == [TRADE_STORY.text]


def test_an_answer_that_nobody_listens_to_any_more_is_entered_once(book: Book) -> None:
    events = issuing(book, "ollama:small").events(ASKED, whole)
    assert isinstance(next(events), Status)
    assert isinstance(next(events), ClaimReady)
    events.close()  # type: ignore[attr-defined]  # it is a generator
    (entry,) = book.reading().listing()
    assert entry.issued.outcome == "stopped"
    events = issuing(book, "ollama:small").events(ASKED, whole)
    while not isinstance(next(events), Done):
        pass
    events.close()  # type: ignore[attr-defined]  # the same
    assert [each.issued.outcome for each in book.reading().listing()] == ["answered", "stopped"]


def test_a_stop_before_the_first_sentence_enters_nothing(book: Book) -> None:
    with pytest.raises(CancelledError):
        list(issuing(book, None).events(ASKED, stopped))
    assert book.reading().listing() == ()


def test_an_answer_is_made_again_unless_somebody_has_seen_of_it(book: Book) -> None:
    *_, done = issuing(book, None, gone=1).events(ASKED, whole)
    assert isinstance(done, Done)
    assert [entry.id for entry in book.reading().listing()] == [done.entry]
    with pytest.raises(StoreError, match="the documents changed"):
        list(issuing(book, "ollama:small", gone=1).events(ASKED, whole))


def test_nothing_is_begun_where_nothing_can_be_entered(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file", encoding="utf-8")
    events = issuing(Book(tmp_path / "data" / "records.sqlite3"), None).events(ASKED, whole)
    with pytest.raises(StoreError, match="nothing is said that cannot be entered"):
        next(events)
