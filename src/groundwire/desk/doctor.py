"""Looking over a whole installation."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from groundwire.desk.doctoring import engine, models, packages, surroundings, threshold
from groundwire.domain.errors import GroundwireError
from groundwire.domain.reports import Finding

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from groundwire.desk.build import Parts


def examine(
    parts: Parts, *, config: Path | None = None, online: bool = False
) -> tuple[Finding, ...]:
    """Return findings about everything, whatever state it is in; none holds a secret.

    Args:
        parts: The desk's.
        config: The configuration file that is read instead of the user's own.
        online: Whether the language model may be called, once.
    """
    settings = parts.settings
    checks: dict[str, Callable[[], Iterable[Finding]]] = {
        "python": packages.python,
        "packages": packages.packages,
        "configuration": partial(surroundings.configuration, config),
        "encoder": partial(engine.encoder, parts),
        "index": partial(engine.index, parts),
        "index identity": partial(engine.index_identity, parts),
        "threshold": partial(threshold.threshold, parts),
        "files": partial(engine.files, parts),
        "records": partial(surroundings.records, settings),
        "prompts": partial(models.prompts, settings),
        "language model": partial(models.language_model, parts, online=online),
        "slack": partial(models.slack, settings),
        "folders": partial(surroundings.folders, settings),
        "clock": partial(surroundings.clock, settings),
    }
    return tuple(finding for name, check in checks.items() for finding in alone(name, check))


def alone(name: str, check: Callable[[], Iterable[Finding]]) -> Iterator[Finding]:
    """Yield the findings of one check; whatever it raises is one, too, and ends it alone."""
    try:
        yield from check()
    except GroundwireError as error:
        yield Finding(name, "problem", str(error), error.hint)
    except Exception as error:  # noqa: BLE001 -- the other checks go on; the text may hold secrets
        message = f"it could not be looked at ({type(error).__name__})"
        yield Finding(name, "problem", message, "please report it")
