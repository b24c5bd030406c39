"""What a chat needs from around it: a place to print, a desk, a memory, a line to read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    from rich.console import Console

    from groundwire.desk.issuing import Given
    from groundwire.domain.checks import CheckReport
    from groundwire.domain.comparisons import Comparison
    from groundwire.domain.conversations import (
        ConversationInfo,
        Exchange,
        ExchangeKind,
        Liking,
        Turn,
    )
    from groundwire.domain.documents import Document, DocumentInfo
    from groundwire.domain.events import Event
    from groundwire.domain.families import Family
    from groundwire.domain.ledger import Door, Occasion
    from groundwire.domain.quotations import QuoteReport
    from groundwire.domain.recalls import Recall, Verification
    from groundwire.domain.reports import SyncReport
    from groundwire.domain.retrieval import Ranking, Scope
    from groundwire.domain.summaries import Style, Target
    from groundwire.interfaces.render.lines import Line
    from groundwire.settings import LoadedSettings


class Output(Protocol):
    """Results on one stream, everything else on another."""

    quiet: bool

    @property
    def rich(self) -> bool:
        """Whether results are laid out for a terminal, rather than printed as Markdown."""

    @property
    def console(self) -> Console:
        """The terminal that results are laid out on."""

    def result(self, text: str) -> None:
        """Print a result."""

    def lines(self, lines: Iterable[Line]) -> None:
        """Print a result that is laid out in lines."""

    def message(self, text: str) -> None:
        """Say something that is not a result."""

    def status(self, text: str) -> None:
        """Show what is being done; an empty text clears it."""

    def progress(self) -> AbstractContextManager[Callable[[Event], None]]:
        """Show how far a long piece of work has come."""


class ChatDesk(Protocol):
    """The verbs of a desk that a chat uses."""

    def warm_up(self) -> None:
        """Load what the first question needs."""

    def close(self) -> None:
        """Let go of the index's files."""

    def docs(self, scope: Scope | None = None) -> tuple[DocumentInfo, ...]:
        """Return the documents of a scope."""

    def families(self, scope: Scope | None = None) -> tuple[Family, ...]:
        """Return the copy families of a scope."""

    def show(self, document: str) -> Document:
        """Return the document of this name."""

    def sync(
        self,
        paths: Sequence[Path | str] | None = None,
        *,
        on_progress: Callable[[Event], None] | None = None,
        cancel: threading.Event | None = None,
    ) -> SyncReport:
        """Bring the index up to date."""

    def search(
        self,
        question: str,
        *,
        top_k: int = 10,
        scope: Scope | None = None,
        filters: bool | None = None,
    ) -> Ranking:
        """Return the best passages."""

    def ask_events(  # noqa: PLR0913 -- as the desk has it
        self,
        question: str,
        *,
        history: Sequence[Turn] = (),
        scope: Scope | None = None,
        cancel: threading.Event | None = None,
        filters: bool | None = None,
        occasion: Occasion | None = None,
    ) -> Iterator[Event]:
        """Yield what happens while a question is answered."""

    def summarize_events(  # noqa: PLR0913 -- the same
        self,
        target: Target = None,
        *,
        sentences: int | None = None,
        style: Style = "brief",
        scope: Scope | None = None,
        cancel: threading.Event | None = None,
        occasion: Occasion | None = None,
    ) -> Iterator[Event]:
        """Yield what happens while a target is summarised."""

    def comparison(
        self,
        left: str,
        right: str,
        *,
        scope: Scope | None = None,
        occasion: Occasion | None = None,
    ) -> Given[Comparison]:
        """Return two documents held side by side, with the id of the ledger entry."""

    def recalls(self, *, untold: Door | None = None) -> tuple[Recall, ...]:
        """Return the answers that do not stand any more."""

    def told(self, ids: Sequence[int], door: Door) -> None:
        """Note that a door has told people of recalls."""

    def verify(self, name: str) -> Verification:
        """Check an old answer today."""

    def quote(self, text: str, *, scope: Scope | None = None) -> QuoteReport:
        """Return what the documents have of a quotation."""

    def check(self, claim: str, *, scope: Scope | None = None) -> CheckReport:
        """Return what the documents say of a claim."""


class Kept(Protocol):
    """The memory of the terminal."""

    def begin(self) -> str:
        """Return the id of a new session."""

    def save(  # noqa: PLR0913 -- what an exchange is made of
        self,
        session: str,
        question: str,
        kind: ExchangeKind,
        text: str,
        result: Mapping[str, object],
        *,
        stopped: bool = False,
    ) -> Exchange:
        """Keep one exchange."""

    def listing(self, limit: int | None = None) -> tuple[ConversationInfo, ...]:
        """Return the sessions, the last one first."""

    def find(self, name: str) -> ConversationInfo:
        """Return the session of this name."""

    def exchanges(self, session: str) -> tuple[Exchange, ...]:
        """Return what was asked and answered."""

    def turns(self, session: str, last: int | None = None) -> tuple[Turn, ...]:
        """Return what was said."""

    def feedback(self, session: str, number: int, verdict: Liking, reason: str = "") -> None:
        """Keep what somebody thought of one exchange."""


class Reader(Protocol):
    """Where turns come from."""

    def read(self) -> str | None:
        """Return one turn; None at the end.

        Raises:
            Interrupted: Ctrl-C was pressed at the prompt.
        """


class Surroundings(Protocol):
    """What lies around a chat. Everything is made when it is first asked for."""

    @property
    def out(self) -> Output:
        """Where results and messages go."""

    @property
    def loaded(self) -> LoadedSettings:
        """The settings in effect, with where each came from."""

    @property
    def desk(self) -> ChatDesk:
        """The desk on these settings; from any thread."""

    @property
    def kept(self) -> Kept:
        """The sessions."""

    def change(self, key: str, value: str) -> str:
        """Go on with one setting changed, and a desk on it; return the setting's full name.

        Raises:
            SettingsError: There is no such setting, or the value is not one for it.
        """

    def settings_rows(self) -> Iterable[tuple[str, str, str]]:
        """Yield each setting's name, value as a file has it, and origin; secrets are masked."""

    def write(self, path: Path, text: str) -> None:
        """Write a file that only its owner can read."""

    def close(self) -> None:
        """Close what was opened."""
