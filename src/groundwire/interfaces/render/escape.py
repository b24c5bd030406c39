"""Making hostile text harmless at the door to a terminal."""

from __future__ import annotations

import re

_CONTROLS = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
    r"\ufff9-\ufffb\U000e0000-\U000e007f]"
)


def printable(text: str) -> str:
    """Return text with every control, escape and direction-changing character shown as ``�``.

    Text from documents, models and questions could otherwise rewrite the screen, or show
    other words than it holds. Newlines and tabs stay.
    """
    return _CONTROLS.sub("\N{REPLACEMENT CHARACTER}", text)


def one_line(text: str) -> str:
    """Return printable text with all white space folded, for titles and error lines."""
    return " ".join(printable(text).split())
