"""What a desk tells the doors while it works on a question."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from groundwire.domain.answers import Answer
    from groundwire.domain.claims import Claim
    from groundwire.domain.retrieval import Hit
    from groundwire.domain.summaries import Summary


@dataclass(frozen=True, slots=True)
class Status:
    """What is being done now, in words, such as ``searching 42 documents``."""

    text: str


@dataclass(frozen=True, slots=True)
class Found:
    """The passages that the answer will be made from, best first."""

    sources: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class ClaimReady:
    """One verified sentence, ready to be shown: the unit of streaming."""

    claim: Claim


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a long piece of work has come."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Done:
    """The end of a successful run.

    Attributes:
        answer: The whole result.
        entry: Id of its entry in the ledger; empty where it was not entered.
    """

    answer: Answer | Summary
    entry: str = ""


@dataclass(frozen=True, slots=True)
class Failed:
    """The end of a failed or cancelled run.

    Attributes:
        kind: The error's code, such as ``index_missing`` or ``cancelled``.
        message: One line for people.
    """

    kind: str
    message: str


Event = Status | Found | ClaimReady | Progress | Done | Failed
