"""A terminal for tests: a program in a real pseudo-terminal, and the screen that a person sees."""

from __future__ import annotations

import os
import time
import warnings
from typing import TYPE_CHECKING, Any

import pexpect
import pyte

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

PATIENCE_S = 25.0
_SLICE_S = 0.05
_SCROLLBACK = 20_000
_CONTROL = 0x1F

KEYS = {
    "enter": "\r",
    "alt-enter": "\x1b\r",
    "escape": "\x1b",
    "tab": "\t",
    "shift-tab": "\x1b[Z",
    "backspace": "\x7f",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "home": "\x1b[H",
    "end": "\x1b[F",
    "page-up": "\x1b[5~",
    "page-down": "\x1b[6~",
}


class _Screen(pyte.HistoryScreen):
    """A screen that answers when it is asked where the cursor is."""

    def __init__(self, columns: int, rows: int, answer: Callable[[bytes], object]) -> None:
        super().__init__(columns, rows, history=_SCROLLBACK, ratio=0.5)
        self._answer = answer

    def write_process_input(self, data: str) -> None:
        self._answer(data.encode())


class Terminal:
    """A program on a terminal. Keys go in, the screen is looked at; nothing is slept for.

    Attributes:
        raw: Every byte that the program has sent.
    """

    def __init__(
        self, argv: Sequence[str], env: Mapping[str, str], *, rows: int = 24, columns: int = 80
    ) -> None:
        """Start a program with exactly this environment."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # forkpty beside other threads
            self._child: Any = pexpect.spawn(
                argv[0], list(argv[1:]), env=dict(env), dimensions=(rows, columns), timeout=None
            )
        self._child.delaybeforesend = None
        self._screen = _Screen(columns, rows, self._child.send)
        self._stream = pyte.ByteStream(self._screen)
        self.raw = b""

    @property
    def rows(self) -> list[str]:
        """The lines on the screen, top to bottom, without trailing blanks."""
        return [line.rstrip() for line in self._screen.display]

    @property
    def text(self) -> str:
        """The screen as one text."""
        return "\n".join(self.rows)

    @property
    def cursor_row(self) -> str:
        """The line that the cursor is in."""
        return self.rows[self._screen.cursor.y]

    @property
    def cursor(self) -> tuple[int, int]:
        """Row and column of the cursor, from 0."""
        return self._screen.cursor.y, self._screen.cursor.x

    @property
    def scrollback(self) -> list[str]:
        """Every line since the start: those that have left the screen, and those on it."""
        above = (
            "".join(line[column].data for column in range(self._screen.columns)).rstrip()
            for line in self._screen.history.top
        )
        return [*above, *self.rows]

    @property
    def transcript(self) -> str:
        """The scrollback as one text."""
        return "\n".join(self.scrollback)

    def type(self, text: str) -> None:
        """Type characters, as fast as they go."""
        self._child.send(text.encode())

    def press(self, *keys: str) -> None:
        """Press keys by name: those of ``KEYS``, or ``ctrl-`` and a letter."""
        for key in keys:
            name = key.removeprefix("ctrl-")
            self.type(chr(ord(name.upper()) & _CONTROL) if name != key else KEYS[key])

    def paste(self, text: str) -> None:
        """Paste as terminals do it that bracket what is pasted."""
        self.type(f"\x1b[200~{text}\x1b[201~")

    def signal(self, number: int) -> None:
        """Send a signal to the program."""
        self._child.kill(number)

    def resize(self, rows: int, columns: int) -> None:
        """Change the size of the terminal, as a person who drags its corner."""
        self._screen.resize(rows, columns)
        self._child.setwinsize(rows, columns)

    def wait_for(self, text: str, timeout: float = PATIENCE_S) -> None:
        """Wait until a text is on the screen."""
        self.wait_until(lambda: text in self.text, f"{text!r} on the screen", timeout)

    def wait_gone(self, text: str, timeout: float = PATIENCE_S) -> None:
        """Wait until a text is not on the screen any more."""
        self.wait_until(lambda: text not in self.text, f"{text!r} gone from the screen", timeout)

    def wait_line(self, text: str, timeout: float = PATIENCE_S) -> None:
        """Wait until the line with the cursor is this, trailing blanks aside."""
        self.wait_until(lambda: self.cursor_row == text, f"{text!r} at the cursor", timeout)

    def wait_until(
        self, holds: Callable[[], bool], what: str = "it", timeout: float = PATIENCE_S
    ) -> None:
        """Read what the program sends until something holds.

        Raises:
            AssertionError: It did not come to hold; with the screen as it is.
        """
        end = time.monotonic() + timeout
        while not holds():
            if not self._pump() or time.monotonic() > end:
                self._pump()
                if holds():
                    return
                state = "still runs" if self._child.isalive() else f"ended: {self._status()}"
                message = f"no {what}; the program {state}; screen:\n{self.text}"
                raise AssertionError(message)

    def wait_end(self, timeout: float = PATIENCE_S) -> int:
        """Wait until the program has ended, and return its exit status; a signal is negative."""
        end = time.monotonic() + timeout
        while self._pump():
            if time.monotonic() > end:
                message = f"the program did not end; screen:\n{self.text}"
                raise AssertionError(message)
        self._child.wait()
        return self._status()

    def close(self) -> None:
        """End the program if it still runs."""
        self._child.close(force=True)

    def _status(self) -> int:
        if self._child.signalstatus is not None:
            return -int(self._child.signalstatus)
        return int(self._child.exitstatus or 0)

    def _pump(self) -> bool:
        """Feed what has come to the screen; return False at its end."""
        try:
            sent = self._child.read_nonblocking(1 << 16, timeout=_SLICE_S)
        except pexpect.TIMEOUT:
            return True
        except (pexpect.EOF, OSError):
            return False
        self.raw += sent
        self._stream.feed(sent)
        return True


def terminal_environment(home: os.PathLike[str], **more: str) -> dict[str, str]:
    """Return an environment that knows nothing of the user: an own home, and a plain terminal."""
    kept = {name: os.environ[name] for name in ("PATH", "TMPDIR") if name in os.environ}  # noqa: TID251 -- what a program needs to run
    return {
        **kept,
        "HOME": os.fspath(home),
        "TERM": "xterm-256color",
        "LC_ALL": "C.UTF-8",
        "PYTHONDONTWRITEBYTECODE": "1",
        **more,
    }
