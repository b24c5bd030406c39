"""``sessions``: what was asked at every door, to look at again, take along and erase."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from groundwire.domain.errors import UsageError
from groundwire.interfaces.cli import completing
from groundwire.interfaces.cli.asking import JsonOption
from groundwire.interfaces.cli.ledger import beginning
from groundwire.interfaces.cli.records import open_holdings, open_sessions
from groundwire.interfaces.render.escape import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from groundwire.interfaces.cli.globals import Globals
    from groundwire.records.holdings import Held

SessionArgument = Annotated[
    str,
    typer.Argument(
        metavar="ID",
        help="Id, the beginning of one, a title, or the key of a conversation in Slack.",
        autocompletion=completing.sessions,
    ),
]
SessionsArgument = Annotated[
    list[str] | None,
    typer.Argument(metavar="ID…", help="Ids, titles or keys.", autocompletion=completing.sessions),
]
BeforeOption = Annotated[
    str | None,
    typer.Option("--before", metavar="DATE", help="What was last spoken in before, at every door."),
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
def listing(
    context: typer.Context,
    *,
    everything: Annotated[
        bool, typer.Option("--all", help="Also the conversations of Slack.")
    ] = False,
    json: JsonOption = False,
) -> None:
    """List the sessions, the last one first: id, time, exchanges, title."""
    options: Globals = context.obj
    if everything:
        _list_all(options, json=json)
        return
    with open_sessions(options) as kept:
        listed = kept.listing()
    if json:
        options.streams.json({"schema": 1, "sessions": [info.to_dict() for info in listed]})
        return
    from groundwire.interfaces.render.sessions import listing_lines

    if listed:
        options.streams.lines(listing_lines(listed))
    options.streams.message(_counted(len(listed), "session"))


@sessions.command()
def show(context: typer.Context, session: SessionArgument, *, json: JsonOption = False) -> None:
    """Print what was asked and answered in a session."""
    options: Globals = context.obj
    from groundwire.interfaces.render.export import exported, session_dict
    from groundwire.interfaces.render.sessions import session_lines

    with open_holdings(options) as kept:
        info, exchanges = kept.exchanges(kept.find(session))
    if json:
        options.streams.json(session_dict(info, exchanges))
    elif options.streams.rich:
        options.streams.lines(session_lines(exchanges))
    else:
        options.streams.result(exported(info, exchanges, "md"))


@sessions.command()
def delete(
    context: typer.Context,
    names: SessionsArgument = None,
    *,
    before: BeforeOption = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask back.")] = False,
    json: JsonOption = False,
) -> None:
    """Erase sessions with all answers given in them. If one is not found, none is erased."""
    options: Globals = context.obj
    if bool(names) == (before is not None):
        raise UsageError("say what is erased", hint="ids, or --before DATE")
    moment = beginning(before) if before is not None else None
    with open_holdings(options) as kept:
        if moment is None:
            found = tuple({each.key: each for each in map(kept.find, names or [])}.values())
        else:
            found = kept.listing(moment)
        if moment is not None and not yes:
            message = f"this erases {_counted(len(found), 'conversation')}"
            raise UsageError(message, hint=f"--before {before} --yes does it")
        # In this order: what a kill leaves behind can still be named.
        entries = [options.desk.ledger.erase_conversation(each.name) for each in found]
        kept.delete(*found)
    if json:
        options.streams.json(_erased(found, entries))
    if moment is not None:
        counted = _counted(len(found), "conversation")
        options.streams.message(f"deleted {counted}: {_contents(found, entries)}")
        return
    for each, count in zip(found, entries, strict=True):
        what = _contents([each], [count])
        options.streams.message(f"deleted {each.name} “{one_line(each.title)}”: {what}")


@sessions.command()
def feedback(context: typer.Context, *, json: JsonOption = False) -> None:
    """List what people thought of answers, the latest first: id in the ledger, time, door, why."""
    options: Globals = context.obj
    with open_holdings(options) as kept:
        opinions = kept.feedback()
    if json:
        options.streams.json({"schema": 1, "feedback": [each.to_dict() for each in opinions]})
        return
    from groundwire.interfaces.render.sessions import opinion_lines

    if opinions:
        options.streams.lines(opinion_lines(opinions))
    options.streams.message(_counted(len(opinions), "rating"))


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
    with open_holdings(options) as kept:
        text = exported(*kept.exchanges(kept.find(session)), wanted)
    if output is None:
        options.streams.result(text)
    else:
        write_text(output, text, private=True)
        options.streams.message(f"written to {output}")


def _list_all(options: Globals, *, json: bool) -> None:
    """List the conversations of every door."""
    with open_holdings(options) as kept:
        held = kept.listing()
    if json:
        options.streams.json({"schema": 1, "conversations": [each.to_dict() for each in held]})
        return
    from groundwire.interfaces.render.sessions import held_lines

    if held:
        options.streams.lines(held_lines(held))
    options.streams.message(_counted(len(held), "conversation"))


def _erased(held: Sequence[Held], entries: Sequence[int]) -> dict[str, object]:
    """Return the JSON object that says what was erased."""
    return {
        "schema": 1,
        "deleted": [each.name for each in held],
        "turns": sum(each.turns for each in held),
        "answers": sum(each.answers for each in held),
        "feedback": sum(each.feedback for each in held),
        "entries": sum(entries),
    }


def _contents(held: Sequence[Held], entries: Sequence[int]) -> str:
    """Return in words how much was erased."""
    answers = sum(each.answers for each in held)
    ratings = sum(each.feedback for each in held)
    parts = [
        _counted(sum(each.turns for each in held), "turn"),
        _counted(answers, "posted answer") if answers else "",
        _counted(ratings, "rating") if ratings else "",
        f"{sum(entries)} in the ledger",
    ]
    return ", ".join(filter(None, parts))


def _counted(count: int, what: str) -> str:
    return f"{count} {what}{'s' * (count != 1)}"
