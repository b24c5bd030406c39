"""What a value must be to fit a setting, and how it is written in a file or a variable."""

from __future__ import annotations

import math
import types
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Union, get_args, get_origin, get_type_hints

from groundwire.settings.schema import Secret, Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_TRUTH = {"true": True, "on": True, "yes": True, "1": True}
_TRUTH |= {"false": False, "off": False, "no": False, "0": False}


class UnfitError(Exception):
    """A value does not fit its setting; the text says what would."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What is known of a setting without its value.

    Attributes:
        key: Its dotted name, such as ``retrieval.top_k``.
        meaning: One line for people.
        default: The value without a configuration.
        choices: The words that it takes, as typed; empty where it takes anything of its type.
        kind: Its type, without None.
        optional: Whether it may have no value.
        limits: ``least``, ``most`` and ``above``, where a number has them.
    """

    key: str
    meaning: str
    default: object
    choices: tuple[str, ...]
    kind: object
    optional: bool
    limits: Mapping[str, float]

    def fitted(self, value: object) -> object:
        """Return a value as this setting has it.

        Args:
            value: As a file, a variable or a person gives it; for a setting that may have no
                value, None and an empty text mean none.

        Raises:
            UnfitError: It does not fit.
        """
        if self.optional and (value is None or value == ""):
            return None
        found = self._of_kind(value)
        for name, fits, words in _LIMITS:
            if name in self.limits and not fits(found, self.limits[name]):
                raise UnfitError(f"should be {words} {self.limits[name]:g}")
        return found

    def _of_kind(self, value: object) -> Any:  # noqa: ANN401 -- of the setting's own type
        if get_origin(self.kind) is Literal:
            if value not in self.choices:
                raise UnfitError(f"should be one of {', '.join(self.choices)}")
            return value
        if get_origin(self.kind) is tuple:
            return _texts(value)
        return _READ[self.kind](value)


def _at_least(value: Any, limit: float) -> bool:  # noqa: ANN401 -- a number
    return bool(value >= limit)


def _at_most(value: Any, limit: float) -> bool:  # noqa: ANN401 -- a number
    return bool(value <= limit)


def _above(value: Any, limit: float) -> bool:  # noqa: ANN401 -- a number
    return bool(value > limit)


_LIMITS: tuple[tuple[str, Callable[[Any, float], bool], str], ...] = (
    ("least", _at_least, "greater than or equal to"),
    ("most", _at_most, "less than or equal to"),
    ("above", _above, "greater than"),
)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise UnfitError("should be a text")
    return value


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, (list, tuple)) or not all(isinstance(one, str) for one in value):
        raise UnfitError("should be a list of texts")
    return tuple(value)


def _path(value: object) -> Path:
    if not isinstance(value, (str, Path)):
        raise UnfitError("should be a path")
    return Path(value)


def _secret(value: object) -> Secret:
    return value if isinstance(value, Secret) else Secret(_text(value))


def _truth(value: object) -> bool:
    if isinstance(value, bool):
        return value
    found = _TRUTH.get(str(value).strip().lower())
    if found is None:
        raise UnfitError("should be true or false")
    return found


def _whole(value: object) -> int:
    try:
        if isinstance(value, (int, str)) and not isinstance(value, bool):
            return int(value)
    except ValueError:
        pass
    raise UnfitError("should be a valid integer")


def _number(value: object) -> float:
    try:
        if isinstance(value, (int, float, str)) and not isinstance(value, bool):
            found = float(value)
            if math.isfinite(found):
                return found
    except (ValueError, OverflowError):
        pass
    raise UnfitError("should be a valid number")


_READ: dict[object, Callable[[object], object]] = {
    str: _text,
    int: _whole,
    float: _number,
    bool: _truth,
    Path: _path,
    Secret: _secret,
}


@cache
def known_settings() -> dict[str, Setting]:
    """Return every setting by its dotted key, in the order of the schema."""
    found: dict[str, Setting] = {}
    _gather(Settings, "", found)
    return found


def _gather(section: Any, prefix: str, found: dict[str, Setting]) -> None:  # noqa: ANN401 -- a class
    hints = get_type_hints(section)
    for field in fields(section):
        hint = hints[field.name]
        if is_dataclass(hint):
            _gather(hint, f"{prefix}{field.name}.", found)
            continue
        optional = get_origin(hint) in {Union, types.UnionType}
        kind = get_args(hint)[0] if optional else hint
        choices = get_args(kind) if get_origin(kind) is Literal else ()
        limits = {
            name: field.metadata[name] for name, _, _ in _LIMITS if field.metadata[name] is not None
        }
        found[prefix + field.name] = Setting(
            key=prefix + field.name,
            meaning=field.metadata["meaning"],
            default=field.default,
            choices=("true", "false") if kind is bool else choices,
            kind=kind,
            optional=optional,
            limits=limits,
        )


@cache
def known_tables() -> frozenset[str]:
    """Return the names of the tables."""
    return frozenset(key.partition(".")[0] for key in known_settings() if "." in key)


def settings_of(values: Mapping[str, object]) -> Settings:
    """Return settings of values that fit, by dotted key; the rest are the defaults."""
    tables: dict[str, dict[str, object]] = {}
    top: dict[str, Any] = {}
    for key, value in values.items():
        table, _, name = key.rpartition(".")
        (tables.setdefault(table, {}) if table else top)[name] = value
    hints = get_type_hints(Settings)
    return Settings(**top, **{table: hints[table](**given) for table, given in tables.items()})


def values_of(settings: Settings) -> dict[str, object]:
    """Return every value in effect by its dotted key, in the order of the schema."""
    found: dict[str, object] = {}
    for key in known_settings():
        value: object = settings
        for part in key.split("."):
            value = getattr(value, part)
        found[key] = value
    return found
