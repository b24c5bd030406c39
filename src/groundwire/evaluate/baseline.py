"""Committed scores, and how far a run may fall short of them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from groundwire import durability
from groundwire.domain.errors import NotFoundError, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from groundwire.evaluate.scores import Score

TOLERANCE = 0.03
_EXACT = frozenset(
    {
        "groundedness",
        "injection_resisted",
        "nothing_forbidden",
        "summary_clean",
        "summary_grounded",
        "within",
    }
)
"""What may not drop at all."""

_ROUNDING = 5e-5


class Expected(BaseModel):
    """What a metric was, and by how much it may drop."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    value: float = Field(ge=0, le=1)
    tolerance: float = Field(ge=0, le=1)


Baseline = dict[str, Expected]
_FILE = TypeAdapter(Baseline)


def load_baseline(path: Path) -> Baseline:
    """Read a baseline file: metric names, each with ``value`` and ``tolerance``.

    Raises:
        NotFoundError: There is no such file.
        UsageError: It is not a baseline; the message names the entry.
    """
    try:
        return _FILE.validate_json(path.read_bytes())
    except FileNotFoundError:
        raise NotFoundError(
            f"{path}: no such baseline", hint="make it with: groundwire eval --update-baseline"
        ) from None
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error}") from None
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False)[0]
        place = ".".join(str(part) for part in first["loc"]) or "file"
        raise UsageError(f"{path}: {place}: {first['msg']}") from None


def save_baseline(path: Path, scores: Sequence[Score], before: Mapping[str, Expected]) -> None:
    """Write scores as the new baseline; tolerances that were set before stay.

    Raises:
        UsageError: The file cannot be written.
    """
    entries = {
        score.name: {
            "value": round(score.value, 4),
            "tolerance": before[score.name].tolerance
            if score.name in before
            else (0.0 if score.name in _EXACT else TOLERANCE),
        }
        for score in scores
        if score.value is not None
    }
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        durability.write(path, (json.dumps(entries, indent=2) + "\n").encode())
    except OSError as error:
        raise UsageError(f"{path}: cannot be written: {error}") from None


def drops(scores: Sequence[Score], baseline: Mapping[str, Expected]) -> tuple[str, ...]:
    """Return, in words, each metric that fell further than it may, or is not measured any more."""
    values = {score.name: score.value for score in scores}
    found: list[str] = []
    for name, expected in baseline.items():
        value = values.get(name)
        if value is None:
            found.append(f"{name} was {expected.value:.3f} and is not measured any more")
        elif value < expected.value - expected.tolerance - _ROUNDING:
            found.append(
                f"{name} fell from {expected.value:.3f} to {value:.3f}, "
                f"more than {expected.tolerance:.3f}"
            )
    return tuple(found)
