"""``summarize``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from groundwire.domain.errors import GroundwireError, UsageError
from groundwire.domain.events import Done, Failed
from groundwire.domain.summaries import LENGTHS, GivenText, Style, Summary, Topic
from groundwire.interfaces.cli import completing
from groundwire.interfaces.cli.asking import JsonOption, NoSourcesOption, entered, tell_entry
from groundwire.interfaces.cli.interrupts import first_stops
from groundwire.interfaces.cli.records import occasion
from groundwire.interfaces.cli.scoping import (
    AsOfOption,
    ScopeOption,
    SinceOption,
    SourceOption,
    UntilOption,
    filters,
)
from groundwire.interfaces.render.escape import one_line
from groundwire.interfaces.render.lines import as_text

if TYPE_CHECKING:
    from groundwire.desk.issuing import Given
    from groundwire.domain.summaries import Target
    from groundwire.interfaces.cli.globals import Globals

STOPPED = 130
_A_MOMENT = 2.0

TargetArgument = Annotated[
    list[str] | None,
    typer.Argument(
        help="Documents: ids, paths, titles, globs; - reads a text from a pipe.",
        autocompletion=completing.documents,
    ),
]
AllOption = Annotated[bool, typer.Option("--all", help="Summarize everything in scope.")]
TopicOption = Annotated[
    str | None, typer.Option("--topic", help="Whatever the documents hold about this.")
]
SentencesOption = Annotated[
    int | None, typer.Option("--sentences", min=1, help="Exactly so many sentences.", metavar="N")
]
WordsOption = Annotated[
    int | None, typer.Option("--words", min=1, help="Exactly so many words.", metavar="N")
]
LengthOption = Annotated[
    Literal["short", "medium", "long"] | None,
    typer.Option("--length", help="3, 6 or 12 sentences."),
]
StyleOption = Annotated[
    Literal["brief", "bullets", "timeline", "tldr"], typer.Option("--style", help="Its layout.")
]
OutputOption = Annotated[
    Path | None, typer.Option("--output", "-o", help="Write it to this file.", metavar="FILE")
]


def summarize(  # noqa: PLR0913 -- one parameter an option
    context: typer.Context,
    targets: TargetArgument = None,
    *,
    everything: AllOption = False,
    topic: TopicOption = None,
    sentences: SentencesOption = None,
    words: WordsOption = None,
    length: LengthOption = None,
    style: StyleOption = "brief",
    scope: ScopeOption = None,
    source: SourceOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    as_of: AsOfOption = None,
    json: JsonOption = False,
    no_sources: NoSourcesOption = False,
    output: OutputOption = None,
) -> None:
    """Summarize documents, a topic or everything: every sentence cited, and what is left out."""
    options: Globals = context.obj
    if sum(each is not None for each in (sentences, words, length)) > 1:
        raise UsageError("give one of --sentences, --words and --length")
    narrowed = any((scope, source, since, until, as_of))
    target = target_of(targets, topic, everything=everything or narrowed)
    count = LENGTHS[length] if length else sentences
    given = _summary(options, context, target, style, count, words)
    summary = given.result
    for warning in summary.warnings:
        options.streams.message(f"groundwire: {one_line(warning)}")
    _give(options, given, output, json=json, with_sources=not no_sources and not options.quiet)
    if summary.partial:
        raise typer.Exit(STOPPED)


def target_of(targets: list[str] | None, topic: str | None, *, everything: bool) -> Target:
    """Return what is to be summarized.

    Args:
        targets: Names of documents; ``-`` alone reads a text from a pipe.
        topic: A subject.
        everything: Whether no name means everything in scope.

    Raises:
        UsageError: Nothing was named, or two sorts of things.
    """
    if topic is not None:
        if targets:
            raise UsageError("a topic and documents", hint="narrow a topic with --scope GLOB")
        if not topic.strip():
            raise UsageError("the topic is empty")
        return Topic(topic)
    if targets == ["-"] or (not targets and not everything and not sys.stdin.isatty()):
        text = sys.stdin.read()
        if not text.strip():
            raise UsageError("there is nothing to summarize", hint="groundwire summarize DOCUMENT")
        return GivenText(text)
    if not targets and not everything:
        raise UsageError("say what to summarize", hint="a document, --topic WORDS, or --all")
    return tuple(targets) if targets else None


def _summary(  # noqa: PLR0913, PLR0917 -- what was asked, each under its own name
    options: Globals,
    context: typer.Context,
    target: Target,
    style: Style,
    sentences: int | None,
    words: int | None,
) -> Given[Summary]:
    from groundwire.desk.issuing import Given

    streams = options.streams
    with streams.progress(silent_s=_A_MOMENT) as tell, first_stops(streams.message) as cancel:
        for event in options.desk.summarize_events(
            target,
            sentences=sentences,
            words=words,
            style=style,
            scope=filters(context.params),
            cancel=cancel,
            occasion=occasion(options),
        ):
            if isinstance(event, Failed):
                raise GroundwireError(event.message)
            if isinstance(event, Done) and isinstance(event.answer, Summary):
                return Given(event.answer, event.entry)
            tell(event)
    raise AssertionError("a summary ends with Done or Failed")  # pragma: no cover


def _give(
    options: Globals, given: Given[Summary], output: Path | None, *, json: bool, with_sources: bool
) -> None:
    """Print a summary, or write it to a file."""
    from groundwire.interfaces.cli.streams import as_json
    from groundwire.interfaces.render.summaries import summary_lines

    summary = given.result
    if output is not None:
        from groundwire.interfaces.cli.files import write_text

        lines = summary_lines(summary, with_sources=with_sources)
        write_text(output, as_json(entered(given)) if json else as_text(lines))
        options.streams.message(f"written to {output}")
    elif json:
        options.streams.json(entered(given))
    else:
        options.streams.lines(summary_lines(summary, with_sources=with_sources))
    if not json:
        tell_entry(options, given.entry)
