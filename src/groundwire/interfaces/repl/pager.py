"""A long text, shown by the user's pager at the place that matters."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import sys

_USUAL = "less -R"


def pager(wanted: str | None) -> list[str] | None:
    """Return the command that shows long texts, or None where there is no terminal or no pager.

    Args:
        wanted: As the settings have it; None: ``$PAGER``, else ``less -R``.
    """
    if not (sys.stdout.isatty() and sys.stdin.isatty()) or _dumb():
        return None
    named = wanted or os.environ.get("PAGER") or _USUAL  # noqa: TID251 -- the terminal's, no setting
    try:
        command = shlex.split(named)
    except ValueError:
        return None
    return command if command and shutil.which(command[0]) else None


def page(command: list[str], text: str, line: int) -> bool:
    """Show a text, and return whether that worked.

    Args:
        command: From ``pager``.
        text: What is shown.
        line: The line, from 1, that stands at the top at first, where the pager knows how.
    """
    name = os.path.basename(command[0])  # noqa: PTH119 -- a word of a command, not a path
    at = [f"+{line}"] if name in {"less", "more", "most"} and line > 1 else []
    colour = ["-R"] if name == "less" and "-R" not in command else []
    # Ctrl-C belongs to the pager while it runs.
    before = signal.signal(signal.SIGINT, lambda _number, _frame: None)
    try:
        done = subprocess.run(  # noqa: S603 -- the pager that the user names
            [*command, *colour, *at],
            input=text.encode("utf-8", errors="replace"),
            check=False,
        )
    except (OSError, ValueError):
        return False
    finally:
        signal.signal(signal.SIGINT, before)
    return done.returncode >= 0


def _dumb() -> bool:
    return os.environ.get("TERM", "dumb") == "dumb"  # noqa: TID251 -- a fact of the terminal
