"""What a planted fault is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

    from tests.integration.planting.trials import Trial


@dataclass(frozen=True, slots=True)
class Fault:
    """One careless change, and how the eval notices it.

    Attributes:
        plant: Makes the change to the product.
        trial: What is run.
        named: The metric, or words of the reason, that the run fails with.
        indexing: Whether the change is at work while documents are indexed, so that the run needs
            an index of its own.
    """

    plant: Callable[[pytest.MonkeyPatch], None]
    trial: Trial
    named: str
    indexing: bool = False

    def __str__(self) -> str:
        """Return the name of the change and of what it is tried on."""
        return f"{self.plant.__name__}, {self.trial.beside or self.trial.questions}"
