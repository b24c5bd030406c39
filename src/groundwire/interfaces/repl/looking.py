"""Commands that look: at documents, at what stands behind the last result, at passages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from groundwire.domain.answers import Answer
from groundwire.domain.comparisons import Comparison
from groundwire.domain.errors import NotFoundError, UsageError
from groundwire.domain.quotations import QuoteReport
from groundwire.interfaces.render.escape import one_line, printable
from groundwire.interfaces.repl.places import cited
from groundwire.interfaces.repl.reading import read_at
from groundwire.interfaces.repl.running import call

if TYPE_CHECKING:
    from groundwire.domain.answers import Source
    from groundwire.domain.documents import DocumentInfo
    from groundwire.interfaces.repl.repl import Repl
    from groundwire.interfaces.repl.state import Shown

_PASSAGES = 5
_NONE_YET = "There is no answer yet."


def docs(repl: Repl, rest: str) -> None:
    """List the documents in scope whose path, title or outlet holds some words."""
    from groundwire.interfaces.render.markdown import listing

    found = repl.desk.docs(repl.state.scope)
    wanted = rest.casefold().split()
    fits = [info for info in found if all(word in _described(info) for word in wanted)]
    if fits:
        repl.out.result(listing(fits))
    repl.out.message(f"{len(fits)} document{'s' * (len(fits) != 1)}")


def families(repl: Repl, _rest: str) -> None:
    """List reports with the documents that copy them."""
    from groundwire.interfaces.render.families import families_count, families_listing

    scope = repl.state.scope
    found = repl.desk.families(scope)
    if found:
        repl.out.result(families_listing(found))
    repl.out.message(families_count(found, len(repl.desk.docs(scope))))


def sources(repl: Repl, rest: str) -> None:
    """Print the whole passages behind the last result."""
    last = repl.state.last
    if last is None:
        repl.out.message(_NONE_YET)
        return
    if isinstance(last.result, (Comparison, QuoteReport)):
        raise UsageError("this result shows its passages itself", hint="/open 1 shows the article")
    from groundwire.interfaces.render.markdown import describe

    for source in _chosen(last, rest):
        passage = printable(source.hit.passage.text)
        repl.out.result(f"[{source.n}] {describe(source.hit)}\n{passage}\n")


def open_at(repl: Repl, rest: str) -> None:
    """Show the article behind a number of the last result, at the cited place."""
    last = repl.state.last
    if last is None:
        repl.out.message(_NONE_YET)
        return
    places = cited(last.result)
    place = places.get(_number(rest or "1"))
    if place is None:
        raise _no_number(rest, list(places))
    read_at(repl, repl.desk.show(place.document), place.spans)


def why(repl: Repl, _rest: str) -> None:
    """Print how the last answer came about."""
    last = repl.state.last
    if last is None:
        repl.out.message(_NONE_YET)
    elif not isinstance(last.result, Answer):
        raise UsageError("only of answers it is known how they came about")
    elif last.stopped:
        repl.out.message("It was stopped before it was whole.")
    else:
        from groundwire.interfaces.render.why import why_lines

        repl.out.lines(why_lines(last.result, last.entry))


def search(repl: Repl, rest: str) -> None:
    """List the passages nearest to some words; no answer is made."""
    if not rest:
        raise UsageError("there is nothing to search for", hint="/search WORDS")
    from groundwire.interfaces.render.markdown import ranking_markdown

    state = repl.state
    repl.out.status("searching the documents")
    found = call(
        lambda _cancel, _tell: repl.desk.search(
            rest, top_k=_PASSAGES, scope=state.scope, filters=state.filters
        ),
        lambda _event: None,
        repl.interrupts,
    )
    repl.out.status("")
    if found.inferred.notice:
        repl.out.message(f"({one_line(found.inferred.notice)})")
    repl.out.result(ranking_markdown(found) or "No passage found.")


def _described(info: DocumentInfo) -> str:
    return f"{info.id} {info.path} {info.title} {info.source} {info.published or ''}".casefold()


def _chosen(last: Shown, rest: str) -> list[Source]:
    """Return the sources that are meant: one, or all that are cited, else all there are."""
    if isinstance(last.result, (Comparison, QuoteReport)):
        return []
    listed = last.result.sources
    if rest:
        wanted = _number(rest)
        chosen = [source for source in listed if source.n == wanted]
        if not chosen:
            raise _no_number(rest, [source.n for source in listed])
        return chosen
    return [source for source in listed if source.cited] or list(listed)


def _number(text: str) -> int:
    digits = text.strip().strip("[]")
    if not (digits.isascii() and digits.isdecimal()):
        raise UsageError(f"{text!r} is no number of the last result", hint="/open 1")
    return int(digits)


def _no_number(text: str, numbers: list[int]) -> NotFoundError:
    hint = f"there are 1 to {max(numbers)}" if numbers else "it rests on no passage"
    return NotFoundError(f"the last result has no [{one_line(text)}]", hint=hint)
