"""``--batch``: many calls in one process, one JSON line each."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

import typer

from groundwire.domain.errors import GroundwireError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from groundwire.interfaces.cli.globals import Globals

_LISTS = ("scope", "source", "history")
_TEXTS = ("question", "since", "until", "as_of")
_NUMBERS = ("top_k",)
_FLAGS = ("no_filters",)


def run_batch(
    options: Globals, file: Path, call: Callable[[dict[str, Any]], dict[str, object]]
) -> None:
    """Print one JSON line for each line of the file, in order, with the same ``id``.

    A line that cannot be used gives an error object in its place; the exit code is then 1.

    Args:
        options: The global options.
        file: JSON lines with ``id``, ``question`` and any filters; ``-`` is standard input.
        call: Makes the result of one line.
    """
    failed = False
    for number, line in enumerate(_lines(file), 1):
        identifier: object = None
        try:
            arguments = _arguments(line, number)
            identifier = arguments.get("id")
            result = call(arguments)
        except GroundwireError as error:
            failed = True
            identifier = identifier if identifier is not None else _id(line)
            result = error.to_dict()
        options.streams.json({"id": identifier, **result})
    if failed:
        raise typer.Exit(1)


def _lines(file: Path) -> Iterator[str]:
    if str(file) == "-":
        yield from (line for line in sys.stdin if line.strip())
        return
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{file}: cannot be read: {error}") from None
    yield from (line for line in text.splitlines() if line.strip())


def _arguments(line: str, number: int) -> dict[str, Any]:
    """Return the arguments of one line, each of the type that it should have."""
    try:
        arguments = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise UsageError(f"line {number}: not JSON: {error}") from None
    if not isinstance(arguments, dict):
        raise UsageError(f"line {number}: expected an object with id and question")
    if not str(arguments.get("question") or "").strip():
        raise UsageError(f"line {number}: question: expected some text")
    for key, value in arguments.items():
        arguments[key] = _checked(number, key, value)
    return arguments


def _checked(number: int, key: str, value: object) -> object:
    if key == "id" or value is None:
        return value
    if key in _LISTS:
        value = [value] if isinstance(value, str) else value
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return value
        raise UsageError(f"line {number}: {key}: expected a text or a list of texts")
    if key in _TEXTS and isinstance(value, str):
        return value
    if key in _NUMBERS and isinstance(value, int) and value > 0:
        return value
    if key in _FLAGS and isinstance(value, bool):
        return value
    known = ", ".join(("id", *_TEXTS, *_LISTS, *_NUMBERS, *_FLAGS))
    if key in (*_TEXTS, *_NUMBERS, *_FLAGS):
        raise UsageError(f"line {number}: {key}: wrong type")
    raise UsageError(f"line {number}: {key}: unknown argument; known: {known}")


def _id(line: str) -> object:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return value.get("id") if isinstance(value, dict) else None
