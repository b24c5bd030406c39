"""``check``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from groundwire.domain.errors import UsageError
from groundwire.interfaces.cli.asking import JsonOption, NoSourcesOption, question_text
from groundwire.interfaces.cli.scoping import (
    AsOfOption,
    ScopeOption,
    SinceOption,
    SourceOption,
    UntilOption,
    filters,
)

if TYPE_CHECKING:
    from groundwire.domain.checks import CheckReport
    from groundwire.interfaces.cli.globals import Globals

NOT_SUPPORTED = 3

ClaimArgument = Annotated[
    list[str] | None, typer.Argument(help="The claim; - or nothing reads it from a pipe.")
]
StatusOption = Annotated[
    bool, typer.Option("--exit-status", help="Exit with 3 when the claim is not supported.")
]


def check(  # noqa: PLR0913 -- one parameter an option
    context: typer.Context,
    claim: ClaimArgument = None,
    *,
    scope: ScopeOption = None,
    source: SourceOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    as_of: AsOfOption = None,
    json: JsonOption = False,
    no_sources: NoSourcesOption = False,
    exit_status: StatusOption = False,
) -> None:
    """Hold a claim against the documents: supported, contradicted or not supported."""
    options: Globals = context.obj
    found = options.desk.check(_claim_text(claim), scope=filters(context.params))
    if json:
        options.streams.json(found.to_dict())
    else:
        _print(options, found, with_sources=not no_sources and not options.quiet)
    if exit_status and not found.supported:
        raise typer.Exit(NOT_SUPPORTED)


def _claim_text(words: list[str] | None) -> str:
    try:
        return question_text(words)
    except UsageError:
        raise UsageError("there is no claim", hint="groundwire check 'WHO DID WHAT.'") from None


def _print(options: Globals, found: CheckReport, *, with_sources: bool) -> None:
    from groundwire.interfaces.render.checks import check_markdown, print_check

    if options.streams.rich:
        print_check(options.streams.console, found, with_sources=with_sources)
    else:
        options.streams.result(check_markdown(found, with_sources=with_sources))
