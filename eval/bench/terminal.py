"""How long somebody waits at a terminal: for the prompt, and for the answer to a hasty question."""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    import pexpect

PROMPT = r"(?s)\x1b\[J.*?>.*?\x1b\[\?25h"
"""The mark of the prompt, drawn below what was cleared, and the cursor shown again after it."""
ANSWER = r"\[1\]"
WHERE_IS_THE_CURSOR = r"\x1b\[6n"
PATIENCE_S = 60
ROWS, COLUMNS = 30, 100


def wait(index: Path, config: Path, question: str) -> tuple[float, float]:
    """Open a chat in a terminal, ask at once, and leave.

    Returns:
        Seconds from the start of the process to the prompt, and from the question, typed the
        moment the prompt is there, to the first cited sentence.

    Raises:
        SystemExit: The chat said neither in time.
    """
    import pexpect

    command = ["-m", "groundwire", "--config", str(config), "--index-dir", str(index)]
    environment = {**os.environ, "TERM": "xterm-256color", "NO_COLOR": "1"}  # noqa: TID251 -- passed on
    started = time.perf_counter()
    chat = pexpect.spawn(
        sys.executable,
        [*command, "chat"],
        env=environment,
        dimensions=(ROWS, COLUMNS),
        timeout=PATIENCE_S,
        encoding="utf-8",
    )
    chat.delaybeforesend = None
    try:
        _until(chat, PROMPT)
        prompted = time.perf_counter()
        chat.send(f"{question}\r")
        _until(chat, ANSWER)
        answered = time.perf_counter()
    except (pexpect.TIMEOUT, pexpect.EOF):
        raise SystemExit(f"the chat did not answer:\n{chat.before}") from None
    finally:
        chat.close(force=True)
    return prompted - started, answered - prompted


def _until(chat: pexpect.spawn[str], wanted: str) -> None:
    """Read until something is there, and tell whoever asks where the cursor is."""
    while chat.expect([wanted, WHERE_IS_THE_CURSOR]):
        chat.send("\x1b[1;1R")
