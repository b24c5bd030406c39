"""``sessions``: what was asked in the terminal, to look at again, take along and erase."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from groundwire.interfaces.cli import completing
from groundwire.interfaces.cli.asking import JsonOption
from groundwire.interfaces.cli.records import open_sessions
from groundwire.interfaces.render.escape import one_line

if TYPE_CHECKING:
    from groundwire.interfaces.cli.globals import Globals

SessionArgument = Annotated[
    str,
    typer.Argument(
        metavar="ID",
        help="Id, the beginning of one, or a title.",
        autocompletion=completing.sessions,
    ),
]
FormatOption = Annotated[
    Literal["md", "json", "html"] | None,
    typer.Option("--format", help="By default as the file's name ends, else md."),
]
OutputOption = Annotated[
    Path | None, typer.Option("--output", "-o", help="Write it to this file.", metavar="FILE")
]

sessions = typer.Typer(
    invoke_without_command=True, help="List, show, export and delete sessions of the chat."
)


@sessions.callback()
def start(context: typer.Context, *, json: JsonOption = False) -> None:
    """List, show, export and delete sessions of the chat."""
    if context.invoked_subcommand is None:
        listing(context, json=json)


@sessions.command("list")
def listing(context: typer.Context, *, json: JsonOption = False) -> None:
    """List the sessions, the last one first: id, time, exchanges, title."""
    options: Globals = context.obj
    with open_sessions(options) as kept:
        listed = kept.listing()
    if json:
        options.streams.json({"schema": 1, "sessions": [info.to_dict() for info in listed]})
        return
    from groundwire.interfaces.render.sessions import listing_lines

    if listed:
        options.streams.lines(listing_lines(listed))
    options.streams.message(f"{len(listed)} session{'s' * (len(listed) != 1)}")


@sessions.command()
def show(context: typer.Context, session: SessionArgument, *, json: JsonOption = False) -> None:
    """Print what was asked and answered in a session."""
    options: Globals = context.obj
    from groundwire.interfaces.render.export import exported, session_dict
    from groundwire.interfaces.render.sessions import session_lines

    with open_sessions(options) as kept:
        info = kept.find(session)
        exchanges = kept.exchanges(info.id)
    if json:
        options.streams.json(session_dict(info, exchanges))
    elif options.streams.rich:
        options.streams.lines(session_lines(exchanges))
    else:
        options.streams.result(exported(info, exchanges, "md"))


@sessions.command()
def delete(
    context: typer.Context,
    names: Annotated[
        list[str],
        typer.Argument(metavar="ID…", help="Ids or titles.", autocompletion=completing.sessions),
    ],
    *,
    json: JsonOption = False,
) -> None:
    """Erase sessions with all answers given in them. If one is not found, none is erased."""
    options: Globals = context.obj
    with open_sessions(options) as kept:
        found = {info.id: info for info in map(kept.find, names)}
        for identifier in found:
            # In this order: what a kill leaves behind can still be named.
            options.desk.ledger.erase_conversation(identifier)
            kept.delete(identifier)
    if json:
        options.streams.json({"schema": 1, "deleted": list(found)})
    for info in found.values():
        options.streams.message(f"deleted {info.id} “{one_line(info.title)}”")


@sessions.command()
def export(
    context: typer.Context,
    session: SessionArgument,
    *,
    form: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """Print a session, or write it to a file that only you can read."""
    options: Globals = context.obj
    from groundwire.interfaces.cli.files import write_text
    from groundwire.interfaces.render.export import exported, form_of

    wanted = form or form_of(output)
    with open_sessions(options) as kept:
        info = kept.find(session)
        text = exported(info, kept.exchanges(info.id), wanted)
    if output is None:
        options.streams.result(text)
    else:
        write_text(output, text, private=True)
        options.streams.message(f"written to {output}")
