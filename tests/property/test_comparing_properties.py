"""Comparisons of any two texts: spans are slices, nothing is lost, the same again is the same."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from groundwire.compare.changes import text_changes
from groundwire.compare.clauses import clauses
from groundwire.compare.comparison import compare
from groundwire.compare.edits import edits
from tests.fakes.articles import article

SENTENCES = st.sampled_from(
    [
        "The ferry sank in the harbour on Monday night.",
        "The ferry may have sunk in the harbour on Tuesday night, police said.",
        '"We will sell 40 boats," said Ann Lee.',
        "“We will sell 60 boats,” said Ann Lee.",
        "Nobody was hurt, the mayor of Leith told reporters in May.",
        "The mill, which opened in 1904, burned down; its owner wept.",
        "Is it over?",
        "$^.*[a-z]+(?=x)\\1 costs £9m — or £9.5m.",
        "Photo: AP",
        "船は月曜日に沈んだ。",
    ]
)
TEXTS = st.lists(SENTENCES, min_size=1, max_size=6)


@settings(max_examples=40, deadline=None)
@given(TEXTS, TEXTS)
def test_every_statement_is_a_slice_of_its_document(left: list[str], right: list[str]) -> None:
    one, other = "\n\n".join(left), "\n\n".join(right)
    found = compare(article(one, name="l"), article(other, name="r"), same_family=False)
    texts = {"l": one, "r": other}
    told = [*found.only_left, *found.only_right]
    told += [each for pair in found.agreements for each in (pair.left, pair.right)]
    told += [each for change in found.changes for each in (change.left, change.right) if each]
    for each in told:
        text = texts[each.citation.document_id]
        assert each.citation.span.of(text) == each.citation.quote
        assert each.value is None or each.value.of(text) == each.value_text


@settings(max_examples=40, deadline=None)
@given(TEXTS, TEXTS)
def test_the_same_again_is_the_same(left: list[str], right: list[str]) -> None:
    sides = article("\n\n".join(left), name="l"), article("\n\n".join(right), name="r")
    first = compare(*sides, same_family=True).to_dict()
    assert compare(*sides, same_family=True).to_dict() == first


@settings(max_examples=40, deadline=None)
@given(TEXTS)
def test_a_text_has_not_changed_from_itself(text: list[str]) -> None:
    assert text_changes(text, text) == ()
    assert text_changes(text, list(reversed(text))) == ()


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80), st.text(max_size=80))
def test_edits_of_any_two_strings_are_slices_of_them(left: str, right: str) -> None:
    for each in edits(left, right):
        assert each.left or each.right
        assert each.left is None or each.left.end <= len(left)
        assert each.right is None or each.right.end <= len(right)


@settings(max_examples=60, deadline=None)
@given(st.text(min_size=1, max_size=120).filter(str.strip))
def test_clauses_are_in_order_and_apart(text: str) -> None:
    found = clauses(text)
    assert all(one.end <= other.start for one, other in pairwise(found))
