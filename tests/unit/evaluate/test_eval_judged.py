"""Holding sentences against their citations, the store and the files."""

from __future__ import annotations

from dataclasses import replace

from groundwire.domain.claims import Verdict
from groundwire.evaluate.intervals import Share
from groundwire.evaluate.judge.judging import Judgement
from groundwire.evaluate.judged import Witness, grounded, ungrounded_words
from tests.unit.evaluate.samples import SpokenDesk, Unread, quoted, shifted

PEOPLE = quoted("ferry.md", "It carries 240 people a day.")
TRAM = quoted("tram.md", "It opens in 2026.")
GOOD = Judgement(exact=True, in_source=None, supported=True, needed=(True,), reasons=())


def test_each_sentence_has_a_judgement_of_its_own() -> None:
    found = Witness(SpokenDesk().show, Unread()).judge((PEOPLE, shifted(TRAM), TRAM))
    assert [judgement.grounded for judgement in found] == [True, False, True]


def test_every_citation_is_held_against_its_own_document() -> None:
    both = replace(PEOPLE, citations=(*PEOPLE.citations, *TRAM.citations))
    crossed = replace(TRAM.citations[0], document_id=PEOPLE.citations[0].document_id)
    wrong = replace(PEOPLE, citations=(*PEOPLE.citations, crossed))
    found = Witness(SpokenDesk().show, Unread()).judge((both, wrong))
    assert [judgement.exact for judgement in found] == [True, False]


def test_a_sentence_with_a_verdict_that_may_not_be_shown_is_not_grounded() -> None:
    claims = (PEOPLE, replace(PEOPLE, verdict=Verdict("unsupported", 0.1, "words")))
    assert grounded(claims, (GOOD, GOOD)) == Share(1, 2)
    assert ungrounded_words(claims, (GOOD, GOOD)) == (
        "1 of 2 sentences are not grounded: the verdict is unsupported",
    )


def test_each_reason_is_told_once_and_nothing_where_all_is_well() -> None:
    bad = replace(GOOD, supported=False, reasons=("says 9, not 8",))
    claims = (PEOPLE, PEOPLE)
    assert ungrounded_words(claims, (bad, bad)) == (
        "2 of 2 sentences are not grounded: says 9, not 8",
    )
    assert ungrounded_words(claims, (GOOD, GOOD)) == ()
    assert ungrounded_words((), ()) == ()
