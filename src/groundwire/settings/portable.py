"""The user's configuration as it may leave the machine: without secrets."""

from __future__ import annotations

import json
import re
import tomllib
from typing import TYPE_CHECKING, Any

from groundwire.domain.errors import SettingsError
from groundwire.settings.loading import is_secret, user_config_path

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

_PASSWORD = re.compile(r"(//[^/@\s:]*):[^/@\s]*@")


def portable_config(config: Path | None = None) -> str | None:
    """Return what the user's configuration file sets, as TOML; None where there is no file.

    Keys, tokens and other secrets are left out, and so is a password in an address; so are
    comments.

    Args:
        config: The file that is read instead of the user's own.

    Raises:
        SettingsError: The file cannot be read.
    """
    path = config or user_config_path()
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{path}: cannot be read: {error}") from None
    return "".join(f"{line}\n" for line in _lines(values))


def _lines(values: Mapping[str, Any], table: str = "") -> Iterator[str]:
    """Yield the lines of a table: its own values first, as TOML demands."""
    for key, value in values.items():
        if not isinstance(value, dict) and not is_secret(key):
            yield f"{_key(key)} = {_value(value)}"
    for key, value in values.items():
        if isinstance(value, dict):
            name = f"{table}{_key(key)}"
            yield f"[{name}]"
            yield from _lines(value, f"{name}.")


def _key(key: str) -> str:
    return key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else _text(key)


def _value(value: object) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(_value, value))}]"
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, (int, float)) else _text(str(value))


def _text(text: str) -> str:
    without = _PASSWORD.sub(r"\1@", text)
    return json.dumps(without, ensure_ascii=False).replace("\x7f", "\\u007f")
