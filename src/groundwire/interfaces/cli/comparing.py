"""``compare`` and ``quote``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from groundwire.domain.errors import UsageError
from groundwire.interfaces.cli import completing
from groundwire.interfaces.cli.asking import JsonOption, entered, question_text, tell_entry
from groundwire.interfaces.cli.records import occasion
from groundwire.interfaces.cli.scoping import (
    AsOfOption,
    ScopeOption,
    SinceOption,
    SourceOption,
    UntilOption,
    filters,
)

if TYPE_CHECKING:
    from groundwire.interfaces.cli.globals import Globals

NOT_EXACT = 3

QuoteArgument = Annotated[
    list[str] | None,
    typer.Argument(help="The words, with their speaker if known; - or nothing reads a pipe."),
]
StatusOption = Annotated[
    bool, typer.Option("--exit-status", help="Exit with 3 unless the quotation is exact.")
]


def compare(
    context: typer.Context,
    left: Annotated[
        str,
        typer.Argument(
            help="Id, path or title of a document, or a file.",
            autocompletion=completing.documents,
        ),
    ],
    right: Annotated[
        str, typer.Argument(help="The other one.", autocompletion=completing.documents)
    ],
    *,
    json: JsonOption = False,
) -> None:
    """Hold two documents side by side: what both say, conflicts, what only one says."""
    options: Globals = context.obj
    given = options.desk.comparison(left, right, occasion=occasion(options))
    if json:
        options.streams.json(entered(given))
        return
    from groundwire.interfaces.render.comparisons import comparison_lines

    options.streams.lines(comparison_lines(given.result))
    tell_entry(options, given.entry)


def quote(  # noqa: PLR0913 -- one parameter an option
    context: typer.Context,
    quotation: QuoteArgument = None,
    *,
    scope: ScopeOption = None,
    source: SourceOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    as_of: AsOfOption = None,
    json: JsonOption = False,
    exit_status: StatusOption = False,
) -> None:
    """Say whether a quotation is exact, altered, spliced, misattributed or absent."""
    options: Globals = context.obj
    report = options.desk.quote(_quotation(quotation), scope=filters(context.params))
    if json:
        options.streams.json(report.to_dict())
    else:
        from groundwire.interfaces.render.quotes import quote_lines

        options.streams.lines(quote_lines(report))
    if exit_status and report.label != "exact":
        raise typer.Exit(NOT_EXACT)


def _quotation(words: list[str] | None) -> str:
    try:
        return question_text(words)
    except UsageError:
        hint = "groundwire quote '“WORDS,” said SPEAKER'"
        raise UsageError("there is no quotation", hint=hint) from None
