"""Text for the clipboard of the terminal in front of the user, also through ssh: OSC 52."""

from __future__ import annotations

import base64

LIMIT = 74_994
"""Bytes that terminals take at least: xterm's limit, which others copied."""

_SCREEN_PIECE = 512


def sequence(text: str, *, inside: str = "") -> str | None:
    """Return what puts a text on the clipboard when it is written to the terminal.

    tmux and screen pass it on to the terminal around them only where it is wrapped for them.

    Args:
        text: The text.
        inside: ``tmux``, ``screen``, or nothing for a bare terminal.

    Returns:
        The sequence; None if the text is longer than terminals take.
    """
    raw = text.encode("utf-8", errors="replace")
    if len(raw) > LIMIT:
        return None
    bare = f"\x1b]52;c;{base64.b64encode(raw).decode('ascii')}\x07"
    if inside == "tmux":
        doubled = bare.replace("\x1b", "\x1b\x1b")
        return f"\x1bPtmux;{doubled}\x1b\\"
    if inside == "screen":
        pieces = (bare[n : n + _SCREEN_PIECE] for n in range(0, len(bare), _SCREEN_PIECE))
        return "".join(f"\x1bP{piece}\x1b\\" for piece in pieces)
    return bare
