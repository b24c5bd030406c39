"""A chat in a real pseudo-terminal, and what stands on its screen."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pexpect
import pyte

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

QUIET_S = 1.5
PATIENCE_S = 60.0
_SLICE_S = 0.1
_CODES = re.compile(rb"\x1b\[([0-9;]*)m")
_FAINT, _STANDS_FOR_FAINT = b"2", b"5"


@dataclass(frozen=True, slots=True)
class Cell:
    """One character on the screen.

    Attributes:
        text: The character with its combining marks; empty behind a wide one.
        colour: A name of the terminal's palette, ``default``, or six hexadecimal digits.
        behind: The same for the background.
        bold: Whether it is bold.
        faint: Whether it is faint.
        reverse: Whether text and background change places.
    """

    text: str
    colour: str
    behind: str
    bold: bool
    faint: bool
    reverse: bool


class _Screen(pyte.Screen):
    """A screen that answers when it is asked where the cursor is."""

    def __init__(self, columns: int, rows: int, answer: Callable[[bytes], object]) -> None:
        super().__init__(columns, rows)
        self._answer = answer

    def write_process_input(self, data: str) -> None:
        self._answer(data.encode())


class Session:
    """A program on a terminal of some size."""

    def __init__(
        self, argv: Sequence[str], env: Mapping[str, str], *, rows: int, columns: int
    ) -> None:
        """Start it.

        Args:
            argv: The program and its arguments.
            env: Its whole environment.
            rows: Rows of the terminal.
            columns: Columns of the terminal.
        """
        self._child: Any = pexpect.spawn(
            argv[0], list(argv[1:]), env=dict(env), dimensions=(rows, columns), timeout=None
        )
        self._screen = _Screen(columns, rows, self._child.send)
        self._stream = pyte.ByteStream(self._screen)

    def say(self, line: str) -> None:
        """Type a line and wait until the program has said what it has to say."""
        self._child.send(line)
        self.settle()
        self._child.send("\r")
        self.settle()

    def wait_for(self, text: str) -> None:
        """Wait until a text is on the screen, and then until nothing more comes.

        Raises:
            TimeoutError: It did not come.
        """
        end = time.monotonic() + PATIENCE_S
        while text not in "\n".join(self._screen.display):
            if not self._pump() or time.monotonic() > end:
                shown = "\n".join(self._screen.display)
                raise TimeoutError(f"no {text!r} on the screen:\n{shown}")
        self.settle()

    def settle(self) -> None:
        """Wait until nothing was written for a while."""
        before = time.monotonic()
        while time.monotonic() - before < QUIET_S:
            row, column = self._screen.cursor.y, self._screen.cursor.x
            shown = self._screen.display
            if not self._pump():
                return
            if (row, column, shown) != (
                self._screen.cursor.y,
                self._screen.cursor.x,
                self._screen.display,
            ):
                before = time.monotonic()

    def cells(self) -> list[list[Cell]]:
        """Return the rows on the screen; of empty ones that follow each other, the first."""
        columns = range(self._screen.columns)
        lines = range(self._screen.lines)
        rows = [[_cell(self._screen.buffer[y][x]) for x in columns] for y in lines]
        kept = zip([None, *rows], rows, strict=False)
        return [row for above, row in kept if above is None or not (_empty(above) and _empty(row))]

    def close(self) -> None:
        """End the program."""
        self._child.close(force=True)

    def _pump(self) -> bool:
        try:
            sent = self._child.read_nonblocking(1 << 16, timeout=_SLICE_S)
        except pexpect.TIMEOUT:
            return True
        except (pexpect.EOF, OSError):
            return False
        self._stream.feed(_CODES.sub(_keep_faint, sent))
        return True


def _keep_faint(match: re.Match[bytes]) -> bytes:
    """Return a colour code with blinking for faint, which pyte does not know."""
    codes = match[1].split(b";")
    if b"38" not in codes and b"48" not in codes:
        codes = [_STANDS_FOR_FAINT if code == _FAINT else code for code in codes]
    return b"\x1b[" + b";".join(codes) + b"m"


def _empty(row: Sequence[Cell]) -> bool:
    return all(not cell.text.strip() and not cell.reverse for cell in row)


def _cell(char: Any) -> Cell:  # noqa: ANN401 -- pyte has no types
    return Cell(char.data, char.fg, char.bg, char.bold, char.blink, char.reverse)
