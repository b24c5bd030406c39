"""Each check by itself: citations, quotations, values, names, signs, wording, attribution."""

from __future__ import annotations

import pytest

from groundwire.domain.spans import Span
from groundwire.ground.attribution import invented_attribution, lost_attribution, turned
from groundwire.ground.citations import cited_first, unknown_markers
from groundwire.ground.figures import foreign_names, foreign_signs, foreign_values
from groundwire.ground.quotations import spoken_beyond, unfaithful_quotations
from groundwire.ground.units import inflected, units
from groundwire.ground.wording import foreign_words
from tests.fakes.passages import hit


def test_markers_name_passages_that_were_given() -> None:
    assert unknown_markers((1, 3, 0, 3), 2) == (3, 0)
    first, second = hit("One."), hit("Two.", name="b", rank=2)
    assert cited_first((2,), (first, second)) == (second, first)
    assert cited_first((), (first, second)) == (first, second)


PASSAGE = "Rain fell. “We are not afraid. We stay,” Ms Oh said. She was called brave."


@pytest.mark.parametrize(
    ("sentence", "within", "finding"),
    [
        ("“We stay,” Ms Oh said.", (11, 53), ""),
        ("“We are afraid,” Ms Oh said.", (11, 53), "nobody is quoted"),
        ("She was “called brave”.", (53, 75), "without quotation marks"),
        ("“We stay, Ms Oh said.", (11, 53), "left open"),
    ],
)
def test_quotations_stand_in_the_source(
    sentence: str, within: tuple[int, int], finding: str
) -> None:
    found = unfaithful_quotations(sentence, PASSAGE, Span(*within))
    assert (finding in found[0]) if finding else not found


def test_a_sentence_inside_a_quotation_says_it_of_somebody() -> None:
    assert spoken_beyond(PASSAGE, Span(11, 30))
    assert not spoken_beyond(PASSAGE, Span(11, 53))
    assert not spoken_beyond(PASSAGE, Span(0, 10))


def test_values_are_compared_in_every_form() -> None:
    source = "About 90 percent of 400 metres, $1.2bn, on 20 June 2019."
    assert not foreign_values("Nine tenths, 1.2 billion dollars, June 20, 2019", source, None)
    assert foreign_values("91%, 400 feet, €1.2bn, 21 June", source, None) == (
        "91%",
        "400 feet",
        "€1.2bn",
        "21 June",
    )


def test_names_are_compared_with_their_aliases() -> None:
    source = "Chinese envoys met Kim Jong Un at the United Nations."
    passage = source + " Mr Kim left."
    assert not foreign_names("China met Mr Kim at the UN.", source, passage)
    assert foreign_names("Japan met Mrs Moon.", source, passage) == ("Japan", "Mrs", "Moon")


@pytest.mark.parametrize("sign", ["<b>", "@here", "[x]", "\x1b[31m", "`x`", "a|b", "#x", "x://y"])
def test_signs_of_markup_are_not_the_sources(sign: str) -> None:
    assert foreign_signs(f"Rain fell {sign}.", "Rain fell.")
    assert not foreign_signs(f"Rain fell {sign}.", f"Rain fell {sign}.")


def test_plain_punctuation_may_differ() -> None:
    assert not foreign_signs("Rain fell – 'hard' (again), at 5%!", "Rain fell.")


def test_words_may_change_their_endings_only() -> None:
    assert not foreign_words("The ships were stopping.", "A ship is stopped.")
    assert foreign_words("The ships sank slowly.", "A ship is stopped.") == ("sank", "slowly")


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("ship", "ships", True),
        ("stopped", "stopping", True),
        ("city", "cities", True),
        ("rise", "rising", True),
        ("import", "important", False),
        ("organ", "organisation", False),
        ("person", "personal", False),
        ("able", "unable", False),
    ],
)
def test_inflections(left: str, right: str, *, same: bool) -> None:
    assert inflected(left, right) is same
    assert inflected(right, left) is same


def test_units_bring_what_is_alike_to_one_key() -> None:
    keys = [unit.key for unit in units("He didn't say the UN has some 90% of US aid.")]
    expected = "he did not say the un have about share:9/10 of u.s. aid ."
    assert keys == expected.split()


SOURCE = "Ms Oh, the owner, said about 40 ships may be sold if trade does not recover."


@pytest.mark.parametrize(
    ("sentence", "lost"),
    [
        ("Ms Oh said about 40 ships may be sold if trade does not recover.", ""),
        ("About 40 ships may be sold if trade does not recover.", "from Ms Oh"),
        ("Ms Oh said 40 ships may be sold if trade does not recover.", "“about”"),
        ("Ms Oh said about 40 ships be sold if trade does not recover.", "“may”"),
        ("Ms Oh said about 40 ships may be sold, trade does not recover.", "“if”"),
        ("Ms Oh denied about 40 ships may be sold if trade does not recover.", "from Ms Oh"),
    ],
)
def test_speakers_hedges_and_bounds_survive(sentence: str, lost: str) -> None:
    found = lost_attribution(sentence, SOURCE)
    assert (lost in "; ".join(found)) if lost else not found


def test_nobody_else_may_speak() -> None:
    assert invented_attribution("Mr Ri said ships may be sold.", SOURCE)
    assert not invented_attribution("Ships may be sold, according to Ms Oh.", SOURCE)


def test_negations_neither_come_nor_go() -> None:
    assert turned("Ms Oh said trade does recover.", SOURCE) == ("the source says “not”",)
    assert turned("Trade never does not recover.", SOURCE) == ("the source does not say “never”",)
    assert turned("Trade doesn’t recover.", "Trade doesn't recover.") == ()
