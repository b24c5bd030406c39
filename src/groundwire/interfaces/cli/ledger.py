"""``ledger``: every answer that was given, to look at, take along, check and erase."""

from __future__ import annotations

import sys
from contextlib import suppress
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from groundwire.domain.errors import NotFoundError, UsageError
from groundwire.interfaces.cli.asking import JsonOption
from groundwire.interfaces.cli.recalls import AnchorOption, anchor_of

if TYPE_CHECKING:
    from groundwire.interfaces.cli.globals import Globals

NOT_SOUND = 1
_LISTED = 50

NameArgument = Annotated[str, typer.Argument(metavar="ID", help="Its id, or the beginning of it.")]
ConversationOption = Annotated[
    str | None,
    typer.Option("--conversation", metavar="NAME", help="A session, or the key of a conversation."),
]

ledger = typer.Typer(
    invoke_without_command=True, help="List, show, export, check and erase what was said."
)


@ledger.callback()
def start(context: typer.Context, *, json: JsonOption = False) -> None:
    """List, show, export, check and erase what was said."""
    if context.invoked_subcommand is None:
        listing(context, json=json)


@ledger.command("list")
def listing(
    context: typer.Context,
    *,
    conversation: ConversationOption = None,
    limit: Annotated[
        int, typer.Option("--limit", min=0, help="At most so many; 0: all.", metavar="N")
    ] = _LISTED,
    json: JsonOption = False,
) -> None:
    """List what was said, the latest first: id, time, door, how it ended, what was asked."""
    options: Globals = context.obj
    key = _key(options, conversation) if conversation is not None else None
    entries = options.desk.ledger.listing(limit or None, key)
    if json:
        options.streams.json({"schema": 1, "entries": [entry.to_dict() for entry in entries]})
        return
    from groundwire.interfaces.render.recalls import entries_lines

    if entries:
        options.streams.lines(entries_lines(entries))
    more = "; --limit 0 lists all" if limit and len(entries) == limit else ""
    options.streams.message(f"{_answers(len(entries))}{more}")


@ledger.command()
def show(context: typer.Context, name: NameArgument, *, json: JsonOption = False) -> None:
    """Print what was asked and said, and which characters of which version it stood on."""
    options: Globals = context.obj
    entry = options.desk.ledger.find(name)
    if json:
        options.streams.json({"schema": 1, **entry.to_dict()})
        return
    from groundwire.interfaces.render.recalls import entry_lines

    options.streams.lines(entry_lines(entry))


@ledger.command()
def export(
    context: typer.Context,
    file: Annotated[
        Path | None, typer.Argument(metavar="FILE", help="By default it is printed.")
    ] = None,
) -> None:
    """Write the whole ledger as JSON lines, from which the chain can be checked without this."""
    options: Globals = context.obj
    lines = options.desk.ledger.export()
    if file is None:
        sys.stdout.writelines(lines)
        sys.stdout.flush()
        return
    from groundwire.interfaces.cli.files import write_lines

    count = write_lines(file, lines)
    options.streams.message(f"{count} entries, written to {file}")


@ledger.command()
def erase(  # noqa: PLR0913 -- one parameter an option
    context: typer.Context,
    names: Annotated[
        list[str] | None, typer.Argument(metavar="ID…", help="Ids, or beginnings of ids.")
    ] = None,
    *,
    before: Annotated[
        str | None, typer.Option("--before", metavar="DATE", help="What was said before this day.")
    ] = None,
    conversation: ConversationOption = None,
    everything: Annotated[bool, typer.Option("--all", help="Everything; needs --yes.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask back.")] = False,
    json: JsonOption = False,
) -> None:
    """Erase the words of answers; the chain shows that they were erased, and nothing of them."""
    options: Globals = context.obj
    if sum(map(bool, (names, before is not None, conversation is not None, everything))) != 1:
        raise UsageError("say what is erased", hint="ids, --before, --conversation or --all")
    if everything and not yes:
        raise UsageError("this erases every answer of the ledger", hint="--all --yes does it")
    kept = options.desk.ledger
    if names:
        count = kept.erase(*(kept.find(name).id for name in names))
    elif conversation is not None:
        count = kept.erase_conversation(_key(options, conversation))
    else:
        count = kept.erase_before(beginning(before) if before else datetime.max.replace(tzinfo=UTC))
    if json:
        options.streams.json({"schema": 1, "erased": count})
    options.streams.message(f"{_answers(count)} erased")


@ledger.command()
def anchor(context: typer.Context, *, json: JsonOption = False) -> None:
    """Print the newest link: kept elsewhere, it shows later whether anything was rewritten."""
    options: Globals = context.obj
    newest = options.desk.ledger.anchor()
    if json:
        options.streams.json({"schema": 1, **newest.to_dict()})
    else:
        options.streams.result(f"{newest.seq}:{newest.link}")


@ledger.command()
def check(context: typer.Context, *, anchor: AnchorOption = None, json: JsonOption = False) -> None:
    """Walk along the whole chain; exit with 1 if it is not as it was written."""
    options: Globals = context.obj
    report = options.desk.ledger.verify_chain(anchor_of(anchor))
    if json:
        options.streams.json({"schema": 1, **report.to_dict()})
    else:
        from groundwire.interfaces.render.recalls import chain_lines

        options.streams.lines(chain_lines(report))
    if not report.sound:
        raise typer.Exit(NOT_SOUND)


def _key(options: Globals, name: str) -> str:
    """Return the key of a conversation: of the session that is called so, or the name itself."""
    from groundwire.interfaces.cli.records import open_sessions, records_file

    if records_file(options).exists():
        with suppress(NotFoundError), open_sessions(options) as kept:
            return kept.find(name).id
    return name


def beginning(text: str) -> datetime:
    """Return the moment, where this machine is, at which a day begins."""
    try:
        return datetime.combine(date.fromisoformat(text), time()).astimezone()
    except (ValueError, OverflowError):
        raise UsageError(f"--before: {text!r} is not a date such as 2019-06-20") from None


def _answers(count: int) -> str:
    return f"{count} answer{'s' * (count != 1)}"
