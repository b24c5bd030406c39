"""Faults that labelled sets find: conflicts, quotations and summaries."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from groundwire.compare import relations
from groundwire.compare.quotes import quoting
from groundwire.desk import quoting as asked
from groundwire.summarize import extractive, pool
from tests.integration.planting.citing import a_neighbouring_document_is_cited
from tests.integration.planting.faults import Fault
from tests.integration.planting.trials import Trial

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pytest

    from groundwire.compare.relations import RelationLabel
    from groundwire.compare.values.pairing import Found
    from groundwire.domain.quotations import QuoteReport
    from groundwire.retrieve.accounts import Account

_ONE = ("notre-dame-fact-01",)
PAIRS = Trial("core", ids=_ONE, beside="pairs")
QUOTES = Trial("core", ids=_ONE, beside="quotes")
SUMMARIES = Trial(
    "core",
    ids=_ONE,
    beside="summaries",
    labelled=("claim-summary-01", "trade-summary-02", "library-summary-01", "hong-kong-summary-02"),
)


def conflicts_are_not_seen(patch: pytest.MonkeyPatch) -> None:
    """Values that differ are taken to be of different things."""
    _relabelled(patch, "conflict", "scope")


def every_difference_is_a_conflict(patch: pytest.MonkeyPatch) -> None:
    """Values of different things are held against each other."""
    _relabelled(patch, "scope", "conflict")


def altered_quotations_are_exact(patch: pytest.MonkeyPatch) -> None:
    """Words that nearly stand there are taken to stand there."""
    check = quoting.check_quote

    def lenient(*given: Any) -> QuoteReport:  # noqa: ANN401 -- handed on as it is
        found = check(*given)
        return replace(found, label="exact", edits=()) if found.label == "altered" else found

    patch.setattr(asked, "check_quote", lenient)


def speakers_of_quotations_are_not_compared(patch: pytest.MonkeyPatch) -> None:
    """A quotation is right whoever is said to have said it."""
    patch.setattr(quoting, "_is_somebody_elses", lambda *_given: False)


def summaries_leave_out_the_newest(patch: pytest.MonkeyPatch) -> None:
    """The last of the documents by day is not read."""

    def all_but_the_newest(accounts: Sequence[Account]) -> Sequence[Account]:
        found = sorted(pool.originals(accounts), key=lambda each: each.published or date.min)
        return found[:-1] or found

    patch.setattr(extractive, "originals", all_but_the_newest)


def _relabelled(patch: pytest.MonkeyPatch, label: RelationLabel, wrong: RelationLabel) -> None:
    settled = relations._settled

    def relabelled(*given: Any) -> list[Found]:  # noqa: ANN401 -- handed on as it is
        return [
            replace(each, label=wrong) if each.label == label else each for each in settled(*given)
        ]

    patch.setattr(relations, "_settled", relabelled)


FAULTS = (
    Fault(conflicts_are_not_seen, PAIRS, "conflict_recall"),
    Fault(every_difference_is_a_conflict, PAIRS, "conflict_precision"),
    Fault(altered_quotations_are_exact, QUOTES, "quote_accuracy"),
    Fault(speakers_of_quotations_are_not_compared, QUOTES, "quote_accuracy"),
    Fault(a_neighbouring_document_is_cited, SUMMARIES, "summary_grounded"),
    Fault(summaries_leave_out_the_newest, SUMMARIES, "summary_facts"),
)
