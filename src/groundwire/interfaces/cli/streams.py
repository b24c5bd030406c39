"""Where output goes: results to stdout, everything else to stderr."""

from __future__ import annotations

import json
import os
import sys
import time
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING

from groundwire.domain.events import Progress, Status
from groundwire.interfaces.render.escape import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from rich.console import Console

    from groundwire.domain.events import Event
    from groundwire.interfaces.render.lines import Line

_TENTH = 10


class Streams:
    """Prints results on stdout and messages on stderr, as the options and the terminal allow."""

    def __init__(self, *, color: str, width: int, quiet: bool, plain: bool) -> None:
        """Keep the options.

        Args:
            color: ``auto``, ``always`` or ``never``.
            width: Columns, at most.
            quiet: Print results only.
            plain: No colour and no layout even on a terminal.
        """
        self._color = color
        self._width = width
        self.quiet = quiet
        self._plain = plain

    @property
    def rich(self) -> bool:
        """Whether results are laid out for a terminal, rather than printed as Markdown."""
        if self._plain:
            return False
        return self._color == "always" or (sys.stdout.isatty() and not _dumb())

    @cached_property
    def console(self) -> Console:
        """The terminal that results are laid out on."""
        from rich.console import Console

        console = Console(
            highlight=False,
            markup=False,
            emoji=False,
            soft_wrap=False,
            force_terminal=True if self._color == "always" else None,
            no_color=True if self._color == "never" else None,
        )
        console.width = min(console.width, self._width)
        return console

    def result(self, text: str) -> None:
        """Print a result."""
        sys.stdout.write(text + "\n")
        sys.stdout.flush()

    def lines(self, lines: Iterable[Line]) -> None:
        """Print a result that is laid out in lines."""
        if self.rich:
            from groundwire.interfaces.render.terminal import show_lines

            show_lines(self.console, lines)
        else:
            from groundwire.interfaces.render.lines import as_text

            self.result(as_text(lines))

    def json(self, value: object) -> None:
        """Print a result as one JSON object on one line, safe to look at on a terminal."""
        self.result(as_json(value))

    def message(self, text: str) -> None:
        """Say something on stderr, unless it was asked to be quiet."""
        if not self.quiet:
            sys.stderr.write(one_line(text) + "\n")
            sys.stderr.flush()

    def status(self, text: str) -> None:
        """Show on the last line of a terminal what is being done; an empty text clears it."""
        if not self.quiet and not self._plain and sys.stderr.isatty() and not _dumb():
            sys.stderr.write(f"\r\x1b[2K{one_line(text)}{' …' if text else ''}")
            sys.stderr.flush()

    @contextmanager
    def progress(self, *, silent_s: float = 0) -> Iterator[Callable[[Event], None]]:
        """Show progress on stderr: a bar on a terminal, a line every tenth elsewhere.

        Args:
            silent_s: Seconds in which no line is printed: work that is done by then is not told of.
        """
        if self.quiet:
            yield lambda _event: None
        elif sys.stderr.isatty() and not _dumb() and not self._plain:
            with _bar() as tell:
                yield tell
        else:
            yield _lines(self.message, silent_s)


def as_json(value: object) -> str:
    """Return JSON in one line with the control characters that JSON allows escaped too."""
    text = json.dumps(value, ensure_ascii=False)
    return "".join(
        f"\\u{ord(character):04x}" if "\x7f" <= character <= "\x9f" else character
        for character in text
    )


@contextmanager
def _bar() -> Iterator[Callable[[Event], None]]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("starting", total=None)

        def tell(event: Event) -> None:
            if isinstance(event, Progress):
                bar.update(task, completed=event.done, total=event.total)
            elif isinstance(event, Status):
                bar.update(task, description=one_line(event.text)[-40:])

        yield tell


def _lines(message: Callable[[str], None], silent_s: float) -> Callable[[Event], None]:
    """Return what says how the work is prepared, and then how far it is, but not every item."""
    shown = -1
    started = time.monotonic()

    def tell(event: Event) -> None:
        nonlocal shown
        if time.monotonic() - started < silent_s:
            return
        if isinstance(event, Status) and shown < 0:
            message(event.text)
        if not isinstance(event, Progress) or not event.total:
            return
        tenth = _TENTH * event.done // event.total
        if tenth > shown:
            shown = tenth
            message(f"{event.done} of {event.total}")

    return tell


def _dumb() -> bool:
    return os.environ.get("TERM") == "dumb"  # noqa: TID251 -- a fact of the terminal, not a setting
