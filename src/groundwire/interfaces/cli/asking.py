"""``ask`` and ``search``."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from groundwire.domain.conversations import Turn
from groundwire.domain.errors import UsageError
from groundwire.interfaces.cli.batch import run_batch
from groundwire.interfaces.cli.records import occasion
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
from groundwire.interfaces.render.escape import one_line

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from groundwire.desk.issuing import Given
    from groundwire.domain.answers import Answer
    from groundwire.domain.comparisons import Comparison
    from groundwire.domain.retrieval import Ranking
    from groundwire.domain.summaries import Summary
    from groundwire.interfaces.cli.globals import Globals

NOT_ANSWERED = 3
DEFAULT_TOP_K = 10
HISTORY = 20

QuestionArgument = Annotated[
    list[str] | None, typer.Argument(help="The question; - or nothing reads it from a pipe.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
BatchOption = Annotated[
    Path | None,
    typer.Option("--batch", help="JSON lines with id and arguments; - is a pipe.", metavar="FILE"),
]
TopOption = Annotated[int | None, typer.Option("--top-k", min=1, max=1000, help="Passages to use.")]
NoSourcesOption = Annotated[bool, typer.Option("--no-sources", help="Leave out the source list.")]
StatusOption = Annotated[
    bool, typer.Option("--exit-status", help="Exit with 3 when nothing was answered.")
]
StreamOption = Annotated[
    bool, typer.Option("--stream", help="With --json: one event a line, as it happens.")
]
ContinueOption = Annotated[
    bool,
    typer.Option("--continue", help="Ask after the last session's turns, and keep it there."),
]


def ask(  # noqa: PLR0913 -- one parameter an option
    context: typer.Context,
    question: QuestionArgument = None,
    *,
    scope: ScopeOption = None,
    source: SourceOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    as_of: AsOfOption = None,
    no_filters: NoFiltersOption = False,
    top_k: TopOption = None,
    json: JsonOption = False,
    stream: StreamOption = False,
    continues: ContinueOption = False,
    no_sources: NoSourcesOption = False,
    exit_status: StatusOption = False,
    batch: BatchOption = None,
) -> None:
    """Answer a question with cited sentences, or say that the documents do not."""
    options: Globals = context.obj
    options.top_k = top_k
    _check_together(stream=stream, json=json, continues=continues, batch=batch is not None)
    if batch is not None:
        flags = {"no_filters": no_filters}
        run_batch(options, batch, lambda line: entered(_ask(options, flags | line)))
        return
    asked = {**context.params, "question": question_text(question)}
    if stream:
        from groundwire.interfaces.cli.events import print_events

        answered = print_events(options, asked)
    else:
        with_sources = not no_sources and not options.quiet
        answer_now = _continue if continues else _answer
        answered = answer_now(options, asked, json=json, with_sources=with_sources)
    if exit_status and not answered:
        raise typer.Exit(NOT_ANSWERED)


def search(  # noqa: PLR0913 -- one parameter an option
    context: typer.Context,
    question: QuestionArgument = None,
    *,
    scope: ScopeOption = None,
    source: SourceOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    as_of: AsOfOption = None,
    no_filters: NoFiltersOption = False,
    top_k: TopOption = None,
    json: JsonOption = False,
    batch: BatchOption = None,
) -> None:
    """List the passages nearest to a question; no answer is made."""
    options: Globals = context.obj
    if batch is not None:
        flags = {"no_filters": no_filters}
        run_batch(options, batch, lambda line: _search(options, flags | line).to_dict())
        return
    ranking = _search(options, {**context.params, "question": question_text(question)})
    if ranking.inferred.notice:
        options.streams.message(f"groundwire: {one_line(ranking.inferred.notice)}")
    if json:
        options.streams.json({"schema": 1, **ranking.to_dict()})
        return
    from groundwire.interfaces.render.markdown import ranking_markdown

    options.streams.result(ranking_markdown(ranking) or "No passage found.")


def question_text(words: list[str] | None) -> str:
    """Return the question from the arguments, a pipe, or both: the pipe is extra context.

    Raises:
        UsageError: There is no question.
    """
    given = " ".join(word for word in words or () if word != "-").strip()
    wants_pipe = "-" in (words or ()) or (not given and not sys.stdin.isatty())
    piped = sys.stdin.read().strip() if wants_pipe else ""
    asked = "\n\n".join(part for part in (given, piped) if part)
    if not asked:
        raise UsageError("there is no question", hint="groundwire ask 'WHO SAID WHAT?'")
    return asked


def _check_together(*, stream: bool, json: bool, continues: bool, batch: bool) -> None:
    """Refuse options that do not go together.

    Raises:
        UsageError: They do not.
    """
    if stream and not json:
        raise UsageError("--stream goes with --json")
    if continues and (stream or batch):
        raise UsageError(f"--continue does not go with {'--stream' if stream else '--batch'}")


def _answer(options: Globals, asked: Mapping[str, Any], *, json: bool, with_sources: bool) -> bool:
    """Answer a question that stands alone; return whether it was answered."""
    given = _ask(options, asked)
    _print(options, given, json=json, with_sources=with_sources)
    return given.result.answered


def _continue(
    options: Globals, asked: Mapping[str, Any], *, json: bool, with_sources: bool
) -> bool:
    """Answer the next question of the last session, or the first of a new one, and keep it."""
    from groundwire.interfaces.cli.records import open_sessions

    with open_sessions(options) as kept:
        last = kept.listing(limit=1)
        session = last[0].id if last else kept.begin()
        given = _ask(options, asked, kept.turns(session, HISTORY), session)
        answer = given.result
        _print(options, given, json=json, with_sources=with_sources, session=session)
        kept.save(session, answer.question, "answer", answer.text, entered(given))
    return answer.answered


def _ask(
    options: Globals, asked: Mapping[str, Any], history: Sequence[Turn] = (), session: str = ""
) -> Given[Answer]:
    return options.desk.answer(
        asked["question"],
        history=history or _turns(asked.get("history") or ()),
        scope=filters(asked),
        filters=reads_filters(asked),
        occasion=occasion(options, session),
    )


def entered(given: Given[Answer] | Given[Summary] | Given[Comparison]) -> dict[str, object]:
    """Return the JSON object of a result, with the id of its entry in the ledger."""
    return {**given.result.to_dict(), "entry": given.entry or None}


def _turns(said: Sequence[str]) -> tuple[Turn, ...]:
    """Return what was said by turns, a question first."""
    return tuple(Turn("assistant" if n % 2 else "user", text) for n, text in enumerate(said))


def _search(options: Globals, asked: Mapping[str, Any]) -> Ranking:
    top_k = asked.get("top_k") or DEFAULT_TOP_K
    return options.desk.search(
        asked["question"], top_k=top_k, scope=filters(asked), filters=reads_filters(asked)
    )


def _print(
    options: Globals, given: Given[Answer], *, json: bool, with_sources: bool, session: str = ""
) -> None:
    answer = given.result
    for warning in answer.warnings:
        options.streams.message(f"groundwire: {one_line(warning)}")
    if json:
        options.streams.json(entered(given) | ({"session": session} if session else {}))
        return
    today = datetime.now().astimezone().date()
    if options.streams.rich:
        from groundwire.interfaces.render.links import links_for
        from groundwire.interfaces.render.terminal import print_answer

        links = links_for(sys.stdout, answer.sources, options.desk.show)
        print_answer(
            options.streams.console, answer, with_sources=with_sources, today=today, links=links
        )
    else:
        from groundwire.interfaces.render.markdown import answer_markdown

        text = answer_markdown(answer, with_sources=with_sources, today=today)
        options.streams.result(text)
    tell_entry(options, given.entry)


def tell_entry(options: Globals, entry: str) -> None:
    """Say under which id a result is in the ledger, if more is to be said than the result."""
    if options.verbose and entry:
        options.streams.message(f"in the ledger; later: groundwire verify {entry}")
