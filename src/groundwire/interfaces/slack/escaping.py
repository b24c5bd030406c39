"""Escaping: whatever a document or a person wrote is shown as it is.

It can neither notify anybody, nor link, nor format. Slack has two languages, Markdown in
``markdown`` blocks and streams and mrkdwn elsewhere, and each has its own escapes. Rich text has
none: what stands in it is literal.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_MARKDOWN = re.compile(r"[\\`*\[\]~|]|(?<![^\W_])_|_(?![^\W_])")
_NUMBERED = re.compile(r"^(\d+)([.)])")


def escape_mrkdwn(text: str) -> str:
    """Return text that mrkdwn shows as it is, without mentions and links."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def escape_markdown(text: str) -> str:
    """Return one line of text that Markdown shows as it is.

    White space becomes single spaces, so nothing but the first characters can start a list, a
    heading or a quote. ``&`` stays: Slack reads no token from an entity, and shows ``&`` as it is.
    """
    text = _MARKDOWN.sub(r"\\\g<0>", " ".join(text.split()))
    text = _NUMBERED.sub(r"\1\\\2", text)
    text = re.sub(r"^[#+\-=]", r"\\\g<0>", text)
    return text.replace("<", "&lt;").replace(">", "&gt;")


def shortened(text: str, limit: int) -> str:
    """Return the text, cut with an ellipsis if it has more than ``limit`` characters.

    An entity is kept whole or left out: half of one would show its letters.
    """
    if len(text) <= limit:
        return text
    return re.sub(r"&\w{0,3}$", "", text[: limit - 1]).rstrip() + "…"


def pieces_of(text: str, limit: int) -> Iterator[str]:
    """Cut a text at spaces into pieces of at most ``limit`` characters, losing no word."""
    while len(text) > limit:
        cut = text.rfind(" ", 1, limit + 1)
        cut = cut if cut > 0 else limit
        yield text[:cut].rstrip()
        text = text[cut:].lstrip()
    if text:
        yield text
