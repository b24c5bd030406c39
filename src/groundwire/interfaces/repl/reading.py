"""An article shown at the cited place: in the pager, or printed with its surroundings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from groundwire.interfaces.repl.pager import page, pager

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import Console

    from groundwire.domain.documents import Document
    from groundwire.domain.spans import Span
    from groundwire.interfaces.render.lines import Line
    from groundwire.interfaces.repl.repl import Repl

_AROUND = 1
_ABOVE = 3


def read_at(repl: Repl, document: Document, spans: Sequence[Span]) -> None:
    """Show an article with the cited characters highlighted.

    Where there is a pager it shows the whole article, with the first cited place near the top;
    elsewhere the paragraphs around the places are printed.
    """
    from groundwire.interfaces.render.passages import opened

    out = repl.out
    command = pager(repl.around.loaded.settings.terminal.pager) if out.rich else None
    if command is not None:
        text, row = _paged(out.console, opened(document, spans))
        if page(command, text, max(1, row - _ABOVE)):
            return
    out.lines(opened(document, spans, around=_AROUND, marked=not out.rich))


def _paged(console: Console, lines: Iterable[Line]) -> tuple[str, int]:
    """Return lines as the terminal shows them, and the row, from 1, of the first citation."""
    from groundwire.interfaces.render.terminal import rows

    first, count = 0, 0
    with console.capture() as captured:
        for line in lines:
            if not first and any(role == "marker" for _, role in line.parts):
                first = count + 1
            for row in rows(console, line):
                console.print(row, soft_wrap=True)
                count += 1
    return captured.get(), first or 1
