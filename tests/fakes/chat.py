"""What lies around a chat in tests: a scripted desk with every verb, and streams that remember."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from groundwire.desk.issuing import Given
from groundwire.domain.documents import Document
from groundwire.domain.errors import NotFoundError
from groundwire.domain.events import Done, Progress
from groundwire.domain.families import Family
from groundwire.domain.reports import SyncReport
from groundwire.domain.retrieval import Ranking, Scope
from groundwire.interfaces.render.lines import as_text
from groundwire.interfaces.repl.repl import Repl
from groundwire.records.database import open_database
from groundwire.records.sessions import Sessions
from groundwire.settings import LoadedSettings, Settings, changed_settings
from groundwire.settings.changing import full_key
from tests.fakes.desk import LETTER_STORY, TRADE_STORY, ScriptedDesk, answered
from tests.fakes.exchanges import bullets, checked, compared, quoted, timeline
from tests.fakes.recalled import verification

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from rich.console import Console

    from groundwire.domain.checks import CheckReport
    from groundwire.domain.comparisons import Comparison
    from groundwire.domain.conversations import Turn
    from groundwire.domain.documents import DocumentInfo
    from groundwire.domain.events import Event
    from groundwire.domain.ledger import Door, Occasion
    from groundwire.domain.quotations import QuoteReport
    from groundwire.domain.recalls import Recall, Verification
    from groundwire.domain.summaries import Style, Target
    from groundwire.interfaces.render.lines import Line
    from groundwire.records.database import Database

STORIES = (TRADE_STORY, LETTER_STORY)
ENTRY = "01M81TEBZ7SN8KYYJ0FBZ9SWP4"


class ChatDesk(ScriptedDesk):
    """Two documents, and a remembered call for each verb."""

    def __init__(self) -> None:
        super().__init__()
        self.calls: list[tuple[object, ...]] = []
        self.scopes: list[tuple[Scope | None, bool | None]] = []
        self.summary = bullets()
        self.recalled: tuple[Recall, ...] = ()

    def warm_up(self) -> None:
        self.calls.append(("warm_up",))

    def close(self) -> None:
        self.calls.append(("close",))

    def docs(self, scope: Scope | None = None) -> tuple[DocumentInfo, ...]:
        wanted = scope.documents if scope else ()
        listed = tuple(story.hit().document for story in STORIES)
        return tuple(info for info in listed if not wanted or {info.path, info.id} & set(wanted))

    def families(self, scope: Scope | None = None) -> tuple[Family, ...]:
        first, second = self.docs(scope)
        return (Family(first, (second,)),)

    def show(self, document: str) -> Document:
        for story in STORIES:
            info = story.hit().document
            if document in {info.id, info.path, info.title}:
                return Document(
                    info.id,
                    "/nowhere",
                    info.path,
                    info.title,
                    info.source,
                    "",
                    info.published,
                    "en",
                    story.text,
                    "0" * 64,
                )
        raise NotFoundError(f"no document {document!r}")

    def sync(
        self,
        paths: Sequence[Path | str] | None = None,
        *,
        on_progress: Callable[[Event], None] | None = None,
        cancel: threading.Event | None = None,
    ) -> SyncReport:
        self.calls.append(("sync", paths))
        assert on_progress is not None
        assert cancel is not None
        on_progress(Progress(1, 2))
        return SyncReport(added=("a.md",), unchanged=("b.md",))

    def search(
        self,
        question: str,
        *,
        top_k: int = 10,
        scope: Scope | None = None,
        filters: bool | None = None,
    ) -> Ranking:
        self.calls.append(("search", question, scope, filters))
        hits = tuple(story.hit(rank) for rank, story in enumerate(STORIES[:top_k], start=1))
        return Ranking(question, hits, scope or Scope())

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
        self.scopes.append((scope, filters))
        events = super().ask_events(question, history=history, cancel=cancel, occasion=occasion)
        for event in events:
            if isinstance(event, Done) and occasion is not None:
                yield Done(event.answer, ENTRY)
            else:
                yield event

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
        self.occasions.append(occasion)
        self.calls.append(("summarize", target, sentences, style, scope))
        assert cancel is not None
        if target == ("endless.md",):
            cancel.wait(20)
        yield Progress(1, 1)
        done = timeline() if style == "timeline" else self.summary
        yield Done(replace(done, partial=cancel.is_set()), ENTRY if occasion else "")

    def comparison(
        self,
        left: str,
        right: str,
        *,
        scope: Scope | None = None,
        occasion: Occasion | None = None,
    ) -> Given[Comparison]:
        self.occasions.append(occasion)
        self.calls.append(("compare", left, right, scope))
        return Given(compared(), ENTRY if occasion else "")

    def recalls(self, *, untold: Door | None = None) -> tuple[Recall, ...]:
        self.calls.append(("recalls", untold))
        return self.recalled

    def told(self, ids: Sequence[int], door: Door) -> None:
        self.calls.append(("told", tuple(ids), door))

    def verify(self, name: str) -> Verification:
        self.calls.append(("verify", name))
        return verification(self.recalled[0])

    def quote(self, text: str, *, scope: Scope | None = None) -> QuoteReport:
        self.calls.append(("quote", text, scope))
        return quoted()

    def check(self, claim: str, *, scope: Scope | None = None) -> CheckReport:
        self.calls.append(("check", claim, scope))
        return checked()


class Remembered:
    """Streams that remember what was printed."""

    quiet = False
    rich = False

    def __init__(self) -> None:
        self.results: list[str] = []
        self.messages: list[str] = []
        self.statuses: list[str] = []
        self.progressed: list[Event] = []

    @property
    def console(self) -> Console:
        raise AssertionError("nothing is laid out here")

    @property
    def printed(self) -> str:
        return "\n".join(self.results)

    @property
    def told(self) -> str:
        return "\n".join(self.messages)

    def result(self, text: str) -> None:
        self.results.append(text)

    def lines(self, lines: Iterable[Line]) -> None:
        self.results.append(as_text(lines))

    def message(self, text: str) -> None:
        self.messages.append(text)

    def status(self, text: str) -> None:
        self.statuses.append(text)

    @contextmanager
    def progress(self) -> Iterator[Callable[[Event], None]]:
        yield self.progressed.append


class Around:
    """A chat's surroundings: real settings and sessions, everything else scripted."""

    def __init__(self, folder: Path) -> None:
        self.out = Remembered()
        self.desk = ChatDesk()
        self.loaded = LoadedSettings(Settings(data_dir=folder), {})
        self.records = folder / "records.sqlite3"
        self._database: Database | None = None

    @property
    def kept(self) -> Sessions:
        if self._database is None:
            self._database = open_database(self.records)
        return Sessions(self._database)

    def change(self, key: str, value: str) -> str:
        self.loaded = changed_settings(self.loaded, key, value)
        return full_key(key)

    def settings_rows(self) -> Iterator[tuple[str, str, str]]:
        yield "retrieval.top_k", "10", "default"
        yield "display.width", "100", "config.toml"

    def write(self, path: Path, text: str) -> None:
        path.write_text(text, encoding="utf-8")

    def close(self) -> None:
        if self._database is not None:
            self._database.close()


class Typed:
    """Turns that were typed before: a text, or an error that the prompt raises."""

    def __init__(self, *turns: str | BaseException) -> None:
        self._turns = iter(turns)

    def read(self) -> str | None:
        turn = next(self._turns, None)
        if isinstance(turn, BaseException):
            raise turn
        return turn


def chat(around: Around, *turns: str | BaseException, interactive: bool = True) -> Repl:
    """Return a chat after these turns."""
    repl = Repl(around, Typed(*turns), interactive=interactive)
    repl.loop()
    return repl


def answer_text(question: str) -> str:
    """Return what the desk says to any question."""
    return answered(question, *STORIES).text
