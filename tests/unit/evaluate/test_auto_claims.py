"""Sentences with one thing wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest

from groundwire.evaluate.auto.claims import Checked, check_all, claims
from tests.unit.evaluate.auto_samples import material

if TYPE_CHECKING:
    from groundwire.domain.checks import CheckReport
    from groundwire.evaluate.auto.claims import Change


def changed() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    read = material()
    for told in (told for each in read.told.values() for told in each):
        alone = type(read)(
            tuple(d for d in read.documents if d.id == told.document.id),
            {told.document.id: (told,)},
            read.mentions,
            read.copies,
            read.words,
            read.total,
        )
        for _, change, claim in claims(alone):
            found.setdefault(change, set()).add(claim)
    return found


def test_every_change_is_made_and_changes_something() -> None:
    read = material()
    originals = {told.text for each in read.told.values() for told in each}
    found = changed()
    assert found["none"] == originals
    for change in ("number", "negation", "attribution", "name", "date"):
        assert found[change]
        assert found[change].isdisjoint(originals)


def test_changes_by_hand() -> None:
    found = changed()
    assert any("2,500 passengers" in claim for claim in found["number"])
    assert any("the harbour budget is not too small" in claim for claim in found["negation"])
    assert any("On 3 June 2024" in claim for claim in found["date"])
    assert all("Jonas Ferring said" not in claim for claim in found["attribution"])


@pytest.mark.parametrize(
    ("change", "verdict", "right"),
    [
        ("none", "quoted", True),
        ("none", "supported", True),
        ("none", "unsupported", False),
        ("number", "contradicted", True),
        ("number", "supported", False),
        ("attribution", "attribution_dropped", True),
    ],
)
def test_what_is_right(change: Change, verdict: str, right: bool) -> None:  # noqa: FBT001 -- a parameter of the test
    told = next(each[0] for each in material().told.values() if each)
    assert Checked(told, change, "claim", verdict).right is right


def test_verdicts_are_kept_beside_their_claims() -> None:
    class Report:
        class verdict:  # noqa: N801 -- stands for the attribute
            label = "quoted"

    class Checking:
        def check(self, claim: str) -> CheckReport:
            assert claim
            return cast("CheckReport", Report())

    made = claims(material())
    found = list(check_all(Checking(), made))
    assert [(each.told, each.change, each.claim) for each in found] == list(made)
    assert {each.verdict for each in found} == {"quoted"}
