"""SQuAD 2.0 and CLAP NQ: the right paragraph, the right sentence, or silence."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from eval.public import estimates, figures
from eval.public.asking import Desks, open_desk, prepare, timed
from eval.public.baselines import first_sentences
from eval.public.corpora import (
    clapnq_questions,
    halves,
    paragraph_name,
    spread,
    squad_questions,
    squad_rows,
    write_clapnq,
    write_paragraphs,
)
from eval.public.targets import NO_TARGET, SENTENCE_GAIN
from groundwire import Desk

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

    from eval.public.asking import Asked
    from eval.public.corpora import ParagraphQuestion
    from eval.public.plan import Plan

FALSE_ANSWERS = (0.05, 0.1)

Questions = tuple["ParagraphQuestion", ...]


def squad(plan: Plan) -> None:
    """Add every figure of the SQuAD 2.0 half, its paragraphs as documents of their own."""
    every = squad_questions(plan.data)
    paths = {question.path for question in every}
    index = _index(plan, plan.work / "squad", paths)
    with open_desk(index) as desk:
        plan.report.know("squad", desk)
    real = spread([question for question in every if question.answerable], plan.limit)
    impossible = spread([question for question in every if not question.answerable], plan.limit)
    with Desks(index, plan.jobs, plan.tell) as desks:
        if "retrieval" in plan.parts:
            _paragraphs(plan, desks, real)
        if plan.parts & {"answers", "abstention"}:
            asked = desks.ask(_texts(real))
            if "answers" in plan.parts:
                _sentences(plan, desks, real, asked)
            if "abstention" in plan.parts:
                declined = desks.ask(_texts(impossible))
                _note(plan, "squad", impossible, declined)
                _separation(plan, ("squad", "abstention", "impossible"), asked, declined)
            _note(plan, "squad", real, asked)
    if "answers" in plan.parts:
        _baselines(plan, index, real)
    if "abstention" in plan.parts:
        _absent(plan, halves(every), real)
    _times(plan, index, real)


def clapnq(plan: Plan) -> None:
    """Add how answerable natural questions are told from those their passage does not answer."""
    if "abstention" not in plan.parts:
        return
    folder = plan.work / "clapnq"
    names = write_clapnq(plan.data, folder / "documents")
    prepare(folder / "index", folder / "documents", names, plan.tell)
    with open_desk(folder / "index") as desk:
        plan.report.know("clapnq", desk)
    questions = spread(clapnq_questions(plan.data), plan.limit)
    with Desks(folder / "index", plan.jobs, plan.tell) as desks:
        asked = desks.ask(_texts(questions))
    _note(plan, "clapnq", questions, asked)
    told: dict[bool, list[Asked]] = {True: [], False: []}
    for question, said in zip(questions, asked, strict=True):
        told[question.answerable].append(said)
    _separation(plan, ("clapnq", "abstention", "all"), told[True], told[False])


def _index(plan: Plan, folder: Path, paths: Collection[str]) -> Path:
    """Return an index of those paragraphs alone, one document each."""
    rows = [row for row in squad_rows(plan.data) if paragraph_name(row) in paths]
    names = write_paragraphs(rows, folder / "documents")
    prepare(folder / "index", folder / "documents", names, plan.tell)
    return folder / "index"


def _paragraphs(plan: Plan, desks: Desks, questions: Questions) -> None:
    ranks: list[int] = []
    for question, found in zip(questions, desks.search(_texts(questions)), strict=True):
        distinct = tuple(dict.fromkeys(found.paths))
        rank = distinct.index(question.path) + 1 if question.path in distinct else 0
        ranks.append(rank)
        plan.report.note("squad", question.id, {"paragraph_rank": rank or None})
    at = "squad", "retrieval", "all"
    for name, depth in (("paragraph_first", 1), ("paragraph_in_3", 3), ("paragraph_in_10", 10)):
        plan.report.add(at, name, estimates.share([0 < rank <= depth for rank in ranks]))


def _sentences(plan: Plan, desks: Desks, questions: Questions, asked: Sequence[Asked]) -> None:
    """Add how often the right sentence is ranked first, and how often it is said."""
    pairs = list(zip(questions, asked, strict=True))
    best = desks.best_sentences(_texts(questions))
    ranked = [holds(question, place) for question, place in zip(questions, best, strict=True)]
    first = [bool(said.claims) and holds(question, said.claims[0]) for question, said in pairs]
    somewhere = [any(holds(question, place) for place in said.claims) for question, said in pairs]
    at = "squad", "answers", "all"
    plan.report.add(at, "sentence_first", estimates.share(ranked))
    plan.report.add(at, "said_first", estimates.share(first))
    plan.report.add(at, "said", estimates.share(somewhere))
    plan.report.add(at, "answered", estimates.share([said.answered for said in asked]))
    for question, one, other in zip(questions, ranked, somewhere, strict=True):
        plan.report.note("squad", question.id, {"sentence_first": one, "said": other})


def _baselines(plan: Plan, index: Path, questions: Questions) -> None:
    """Add the two plain rankings of every sentence, and hold ours against the better one."""
    with open_desk(index) as desk:
        found = first_sentences(desk, _texts(questions), plan.work / "squad", plan.tell)
    right = {
        name: [holds(question, place) for question, place in zip(questions, places, strict=True)]
        for name, places in found.items()
    }
    at = "squad", "answers", "all"
    for name, outcomes in right.items():
        plan.report.add(at, f"sentence_first_{name}", estimates.share(outcomes))
        for question, outcome in zip(questions, outcomes, strict=True):
            plan.report.note("squad", question.id, {f"sentence_first_{name}": outcome})
    floor = max(estimates.share(right[name]).value for name in ("bm25", "dense"))
    target = replace(NO_TARGET, floor=floor, reach=floor + SENTENCE_GAIN)
    plan.report.retarget(at, "sentence_first", target)


def _absent(plan: Plan, half_of: dict[str, int], questions: Questions) -> None:
    """Add how questions are told whose paragraph is not indexed from those whose is.

    Each question is asked twice: of an index with its half of the paragraphs, and of one with
    the other half. A paragraph that is gone was never indexed, so that no word frequency and no
    best score knows of it.
    """
    present: dict[str, Asked] = {}
    absent: dict[str, Asked] = {}
    for half in (0, 1):
        inside = {path for path, number in half_of.items() if number == half}
        index = _index(plan, plan.work / f"squad-half-{half}", inside)
        with Desks(index, plan.jobs, plan.tell) as desks:
            for question, said in zip(questions, desks.ask(_texts(questions)), strict=True):
                (present if question.path in inside else absent)[question.id] = said
    for question in questions:
        row = {
            "score_present": present[question.id].score,
            "score_absent": absent[question.id].score,
            "outcome_absent": absent[question.id].outcome,
        }
        plan.report.note("squad", question.id, row)
    at = "squad", "abstention", "absent topic"
    _separation(plan, at, list(present.values()), list(absent.values()), FALSE_ANSWERS)


def _separation(
    plan: Plan,
    at: tuple[str, str, str],
    real: Sequence[Asked],
    other: Sequence[Asked],
    rates: Sequence[float] = (),
) -> None:
    """Add the AUROC of the sufficiency, and what is answered on either side."""
    if not real or not other:
        return
    positive, negative = [said.score for said in real], [said.score for said in other]
    plan.report.add(at, "auroc", estimates.compared(figures.auroc, positive, negative))
    for rate in rates:

        def answered(one: figures.Scores, two: figures.Scores, rate: float = rate) -> float:
            return figures.coverage_at(one, two, rate)

        found = estimates.compared(answered, positive, negative)
        plan.report.add(at, f"answered_at_{rate:.0%}".rstrip("%"), found)
    plan.report.add(at, "false_answers", estimates.share([said.answered for said in other]))
    plan.report.add(at, "answered", estimates.share([said.answered for said in real]))


def _times(plan: Plan, index: Path, questions: Questions) -> None:
    if "retrieval" in plan.parts:
        plan.add_times("squad", "search", timed(index, _texts(questions), Desk.search))
    if "answers" in plan.parts:
        plan.add_times("squad", "ask", timed(index, _texts(questions), Desk.ask))


def _note(plan: Plan, collection: str, questions: Questions, asked: Sequence[Asked]) -> None:
    for question, said in zip(questions, asked, strict=True):
        row = {
            "answerable": question.answerable,
            "outcome": said.outcome,
            "score": said.score,
            "threshold": said.threshold,
            "claims": len(said.claims),
        }
        plan.report.note(collection, question.id, row)


def holds(question: ParagraphQuestion, place: tuple[str, str] | None) -> bool:
    """Return whether a sentence, as path and text, is of the right paragraph and answers."""
    if place is None:
        return False
    path, text = place
    return path == question.path and any(answer in text for answer in question.answers)


def _texts(questions: Questions) -> list[str]:
    return [question.text for question in questions]
