"""Two wordings of a sentence: what was edited, and of what sort it is."""

from __future__ import annotations

import pytest

from groundwire.compare.edits import edits

Typed = tuple[str, str, str]


def edited(left: str, right: str) -> list[Typed]:
    return [
        (
            each.kind,
            each.left.of(left) if each.left else "",
            each.right.of(right) if each.right else "",
        )
        for each in edits(left, right)
    ]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("She left.", "She left."),
        ("The U.S. and Britain agreed.", "The US and Britain agreed."),
        ("Mr. Trump’s aide left on Jan. 5.", "Mr Trump's aide left on January 5."),
        ("They met 3 times.", "They met three times."),
        ("It is 90 percent — or more.", "It is 90% - or more."),
        ("He said “no” twice.", 'He said "no" twice.'),
        ("Police said that the man had died.", "The man had died, police said."),
    ],
)
def test_typography_other_forms_and_moves_are_no_edits(left: str, right: str) -> None:
    assert edited(left, right) == []


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("The firm cut 40 jobs.", "The firm cut 60 jobs.", ("number", "40", "60")),
        ("The firm cut 40 jobs.", "The firm cut about 40 jobs.", ("number", "40", "about 40")),
        ("The crew were safe.", "The 25 crew were safe.", ("number", "", "25")),
        ("It opened in 1931.", "It opened in 1934.", ("date", "1931", "1934")),
        ("It opens in spring.", "It opens in autumn.", ("date", "spring", "autumn")),
        ("Helen Marsh resigned.", "Ellen Marsh resigned.", ("name", "Helen", "Ellen")),
        ('He was "sorry".', 'He was "glad".', ("quote", "sorry", "glad")),
        (
            "She called it a mistake.",
            'She called it a "mistake".',
            ("quote", "mistake", '"mistake"'),
        ),
        ("It will fail.", "It may fail.", ("attribution_softened", "will", "may")),
        ("It failed.", "It failed, police said.", ("attribution_softened", "", "police said")),
        ("It may fail.", "It will fail.", ("attribution_hardened", "may", "will")),
        ("It allegedly failed.", "It failed.", ("attribution_hardened", "allegedly", "")),
        (
            "Police confirmed that he died.",
            "Police said that he died.",
            ("attribution_softened", "confirmed", "said"),
        ),
        ("Two died, police said.", "Two died, nurses said.", ("reworded", "police", "nurses")),
        ("Sales rose 5%.", "Sales fell 5%.", ("reworded", "rose", "fell")),
        ("He will resign.", "He will not resign.", ("reworded", "", "not")),
        (
            "The bridge will open.",
            "The bridge, built in 1931 for £2m by Ann Lee, will open.",
            ("reworded", "", "built in 1931 for £2m by Ann Lee"),
        ),
        (
            "The line opens in May.",
            "The line opens in May, with a branch that could open in 2030.",
            ("reworded", "", "with a branch that could open in 2030"),
        ),
    ],
)
def test_the_sort_of_an_edit(left: str, right: str, expected: Typed) -> None:
    assert edited(left, right) == [expected]


def test_one_edit_of_several_sorts_is_several() -> None:
    assert edited("It sank on 4 June.", "It sank on 5 June, the inquiry said.") == [
        ("date", "4 June", "5 June"),
        ("attribution_softened", "", "the inquiry said"),
    ]
