"""Commands that make something of the documents: summaries, comparisons, quotations, checks."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, get_args

from groundwire.desk.issuing import Given
from groundwire.domain.errors import CancelledError, NotFoundError, UsageError
from groundwire.domain.summaries import LENGTHS, Length, Style, Summary, Topic
from groundwire.interfaces.repl import saving
from groundwire.interfaces.repl.parsing import names
from groundwire.interfaces.repl.running import Patience, call, run

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Iterator

    from groundwire.domain.conversations import ExchangeKind
    from groundwire.domain.events import Event
    from groundwire.domain.summaries import Target
    from groundwire.interfaces.repl.ports import ChatDesk
    from groundwire.interfaces.repl.repl import Repl
    from groundwire.interfaces.repl.state import Result

_TOPIC = "topic:"
_EVERYTHING = "all"
_STOPPING = "stopping with what was read; Ctrl-C again leaves"


def summarize(repl: Repl, rest: str) -> None:
    """Summarise documents, a topic, or everything in scope."""
    text, length, style = _read_options(rest)
    _summarize(repl, f"/summarize {rest}", text, length, style)


def timeline(repl: Repl, rest: str) -> None:
    """Order what documents tell by the days that it happened on."""
    text, length, _ = _read_options(rest)
    _summarize(repl, f"/timeline {rest}", text, length, "timeline")


def compare(repl: Repl, rest: str) -> None:
    """Hold two documents side by side."""
    named = names(rest)
    if len(named) != 2:  # noqa: PLR2004 -- two sides
        hint = '/compare "ONE TITLE" other.md'
        raise UsageError("name two documents; names with spaces go in quotes", hint=hint)
    left, right = named

    def do(desk: ChatDesk) -> Given[Result]:
        return desk.comparison(left, right, occasion=saving.occasion(repl.around, repl.state))

    _make(repl, "comparison", f"/compare {rest}", do)


def quote(repl: Repl, rest: str) -> None:
    """Look a quotation up."""
    if not rest:
        raise UsageError("there is no quotation", hint="/quote “WORDS,” said SPEAKER")
    scope = repl.state.scope
    _make(repl, "quote", f"/quote {rest}", lambda desk: Given(desk.quote(rest, scope=scope)))


def check(repl: Repl, rest: str) -> None:
    """Hold a claim against the documents."""
    if not rest:
        raise UsageError("there is no claim", hint="/check WHO DID WHAT.")
    scope = repl.state.scope
    _make(repl, "check", f"/check {rest}", lambda desk: Given(desk.check(rest, scope=scope)))


def _make(
    repl: Repl, kind: ExchangeKind, typed: str, do: Callable[[ChatDesk], Given[Result]]
) -> None:
    began = repl.now()
    repl.again = partial(_make, repl, kind, typed, do)
    repl.out.status("reading the documents")
    given = call(lambda _cancel, _tell: do(repl.desk), lambda _event: None, repl.interrupts)
    repl.finish(kind, typed, given.result, entry=given.entry, began=began)


def _summarize(repl: Repl, typed: str, text: str, length: Length | None, style: Style) -> None:
    began = repl.now()
    repl.again = partial(_summarize, repl, typed, text, length, style)
    scope = repl.state.scope
    sentences = LENGTHS[length] if length else None
    if not text and scope.is_everything():
        hint = "/summarize DOCUMENT, topic:WORDS or all"
        raise UsageError("say what to summarize", hint=hint)
    occasion = saving.occasion(repl.around, repl.state)

    def make(cancel: threading.Event) -> Iterator[Event]:
        desk = repl.desk
        target = _target(desk, text)
        yield from desk.summarize_events(
            target,
            sentences=sentences,
            style=style,
            scope=scope,
            cancel=cancel,
            occasion=occasion,
        )

    patience = Patience(None, lambda: repl.out.message(_STOPPING))
    with repl.out.progress() as tell:
        finished = run(make, tell, repl.interrupts, patience)
    if finished.done is None or not isinstance(finished.done.answer, Summary):
        raise CancelledError
    summary, entry = finished.done.answer, finished.done.entry
    repl.finish("summary", typed, summary, entry=entry, began=began, stopped=summary.partial)


def _read_options(rest: str) -> tuple[str, Length | None, Style]:
    """Return the target, and the length and style that are named after it."""
    text = rest.strip()
    length: Length | None = None
    style: Style = "brief"
    while text:
        before, _, last = text.rpartition(" ")
        if last in get_args(Length):
            length = last  # type: ignore[assignment]  # it is one of them
        elif last in get_args(Style):
            style = last  # type: ignore[assignment]  # the same
        else:
            break
        text = before.rstrip()
    return text, length, style


def _target(desk: ChatDesk, text: str) -> Target:
    """Return what is summarised: a topic, everything, one document by its title, or several."""
    if text.startswith(_TOPIC):
        topic = text.removeprefix(_TOPIC).strip().strip('"“”')
        if not topic:
            raise UsageError("the topic is empty")
        return Topic(topic)
    if text in {"", _EVERYTHING}:
        return None
    named = names(text)
    if len(named) > 1:
        with suppress(NotFoundError):  # not one title with spaces, then several names
            return desk.show(" ".join(named)).id
    return tuple(named)
