"""The prompt: reads one turn, with everything that a terminal can do, or plainly."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TextIO

from groundwire.interfaces.render.escape import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from prompt_toolkit import PromptSession
    from prompt_toolkit.completion import Completer
    from prompt_toolkit.history import History
    from prompt_toolkit.output import ColorDepth

    from groundwire.domain.conversations import ConversationInfo
    from groundwire.domain.documents import DocumentInfo
    from groundwire.interfaces.repl.completing import Offered
    from groundwire.interfaces.repl.toolbar import Bar

_MARK = "> "
_CONTINUED = "  "
_PLAIN_TERMINALS = frozenset({"", "dumb", "unknown"})
_ESCAPE_S = 0.05
_SEQUENCE_S = 0.2
_STYLE = {"prompt": "bold", "auto-suggestion": "dim"}


class Interrupted(KeyboardInterrupt):
    """Ctrl-C was pressed: what was typed is gone. Its text is the hint for people."""

    def __init__(self) -> None:
        """Say how to leave."""
        super().__init__("(Ctrl-D or /quit to leave)")


@dataclass(frozen=True, slots=True)
class PromptSettings:
    """How the prompt behaves.

    Attributes:
        editing_mode: Which keys edit.
        color: When to use colour; ``auto`` heeds ``NO_COLOR``.
        plain: No control codes at all: lines are read as the terminal itself edits them, which
            is what screen readers follow.
    """

    editing_mode: Literal["emacs", "vi"] = "emacs"
    color: Literal["auto", "always", "never"] = "auto"
    plain: bool = False


class Prompt:
    """Reads turns until Ctrl-D.

    Attributes:
        trouble: Why the history cannot be kept, in words; empty if it is.
    """

    def __init__(  # noqa: PLR0913 -- what it shows comes from six places
        self,
        settings: PromptSettings,
        *,
        commands: Sequence[Offered],
        documents: Callable[[], Sequence[DocumentInfo]],
        sessions: Callable[[], Sequence[ConversationInfo]],
        toolbar: Callable[[], Bar],
        history_file: Path | None,
        keys: Sequence[str] = (),
    ) -> None:
        """Build the prompt; nothing is drawn and nothing looked up before ``read``.

        Args:
            settings: How it behaves.
            commands: What ``/`` offers, in this order.
            documents: What ``@`` offers. Called in another thread when it is first needed.
            sessions: What a command on sessions offers. Called in another thread too.
            toolbar: What stands under the prompt. Called at each keystroke: it must be quick.
            history_file: Where lines are kept; None to forget them at the end.
            keys: What a command on settings offers.
        """
        self.trouble = ""
        self._session: PromptSession[str] | None = None
        screen = None if settings.plain or _is_plain() else _screen()
        if screen is None:
            return
        from groundwire.interfaces.repl.completing import LineCompleter

        completer = LineCompleter(commands, documents, sessions, keys)
        history, self.trouble = _history(history_file)
        self._session = _session(settings, completer, history, toolbar, screen)

    def read(self, default: str = "") -> str | None:
        """Read one turn, which may have several lines.

        Args:
            default: A text to begin with; the plain prompt takes it for an empty line.

        Returns:
            What was typed; None at Ctrl-D on an empty line, or when the terminal is gone.

        Raises:
            Interrupted: Ctrl-C was pressed.
        """
        if self._session is None:
            return _plain_line(default)
        try:
            return _mended(self._session.prompt(default=default))
        except KeyboardInterrupt:
            raise Interrupted from None
        except EOFError:
            return None


def _session(
    settings: PromptSettings,
    completer: Completer,
    history: History,
    toolbar: Callable[[], Bar],
    screen: TextIO,
) -> PromptSession[str]:
    from prompt_toolkit import PromptSession
    from prompt_toolkit.auto_suggest import AutoSuggestFromHistory
    from prompt_toolkit.completion import ThreadedCompleter
    from prompt_toolkit.cursor_shapes import ModalCursorShapeConfig
    from prompt_toolkit.enums import EditingMode
    from prompt_toolkit.output import create_output
    from prompt_toolkit.styles import Style

    from groundwire.interfaces.repl.keys import bindings
    from groundwire.interfaces.repl.toolbar import drawn

    vi = settings.editing_mode == "vi"
    output = create_output(stdout=screen)
    session: PromptSession[str] = PromptSession(
        _MARK,
        multiline=True,
        prompt_continuation=_CONTINUED,
        history=history,
        auto_suggest=AutoSuggestFromHistory(),
        completer=ThreadedCompleter(completer),
        complete_while_typing=True,
        enable_suspend=True,
        search_ignore_case=True,
        reserve_space_for_menu=6,
        bottom_toolbar=drawn(toolbar, lambda: output.get_size().columns, output.encoding()),
        key_bindings=bindings(lambda text: print(one_line(text), file=screen)),
        editing_mode=EditingMode.VI if vi else EditingMode.EMACS,
        cursor=ModalCursorShapeConfig() if vi else None,
        style=Style.from_dict(_STYLE),
        color_depth=_color_depth(settings.color),
        output=output,
    )
    return _quick_escape(session) if vi else session


def _quick_escape(session: PromptSession[str]) -> PromptSession[str]:
    """Let Escape alone leave the insert mode: nobody waits a second for that."""
    session.app.ttimeoutlen, session.app.timeoutlen = _ESCAPE_S, _SEQUENCE_S
    return session


def _color_depth(color: Literal["auto", "always", "never"]) -> ColorDepth | None:
    """Return how many colours are used; None: as the terminal says."""
    from prompt_toolkit.output import ColorDepth

    depths = {"always": ColorDepth.DEPTH_8_BIT, "never": ColorDepth.DEPTH_1_BIT}
    return depths.get(color)


def _history(file: Path | None) -> tuple[History, str]:
    from groundwire.interfaces.repl.history import MemoryHistory, SharedHistory

    if file is None:
        return MemoryHistory(), ""
    shared = SharedHistory(file)
    return shared, shared.trouble


def _screen() -> TextIO | None:
    """Return where the prompt is drawn: not where results go, if those go to a file."""
    if sys.stdin is None or not sys.stdin.isatty():
        return None
    return next((each for each in (sys.stdout, sys.stderr) if each and each.isatty()), None)


def _is_plain() -> bool:
    return os.environ.get("TERM", "") in _PLAIN_TERMINALS  # noqa: TID251 -- a fact of the terminal, not a setting


def _plain_line(default: str) -> str | None:
    """Read a line as the terminal edits it; the marks go where messages go."""
    if sys.stdin is None:
        return None
    offered = f"[{one_line(default)}] " if default else ""
    _say(f"{offered}{_MARK}")
    try:
        line = sys.stdin.buffer.readline()
    except KeyboardInterrupt:
        _say("\n")
        raise Interrupted from None
    except OSError:
        return None  # the terminal is gone
    if not line:
        _say("\n")
        return None
    return _mended(line.decode("utf-8", "surrogateescape").rstrip("\r\n")) or default


def _say(text: str) -> None:
    if sys.stderr is not None:
        sys.stderr.write(text)
        sys.stderr.flush()


def _mended(typed: str) -> str:
    """Return a text whose bytes were no characters in the terminal's encoding as UTF-8."""
    return typed.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
