"""Results that go to a file: written whole or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from groundwire import durability
from groundwire.domain.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

_PRIVATE = 0o600


def write_text(path: Path, text: str, *, private: bool = False) -> None:
    """Write a text and a line's end to a file, replacing what was there in one step.

    Args:
        path: The file.
        text: What is written, as UTF-8.
        private: Whether nobody else may read it; by default as the user's umask says.

    Raises:
        UsageError: It cannot be written there.
    """
    mode = _PRIVATE if private else durability.AS_THE_USER_HAS_IT
    try:
        durability.write(path, f"{text}\n".encode(), mode=mode)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else ""
        raise UsageError(f"{path}: {reason or 'cannot be written'}") from None
