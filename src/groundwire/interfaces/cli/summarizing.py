"""``summarize``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from groundwire.interfaces.cli.asking import JsonOption, NoSourcesOption

if TYPE_CHECKING:
    from groundwire.interfaces.cli.globals import Globals


def summarize(
    context: typer.Context,
    document: Annotated[str, typer.Argument(help="Id, path, title or glob of one document.")],
    *,
    sentences: Annotated[
        int, typer.Option("--sentences", min=1, help="How many sentences.", metavar="N")
    ] = 5,
    json: JsonOption = False,
    no_sources: NoSourcesOption = False,
) -> None:
    """Summarize a document in its own sentences, each cited."""
    options: Globals = context.obj
    summary = options.desk.summarize(document, sentences=sentences)
    for warning in summary.warnings:
        options.streams.message(f"groundwire: {warning}")
    with_sources = not no_sources and not options.quiet
    if json:
        options.streams.json(summary.to_dict())
    elif options.streams.rich:
        from groundwire.interfaces.render.terminal import print_summary

        print_summary(options.streams.console, summary, with_sources=with_sources)
    else:
        from groundwire.interfaces.render.markdown import summary_markdown

        options.streams.result(summary_markdown(summary, with_sources=with_sources))
