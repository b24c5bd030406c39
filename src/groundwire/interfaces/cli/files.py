"""Results that go to a file: written whole or not at all."""

from __future__ import annotations

import os
import uuid
from typing import TYPE_CHECKING

from groundwire import durability
from groundwire.domain.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_PRIVATE = 0o600


def write_lines(path: Path, lines: Iterable[str]) -> int:
    """Write lines to a file that nobody else may read, and return how many there were.

    They are written as they come: what they are made from may be large.

    Raises:
        UsageError: It cannot be written there; a file that was there stays as it was.
    """
    fresh = path.with_name(f".{path.name}.{uuid.uuid4().hex}")
    count = 0
    try:
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _PRIVATE)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            for line in lines:
                file.write(line)
                count += 1
            file.flush()
            os.fsync(file.fileno())
        durability.take_place(fresh, path)
    except (OSError, ValueError) as error:
        raise _unwritable(path, error) from None
    finally:
        fresh.unlink(missing_ok=True)
    return count


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
        raise _unwritable(path, error) from None


def _unwritable(path: Path, error: OSError | ValueError) -> UsageError:
    reason = error.strerror if isinstance(error, OSError) else ""
    return UsageError(f"{path}: {reason or 'cannot be written'}")
