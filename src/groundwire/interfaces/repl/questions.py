"""Questions: asked with the chat's filters and history, and asked again."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from groundwire.domain.answers import Answer, Provenance, Source
from groundwire.domain.errors import CancelledError, NotFoundError, UsageError
from groundwire.interfaces.render.escape import one_line
from groundwire.interfaces.repl import saving
from groundwire.interfaces.repl.finding import scope_entry
from groundwire.interfaces.repl.parsing import mentioned
from groundwire.interfaces.repl.running import call, run
from groundwire.interfaces.repl.showing import Telling

if TYPE_CHECKING:
    import threading
    from collections.abc import Iterator

    from groundwire.domain.events import Event
    from groundwire.domain.retrieval import Scope
    from groundwire.interfaces.repl.repl import Repl
    from groundwire.interfaces.repl.running import Finished

HISTORY = 20
"""Turns that a question is read with, at most."""


def ask(repl: Repl, typed: str, *, lifts: bool = False) -> None:
    """Answer a question, show the answer as it comes, and keep it.

    Args:
        repl: The chat.
        typed: The question; documents that it mentions with ``@`` are its scope.
        lifts: Whether the question is not to be read for filters, whatever the chat does.
    """
    began = repl.now()
    before = len(repl.state.turns)
    repl.again = lambda: _again(repl, typed, before)
    question, documents = _read(repl, typed)
    state = repl.state
    scope = replace(state.scope, documents=documents) if documents else state.scope
    filters = False if lifts else state.filters
    occasion = saving.occasion(repl.around, state)
    history = tuple(state.turns[-HISTORY:])

    def make(cancel: threading.Event) -> Iterator[Event]:
        return repl.desk.ask_events(
            question,
            history=history,
            scope=scope,
            cancel=cancel,
            filters=filters,
            occasion=occasion,
        )

    telling = Telling(repl.out, streams=repl.streams)
    try:
        finished = run(make, telling.tell, repl.interrupts)
    finally:
        telling.close()
    done = partial(repl.finish, "answer", typed, asked=question, began=began)
    if finished.done is not None and isinstance(finished.done.answer, Answer):
        done(finished.done.answer, entry=finished.done.entry, streamed=telling.streamed)
    elif finished.claims:
        answer = _partial(question, finished, scope, llm=repl.around.loaded.settings.llm)
        done(answer, streamed=telling.streamed, stopped=True)
    else:
        raise CancelledError


def _read(repl: Repl, typed: str) -> tuple[str, tuple[str, ...]]:
    """Return the question and, for a scope, the documents that it mentions."""
    if "@" not in typed:
        return typed, ()
    question, documents = call(
        lambda _cancel, _tell: mentioned(typed, lambda name: _document(repl, name)),
        lambda _event: None,
        repl.interrupts,
    )
    if not question:
        raise UsageError("there is no question about it", hint="@document WHAT ABOUT IT?")
    return question, documents


def lift(repl: Repl) -> None:
    """Ask the last question again, without the filters that it was read for.

    Raises:
        UsageError: There is no question to ask again.
    """
    last = repl.state.last
    if last is None or last.kind != "answer":
        raise UsageError("there is no question to ask again")
    del repl.state.turns[-2:]
    ask(repl, last.question, lifts=True)


def _again(repl: Repl, typed: str, before: int) -> None:
    del repl.state.turns[before:]
    ask(repl, typed)


def _document(repl: Repl, name: str) -> str | None:
    try:
        document = repl.desk.show(name)
    except NotFoundError as error:
        repl.out.message(f"(@{one_line(name)} is taken as a word: {one_line(str(error))})")
        return None
    repl.out.message(f"(only in “{one_line(document.title)}”, {one_line(document.path)})")
    return scope_entry(repl.desk, document)


def _partial(question: str, finished: Finished, scope: Scope, *, llm: str | None) -> Answer:
    """Return what had been said when it was stopped, as an answer with its sources."""
    found = {hit.passage.id: hit for hit in finished.found}
    numbers = {
        citation.n: found[citation.passage_id]
        for claim in finished.claims
        for citation in claim.citations
        if citation.passage_id in found
    }
    return Answer(
        question=question,
        standalone=question,
        outcome="answered",
        claims=finished.claims,
        sources=tuple(Source(n, hit, cited=True) for n, hit in sorted(numbers.items())),
        filters=scope,
        provenance=Provenance("llm" if llm else "extractive", "", 0, "", model=llm),
    )
