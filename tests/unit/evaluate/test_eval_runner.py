from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from groundwire.domain.conversations import Turn
from groundwire.domain.documents import DocumentId
from groundwire.domain.errors import (
    CancelledError,
    GroundwireError,
    IndexMissingError,
    ModelUnavailableError,
)
from groundwire.domain.events import Progress, Status
from groundwire.domain.families import Corroboration
from groundwire.evaluate.cases import Case, CaseSet, GoldQuote, Problem
from groundwire.evaluate.intervals import Share
from groundwire.evaluate.judge.sources import Sources
from groundwire.evaluate.runner import run
from tests.unit.evaluate.samples import FERRY, SpokenDesk, Unread, answer, quoted, shifted

if TYPE_CHECKING:
    from pathlib import Path

    from groundwire.domain.events import Event
    from groundwire.evaluate.runner import CaseResult

PEOPLE = quoted("ferry.md", "It carries 240 people a day.")
MONDAY = quoted("ferry.md", "The ferry to Sallow was cancelled on Monday.")
ASKED = Case(
    1,
    "people",
    "single_fact",
    "How many?",
    answerable=True,
    evidence=(GoldQuote(document="ferry.md", quote="240 people"),),
    required=(("240",),),
    forbidden=("cancelled",),
)
UNANSWERABLE = Case(2, "oil", "absent_topic", "Oil?", answerable=False)


def only(case: Case, desk: SpokenDesk) -> CaseResult:
    done = run(desk, CaseSet((case,)), Unread())
    assert done.problems == ()
    assert not done.interrupted
    (result,) = done.results
    return result


def test_a_right_answer_has_no_complaints() -> None:
    desk = SpokenDesk(
        {"How many?": answer("How many?", PEOPLE)},
        {"How many?": [("tram.md", "£84m"), ("ferry.md", "240 people")]},
    )
    result = only(ASKED, desk)
    assert result.complaints() == ()
    assert result.grounded == Share(1, 1)
    assert [judgement.exact for judgement in result.judgements] == [True]
    assert result.relevant == (False, True)
    assert result.covered == (frozenset(), frozenset({0}))
    assert result.milliseconds >= 0
    assert result.answered
    assert not result.declined


def test_a_declined_answerable_case_is_told() -> None:
    result = only(ASKED, SpokenDesk())
    assert result.complaints() == ("declined, though the documents hold the answer",)
    assert result.declined


def test_an_answered_unanswerable_case_is_told() -> None:
    result = only(UNANSWERABLE, SpokenDesk({"Oil?": answer("Oil?", PEOPLE)}))
    assert result.complaints() == ("answered, though the documents do not hold the answer",)
    assert result.relevant == ()


def test_a_declined_unanswerable_case_passes() -> None:
    assert only(UNANSWERABLE, SpokenDesk()).complaints() == ()


def test_wrong_evidence_missing_facts_and_forbidden_words_are_told() -> None:
    result = only(ASKED, SpokenDesk({"How many?": answer("How many?", MONDAY)}))
    assert result.complaints() == (
        "says what it must not: cancelled",
        "cites none of the gold evidence",
        "does not say: 240",
    )


def test_an_ungrounded_sentence_is_told_with_the_judges_reasons() -> None:
    result = only(ASKED, SpokenDesk({"How many?": answer("How many?", PEOPLE, shifted(PEOPLE))}))
    assert result.grounded == Share(1, 2)
    (complaint,) = result.complaints()
    assert complaint.startswith("1 of 2 sentences are not grounded: ")
    assert result.judgements[1].reasons
    assert all(reason in complaint for reason in result.judgements[1].reasons)


@pytest.mark.parametrize(("text", "is_grounded"), [(FERRY, True), ("The ferry sank.", False)])
def test_a_quote_must_still_stand_in_its_file(
    tmp_path: Path, text: str, *, is_grounded: bool
) -> None:
    (tmp_path / "ferry.md").write_text(text, encoding="utf-8")
    desk = SpokenDesk({"How many?": answer("How many?", PEOPLE)})
    (result,) = run(desk, CaseSet((ASKED,)), Sources(tmp_path)).results
    assert result.judgements[0].in_source is is_grounded
    assert (result.complaints() == ()) is is_grounded


def test_a_citation_of_a_document_that_is_not_stored_is_not_grounded() -> None:
    (citation,) = PEOPLE.citations
    lost = replace(PEOPLE, citations=(replace(citation, document_id=DocumentId("gone")),))
    result = only(UNANSWERABLE, SpokenDesk({"Oil?": answer("Oil?", lost)}))
    assert result.grounded == Share(0, 1)


def test_a_follow_up_is_asked_with_its_history_and_searched_for_as_it_stands_alone() -> None:
    turns = (Turn("user", "What does the ferry do?"), Turn("assistant", "It sails."))
    said = replace(answer("How many?", PEOPLE), standalone="How many does the ferry carry?")
    desk = SpokenDesk({"How many?": said}, {said.standalone: [("ferry.md", "240 people")]})
    result = only(replace(ASKED, kind="follow_up", history=turns), desk)
    assert desk.histories == [turns]
    assert desk.searched == ["How many does the ferry carry?"]
    assert result.relevant == (True,)


def test_a_citation_outside_of_what_the_question_asks_for_is_told() -> None:
    desk = SpokenDesk({"How many?": answer("How many?", PEOPLE, MONDAY)})
    outside = only(replace(ASKED, within=("trams",), forbidden=()), desk)
    assert outside.complaints() == ("cites what the question leaves out: ferry.md",)
    assert only(replace(ASKED, within=("ferry.md",), forbidden=()), desk).complaints() == ()


def test_copies_that_were_counted_as_accounts_of_their_own_are_told() -> None:
    said = replace(answer("How many?", PEOPLE), corroboration=Corroboration(3, 2))
    desk = SpokenDesk({"How many?": said})
    assert only(replace(ASKED, independent=2), desk).complaints() == ()
    assert only(replace(ASKED, independent=1), desk).complaints() == (
        "counts 2 independent accounts, not 1",
    )


def test_a_case_that_the_desk_fails_at_is_a_failed_case_and_the_others_run() -> None:
    desk = SpokenDesk({"How many?": ModelUnavailableError("no model there")})
    done = run(desk, CaseSet((ASKED, UNANSWERABLE)), Unread())
    failed, passed = done.results
    assert failed.answer is None
    assert failed.complaints() == ("failed: no model there",)
    assert not failed.answered
    assert not failed.declined, "a failure must not pass for an abstention"
    assert failed.said == ""
    assert passed.complaints() == ()
    assert not done.interrupted


def test_an_error_without_words_is_told_by_its_name() -> None:
    result = only(ASKED, SpokenDesk({"How many?": GroundwireError("")}))
    assert result.complaints() == ("failed: error",)


def test_a_desk_without_an_index_ends_the_run() -> None:
    with pytest.raises(IndexMissingError):
        run(SpokenDesk({"Oil?": IndexMissingError("/x")}), CaseSet((UNANSWERABLE,)), Unread())


@pytest.mark.parametrize("stop", [KeyboardInterrupt(), CancelledError()])
def test_an_interrupted_run_keeps_what_was_asked_before(stop: BaseException) -> None:
    cases = CaseSet((ASKED, UNANSWERABLE), (Problem(9, "line", "expected one JSON object"),))
    done = run(SpokenDesk({"Oil?": stop}), cases, Unread())
    assert done.interrupted
    assert [result.case.id for result in done.results] == ["people"]
    assert len(done.problems) == 1


def test_a_result_has_an_answer_or_an_error_and_a_judgement_a_sentence() -> None:
    result = only(ASKED, SpokenDesk({"How many?": answer("How many?", PEOPLE)}))
    with pytest.raises(ValueError, match="or else an error"):
        replace(result, error="failed")
    with pytest.raises(ValueError, match="one judgement"):
        replace(result, judgements=())


def test_a_case_without_its_evidence_is_a_problem_and_the_others_run() -> None:
    lost = Case(
        1,
        "lost",
        "single_fact",
        "Lost?",
        answerable=True,
        evidence=(GoldQuote(document="ferry.md", quote="nowhere"),),
        file="b.jsonl",
    )
    known = Problem(9, "line", "expected one JSON object", "a.jsonl")
    desk = SpokenDesk()
    done = run(desk, CaseSet((lost, UNANSWERABLE), (known,)), Unread())
    assert [result.case.id for result in done.results] == ["oil"]
    assert [str(problem).split(": ")[:2] for problem in done.problems] == [
        ["a.jsonl", "line 9"],
        ["b.jsonl", "line 1"],
    ]
    assert desk.asked == ["Oil?"]


def test_progress_is_told_for_every_case() -> None:
    told: list[Event] = []
    run(SpokenDesk(), CaseSet((ASKED, UNANSWERABLE)), Unread(), told.append)
    assert told == [
        Progress(0, 2),
        Status("people"),
        Progress(1, 2),
        Status("oil"),
        Progress(2, 2),
    ]
