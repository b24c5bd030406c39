"""The judge on false and faithful sentences that rules made from the sample corpus."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from groundwire.evaluate.judge.support import objections
from tests.fakes.faithful_drafts import faithful
from tests.fakes.hostile_drafts import SWAPS, hostile

if TYPE_CHECKING:
    from tests.fakes.hostile_drafts import Draft

TRUE_IN_ITSELF = "unknown marker"
"""A kind whose sentence is its source: what is false of it is where it points."""

MAY_SLIP = {*SWAPS, "detail added"}
"""Kinds that words alone do not always tell: an exchange, and one harmless word more."""


@pytest.fixture(scope="module")
def false_drafts() -> tuple[Draft, ...]:
    return tuple(draft for draft in hostile() if draft.kind != TRUE_IN_ITSELF)


def test_nothing_false_passes_where_a_mistake_does_harm(false_drafts: tuple[Draft, ...]) -> None:
    passed = [
        draft.text
        for draft in false_drafts
        if draft.kind not in MAY_SLIP and not objections(draft.text, [draft.true.text])
    ]
    assert passed == []


def test_hardly_any_exchange_or_detail_passes(false_drafts: tuple[Draft, ...]) -> None:
    slippery = [draft for draft in false_drafts if draft.kind in MAY_SLIP]
    passed = Counter(
        draft.kind for draft in slippery if not objections(draft.text, [draft.true.text])
    )
    assert len(slippery) >= 60
    assert passed.total() <= 0.1 * len(slippery), passed


def test_faithful_sentences_pass() -> None:
    drafts = faithful()
    refused = Counter(draft.kind for draft in drafts if objections(draft.text, [_source(draft)]))
    assert len(drafts) >= 200
    assert refused.total() <= 0.03 * len(drafts), refused


def _source(draft: Draft) -> str:
    """Return what a draft was made from: two neighbouring sentences, or one."""
    return draft.true.passage if "merged" in draft.kind else draft.true.text
