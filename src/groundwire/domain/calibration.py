"""The threshold of abstention that was fitted to one index."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Calibration:
    """From which score a question is answered on this index, and what is expected of that.

    Rates are estimates for questions that were not fitted on. A calibration is in force only for
    the coefficients that it was fitted with: their scores mean nothing to others.

    Attributes:
        threshold: A question is answered if its sufficiency is no less.
        coefficients: Identity of the fitted models that give the sufficiency.
        made: When it was fitted: an ISO 8601 time, UTC.
        documents: How many documents the index had then.
        answerable: Questions with an answer that it was fitted on.
        unanswerable: Questions without one.
        precision: Share of declined questions that have no answer, 0 to 1.
        recall: Share of questions without an answer that are declined, 0 to 1.
        balanced_accuracy: Mean of the share answered of those with an answer, and recall.
        default_balanced_accuracy: The same at the threshold that is shipped.

    Raises:
        ValueError: A number is none, or a rate lies outside 0 to 1.
    """

    threshold: float
    coefficients: str
    made: str
    documents: int
    answerable: int
    unanswerable: int
    precision: float
    recall: float
    balanced_accuracy: float
    default_balanced_accuracy: float

    def __post_init__(self) -> None:
        """Check the numbers."""
        if not math.isfinite(self.threshold):
            raise ValueError("the threshold must be a number")
        rates = (
            self.precision,
            self.recall,
            self.balanced_accuracy,
            self.default_balanced_accuracy,
        )
        if not all(0 <= rate <= 1 for rate in rates):
            raise ValueError("rates lie between 0 and 1")
        if min(self.documents, self.answerable, self.unanswerable) < 1:
            raise ValueError("it was fitted on documents and on questions of both kinds")

    def to_dict(self) -> dict[str, object]:
        """Return the JSON form."""
        return asdict(self)

    @classmethod
    def from_dict(cls, stored: Mapping[str, object]) -> Calibration:
        """Return the calibration of its JSON form.

        Raises:
            ValueError: It is not the JSON form of one.
        """
        try:
            return cls(**stored)  # type: ignore[arg-type]  # a wrong type is an error below
        except TypeError as error:
            raise ValueError(str(error)) from None
