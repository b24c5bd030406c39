from __future__ import annotations

from typing import TYPE_CHECKING

from groundwire.domain.events import Progress, Status
from groundwire.evaluate.cases import Case, CaseSet, GoldQuote, Problem
from groundwire.evaluate.intervals import Share
from groundwire.evaluate.runner import run
from tests.unit.evaluate.samples import SpokenDesk, answer, quoted, shifted

if TYPE_CHECKING:
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
    done = run(desk, CaseSet((case,)))
    assert done.problems == ()
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
    assert result.relevant == (False, True)
    assert result.covered == (frozenset(), frozenset({0}))
    assert result.milliseconds >= 0


def test_a_declined_answerable_case_is_told() -> None:
    assert only(ASKED, SpokenDesk()).complaints() == (
        "declined, though the documents hold the answer",
    )


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


def test_an_ungrounded_sentence_is_told() -> None:
    result = only(ASKED, SpokenDesk({"How many?": answer("How many?", PEOPLE, shifted(PEOPLE))}))
    assert result.complaints() == ("1 of 2 sentences are not grounded",)


def test_a_case_without_its_evidence_is_a_problem_and_the_others_run() -> None:
    lost = Case(
        1,
        "lost",
        "single_fact",
        "Lost?",
        answerable=True,
        evidence=(GoldQuote(document="ferry.md", quote="nowhere"),),
    )
    known = Problem(9, "line", "expected one JSON object")
    desk = SpokenDesk()
    done = run(desk, CaseSet((lost, UNANSWERABLE), (known,)))
    assert [result.case.id for result in done.results] == ["oil"]
    assert [problem.line for problem in done.problems] == [1, 9]
    assert desk.asked == ["Oil?"]


def test_progress_is_told_for_every_case() -> None:
    told: list[Event] = []
    run(SpokenDesk(), CaseSet((ASKED, UNANSWERABLE)), told.append)
    assert told == [
        Progress(0, 2),
        Status("people"),
        Progress(1, 2),
        Status("oil"),
        Progress(2, 2),
    ]
