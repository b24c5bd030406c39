"""Configuration files as they stand on disk."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any

from groundwire.domain.errors import SettingsError

if TYPE_CHECKING:
    from pathlib import Path

LONGEST = 16 * 1024
"""Characters of a configuration file. A file beside documents may come from anybody, and reading
some texts as TOML takes time by the square of their length."""
_DEEPEST = 8


def read_toml(path: Path) -> dict[str, Any]:
    """Return what a configuration file says.

    Raises:
        SettingsError: It cannot be read, or is no TOML.
    """
    try:
        text = path.read_text(encoding="utf-8")
        values = tomllib.loads(text) if len(text) <= LONGEST else None
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: cannot be read: {error}") from None
    except ValueError as error:  # also dates that are none, and numbers of thousands of digits
        raise SettingsError(f"{path}: {error}") from None
    except RecursionError:
        raise SettingsError(f"{path}: nested too deeply") from None
    if values is None:
        raise SettingsError(f"{path}: longer than {LONGEST:,} characters")
    inside: list[Any] = [values]
    for _ in range(_DEEPEST):  # a key of a thousand dots is a table in a table, and so on
        inside = [value for each in inside if isinstance(each, dict) for value in each.values()]
    if inside:
        raise SettingsError(f"{path}: nested too deeply")
    return values
