"""The judge: what it makes of citations, and of sentences held against them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from groundwire.evaluate.judge.judging import Cited, judge
from groundwire.evaluate.judge.support import objections
from tests.unit.evaluate.judge_pairs import FAITHFUL, HOSTILE

STORED = "The tram costs £84m, the council said. It opens in 2026.\n\nThe ferry is old."
COST = "The tram costs £84m, the council said."
OPENS = "It opens in 2026."


def cited(quote: str, *, stored: str | None = STORED, source: str | None = None) -> Cited:
    start = STORED.index(quote)
    return Cited(quote, start, start + len(quote), stored, source)


@pytest.mark.parametrize(("source", "sentence"), HOSTILE)
def test_what_the_source_does_not_say_is_refused(source: str, sentence: str) -> None:
    assert objections(sentence, [source])


@pytest.mark.parametrize(("source", "sentence"), FAITHFUL)
def test_what_the_source_says_is_accepted(source: str, sentence: str) -> None:
    assert objections(sentence, [source]) == ()


def test_there_are_enough_pairs_of_both_sorts() -> None:
    assert len(set(HOSTILE)) >= 40
    assert len(set(FAITHFUL)) >= 30


def test_a_sentence_that_is_its_quote_is_grounded() -> None:
    found = judge(COST, [cited(COST, source="The tram costs £84m, the council said. It opens")])
    assert (found.exact, found.in_source, found.supported) == (True, True, True)
    assert found.needed == (True,)
    assert found.reasons == ()
    assert found.grounded


@pytest.mark.parametrize("by", [-1, 1, 3, 1000])
def test_a_moved_offset_is_not_exact(by: int) -> None:
    right = cited(OPENS)
    found = judge(OPENS, [replace(right, start=right.start + by, end=right.end + by)])
    assert not found.exact
    assert not found.grounded
    assert "a citation is not the characters that it names" in found.reasons


def test_a_negative_offset_does_not_count_from_the_end() -> None:
    quote = "The ferry is old."
    assert not judge(quote, [Cited(quote, -len(quote), 0, STORED, None)]).exact
    assert not judge(quote, [Cited("", 5, 5, STORED, None)]).exact


def test_one_wrong_citation_of_several_is_enough() -> None:
    wrong = replace(cited(OPENS), quote="It opens in 2027.")
    assert not judge(COST, [cited(COST), wrong]).exact


def test_a_vanished_document_is_not_exact() -> None:
    assert not judge(COST, [cited(COST, stored=None)]).grounded


def test_a_sentence_without_citations_is_not_grounded() -> None:
    found = judge(COST, [])
    assert (found.exact, found.in_source, found.supported) == (False, None, False)
    assert found.needed == ()
    assert not found.grounded


def test_a_quote_that_the_file_does_not_hold_is_told() -> None:
    found = judge(COST, [cited(COST, source="The tram costs £74m, the council said.")])
    assert found.in_source is False
    assert not found.grounded
    assert found.reasons == ("a quote does not stand in its file",)


def test_files_that_cannot_be_read_say_nothing() -> None:
    readable = cited(COST, source=STORED)
    assert judge(COST, [cited(COST)]).in_source is None
    assert judge(COST, [cited(COST)]).grounded
    assert judge(f"{COST} {OPENS}", [readable, cited(OPENS)]).in_source is True


def test_two_citations_may_be_needed_together() -> None:
    """Neither bears the whole sentence: each is needed, for the other does not do alone."""
    found = judge(f"{COST} {OPENS}", [cited(COST), cited(OPENS)])
    assert found.supported
    assert found.needed == (True, True)


def test_a_citation_beside_the_point_is_not_needed() -> None:
    """The first bears the sentence alone; the second neither does, nor is it missed."""
    found = judge(COST, [cited(COST), cited("The ferry is old.")])
    assert found.supported
    assert found.needed == (True, False)


def test_citations_of_an_unsupported_sentence_are_not_needed() -> None:
    found = judge("The ferry costs £84m.", [cited(COST), cited(OPENS)])
    assert not found.supported
    assert found.needed == (False, False)
    assert found.reasons


def test_a_quote_must_not_be_cut_out_of_a_denial() -> None:
    text = "The owner denied that the ship was overloaded, but paid. The crew left."
    quote = "the ship was overloaded"
    start = text.index(quote)
    found = judge(quote, [Cited(quote, start, start + len(quote), text, None)])
    assert found.exact
    assert not found.supported
    assert found.reasons == ("the quote is cut out of a sentence that says “denied”",)


def test_a_quote_must_not_lose_who_said_it_at_its_end() -> None:
    text = "The port closed. The ship was overloaded, said its rival."
    quote = "The ship was overloaded"
    start = text.index(quote)
    assert not judge(quote, [Cited(quote, start, start + len(quote), text, None)]).supported


def test_a_whole_sentence_inside_a_paragraph_is_not_cut_out() -> None:
    text = "He denied it. “The ship was sound.” Nobody agreed."
    quote = "“The ship was sound.”"
    start = text.index(quote)
    assert judge(quote, [Cited(quote, start, start + len(quote), text, None)]).grounded


def test_composed_and_decomposed_letters_are_one() -> None:
    assert objections("L’Ore\u0301al gave money.", ["L'Or\u00e9al gave money."]) == ()
    assert objections("L’Oreal gave money.", ["L'Or\u00e9al gave money."])


def test_several_sentences_must_all_be_borne_out() -> None:
    assert objections(f"{COST} It opens in 2027.", [COST, OPENS])
    assert objections(f"{OPENS} {COST}", [COST, OPENS]) == ()
