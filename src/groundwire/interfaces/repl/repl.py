"""The chat itself: reads turns, runs questions and commands, and goes on after failures."""

from __future__ import annotations

import threading
import time
from datetime import datetime
from typing import TYPE_CHECKING

from groundwire.domain.conversations import Turn
from groundwire.domain.errors import CancelledError, GroundwireError
from groundwire.interfaces.render.escape import one_line
from groundwire.interfaces.render.recalls import told_words
from groundwire.interfaces.repl import questions, saving
from groundwire.interfaces.repl.commands import UnknownCommandError, find
from groundwire.interfaces.repl.prompt import Interrupted
from groundwire.interfaces.repl.running import Interrupts, Left
from groundwire.interfaces.repl.showing import STOPPED, links_of, said, show
from groundwire.interfaces.repl.state import Shown, State

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from groundwire.domain.conversations import ExchangeKind
    from groundwire.interfaces.repl.ports import ChatDesk, Output, Reader, Surroundings
    from groundwire.interfaces.repl.state import Result

_LEAVE = frozenset({"exit", "quit"})


class Repl:
    """One chat: on a terminal it goes on after failures, from a pipe it stops at the first.

    Attributes:
        state: What is known between turns.
        around: What lies around the chat.
        interrupts: Counts Ctrl-C.
        streams: Whether sentences are printed as they come.
        leaving: Whether the chat is over after this turn.
        reader: Where turns come from.
        over: Set when the chat has ended.
        busy: Whether a turn is being done.
        again: Asks the last question again; None before the first.
    """

    def __init__(  # noqa: PLR0913 -- its clocks have defaults
        self,
        around: Surroundings,
        reader: Reader,
        state: State | None = None,
        *,
        interactive: bool,
        streams: bool = False,
        clock: Callable[[], float] = time.monotonic,
        today: Callable[[], date] = lambda: datetime.now().astimezone().date(),
    ) -> None:
        """Build a chat; nothing is read or opened yet.

        Args:
            around: What lies around it.
            reader: Where turns come from.
            state: What is known at the start.
            interactive: Whether somebody sits in front of it.
            streams: Whether sentences are printed as they come.
            clock: Seconds, for Ctrl-C and for how long answers take.
            today: Gives the day that the age of sources is counted to.
        """
        self.state = state or State()
        self.around = around
        self.interrupts = Interrupts(clock)
        self.leaving = False
        self.busy = False
        self.again: Callable[[], None] | None = None
        self.reader = reader
        self.over = threading.Event()
        self._interactive = interactive
        self.streams = streams
        self._clock = clock
        self._today = today
        self._told_changed = False

    @property
    def out(self) -> Output:
        """Where results and messages go."""
        return self.around.out

    @property
    def desk(self) -> ChatDesk:
        """The desk, built by whichever thread needs it first."""
        return self.around.desk

    def loop(self) -> None:
        """Read turns until the end of input, or until somebody leaves.

        Raises:
            GroundwireError: A turn from a pipe failed.
            Left: Ctrl-C was pressed twice.
        """
        while not self.leaving:
            try:
                line = self._read()
                if line is None:
                    return
                self.turn(line.strip())
            except Interrupted as hint:
                self.interrupts.pressed_at_prompt()
                self.out.message(str(hint))
            except Left:
                raise
            except KeyboardInterrupt:  # in a turn, but not in what is done in a thread
                self.interrupts.pressed()
                self.out.message(STOPPED)

    def turn(self, line: str) -> None:
        """Do one turn: a question, or a command.

        Raises:
            GroundwireError: It failed, and nobody sits there to try another one.
        """
        self.busy = True
        try:
            if self.state.preparing:
                self.out.status(self.state.preparing)
            self._turn(line)
        except BrokenPipeError:
            raise
        except UnknownCommandError as error:
            self._tell(error)
        except Exception as error:
            self.out.status("")
            if not self._interactive:
                raise
            self._tell(error)
        finally:
            self.busy = False

    def _read(self) -> str | None:
        try:
            return self.reader.read()
        except Left:
            raise
        except KeyboardInterrupt:  # the prompt was not quite there yet, or not any more
            raise Interrupted from None

    def _turn(self, line: str) -> None:
        self._tell_changed()
        if not line:
            return
        if line in _LEAVE:
            self.leaving = True
        elif line.startswith("/") and not line.startswith("//"):
            word, _, rest = line[1:].partition(" ")
            find(word).run(self, rest.strip())
        else:
            questions.ask(self, line[1:] if line.startswith("//") else line)

    def finish(  # noqa: PLR0913 -- what is shown, and what is kept of it
        self,
        kind: ExchangeKind,
        typed: str,
        result: Result,
        *,
        asked: str = "",
        began: float,
        entry: str = "",
        stopped: bool = False,
        streamed: bool = False,
    ) -> None:
        """Show a result, and keep it.

        Args:
            kind: What sort of result it is.
            typed: What was typed for it.
            result: The result.
            asked: The question as later ones may refer to it; by default as it was typed.
            began: When it was asked, by this chat's clock.
            entry: Id of its entry in the ledger.
            stopped: Whether it was stopped before it was whole.
            streamed: Whether its sentences are on the screen already.
        """
        self.out.status("")
        text = said(result)
        state = self.state
        state.took_s = self._clock() - began
        state.turns += [Turn("user", asked or typed), Turn("assistant", text)]
        kept = {**result.to_dict(), **({"entry": entry} if entry else {})}
        exchange = saving.Said(typed, kind, text, kept, stopped=stopped)
        number = saving.keep(self.around, state, exchange)
        state.last = Shown(kind, result, number, typed, stopped, entry)
        links = links_of(self.out, result, self.desk.show)
        show(self.out, result, today=self._today(), links=links, streamed=streamed)
        if stopped:
            self.out.message(STOPPED)
        self.out.result("")
        if stopped and not self._interactive:
            raise CancelledError

    def now(self) -> float:
        """Return the time by this chat's clock, in seconds."""
        return self._clock()

    def _tell_changed(self) -> None:
        """Say once what was found meanwhile: changed files, and answers that are recalled."""
        changed = self.state.changed
        if changed and not self._told_changed:
            self._told_changed = True
            files = f"{changed} file{'s' * (changed != 1)}"
            self.out.message(f"({files} changed since indexing; /reindex reads them)")
        recalled = self.state.recalled
        if recalled > self.state.recalled_told:
            self.state.recalled_told = recalled
            self.out.message(f"({told_words(recalled, ': /recalls')})")

    def _tell(self, error: Exception) -> None:
        """Say in one line what went wrong, and in another what mends it."""
        if isinstance(error, CancelledError):
            self.out.message(STOPPED)
            return
        if not isinstance(error, GroundwireError):
            fault = f"something went wrong inside ({type(error).__name__})"
            error = GroundwireError(fault, hint="the chat goes on; please report it")
        self.out.message(f"groundwire: {one_line(str(error))}")
        if error.hint:
            self.out.message(f"({one_line(error.hint)})")
