"""``chat``: a loop of questions and answers."""

from __future__ import annotations

import sys
import threading
from typing import TYPE_CHECKING

import typer

from groundwire.domain.conversations import Turn
from groundwire.domain.errors import GroundwireError
from groundwire.domain.events import Done, Failed, Status
from groundwire.interfaces.cli.scoping import (
    NoFiltersOption,
    ScopeOption,
    filters,
    reads_filters,
)
from groundwire.interfaces.render.escape import one_line

if TYPE_CHECKING:
    from groundwire.domain.answers import Answer
    from groundwire.domain.retrieval import Scope
    from groundwire.interfaces.cli.globals import Globals

_PROMPT = "> "
_LEAVE = frozenset({"/quit", "/exit", "exit", "quit"})
_HISTORY = 20
_HELP = """\
Ask a question and press Enter. Every sentence of an answer is cited.
/sources   the full passages behind the last answer
/why       how the last answer came about, with its numbers
/docs      the documents
/help      this help
/quit      leave (Ctrl-D does too); Ctrl-C stops an answer"""


class Chat:
    """One conversation on the terminal, or one line a turn from a pipe."""

    def __init__(self, options: Globals, scope: Scope, *, filters: bool | None) -> None:
        """Keep the options, the scope of every question, and whether it is read for filters."""
        self._options = options
        self._streams = options.streams
        self._scope = scope
        self._filters = filters
        self._turns: list[Turn] = []
        self._last: Answer | None = None

    def run(self) -> None:
        """Read turns until the end of input or ``/quit``."""
        interactive = sys.stdin.isatty()
        documents = len(self._options.desk.docs(self._scope))
        if interactive:
            self._greet(documents)
        while (line := self._read(interactive=interactive)) is not None:
            if line in _LEAVE:
                return
            if line:
                self._turn(line, interactive=interactive)

    def _greet(self, documents: int) -> None:
        from groundwire import __version__

        engine = self._options.loaded.settings.llm or "extractive engine"
        self._streams.message(f"groundwire {__version__} — {documents} documents — {engine}")
        self._streams.message("/help, Ctrl-D to leave")
        threading.Thread(target=self._warm_up, daemon=True).start()

    def _warm_up(self) -> None:
        """Load the encoder while the first question is being typed."""
        try:
            self._options.desk.warm_up()
        except GroundwireError:
            return  # the first question meets the same error and shows it

    def _read(self, *, interactive: bool) -> str | None:
        if not interactive:
            line = sys.stdin.readline()
            return line.strip() if line else None
        try:
            return input(_PROMPT).strip()
        except EOFError:
            self._streams.message("")
            return None
        except KeyboardInterrupt:
            self._streams.message("\n(Ctrl-D or /quit to leave)")
            return ""

    def _turn(self, line: str, *, interactive: bool) -> None:
        if line.startswith("/") and not line.startswith("//"):
            self._command(line)
            return
        try:
            self._answer(line.removeprefix("/") if line.startswith("//") else line)
        except KeyboardInterrupt:
            self._streams.message("(stopped)")
        except GroundwireError as error:
            if not interactive:
                raise
            self._streams.message(f"groundwire: {error}")

    def _answer(self, question: str) -> None:
        cancel = threading.Event()
        events = self._options.desk.ask_events(
            question,
            history=self._turns[-_HISTORY:],
            scope=self._scope,
            cancel=cancel,
            filters=self._filters,
        )
        try:
            for event in events:
                if isinstance(event, Status):
                    self._streams.status(event.text)
                elif isinstance(event, Done):
                    self._streams.status("")
                    self._finish(question, event)
                elif isinstance(event, Failed):
                    raise GroundwireError(event.message)
        finally:
            cancel.set()
            self._streams.status("")

    def _finish(self, question: str, done: Done) -> None:
        from groundwire.domain.answers import Answer

        answer = done.answer
        if not isinstance(answer, Answer):
            return
        self._last = answer
        self._turns += [Turn("user", question), Turn("assistant", answer.text)]
        for warning in answer.warnings:
            self._streams.message(f"({one_line(warning)})")
        self._print(answer)

    def _print(self, answer: Answer) -> None:
        if self._streams.rich:
            from groundwire.interfaces.render.terminal import print_answer

            print_answer(self._streams.console, answer, with_sources=not self._streams.quiet)
            self._streams.console.print()
        else:
            from groundwire.interfaces.render.markdown import answer_markdown

            text = answer_markdown(answer, with_sources=not self._streams.quiet)
            self._streams.result(f"{text}\n")

    def _command(self, line: str) -> None:
        from groundwire.interfaces.render.escape import printable
        from groundwire.interfaces.render.markdown import describe, listing

        match line.split(maxsplit=1)[0]:
            case "/help":
                self._streams.result(_HELP)
            case "/docs":
                self._streams.result(listing(self._options.desk.docs(self._scope)))
            case "/sources" if self._last is not None:
                for source in self._last.sources:
                    passage = printable(source.hit.passage.text)
                    self._streams.result(f"[{source.n}] {describe(source.hit)}\n{passage}\n")
            case "/why" if self._last is not None:
                from groundwire.interfaces.render.why import why

                self._streams.result(why(self._last))
            case "/sources" | "/why":
                self._streams.message("There is no answer yet.")
            case unknown:
                self._streams.message(f"{one_line(unknown)}: unknown command; try /help")


def chat(
    context: typer.Context,
    *,
    scope: ScopeOption = None,
    no_filters: NoFiltersOption = False,
) -> None:
    """Ask questions one after the other. From a pipe: one question a line."""
    options: Globals = context.obj
    reads = reads_filters({"no_filters": no_filters})
    Chat(options, filters({"scope": scope}), filters=reads).run()
