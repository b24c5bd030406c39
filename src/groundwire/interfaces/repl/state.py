"""What a chat knows between two turns."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from groundwire.domain.retrieval import Scope

if TYPE_CHECKING:
    from groundwire.domain.answers import Answer
    from groundwire.domain.checks import CheckReport
    from groundwire.domain.comparisons import Comparison
    from groundwire.domain.conversations import ExchangeKind, Turn
    from groundwire.domain.quotations import QuoteReport
    from groundwire.domain.summaries import Summary

    Result = Answer | Summary | Comparison | QuoteReport | CheckReport


@dataclass(frozen=True, slots=True)
class Shown:
    """The last result on the screen: what ``/sources``, ``/open`` and ``/retry`` are about.

    Attributes:
        kind: What sort of result it is.
        result: The result itself; of a stopped answer, as much as had been said.
        number: Its exchange in the session; None if it is not kept.
        question: What was asked, as it was typed.
        stopped: Whether it was stopped before it was whole.
        entry: Id of its entry in the ledger; empty if it has none.
    """

    kind: ExchangeKind
    result: Result
    number: int | None
    question: str
    stopped: bool = False
    entry: str = ""


@dataclass(slots=True)
class State:
    """What a chat knows between two turns.

    Attributes:
        scope: Which documents every question may use.
        filters: Whether questions are read for further filters; None: as the settings say.
        session: The session that exchanges are kept in; None until the first one is.
        title: The name of that session, for people.
        begun: The id for that session, made before its first exchange; empty before.
        saves: Whether exchanges are to be kept, and results entered in the ledger.
        unsaved: Whether that failed: it is told once, and not tried again.
        turns: What was said, oldest first.
        last: The last result; None before the first.
        took_s: Seconds that it took; None before the first.
        documents: How many documents are indexed; None while that is not known.
        changed: How many files differ from what was indexed; None while that is not known.
        recalled: How many earlier answers are recalled that no chat has shown yet.
        recalled_told: Of how many of them was told in one line.
        preparing: What is made ready in the background, in words; empty if nothing is.
    """

    scope: Scope = field(default_factory=Scope)
    filters: bool | None = None
    session: str | None = None
    title: str = ""
    begun: str = ""
    saves: bool = True
    unsaved: bool = False
    turns: list[Turn] = field(default_factory=list)
    last: Shown | None = None
    took_s: float | None = None
    documents: int | None = None
    changed: int | None = None
    recalled: int = 0
    recalled_told: int = 0
    preparing: str = ""
