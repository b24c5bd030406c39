"""Results that go to a file: written whole or not at all."""

from __future__ import annotations

import os
import uuid
from typing import TYPE_CHECKING

from groundwire.domain.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

_PRIVATE = 0o600
_AS_THE_USER_HAS_IT = 0o666


def write_text(path: Path, text: str, *, private: bool = False) -> None:
    """Write a text and a line's end to a file, replacing what was there in one step.

    Args:
        path: The file.
        text: What is written, as UTF-8.
        private: Whether nobody else may read it; by default as the user's umask says.

    Raises:
        UsageError: It cannot be written there.
    """
    aside = path.with_name(f".{path.name}.{uuid.uuid4().hex}")
    mode = _PRIVATE if private else _AS_THE_USER_HAS_IT
    try:
        with os.fdopen(_create(aside, mode), "w", encoding="utf-8") as file:
            file.write(text + "\n")
            file.flush()
            os.fsync(file.fileno())
        aside.replace(path)
    except (OSError, ValueError) as error:
        aside.unlink(missing_ok=True)
        reason = error.strerror if isinstance(error, OSError) else ""
        raise UsageError(f"{path}: {reason or 'cannot be written'}") from None


def _create(path: Path, mode: int) -> int:
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
