"""From which score a question is answered: the threshold that is shipped, or the index's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from groundwire.answer.linear import coefficients, load_coefficients

if TYPE_CHECKING:
    from groundwire.domain.calibration import Calibration

FALSE_ANSWERS = "0.35"
"""The rate of false answers that the shipped threshold was fitted for; see sufficiency.json."""


def default_threshold() -> float:
    """Return the threshold that is shipped."""
    return float(load_coefficients("sufficiency")["thresholds"][FALSE_ANSWERS])


def in_force(calibration: Calibration) -> bool:
    """Return whether a calibration was fitted with the coefficients that are shipped."""
    return calibration.coefficients == coefficients()


def threshold(calibration: Calibration | None) -> float:
    """Return the threshold that was fitted to the index, if it is in force, else the default."""
    if calibration is not None and in_force(calibration):
        return calibration.threshold
    return default_threshold()
