"""The gate on false and faithful sentences made by rules from the sample corpus."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

import pytest

from groundwire.domain.claims import Claim
from groundwire.ground.gate import Gate
from groundwire.ground.support import support
from tests.fakes.faithful_drafts import faithful
from tests.fakes.hostile_drafts import SWAPS, hostile

if TYPE_CHECKING:
    from tests.fakes.hostile_drafts import Draft


def fate(draft: Draft) -> str:
    """Return what became of a draft: said as it is, said in the source's words, or dropped."""
    result = Gate(support).judge(draft.text, draft.markers, draft.true.hits)
    if not isinstance(result, Claim):
        return "dropped"
    passage = next(
        h.passage for h in draft.true.hits if h.passage.id == result.citations[0].passage_id
    )
    for citation in result.citations:
        assert citation.span.shift(-passage.span.start).of(passage.text) == citation.quote
    if result.verdict.label == "supported":
        assert {c.passage_id for c in result.citations} == {passage.id}
        assert len(result.citations) <= 2
        return "said"
    assert result.verdict.label == "quoted"
    return "said" if _plain(result.text) == _plain(draft.text) else "repaired"


def _plain(text: str) -> str:
    return text.translate(str.maketrans("“”’", '""\'')).rstrip(".")


@pytest.fixture(scope="module")
def hostile_fates() -> dict[str, Counter[str]]:
    return _fates(hostile())


@pytest.fixture(scope="module")
def faithful_fates() -> dict[str, Counter[str]]:
    return _fates(faithful())


def _fates(drafts: tuple[Draft, ...]) -> dict[str, Counter[str]]:
    fates: dict[str, Counter[str]] = defaultdict(Counter)
    for draft in drafts:
        fates[draft.kind][fate(draft)] += 1
    return fates


def test_there_are_enough_false_sentences_of_enough_kinds(
    hostile_fates: dict[str, Counter[str]],
) -> None:
    assert len(hostile_fates) >= 12
    assert sum(map(Counter.total, hostile_fates.values())) >= 200
    assert set(SWAPS) < set(hostile_fates)


def test_no_false_sentence_is_said(hostile_fates: dict[str, Counter[str]]) -> None:
    said = {kind: fates["said"] for kind, fates in hostile_fates.items() if kind not in SWAPS}
    assert not any(said.values()), said


def test_swaps_and_exchanges_are_stopped(hostile_fates: dict[str, Counter[str]]) -> None:
    swaps = [hostile_fates[kind] for kind in SWAPS]
    assert sum(fates["said"] for fates in swaps) <= 0.05 * sum(map(Counter.total, swaps))


def test_faithful_sentences_are_kept(faithful_fates: dict[str, Counter[str]]) -> None:
    every = sum(faithful_fates.values(), Counter[str]())
    assert every.total() >= 200
    assert every["dropped"] <= 0.05 * every.total()
    assert every["said"] >= 0.9 * every.total(), faithful_fates
