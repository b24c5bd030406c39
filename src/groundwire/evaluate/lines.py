"""Files of JSON lines, as labelled by hand: their text, and the object of a line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from groundwire.domain.errors import NotFoundError, UsageError

if TYPE_CHECKING:
    from pathlib import Path


def text_of(path: Path) -> str:
    """Return a labelled file's text.

    Raises:
        NotFoundError: There is no such file.
        UsageError: It cannot be read as UTF-8 text.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise NotFoundError(f"{path}: no such case file") from None
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: cannot be read: {error}") from None


def object_of(line: str) -> dict[str, object]:
    """Return the JSON object of one line.

    Raises:
        ValueError: It holds none; the message says so in words.
    """
    try:
        value = json.loads(line)
    except json.JSONDecodeError as error:
        raise ValueError(f"expected one JSON object; {error.msg} at column {error.colno}") from None
    except RecursionError:
        raise ValueError("expected one JSON object, nested less deeply") from None
    if not isinstance(value, dict):
        raise ValueError("expected one JSON object")  # noqa: TRY004 -- bad data, not a wrong call
    return value
