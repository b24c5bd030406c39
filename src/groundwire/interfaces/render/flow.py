"""Sentences as they come: each row is printed once, when it is whole, and never drawn again."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

from rich.control import Control
from rich.segment import ControlType
from rich.text import Text

from groundwire.interfaces.render.escape import printable
from groundwire.interfaces.render.lines import Line
from groundwire.interfaces.render.links import NO_LINKS
from groundwire.interfaces.render.terminal import (
    claim_parts,
    columns,
    rich_text,
    show_lines,
    wrapped,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import TextIO

    from rich.console import Console

    from groundwire.domain.claims import Claim

_CLEAR_ROW = Control(ControlType.CARRIAGE_RETURN, (ControlType.ERASE_IN_LINE, 2))
_UNSURE = re.compile("[\u200d\ufe0e\ufe0f\U0001f000-\U0001faff]")


class Flow:
    """One paragraph, or a list, written while its sentences are being found.

    On a terminal the last, unfinished row is a preview: it is the only row that is ever cleared.
    Where the width changes meanwhile, the preview stays as it stands and the text goes on under
    it, since the terminal may have wrapped it anew. In a pipe each sentence is written at once, in
    the characters of the finished result. Always ``close`` it, also after an interruption.
    """

    def __init__(
        self,
        console: Console | None = None,
        *,
        stream: TextIO | None = None,
        bullets: bool = False,
        links: Mapping[int, str] = NO_LINKS,
    ) -> None:
        """Begin with nothing written.

        Args:
            console: The terminal; None writes plain text to ``stream``.
            stream: Where plain text goes; None: stdout.
            bullets: Whether each sentence is an item of a list, rather than part of a paragraph.
            links: Addresses by the number of the source.
        """
        self._console = console
        self._stream = stream
        self._bullets = bullets
        self._links = links
        self._row = Text()
        self._width = 0
        self._previewed = False
        self._open = False

    def add(self, claim: Claim) -> None:
        """Show one more sentence."""
        if self._console is None:
            self._write(claim)
            return
        parts = tuple(claim_parts(claim))
        if self._bullets:
            show_lines(self._console, [Line((("- ", "plain"), *parts))], self._links)
        else:
            self._flow(self._console, rich_text(Line(parts), self._links))

    def close(self) -> None:
        """End the paragraph: whatever is unfinished is written. Closing twice does nothing."""
        if self._console is None:
            if self._open and not self._bullets:
                self._stdout.write("\n")
                self._stdout.flush()
        elif self._row:
            self._settle(self._console)
            if self._row:
                self._clear(self._console)
                self._console.print(self._row, soft_wrap=True)
        self._row, self._open = Text(), False

    @property
    def _stdout(self) -> TextIO:
        return self._stream or sys.stdout

    def _write(self, claim: Claim) -> None:
        before = "- " if self._bullets else " " if self._open else ""
        after = "\n" if self._bullets else ""
        self._stdout.write(f"{before}{printable(claim.marked())}{after}")
        self._stdout.flush()
        self._open = True

    def _flow(self, console: Console, text: Text) -> None:
        """Print the rows that are whole now, and preview the one that is not."""
        self._settle(console)
        joined = Text(" ").join([self._row, text]) if self._row else text
        *whole, self._row = wrapped(console, joined, self._width)
        self._clear(console)
        for row in whole:
            console.print(row, soft_wrap=True)
        if self._row and _previews(console) and not _UNSURE.search(self._row.plain):
            console.print(self._row, end="", soft_wrap=True)
            self._previewed = True

    def _settle(self, console: Console) -> None:
        """Take the width as it is now; where it changed, leave the preview as it stands."""
        width = columns(console)
        if self._previewed and width != self._width:
            console.print()
            self._row, self._previewed = Text(), False
        self._width = width

    def _clear(self, console: Console) -> None:
        if self._previewed:
            console.control(_CLEAR_ROW)
            self._previewed = False


def _previews(console: Console) -> bool:
    return console.is_terminal and not console.is_dumb_terminal and console.file.isatty()
