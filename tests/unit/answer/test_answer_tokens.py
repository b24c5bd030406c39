"""What a token of a sentence may be."""

from __future__ import annotations

import pytest

from groundwire.answer.tokens import tokenize


def kinds(text: str) -> dict[str, set[str]]:
    flags = ("content", "number", "date", "name")
    return {t.stem: {flag for flag in flags if getattr(t, flag)} for t in tokenize(text)}


def test_numbers_dates_and_names_are_told_apart() -> None:
    found = kinds("The council paid Lena Ortiz £4,200 on 3 June 2021, twelve days late.")
    assert found["lena"] == {"content", "name"}
    assert found["ortiz"] == {"content", "name"}
    assert found["4200"] == {"content", "number"}
    assert found["june"] == {"content", "date"}
    assert found["2021"] == {"content", "number", "date"}
    assert found["twelv"] == {"content", "number"}
    assert found["the"] == set()
    assert found["council"] == {"content"}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Trade fell.", []),
        ("Lena Ortiz left.", ["lena", "ortiz"]),
        ("He met Xi.", ["xi"]),
        ("In May it may rain.", []),
    ],
)
def test_a_capital_makes_a_name_but_not_at_the_start(text: str, named: list[str]) -> None:
    assert [token.stem for token in tokenize(text) if token.name] == named


def test_may_is_a_month_only_with_a_capital() -> None:
    assert [token.date for token in tokenize("It may be in May.") if token.stem == "mai"] == [
        False,
        True,
    ]


def test_possessives_and_percent_signs_are_cut() -> None:
    assert [token.stem for token in tokenize("Korea's 90%")] == ["korea", "90"]
    assert tokenize("") == ()
