"""``chat``: questions and answers one after the other, on a terminal or from a pipe."""

from __future__ import annotations

import io
import sys
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from groundwire.domain.errors import NotFoundError, UsageError
from groundwire.interfaces.cli.scoping import (
    AsOfOption,
    NoFiltersOption,
    ScopeOption,
    SinceOption,
    SourceOption,
    UntilOption,
    filters,
    reads_filters,
)
from groundwire.interfaces.repl.state import State

if TYPE_CHECKING:
    from groundwire.interfaces.cli.globals import Globals
    from groundwire.interfaces.repl.ports import Reader
    from groundwire.interfaces.repl.repl import Repl

ResumeOption = Annotated[
    str | None, typer.Option("--resume", help="Go on with this session.", metavar="ID")
]
LastOption = Annotated[bool, typer.Option("--last", help="Go on with the last session.")]
NoSaveOption = Annotated[bool, typer.Option("--no-save", help="Keep nothing of this chat.")]


class Piped:
    """Turns from a pipe or a file: one a line."""

    def read(self) -> str | None:
        """Return the next line, or None at the end; also where there is no input at all."""
        line = sys.stdin.readline() if sys.stdin is not None else ""
        return line or None


def chat(  # noqa: PLR0913 -- one parameter an option
    context: typer.Context,
    *,
    resume: ResumeOption = None,
    last: LastOption = False,
    scope: ScopeOption = None,
    source: SourceOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    as_of: AsOfOption = None,
    no_filters: NoFiltersOption = False,
    no_save: NoSaveOption = False,
) -> None:
    """Ask questions one after the other. From a pipe: one question a line."""
    options: Globals = context.obj
    if resume is not None and last:
        raise UsageError("give one of --resume and --last")
    narrowed = filters(
        {"scope": scope, "source": source, "since": since, "until": until, "as_of": as_of}
    )
    saves = not no_save and options.loaded.settings.terminal.save
    reads = reads_filters({"no_filters": no_filters})
    _run(options, State(narrowed, reads, saves=saves), "" if last else resume)


def _run(options: Globals, state: State, resume: str | None) -> None:
    """Run one chat.

    Args:
        options: The global options.
        state: What is known at the start.
        resume: The session to go on with; empty for the last one, None for a new one.
    """
    from groundwire.interfaces.cli.surroundings import Surrounded
    from groundwire.interfaces.repl.repl import Repl

    _replace_what_cannot_be_written()
    interactive = sys.stdin is not None and sys.stdin.isatty()
    around = Surrounded(options)
    reader: Reader = Piped()
    repl = Repl(around, reader, state, interactive=interactive, streams=options.stream)
    try:
        if interactive:
            _on_a_terminal(options, repl)
        else:
            repl.desk.docs(state.scope)  # without an index, nothing is read from the pipe
        if resume is not None:
            _go_on(repl, resume)
        repl.loop()
    finally:
        repl.over.set()
        around.close()


def _on_a_terminal(options: Globals, repl: Repl) -> None:
    """Greet, and load what the first question needs while it is typed."""
    from groundwire.interfaces.repl.commands import COMMANDS
    from groundwire.interfaces.repl.prompt import Prompt, PromptSettings
    from groundwire.interfaces.repl.starting import bar, greet, prepare, warm_up
    from groundwire.settings import known_settings, user_state_path

    greet(repl)
    settings = options.loaded.settings
    prompt = Prompt(
        PromptSettings(settings.terminal.editing_mode, settings.display.color, options.plain),
        commands=COMMANDS,
        documents=lambda: repl.desk.docs(),  # noqa: PLW0108 -- no desk before it is asked
        sessions=lambda: repl.around.kept.listing(),  # noqa: PLW0108 -- the same
        toolbar=lambda: bar(repl),
        history_file=user_state_path() / "history" if settings.terminal.history else None,
        keys=tuple(known_settings()),
    )
    if prompt.trouble:
        options.streams.message(f"groundwire: {prompt.trouble}")
    repl.reader = prompt
    options.preparing = partial(prepare, repl)
    warm_up(repl)


def _go_on(repl: Repl, name: str) -> None:
    from groundwire.interfaces.repl.keeping import go_on

    kept = repl.around.kept
    if name:
        go_on(repl, kept.find(name))
        return
    latest = kept.listing(limit=1)
    if not latest:
        raise NotFoundError("there is no session yet", hint="run: groundwire chat")
    go_on(repl, latest[0])


def _replace_what_cannot_be_written() -> None:
    """Show a ``?`` for what a terminal has no character for, and read any bytes."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
