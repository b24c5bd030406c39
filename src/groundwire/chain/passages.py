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

BYTES_A_TOKEN = 3
"""Bytes that a token is taken to stand for."""

_FRAME_TOKENS = 50  # two lines with a fence of 16 hexadecimal digits, and blank lines
_KEPT = "\n\t"
_MARKERS = re.compile(r"\s*\[\d+\]")
_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_TAGS = range(0xE0000, 0xE0080)
"""Letters that no screen shows and every model reads."""


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


@dataclass(frozen=True, slots=True)
class Room:
    """What passages may fill in a prompt.

    Attributes:
        chars: Characters, headlines included.
        tokens: Tokens as ``estimate_tokens`` counts them, the lines around passages included.
    """

    chars: int
    tokens: int


def estimate_tokens(text: str) -> int:
    """Return about how many tokens a text is, rather too many than too few.

    A tokenizer of today's models takes four bytes of English prose for a token, three of a
    Chinese character, and fewer where a text is odd; three bytes are counted everywhere.
    """
    return -(-len(text.encode("utf-8", "replace")) // BYTES_A_TOKEN)


def pack(passages: Sequence[NumberedPassage], room: Room) -> tuple[NumberedPassage, ...]:
    """Return the passages that fit into a prompt, in their order.

    Args:
        passages: Best first; each that still fits is taken. If not even the first one fits, it is
            cut at a space: a model that is shown nothing cannot answer.
        room: What they may fill.
    """
    packed: list[NumberedPassage] = []
    chars, tokens = room.chars, room.tokens
    for passage in passages:
        size, cost = len(_about(passage)) + len(passage.text), _cost(passage)
        if size <= chars and cost <= tokens:
            packed.append(passage)
            chars -= size
            tokens -= cost
    if passages and not packed:
        packed.append(_shortened(passages[0], room))
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


def _cost(passage: NumberedPassage) -> int:
    """Return the estimated tokens of a passage with the lines around it."""
    return _FRAME_TOKENS + estimate_tokens(_about(passage) + passage.text)


def _shortened(passage: NumberedPassage, room: Room) -> NumberedPassage:
    """Return the passage with as much of its text as fits, cut at a space."""
    fits = max(min(room.chars - len(_about(passage)), len(passage.text)), 1)
    while fits > 1 and _cost(replace(passage, text=passage.text[:fits])) > room.tokens:
        fits = fits * 9 // 10
    words, space, _ = passage.text[: fits + 1].rpartition(" ")
    whole = fits >= len(passage.text)
    return replace(passage, text=passage.text[:fits] if whole or not space else words)


def _inert(text: str, fence: str) -> str:
    """Return text without the fence, its control and direction characters made visible."""
    while fence in text:  # taking it out can join the halves of another one
        text = text.replace(fence, "")
    return "".join(f"\\u{ord(char):04x}" if _is_control(char) else char for char in text)


def _is_control(char: str) -> bool:
    """Return whether a character could act on a terminal, or hide or reorder words."""
    if char in _KEPT:
        return False
    return char in _BIDI or ord(char) in _TAGS or unicodedata.category(char) in {"Cc", "Zl", "Zp"}
