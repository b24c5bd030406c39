"""Reading saved runs back, and checking them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import ValidationError
from pydantic_core import from_json

from groundwire.domain.errors import NotFoundError, UsageError
from groundwire.evaluate.saved import SCHEMA, SavedRun

if TYPE_CHECKING:
    from pathlib import Path


def read_run(content: object) -> SavedRun:
    """Return the run that a JSON object holds.

    Raises:
        ValueError: It holds none; the message is one line.
    """
    if not isinstance(content, dict) or "schema" not in content:
        raise ValueError("not a saved run of groundwire eval")
    if content["schema"] != SCHEMA:
        raise ValueError(f"schema {content['schema']!r}, not {SCHEMA}: run the eval again")
    try:
        return SavedRun.model_validate(content)
    except ValidationError as error:
        raise ValueError(_first(error)) from None


def load_run(path: Path) -> SavedRun:
    """Read a run that ``groundwire eval`` saved.

    Raises:
        NotFoundError: There is no such file.
        UsageError: It cannot be read, or is not a run; the message names the field.
    """
    try:
        return read_run(from_json(path.read_bytes()))
    except FileNotFoundError:
        raise NotFoundError(
            f"{path}: no such run", hint="save one with: groundwire eval -o FILE"
        ) from None
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror}") from None
    except ValueError as error:
        raise UsageError(f"{path}: {error}") from None


def _first(error: ValidationError) -> str:
    found = error.errors(include_url=False, include_context=False)[0]
    place = ".".join(str(part) for part in found["loc"]) or "run"
    return f"{place}: {found['msg']}"
