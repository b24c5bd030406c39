"""Putting results on the screen, as they come and when they are whole."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from groundwire.domain.answers import Answer
from groundwire.domain.checks import CheckReport
from groundwire.domain.comparisons import Comparison
from groundwire.domain.events import ClaimReady, Found, Status
from groundwire.domain.summaries import Summary
from groundwire.interfaces.render.escape import one_line
from groundwire.interfaces.render.lines import as_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date

    from groundwire.domain.documents import Document
    from groundwire.domain.events import Event
    from groundwire.domain.quotations import QuoteReport
    from groundwire.interfaces.render.flow import Flow
    from groundwire.interfaces.render.lines import Line
    from groundwire.interfaces.repl.ports import Output
    from groundwire.interfaces.repl.state import Result

STOPPED = "(stopped)"
_LIFT = "/filters lift"


class Telling:
    """Shows what happens while a question is answered: its stages, and sentences as they come."""

    def __init__(self, out: Output, *, streams: bool) -> None:
        """Begin with nothing shown.

        Args:
            out: Where it is shown.
            streams: Whether sentences are printed as they come; only a laid out terminal does.
        """
        self._out = out
        self._streams = streams and out.rich
        self._flow: Flow | None = None

    @property
    def streamed(self) -> bool:
        """Whether sentences were printed."""
        return self._flow is not None

    def tell(self, event: Event) -> None:
        """Show one event."""
        if isinstance(event, Status):
            self._status(event.text)
        elif isinstance(event, Found):
            count = len(event.sources)
            self._status(f"reading {count} passage{'s' * (count != 1)}")
        elif isinstance(event, ClaimReady) and self._streams:
            if self._flow is None:
                from groundwire.interfaces.render.flow import Flow

                self._out.status("")
                self._flow = Flow(self._out.console)
            self._flow.add(event.claim)

    def close(self) -> None:
        """End the paragraph, whatever happened."""
        if self._flow is not None:
            self._flow.close()
        self._out.status("")

    def _status(self, text: str) -> None:
        if self._flow is None:
            self._out.status(text)


def show(
    out: Output,
    result: Result,
    *,
    today: date,
    links: Mapping[int, str],
    streamed: bool = False,
) -> None:
    """Print a result, with its warnings on the other stream.

    Args:
        out: Where it is printed.
        result: The result.
        today: The day that the age of the newest source is counted to.
        links: Addresses by the number of the source.
        streamed: Whether the sentences of an answer are on the screen already.
    """
    for warning in result.warnings if isinstance(result, (Answer, Summary)) else ():
        out.message(f"({one_line(warning)})")
    if isinstance(result, Answer):
        _show_answer(out, result, today, links, streamed=streamed)
    elif isinstance(result, CheckReport):
        from groundwire.interfaces.render.checks import check_markdown, print_check

        if out.rich:
            print_check(out.console, result, with_sources=not out.quiet)
        else:
            out.result(check_markdown(result, with_sources=not out.quiet))
    else:
        out.lines(_lines(result, with_sources=not out.quiet))


def said(result: Result) -> str:
    """Return what the assistant said with a result, as Markdown without a list of sources."""
    if isinstance(result, (Answer, Summary)):
        return result.text
    if isinstance(result, CheckReport):
        from groundwire.interfaces.render.checks import check_markdown

        return check_markdown(result, with_sources=False)
    return as_text(_lines(result, with_sources=False))


def whole(result: Result) -> str:
    """Return a result as Markdown with its sources: what is copied."""
    if isinstance(result, Answer):
        from groundwire.interfaces.render.markdown import answer_markdown

        return answer_markdown(result, with_sources=True)
    if isinstance(result, CheckReport):
        from groundwire.interfaces.render.checks import check_markdown

        return check_markdown(result, with_sources=True)
    return as_text(_lines(result, with_sources=True))


def links_of(out: Output, result: Result, find: Callable[[str], Document]) -> dict[int, str]:
    """Return the addresses of cited files, where the terminal can show links.

    Args:
        out: Where the result will be printed.
        result: The result.
        find: Gives a document by its id.
    """
    from groundwire.interfaces.render.links import addresses, can_link

    environment = os.environ  # noqa: TID251 -- what the terminal says of itself, no settings
    if not (isinstance(result, Answer) and out.rich and can_link(sys.stdout, environment)):
        return {}
    return addresses(result.sources, find)


def _lines(result: Summary | Comparison | QuoteReport, *, with_sources: bool) -> Iterator[Line]:
    if isinstance(result, Summary):
        from groundwire.interfaces.render.summaries import summary_lines

        return summary_lines(result, with_sources=with_sources)
    if isinstance(result, Comparison):
        from groundwire.interfaces.render.comparisons import comparison_lines

        return comparison_lines(result)
    from groundwire.interfaces.render.quotes import quote_lines

    return quote_lines(result)


def _show_answer(
    out: Output, answer: Answer, today: date, links: Mapping[int, str], *, streamed: bool
) -> None:
    with_sources = not out.quiet
    if not out.rich:
        from groundwire.interfaces.render.markdown import answer_markdown

        out.result(answer_markdown(answer, with_sources=with_sources, today=today, lift=_LIFT))
        return
    from groundwire.interfaces.render.terminal import above_lines, print_answer, print_rest

    if streamed:
        out.lines(above_lines(answer, _LIFT))
        print_rest(out.console, answer, with_sources=with_sources, today=today, links=links)
    else:
        print_answer(
            out.console, answer, with_sources=with_sources, today=today, links=links, lift=_LIFT
        )
