"""Two articles held side by side: what they are to one another, and each section."""

from __future__ import annotations

from datetime import date

import pytest

from groundwire.compare.comparison import compare
from tests.fakes.articles import article

JUNE = date(2023, 6, 1)
FIRST = """Aldermoor council voted on Tuesday to build a tram to the hospital at a cost of £84m.

The motion passed by nine votes to six after a debate that lasted until midnight.

The line will have eleven stops and carry its first passengers in the spring of 2026.

"We have waited long enough for this day," said Maren Holloway, the leader of the council.

Traders on Corn Street said they had been promised help but had seen nothing in writing."""
CORRECTED = FIRST.replace("nine votes to six", "eight votes to seven").replace(
    "Traders on Corn Street said they had been promised help",
    "Traders on Corn Street had been promised help",
)
OTHER = """A march through Leith to save the swimming baths drew about 900 people on Saturday.

Organisers handed the mayor a petition with 12,000 names.

Children read poems about water on the steps of the town hall.

The baths were built in 1904 by a brewer who could not swim.

A decision is expected before the end of the year."""
RIVAL = """About 350 people marched through Leith on Saturday to save the swimming baths.

The mayor was handed a petition with 12,000 names by the organisers.

Police closed the bridge for an hour and made no arrests.

One of the marchers fell into the fountain and was pulled out by a dog."""


def test_a_corrected_version_gives_its_changes_alone() -> None:
    left = article(FIRST, JUNE, name="first")
    right = article(CORRECTED, date(2023, 6, 2), name="second")
    found = compare(left, right, same_family=False)
    assert found.label == "versions"
    assert [(each.kind, each.before, each.after) for each in found.changes] == [
        ("number", "nine", "eight"),
        ("number", "six", "seven"),
        ("attribution_hardened", "said they", ""),
    ]
    assert len(found.agreements) == 3
    assert (found.conflicts, found.updates) == ((), ())
    assert (found.only_left, found.only_right) == ((), ())


def test_changes_point_at_characters_of_both_versions() -> None:
    left, right = article(FIRST, JUNE, name="l"), article(CORRECTED, JUNE, name="r")
    change = compare(left, right, same_family=False).changes[0]
    assert change.left
    assert change.right
    for statement, text, words in (
        (change.left, FIRST, change.before),
        (change.right, CORRECTED, change.after),
    ):
        assert statement.citation.span.of(text) == statement.citation.quote
        assert statement.value
        assert statement.value.of(text) == words


def test_a_cut_copy_of_another_outlet() -> None:
    cut = "\n\n".join(FIRST.split("\n\n")[:3])
    found = compare(
        article(FIRST, JUNE, name="l"),
        article(cut, JUNE, name="r", source="Courier"),
        same_family=True,
    )
    assert found.label == "copies"
    assert {change.kind for change in found.changes} == {"removed"}
    assert len(found.agreements) == 3


def test_the_same_text_has_no_changes() -> None:
    left, right = article(FIRST, JUNE, name="l"), article(FIRST, JUNE, name="r", source="B")
    found = compare(left, right, same_family=False)
    assert (found.label, found.changes, len(found.agreements)) == ("same", (), 5)


def test_two_reports_agree_differ_and_tell_their_own() -> None:
    left = article(OTHER, JUNE, name="l")
    right = article(RIVAL, JUNE, name="r", source="Courier")
    found = compare(left, right, same_family=False)
    assert found.label == "reports"
    assert found.changes == ()
    (conflict,) = found.conflicts
    assert {each.value_text for each in conflict.statements} == {"about 900", "About 350"}
    (agreement,) = found.agreements
    assert "12,000" in agreement.shared[0]
    assert [each.citation.quote[:8] for each in found.only_left] == [
        "Children",
        "The bath",
        "A decisi",
    ]
    assert [each.citation.quote[:8] for each in found.only_right] == ["Police c", "One of t"]


def test_undated_reports_of_no_outlet_have_no_updates() -> None:
    left = article(OTHER, None, name="l", source="")
    right = article(RIVAL, None, name="r", source="")
    found = compare(left, right, same_family=False)
    assert (found.label, found.updates, len(found.conflicts)) == ("reports", (), 1)


def test_unrelated_articles_have_nothing_beside_each_other() -> None:
    left, right = article(FIRST, JUNE, name="l"), article(OTHER, JUNE, name="r", source="Courier")
    found = compare(left, right, same_family=False)
    assert found.label == "unrelated"
    assert (found.agreements, found.conflicts, found.details) == ((), (), ())
    assert (len(found.only_left), len(found.only_right)) == (5, 5)


@pytest.mark.parametrize("texts", [(OTHER, RIVAL), (FIRST, CORRECTED), (FIRST, OTHER)])
def test_nothing_is_told_twice(texts: tuple[str, str]) -> None:
    found = compare(
        article(texts[0], JUNE, name="l"),
        article(texts[1], JUNE, name="r", source="Courier"),
        same_family=False,
    )
    beside = {
        (each.citation.document_id, each.citation.span)
        for pair in found.agreements
        for each in (pair.left, pair.right)
    }
    alone = [each for each in (*found.only_left, *found.only_right) if each.value is None]
    places = [(each.citation.document_id, each.citation.span) for each in alone]
    assert len(set(places)) == len(places)
    assert beside.isdisjoint(places)


def test_a_comparison_is_json_with_offsets() -> None:
    left, right = article(OTHER, JUNE, name="l"), article(RIVAL, JUNE, name="r", source="Courier")
    found = compare(left, right, same_family=False).to_dict()
    assert (found["schema"], found["relation"]) == (1, "reports")
