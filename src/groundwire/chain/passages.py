"""Passages and earlier turns as a model is shown them: numbered, fenced, and nothing but data."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from groundwire.domain.conversations import Turn

HISTORY_CHARS = 1_500
"""Characters of earlier turns that a prompt holds, the latest ones."""

_KEPT = "\n\t"
_MARKERS = re.compile(r"\s*\[\d+\]")
_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True, slots=True)
class NumberedPassage:
    """A passage with the number by which a draft cites it.

    Attributes:
        n: The number, from 1.
        title: Headline of its document.
        source: Outlet; empty if unknown.
        published: Publication date in ISO form; empty if unknown.
        text: The passage, verbatim.
    """

    n: int
    title: str
    source: str
    published: str
    text: str


def pack(passages: Sequence[NumberedPassage], context_chars: int) -> tuple[NumberedPassage, ...]:
    """Return the passages that fit into a prompt, in their order.

    Args:
        passages: Best first; each that still fits is taken. If not even the first one fits, it is
            cut at a space: a model that is shown nothing cannot answer.
        context_chars: Characters that the passages may fill, headlines included.
    """
    packed: list[NumberedPassage] = []
    left = context_chars
    for passage in passages:
        size = len(_about(passage)) + len(passage.text)
        if size <= left:
            packed.append(passage)
            left -= size
    if passages and not packed:
        packed.append(_shortened(passages[0], context_chars))
    return tuple(packed)


def render_passages(passages: Iterable[NumberedPassage], fence: str) -> str:
    """Return the passages as the text of a prompt, each between lines that begin with the fence.

    Args:
        passages: In the order in which they are shown.
        fence: A word that nobody could foresee; wherever a passage holds it, it is taken out.
    """
    return "\n\n".join(
        f"{fence} BEGIN PASSAGE [{passage.n}]\n"
        f"{_inert(_about(passage) + passage.text, fence)}\n"
        f"{fence} END PASSAGE [{passage.n}]"
        for passage in passages
    )


def render_history(history: Sequence[Turn], fence: str) -> str:
    """Return the latest turns as the text of a prompt, without their ``[n]`` markers."""
    said = "\n".join(f"{turn.role}: {_MARKERS.sub('', turn.text)}" for turn in history)
    if not said.strip():
        return "(nothing)"
    kept = _inert(said, fence)[-HISTORY_CHARS:]
    return f"{fence} BEGIN CONVERSATION\n{kept}\n{fence} END CONVERSATION"


def _about(passage: NumberedPassage) -> str:
    """Return the line that says where a passage comes from, if anything is known."""
    known = " | ".join(filter(None, (passage.title, passage.source, passage.published)))
    return f"({' '.join(known.split())})\n" if known else ""


def _shortened(passage: NumberedPassage, context_chars: int) -> NumberedPassage:
    """Return the passage with as much of its text as fits, cut at a space."""
    room = max(context_chars - len(_about(passage)), 1)
    words, space, _ = passage.text[: room + 1].rpartition(" ")
    return replace(passage, text=words if space else passage.text[:room])


def _inert(text: str, fence: str) -> str:
    """Return text without the fence, its control and direction characters made visible."""
    while fence in text:  # taking it out can join the halves of another one
        text = text.replace(fence, "")
    return "".join(f"\\u{ord(char):04x}" if _is_control(char) else char for char in text)


def _is_control(char: str) -> bool:
    """Return whether a character could act on a terminal, or hide or reorder words."""
    if char in _KEPT:
        return False
    return char in _BIDI or unicodedata.category(char) in {"Cc", "Zl", "Zp"}
