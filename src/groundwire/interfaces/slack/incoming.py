"""Text from Slack, as people meant it: no markup, no entities, names for ids."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_TOKEN = re.compile(r"<([^<>\n]*)>")
_SPACES = re.compile(r"[^\S\n]+")
_SURROGATES = re.compile(r"[\ud800-\udfff]")


def mentions(text: str, user: str) -> bool:
    """Return whether the raw text mentions this user id."""
    return f"<@{user}>" in text or f"<@{user}|" in text


def without_mention(text: str, user: str) -> str:
    """Return the raw text without the mentions of this user id."""
    return re.sub(rf"<@{re.escape(user)}(\|[^<>]*)?>", " ", text).strip()


def plain(text: str, name_of: Callable[[str], str]) -> str:
    """Return the text that a person would read.

    Slack writes mentions, channels and links in angle brackets and the characters ``&``, ``<`` and
    ``>`` as entities. Entities are decoded last, so what somebody typed never becomes a token.

    Args:
        text: Text of a message event.
        name_of: Gives the display name of a user id.
    """
    text = _TOKEN.sub(lambda token: _spelled(token[1], name_of), text)
    text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    text = _SURROGATES.sub("\N{REPLACEMENT CHARACTER}", text)
    return "\n".join(_SPACES.sub(" ", line).strip() for line in text.splitlines()).strip()


def _spelled(token: str, name_of: Callable[[str], str]) -> str:
    """Return what stands for one token, given without its angle brackets."""
    target, _, label = token.partition("|")
    if target.startswith("@"):
        return f"@{label.removeprefix('@') or name_of(target[1:])}"
    if target.startswith("#"):
        return f"#{label or target[1:]}"
    if target.startswith("!"):
        return label or f"@{target[1:].partition('^')[0]}"
    address = target.removeprefix("mailto:")
    if not label or label == address or address.endswith(f"//{label}"):
        return address
    return f"{label} ({address})"
