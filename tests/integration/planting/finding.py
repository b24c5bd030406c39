"""Faults in retrieval, in the reading of questions, and in counting accounts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import numpy as np

from groundwire.answer import pipeline
from groundwire.answer.condenser import Condenser
from groundwire.domain.families import Corroboration
from groundwire.domain.filters import NONE_INFERRED
from groundwire.index.snapshot import Snapshot
from groundwire.retrieve import families, filtered, hybrid, serving
from groundwire.text import instructions
from tests.integration.planting.faults import Fault
from tests.integration.planting.trials import Trial

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pytest
    from numpy.typing import NDArray

    from groundwire.answer.condense import Condensed
    from groundwire.domain.documents import PassageId

FAMILIES = Trial("families")
FILTERS = Trial(
    "filters",
    ids=(
        "barrier-filter-01",
        "salvage-filter-02",
        "first-image-filter-01",
        "fire-filter-01",
        "library-filter-01",
        "hong-kong-filter-01",
        "spire-filter-01",
        "bouman-filter-01",
    ),
)
FOLLOW_UPS = Trial("followups")
INJECTIONS = Trial("injections")


def filters_are_ignored(patch: pytest.MonkeyPatch) -> None:
    """A question that names an outlet or a time is answered from everywhere."""
    for room in (pipeline, filtered):
        patch.setattr(room, "read_filters", lambda *_given: NONE_INFERRED)


def copies_count_as_accounts(patch: pytest.MonkeyPatch) -> None:
    """Every copy of a report is taken for a report of its own."""

    def corroborate(document_ids: Iterable[str], _origins: object) -> Corroboration:
        documents = set(document_ids)
        return Corroboration(len(documents), len(documents))

    patch.setattr(families, "corroborate", corroborate)


def history_is_ignored(patch: pytest.MonkeyPatch) -> None:
    """A follow-up is taken as if nothing had been said before."""
    condense = Condenser.condense

    def forgetful(self: Condenser, question: str, _history: object, *given: Any) -> Condensed:  # noqa: ANN401 -- handed on as it is
        return condense(self, question, (), *given)

    patch.setattr(Condenser, "condense", forgetful)


def the_dense_leg_is_dead(patch: pytest.MonkeyPatch) -> None:
    """The vectors of passages come out empty, so that meaning says nothing."""

    def nearest(_self: Snapshot, vectors: NDArray[np.float32], **_given: object) -> object:
        return tuple(() for _ in vectors)

    def vectors_of(_self: Snapshot, ids: Sequence[PassageId]) -> NDArray[np.float32]:
        return np.zeros((len(ids), 384), dtype=np.float32)

    patch.setattr(Snapshot, "nearest", nearest)
    patch.setattr(Snapshot, "vectors", vectors_of)


def the_lexical_leg_is_dead(patch: pytest.MonkeyPatch) -> None:
    """No word of a question is found."""

    def bm25(_self: Snapshot, ids: Sequence[PassageId], queries: Sequence[object]) -> object:
        return np.zeros((len(queries), len(ids)))

    patch.setattr(Snapshot, "lexical", lambda *_given, **_named: ())
    patch.setattr(Snapshot, "bm25", bm25)


def the_ranking_is_reversed(patch: pytest.MonkeyPatch) -> None:
    """The worst candidate comes first."""
    serve = serving.serve

    def reversed_order(scores: NDArray[np.float64], *given: Any) -> list[int]:  # noqa: ANN401 -- handed on as it is
        return serve(-scores, *given)

    patch.setattr(hybrid, "serve", reversed_order)


def orders_to_machines_are_quoted(patch: pytest.MonkeyPatch) -> None:
    """Paragraphs that speak to chatbots are text like any other."""
    patch.setattr(instructions, "_ADDRESSED", re.compile(r"(?!)"))


FAULTS = (
    Fault(filters_are_ignored, FILTERS, "within"),
    Fault(copies_count_as_accounts, FAMILIES, "independent"),
    Fault(history_is_ignored, FOLLOW_UPS, "recall@5"),
    Fault(the_dense_leg_is_dead, FAMILIES, "dense_mrr@10"),
    Fault(the_lexical_leg_is_dead, FAMILIES, "lexical_recall@10"),
    Fault(the_ranking_is_reversed, FAMILIES, "mrr@10"),
    Fault(orders_to_machines_are_quoted, INJECTIONS, "injection_resisted"),
)
