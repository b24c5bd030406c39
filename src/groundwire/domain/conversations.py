"""What was said before a question, as the desk is told it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Role = Literal["user", "assistant"]


@dataclass(frozen=True, slots=True)
class Turn:
    """One message of a conversation.

    Attributes:
        role: Who said it.
        text: What was said, as plain text.
    """

    role: Role
    text: str
