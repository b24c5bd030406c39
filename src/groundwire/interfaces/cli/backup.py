"""``backup`` and ``restore``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from groundwire.domain.errors import UsageError
from groundwire.interfaces.cli.asking import JsonOption

if TYPE_CHECKING:
    from groundwire.desk.backing import Wanted
    from groundwire.interfaces.cli.globals import Globals

IndexOnlyOption = Annotated[bool, typer.Option("--index-only", help="The index and nothing else.")]
RecordsOnlyOption = Annotated[
    bool, typer.Option("--records-only", help="Conversations and answers and nothing else.")
]


def backup(  # noqa: PLR0913 -- one parameter an option
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What to write: a .tar.gz.")],
    *,
    index_only: IndexOnlyOption = False,
    records_only: RecordsOnlyOption = False,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there.")] = False,
    json: JsonOption = False,
) -> None:
    """Write the index, the records and the configuration without secrets into one private file."""
    options: Globals = context.obj
    from groundwire.desk.backing import back_up

    report = back_up(
        options.loaded.settings,
        file.expanduser(),
        _wanted(index_only=index_only, records_only=records_only),
        config=options.config,
        force=force,
    )
    if json:
        options.streams.json(report.to_dict())
        return
    for name in report.absent:
        options.streams.message(f"not in it, because there is none: {name}")
    parts = report.contents.parts
    size = sum(part.size for part in parts)
    options.streams.message(f"written to {report.path}: {len(parts)} parts, {size} bytes unpacked")


def restore(  # noqa: PLR0913 -- one parameter an option
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What backup wrote.")],
    *,
    index_only: IndexOnlyOption = False,
    records_only: RecordsOnlyOption = False,
    force: Annotated[
        bool, typer.Option("--force", help="Replace the index and records that are there.")
    ] = False,
    json: JsonOption = False,
) -> None:
    """Put a backup back, after all of it was verified. Old records are kept beside the new."""
    options: Globals = context.obj
    from groundwire.desk.restoring import restore as put_back

    report = put_back(
        options.loaded.settings,
        file.expanduser(),
        _wanted(index_only=index_only, records_only=records_only),
        config=options.config,
        force=force,
    )
    if json:
        options.streams.json(report.to_dict())
    else:
        for line in report.told:
            options.streams.message(line)


def _wanted(*, index_only: bool, records_only: bool) -> Wanted:
    from groundwire.desk.backing import Wanted

    if index_only and records_only:
        raise UsageError("--index-only and --records-only exclude each other")
    alone = index_only or records_only
    return Wanted(index=not records_only, records=not index_only, config=not alone)
