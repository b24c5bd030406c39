"""Commands that say which documents may be used: by name, outlet or day, or as questions say."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from groundwire.domain.answers import Answer
from groundwire.domain.errors import NotFoundError, UsageError
from groundwire.domain.retrieval import Scope
from groundwire.interfaces.render.escape import one_line
from groundwire.interfaces.repl import questions
from groundwire.interfaces.repl.finding import scope_entries
from groundwire.interfaces.repl.parsing import day, words

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from groundwire.interfaces.repl.ports import ChatDesk
    from groundwire.interfaces.repl.repl import Repl

_CLEAR = "clear"


def scope(repl: Repl, rest: str) -> None:
    """Show what questions are limited to, limit them to documents, or lift every limit."""
    if rest == _CLEAR:
        _set(repl, Scope())
    elif not rest:
        _tell(repl)
    else:
        documents = tuple(scope_entries(repl.desk, rest))
        _set(repl, replace(repl.state.scope, documents=documents))


def since(repl: Repl, rest: str) -> None:
    """Leave out what was published before a day."""
    _date(repl, "since", rest, lambda scope, day: replace(scope, since=day))


def until(repl: Repl, rest: str) -> None:
    """Leave out what was published after a day."""
    _date(repl, "until", rest, lambda scope, day: replace(scope, until=day))


def as_of(repl: Repl, rest: str) -> None:
    """Answer as if nothing were known after a day."""
    _date(repl, "as-of", rest, lambda scope, day: replace(scope, as_of=day))


def source(repl: Repl, rest: str) -> None:
    """Use one outlet only, or several."""
    if not rest:
        _tell(repl)
        return
    given = _outlets(repl.desk, rest) if rest != _CLEAR else ()
    _set(repl, replace(repl.state.scope, sources=given))


def filters(repl: Repl, rest: str) -> None:
    """Show what the last question was read as, ask it again without, or stop reading questions."""
    if rest == "lift":
        questions.lift(repl)
    elif rest in {"on", "off"}:
        repl.state.filters = rest == "on"
        repl.out.message(f"Questions are {'' if rest == 'on' else 'not '}read for filters.")
    elif rest:
        raise UsageError(f"{rest!r}: lift, on or off", hint="/filters lift")
    else:
        _tell_inferred(repl)
        _tell(repl)


def in_words(scope: Scope) -> str:
    """Return what questions are limited to, in words; empty for everything."""
    parts = (
        ", ".join(scope.documents),
        ", ".join(scope.sources),
        f"since {scope.since}" if scope.since else "",
        f"until {scope.until}" if scope.until else "",
        f"as of {scope.as_of}" if scope.as_of else "",
    )
    return one_line("; ".join(part for part in parts if part))


def _date(repl: Repl, name: str, rest: str, change: Callable[[Scope, date | None], Scope]) -> None:
    if not rest:
        _tell(repl)
        return
    wanted = None if rest == _CLEAR else day(rest)
    try:
        _set(repl, change(repl.state.scope, wanted))
    except ValueError as error:
        raise UsageError(str(error), hint=f"/{name} clear lifts it") from None


def _set(repl: Repl, wanted: Scope) -> None:
    repl.state.scope = wanted
    _tell(repl)
    if repl.state.last is not None:
        repl.out.message("/retry asks the last question again.")


def _tell(repl: Repl) -> None:
    repl.out.message(f"Scope: {in_words(repl.state.scope) or 'everything'}")


def _tell_inferred(repl: Repl) -> None:
    last = repl.state.last
    read = last.result.provenance.inferred if last and isinstance(last.result, Answer) else None
    for phrase in read.phrases if read else ():
        lifted = " (lifted: nothing was found with it)" if phrase.lifted else ""
        said, meant = one_line(phrase.text), one_line(phrase.words)
        repl.out.message(f"“{said}” was read as: {meant}{lifted}")
    if read is None or not read.phrases:
        repl.out.message("No filter was read out of the last question.")


def _outlets(desk: ChatDesk, rest: str) -> tuple[str, ...]:
    """Return the outlets that are named: one with spaces, or several in quotes.

    Raises:
        NotFoundError: No document is from such an outlet.
    """
    known = {info.source.casefold(): info.source for info in desk.docs() if info.source}
    named = [rest] if rest.casefold() in known else words(rest)
    unknown = next((name for name in named if name.casefold() not in known), None)
    if unknown is not None:
        from difflib import get_close_matches

        close = get_close_matches(unknown.casefold(), known, n=1)
        hint = f"did you mean {known[close[0]]}?" if close else "see: /docs"
        raise NotFoundError(f"no document is from {unknown!r}", hint=hint)
    return tuple(known[name.casefold()] for name in named)
