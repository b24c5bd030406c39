"""``config``: where settings come from, and a file to start with."""

from __future__ import annotations

import os
import re
from json import dumps
from typing import TYPE_CHECKING, Annotated

import typer

from groundwire import durability
from groundwire.domain.errors import SettingsError
from groundwire.interfaces.cli import completing
from groundwire.interfaces.cli.asking import JsonOption
from groundwire.interfaces.render.escape import one_line

if TYPE_CHECKING:
    from pathlib import Path

    from groundwire.interfaces.cli.globals import Globals

KeysArgument = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="KEY…", help="Only these settings.", autocompletion=completing.setting_keys
    ),
]

config = typer.Typer(no_args_is_help=True, help="Show, check and start the configuration.")

_MASK = "***"
_DEFAULT = "default"
_PASSWORD = re.compile(r"(//[^/@\s:]*:)[^/@\s]*@")
_PRIVATE = 0o600


@config.command()
def path(context: typer.Context) -> None:
    """Print where the user's configuration file is, whether or not it exists."""
    options: Globals = context.obj
    typer.echo(one_line(str(_file(options))))  # needs no settings: they may be what is broken


@config.command()
def show(context: typer.Context, keys: KeysArgument = None, *, json: JsonOption = False) -> None:
    """Print every value in effect, or some, and where it came from; secrets are masked."""
    options: Globals = context.obj
    from groundwire.settings import full_key

    wanted = {full_key(key) for key in keys or ()}
    rows = [row for row in rows_of(options) if not wanted or row[0] in wanted]
    if json:
        values = {key: {"value": value, "origin": origin} for key, value, origin in rows}
        options.streams.json({"schema": 1, "settings": values})
        return
    for key, value, origin in rows:
        options.streams.result(f"{key} = {one_line(written(value))}  ({one_line(origin)})")


@config.command()
def check(context: typer.Context) -> None:
    """Say whether every setting is known and of the right type."""
    options: Globals = context.obj
    rows = rows_of(options)
    given = sum(origin != _DEFAULT for _, _, origin in rows)
    options.streams.result(f"ok: {len(rows)} settings, {given} of them set")


@config.command()
def init(context: typer.Context) -> None:
    """Write a configuration file with every setting, commented out. Never overwrites."""
    options: Globals = context.obj
    from groundwire.settings import template

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
        file.flush()
        os.fsync(file.fileno())
    durability.sync(target.parent)
    typer.echo(one_line(str(target)))


def _file(options: Globals) -> Path:
    from groundwire.settings import user_config_path

    return options.config or user_config_path()


def rows_of(options: Globals) -> list[tuple[str, object, str]]:
    """Return each setting with its value, masked if it is secret, and where it comes from."""
    from groundwire.settings import is_secret, values_of

    origins = options.loaded.origins
    return [
        (key, _plain(value, secret=is_secret(key)), origins.get(key, _DEFAULT))
        for key, value in values_of(options.loaded.settings).items()
    ]


def _plain(value: object, *, secret: bool) -> object:
    """Return a value as JSON has it. An address may hold a password, which is masked, too."""
    if secret:
        return None if value is None else _MASK
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, str):
        return _PASSWORD.sub(rf"\g<1>{_MASK}@", value)
    return value if isinstance(value, (int, float, type(None))) else str(value)


def written(value: object) -> str:
    """Return a value as the configuration file has it; nothing for what is not set."""
    if value is None:
        return "not set"
    if isinstance(value, str) and value.isprintable() and "'" not in value:
        return f"'{value}'"
    return dumps(value, ensure_ascii=False)
