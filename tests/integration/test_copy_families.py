"""Copy families of the sample corpus, from files to answers and listings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from groundwire import Desk
from groundwire.domain.retrieval import Scope

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.integration.conftest import Ran

FAMILIES = [
    [
        "pyongyang-2019/2019-06-20-xi-arrives-pyongyang.md",
        "pyongyang-2019/2019-06-20-rare-welcome-for-xi.md",
        "pyongyang-2019/2019-06-21-xi-ends-long-gap.md",
    ],
    [
        "ever-given/2021-03-24-ship-blocks-canal.md",
        "ever-given/2021-03-25-canal-blocked-second-day.md",
    ],
    [
        "city-council/2022-01-18-quay-line-approved.md",
        "city-council/2022-01-20-quay-line-approved-corrected.md",
    ],
    [
        "city-council/2023-02-07-flood-barrier-contract.md",
        "city-council/2023-02-08-flood-barrier-contract-signed.md",
    ],
]
"""The wire stories with their copies, and the corrected version, as the corpus' README lists."""


def test_the_families_are_the_wire_copies_and_the_corrected_version(sample_index: Path) -> None:
    with Desk.open(sample_index) as desk:
        found = [[each.path for each in family.members] for family in desk.families()]
        assert found == FAMILIES
        council = desk.families(Scope(documents=("city-council/*",)))
        assert [family.origin.path for family in council] == [FAMILIES[2][0], FAMILIES[3][0]]


def test_an_answer_says_how_many_reports_it_stands_on(sample_index: Path) -> None:
    with Desk.open(sample_index) as desk:
        answer = desk.ask("Who met Xi at the airport?")
        assert answer.corroboration.words == "3 documents, 1 independent report"
        assert answer.to_dict()["families"] == {"documents": 3, "independent": 1}
        alone = desk.ask("Who met Xi at the airport?", scope=Scope(sources=("Harbour Wire",)))
        assert alone.corroboration.words == "1 document, 1 independent report"


def test_families_are_listed(sample: Callable[..., Ran]) -> None:
    listed = sample("docs", "--families")
    title = "Aldermoor backs £84m tram line after late-night vote"
    assert [line for line in listed.out.splitlines() if "quay-line" in line] == [
        f"2022-01-18  Northgate Times  “{title}”  {FAMILIES[2][0]}",
        f"  = 2022-01-20  Northgate Times  “{title} (corrected)”  {FAMILIES[2][1]}",
    ]
    assert "9 documents in 4 families;" in listed.err
    found = sample("docs", "ever-given/*", "--families", "--json").json
    assert [family["origin"]["path"] for family in found["families"]] == [FAMILIES[1][0]]
    assert found["alone"] > 0
