"""``config``: where settings come from, and a file to start with."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

import typer
from pydantic import BaseModel, SecretStr

from groundwire.domain.errors import SettingsError
from groundwire.interfaces.cli.asking import JsonOption

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from groundwire.interfaces.cli.globals import Globals

config = typer.Typer(no_args_is_help=True, help="Show, check and start the configuration.")

_MASK = "***"
_PRIVATE = 0o600


@config.command()
def path(context: typer.Context) -> None:
    """Print where the user's configuration file is, whether or not it exists."""
    options: Globals = context.obj
    options.streams.result(str(_file(options)))


@config.command()
def show(context: typer.Context, *, json: JsonOption = False) -> None:
    """Print every value in effect and where it came from; secrets are masked."""
    options: Globals = context.obj
    loaded = options.loaded
    rows = [
        (key, _shown(value), loaded.origins.get(key, "default"))
        for key, value in _values(loaded.settings)
    ]
    if json:
        values = {key: {"value": value, "origin": origin} for key, value, origin in rows}
        options.streams.json({"schema": 1, "settings": values})
        return
    for key, value, origin in rows:
        options.streams.result(f"{key} = {value!r}  ({origin})")


@config.command()
def check(context: typer.Context) -> None:
    """Say whether every setting is known and of the right type."""
    options: Globals = context.obj
    known = len(list(_values(options.loaded.settings)))
    options.streams.result(f"ok: {known} settings, {len(options.loaded.origins)} of them set")


@config.command()
def init(context: typer.Context) -> None:
    """Write a configuration file with every setting, commented out. Never overwrites."""
    options: Globals = context.obj
    target = _file(options)
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _PRIVATE)
    except FileExistsError:
        raise SettingsError(f"{target} exists", hint="edit it, or move it away") from None
    except OSError as error:
        raise SettingsError(f"{target}: cannot be written: {error}") from None
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(template())
    options.streams.result(str(target))


def template() -> str:
    """Return a configuration file in which every setting stands, commented out."""
    from groundwire.settings import Settings

    lines = ["# Groundwire: every setting with its default. Remove the # of what you change.", ""]
    tables: list[str] = []
    for name, field in Settings.model_fields.items():
        default = field.default
        if isinstance(default, BaseModel):
            tables += ["", f"[{name}]"]
            for key, inner in type(default).model_fields.items():
                tables += _commented(key, inner.description, inner.default)
        else:
            lines += _commented(name, field.description, default)
    return "\n".join([*lines, *tables, ""])


def _commented(key: str, description: str | None, default: object) -> list[str]:
    value = json.dumps("" if default is None else default)
    return [f"# {description}", f"# {key} = {value}"]


def _file(options: Globals) -> Path:
    from groundwire.settings import user_config_path

    return options.config or user_config_path()


def _values(section: BaseModel, prefix: str = "") -> Iterator[tuple[str, Any]]:
    for name in type(section).model_fields:
        value = getattr(section, name)
        if isinstance(value, BaseModel):
            yield from _values(value, f"{prefix}{name}.")
        else:
            yield prefix + name, value


def _shown(value: object) -> object:
    if isinstance(value, SecretStr):
        return _MASK
    return value if isinstance(value, (int, float, str, type(None))) else str(value)
