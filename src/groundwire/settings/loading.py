"""Where settings are read from, and in which order: files, variables, the command line."""

from __future__ import annotations

import difflib
import json
import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import platformdirs

from groundwire.domain.errors import SettingsError
from groundwire.settings.rules import rules_of
from groundwire.settings.toml import read_toml
from groundwire.settings.values import UnfitError, known_settings, known_tables, settings_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from groundwire.settings.schema import Settings

PROJECT_FILE = "groundwire.toml"
PROJECT_SECTIONS = frozenset({"retrieval", "answer", "display"})
_ENV_PREFIX = "GROUNDWIRE_"
_PLAIN_VARIABLES = {
    "SLACK_BOT_TOKEN": ("slack", "bot_token"),
    "SLACK_APP_TOKEN": ("slack", "app_token"),
    "SLACK_SIGNING_SECRET": ("slack", "signing_secret"),
    "SLACK_API_URL": ("slack", "api_url"),
    "OPENAI_API_KEY": ("model", "openai_api_key"),
    "ANTHROPIC_API_KEY": ("model", "anthropic_api_key"),
}
_TABLES_OF_RULES = frozenset({"slack.channels"})
"""Settings that are lists of rules, and may be written as a table of them too."""

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


def user_state_path() -> Path:
    """Return the folder for what the chat keeps for itself: its history and its log."""
    return platformdirs.user_state_path("groundwire", appauthor=False)


@dataclass(frozen=True, slots=True)
class Source:
    """A configuration file that is read.

    Attributes:
        path: Where it is.
        problem: Why it cannot be used, in one line; empty if it can.
        hint: What mends that.
        private: Whether only its owner can read it.
        secrets: Whether it holds secrets.
    """

    path: Path
    problem: str
    hint: str
    private: bool
    secrets: bool


def sources(config: Path | None = None, cwd: Path | None = None) -> tuple[Source, ...]:
    """Return the configuration files that are read, each looked at by itself; for a check-up."""
    user = config or user_config_path()
    project = _project_file(cwd or Path.cwd())
    found: list[Source] = []
    if config is not None or _is_there(user):
        found.append(_source(user, _user_layer))
    if project is not None:
        found.append(_source(project, _project_layer))
    return tuple(found)


def _source(path: Path, read: Callable[[Path], Layer]) -> Source:
    try:
        private = not path.stat().st_mode & _GROUP_OR_OTHERS
    except OSError:
        hint = "run: groundwire config init"
        return Source(path, f"{path}: no such file", hint, private=True, secrets=False)
    try:
        values = read(path).values
        _validated([Layer(str(path), values)])
    except SettingsError as error:
        return Source(path, str(error), error.hint, private, secrets=False)
    secrets = any(value and is_secret(key) for key, value in _flatten(values))
    return Source(path, "", "", private, secrets)


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
    return _validated(list(_layers(config, overrides or {}, cwd or Path.cwd())))


def _validated(layers: list[Layer]) -> LoadedSettings:
    """Check layers, the strongest first, and merge them."""
    values: dict[str, object] = {}
    origins: dict[str, str] = {}
    for layer in reversed(layers):
        _check_keys(layer)
        for key, value in _flatten(layer.values):
            values[key] = fitted(key, value, layer.origin)
            origins[key] = layer.origin
    return LoadedSettings(settings_of(values), origins)


def fitted(key: str, value: object, origin: str) -> object:
    """Return a value as its setting has it.

    Raises:
        SettingsError: It does not fit; the message names where it comes from.
    """
    try:
        if key in _TABLES_OF_RULES and isinstance(value, dict):
            value = list(rules_of(value))
        return known_settings()[key].fitted(value)
    except UnfitError as error:
        given = "" if is_secret(key) else f", not {value!r}"
        raise SettingsError(f"{origin}: {key}: {error}{given}") from None


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
    if config is not None and not _is_there(config):
        raise SettingsError(f"{config}: no such file", hint="run: groundwire config init")
    user = config or user_config_path()
    if _is_there(user):
        yield _user_layer(user)


def _is_there(path: Path) -> bool:
    """Return whether there is a file, also where its folder may not be looked into."""
    try:
        return path.is_file()
    except OSError as error:
        raise SettingsError(f"{path}: cannot be read: {error.strerror}") from None


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
    values = read_toml(path)
    for key in values:
        if key not in PROJECT_SECTIONS:
            raise SettingsError(
                f"{path}: {key}: a file beside documents may set only "
                f"{', '.join(sorted(PROJECT_SECTIONS))}",
                hint=f"put it into {user_config_path()}, or set {_ENV_PREFIX}{key.upper()}",
            )
    return Layer(str(path), values)


def _user_layer(path: Path) -> Layer:
    values = read_toml(path)
    if path.stat().st_mode & stat.S_IWOTH:
        told = f"{path}: any user of this machine can change this file"
        raise SettingsError(told, hint=f"run: chmod o-w {path}")
    secret = next((key for key, value in _flatten(values) if value and is_secret(key)), None)
    if secret and path.stat().st_mode & _GROUP_OR_OTHERS:
        raise SettingsError(
            f"{path}: {secret}: other users can read this file", hint=f"run: chmod 600 {path}"
        )
    return Layer(str(path), values)


def is_secret(key: str) -> bool:
    """Return whether the value of a dotted key is never shown."""
    return key.endswith(("_token", "_key", "_secret"))


def _flatten(values: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in values.items():
        if prefix + key in _TABLES_OF_RULES and isinstance(value, dict):
            yield prefix + key, value
        elif isinstance(value, dict):
            yield from _flatten(value, f"{prefix}{key}.")
        else:
            yield prefix + key, value


def _assign(values: dict[str, Any], path: list[str], value: object) -> None:
    for part in path[:-1]:
        values = values.setdefault(part, {})
    values[path[-1]] = value


def _check_keys(layer: Layer) -> None:
    """Refuse unknown keys here, where the place that holds them is still known."""
    names = {key.partition(".")[0] for key in known_settings()}
    for name, value in layer.values.items():
        if name not in names:
            raise _unknown(layer.origin, name, names)
        if name in known_tables():
            _check_table(layer.origin, name, value)
        elif isinstance(value, dict):
            raise SettingsError(f"{layer.origin}: {name}: this is a value, not a table")


def _check_table(origin: str, name: str, values: object) -> None:
    if not isinstance(values, dict):
        raise SettingsError(f"{origin}: {name}: this is a table, [{name}]")
    inside = {key for key in known_settings() if key.startswith(f"{name}.")}
    for inner, value in values.items():
        key = f"{name}.{inner}"
        if key not in inside:
            raise _unknown(origin, key, inside)
        if isinstance(value, dict) and key not in _TABLES_OF_RULES:
            raise SettingsError(f"{origin}: {key}: this is a value, not a table")


def _unknown(origin: str, key: str, known: set[str]) -> SettingsError:
    """Return the error for a key that is none, with the nearest of its table, or of all."""
    close = difflib.get_close_matches(key, sorted(known), n=1)
    close = close or difflib.get_close_matches(key, list(known_settings()), n=1)
    hint = f"did you mean {close[0]}?" if close else "see: groundwire config show"
    return SettingsError(f"{origin}: {key}: unknown setting", hint=hint)
