"""The typed changes found in the labelled version pairs, and the file that holds them."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.unit.compare.labelled_changes import fitting, found_changes, labelled_cases

KINDS = {
    "number",
    "date",
    "name",
    "quote",
    "attribution_softened",
    "attribution_hardened",
    "reworded",
    "added",
    "removed",
}


def test_the_file_holds_every_kind_and_two_halves() -> None:
    cases = labelled_cases()
    assert len(cases) >= 40
    assert len({case.id for case in cases}) == len(cases)
    assert {each[0] for case in cases for each in case.changes} == KINDS
    for split in ("dev", "test"):
        half = labelled_cases(split)
        assert len(half) >= 20
        assert sum(not case.changes for case in half) >= 2


def test_the_words_of_a_change_stand_in_its_versions() -> None:
    for case in labelled_cases():
        for _, before, after in case.changes:
            assert before in case.left, case.id
            assert after in case.right, case.id
            assert before or after, case.id


@pytest.mark.parametrize("split", ["dev", "test"])
def test_precision_and_recall(split: str) -> None:
    counts: Counter[str] = Counter()
    for case in labelled_cases(split):
        found = found_changes(case)
        fits = fitting(case, found)
        counts.update(found=len(found), labelled=len(case.changes), fitting=fits)
    assert counts["fitting"] / counts["found"] >= 0.85
    assert counts["fitting"] / counts["labelled"] >= 0.85


@pytest.mark.parametrize("case", [c for c in labelled_cases() if not c.changes], ids=lambda c: c.id)
def test_nothing_is_found_where_nothing_changed(case: object) -> None:
    assert found_changes(case) == ()  # type: ignore[arg-type]  # ids need a loose type
