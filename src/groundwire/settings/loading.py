"""Where settings are read from, and in which order: files, variables, the command line."""

from __future__ import annotations

import difflib
import json
import os
import stat
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import platformdirs
from pydantic import BaseModel, ValidationError

from groundwire.domain.errors import SettingsError
from groundwire.settings.schema import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

PROJECT_FILE = "groundwire.toml"
PROJECT_SECTIONS = frozenset({"retrieval", "answer", "display"})
_ENV_PREFIX = "GROUNDWIRE_"
_PLAIN_VARIABLES = {
    "SLACK_BOT_TOKEN": ("slack", "bot_token"),
    "SLACK_APP_TOKEN": ("slack", "app_token"),
    "SLACK_API_URL": ("slack", "api_url"),
    "OPENAI_API_KEY": ("model", "openai_api_key"),
    "ANTHROPIC_API_KEY": ("model", "anthropic_api_key"),
}
_GROUP_OR_OTHERS = stat.S_IRWXG | stat.S_IRWXO


@dataclass(frozen=True, slots=True)
class Layer:
    """Values from one place."""

    origin: str
    values: dict[str, Any]


@dataclass(frozen=True, slots=True)
class LoadedSettings:
    """The settings, and which place set each dotted key that is not at its default."""

    settings: Settings
    origins: dict[str, str]


def user_config_path() -> Path:
    """Return where the user's configuration file is, whether or not it exists."""
    return platformdirs.user_config_path("groundwire", appauthor=False) / "config.toml"


def load_settings(
    config: Path | None = None,
    overrides: Mapping[str, Any] | None = None,
    cwd: Path | None = None,
) -> LoadedSettings:
    """Read every layer, check it and merge them.

    Args:
        config: Read instead of the user's configuration file; it must exist.
        overrides: Values from the command line, by dotted key; None values are skipped.
        cwd: Where to look for ``groundwire.toml``, and in its parents; the current folder.

    Raises:
        SettingsError: A file cannot be read, or a key or value is wrong: one line names it.
    """
    layers = list(_layers(config, overrides or {}, cwd or Path.cwd()))
    merged: dict[str, Any] = {}
    origins: dict[str, str] = {}
    for layer in reversed(layers):
        _check_keys(Settings, layer.values, layer.origin, "")
        for key, value in _flatten(layer.values):
            _assign(merged, key.split("."), value)
            origins[key] = layer.origin
    try:
        settings = Settings.model_validate(merged)
    except ValidationError as error:
        raise _one_line(error, origins) from None
    return LoadedSettings(settings, origins)


def _layers(config: Path | None, overrides: Mapping[str, Any], cwd: Path) -> Iterator[Layer]:
    nested: dict[str, Any] = {}
    for key, value in overrides.items():
        if value is not None:
            _assign(nested, key.split("."), value)
    yield Layer("command line", nested)
    yield from _environment()
    project = _project_file(cwd)
    if project is not None:
        yield _project_layer(project)
    if config is not None and not config.is_file():
        raise SettingsError(f"{config}: no such file", hint="run: groundwire config init")
    user = config or user_config_path()
    if user.is_file():
        yield _user_layer(user)


def _environment() -> Iterator[Layer]:
    for name, value in sorted(os.environ.items(), key=lambda item: item[0] in _PLAIN_VARIABLES):
        if not value:
            continue
        if name in _PLAIN_VARIABLES:
            path = list(_PLAIN_VARIABLES[name])
        elif name.startswith(_ENV_PREFIX):
            path = name.removeprefix(_ENV_PREFIX).lower().split("__")
        else:
            continue
        values: dict[str, Any] = {}
        _assign(values, path, _parse(name, value))
        yield Layer(name, values)


def _parse(name: str, value: str) -> object:
    """Return a list or table from its JSON; anything else stays the text that it is."""
    if value[:1] not in "[{":
        return value
    try:
        return json.loads(value)
    except json.JSONDecodeError as error:
        raise SettingsError(f"{name}: not JSON: {error}") from None


def _project_file(cwd: Path) -> Path | None:
    candidates = (folder / PROJECT_FILE for folder in (cwd, *cwd.parents))
    return next((path for path in candidates if path.is_file()), None)


def _project_layer(path: Path) -> Layer:
    values = _read_toml(path)
    for key in values:
        if key not in PROJECT_SECTIONS:
            raise SettingsError(
                f"{path}: {key}: a file beside documents may set only "
                f"{', '.join(sorted(PROJECT_SECTIONS))}",
                hint=f"put it into {user_config_path()}, or set {_ENV_PREFIX}{key.upper()}",
            )
    return Layer(str(path), values)


def _user_layer(path: Path) -> Layer:
    values = _read_toml(path)
    secret = next((key for key, value in _flatten(values) if value and _is_secret(key)), None)
    if secret and path.stat().st_mode & _GROUP_OR_OTHERS:
        raise SettingsError(
            f"{path}: {secret}: other users can read this file", hint=f"run: chmod 600 {path}"
        )
    return Layer(str(path), values)


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: cannot be read: {error}") from None
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{path}: {error}") from None


def _is_secret(key: str) -> bool:
    return key.endswith(("_token", "_key", "_secret"))


def _flatten(values: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in values.items():
        if isinstance(value, dict):
            yield from _flatten(value, f"{prefix}{key}.")
        else:
            yield prefix + key, value


def _assign(values: dict[str, Any], path: list[str], value: object) -> None:
    for part in path[:-1]:
        values = values.setdefault(part, {})
    values[path[-1]] = value


def _check_keys(model: type[BaseModel], values: Mapping[str, Any], origin: str, at: str) -> None:
    """Refuse unknown keys here, where the place that holds them is still known."""
    for key, value in values.items():
        field = model.model_fields.get(key)
        if field is None:
            close = difflib.get_close_matches(key, model.model_fields, n=1)
            hint = f"did you mean {at}{close[0]}?" if close else "see: groundwire config show"
            raise SettingsError(f"{origin}: {at}{key}: unknown setting", hint=hint)
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            if not isinstance(value, dict):
                raise SettingsError(f"{origin}: {at}{key}: this is a table, [{at}{key}]")
            _check_keys(field.annotation, value, origin, f"{at}{key}.")
        elif isinstance(value, dict):
            raise SettingsError(f"{origin}: {at}{key}: this is a value, not a table")


def _one_line(error: ValidationError, origins: Mapping[str, str]) -> SettingsError:
    first = error.errors(include_url=False, include_context=False)[0]
    key = ".".join(str(part) for part in first["loc"])
    given = "" if _is_secret(key) else f", not {first['input']!r}"
    message = first["msg"].removeprefix("Input ").removeprefix("Value error, ")
    return SettingsError(f"{origins.get(key, 'settings')}: {key}: {message}{given}")
