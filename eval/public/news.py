"""The news questions: retrieval, answers named in claims, and null questions declined."""

from __future__ import annotations

import random
from dataclasses import asdict, fields
from typing import TYPE_CHECKING

from eval.public import estimates, figures
from eval.public.asking import Asked, Desks, open_desk, prepare, timed
from eval.public.corpora import news_questions, news_titles, spread, write_news
from groundwire import Desk

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from eval.public.corpora import NewsQuestion
    from eval.public.plan import Plan

SEED = 20190620
INFERENCE = "inference_query"
KINDS = (INFERENCE, "comparison_query", "temporal_query")

Pairs = list[tuple["NewsQuestion", Asked]]


def evaluate(plan: Plan) -> None:
    """Add every figure of the news set that the plan asks for."""
    index = plan.work / "index-news"
    prepare(index, plan.work / "news", write_news(plan.data, plan.work / "news"), plan.tell)
    with open_desk(index) as desk:
        plan.report.know("news", desk)
    questions = spread(news_questions(plan.data), plan.limit)
    real = [question for question in questions if question.answerable]
    with Desks(index, plan.jobs, plan.tell) as desks:
        if "retrieval" in plan.parts and real:
            _retrieval(plan, desks, real)
        if plan.parts & {"answers", "abstention"}:
            wanted = questions if "abstention" in plan.parts else _inference(real)
            asked = list(zip(wanted, desks.ask([q.text for q in wanted]), strict=True))
            _note_answers(plan, asked)
            _answers(plan, [pair for pair in asked if pair[0].kind == INFERENCE])
            _abstention(plan, asked)
    _times(plan, index, questions)


def _inference(questions: Sequence[NewsQuestion]) -> tuple[NewsQuestion, ...]:
    return tuple(question for question in questions if question.kind == INFERENCE)


def _retrieval(plan: Plan, desks: Desks, questions: Sequence[NewsQuestion]) -> None:
    by_kind: dict[str, list[figures.Retrieval]] = {}
    searched = desks.search([question.text for question in questions])
    for question, found in zip(questions, searched, strict=True):
        one = figures.retrieval(found.paths, found.texts, question.paths, question.facts)
        for kind in ("all", question.kind):
            by_kind.setdefault(kind, []).append(one)
        held = figures.facts_held(found.texts, question.facts)
        ranks = figures.article_ranks(found.paths, question.paths)
        row = {
            "kind": question.kind,
            "article_ranks": {path: ranks.get(path) for path in sorted(question.paths)},
            "first_fact_rank": figures.first_rank(held) or None,
            "facts_found": len(set[int]().union(*held)),
            **asdict(one),
        }
        plan.report.note("news", question.id, row)
    for kind in ("all", *KINDS):
        rows = by_kind.get(kind, [])
        for name in (field.name for field in fields(figures.Retrieval) if rows):
            values = [getattr(row, name) for row in rows]
            plan.report.add(("news", "retrieval", kind), name, _estimate(values))


def _estimate(values: list[float]) -> estimates.Estimate:
    """Return the interval of Wilson for outcomes, the bootstrap's for other means."""
    if set(values) <= {0.0, 1.0}:
        return estimates.share([value == 1 for value in values])
    return estimates.mean(values)


def _note_answers(plan: Plan, asked: Pairs) -> None:
    for question, said in asked:
        row = {
            "kind": question.kind,
            "outcome": said.outcome,
            "score": said.score,
            "threshold": said.threshold,
            "claims": len(said.claims),
            "named_claim": figures.names(question.answer, [quote for _, quote in said.claims]),
            "named_title": figures.names(question.answer, said.titles),
        }
        plan.report.note("news", question.id, row)


def _answers(plan: Plan, asked: Pairs) -> None:
    """Add how often the gold answer of an inference question is named; declined is not."""
    if "answers" not in plan.parts or not asked:
        return
    titles = news_titles(plan.data)
    claim = [figures.names(q.answer, [quote for _, quote in said.claims]) for q, said in asked]
    title = [figures.names(q.answer, said.titles) for q, said in asked]
    possible = [
        figures.names(q.answer, [*q.facts, *(titles[path] for path in q.paths)]) for q, _ in asked
    ]
    at = "news", "answers", INFERENCE
    either = [one or other for one, other in zip(claim, title, strict=True)]
    plan.report.add(at, "named_claim_or_title", estimates.share(either))
    plan.report.add(at, "named_claim", estimates.share(claim))
    plan.report.add(at, "answered", estimates.share([said.answered for _, said in asked]))
    plan.report.add(at, "best_possible", estimates.share(possible))


def _abstention(plan: Plan, asked: Pairs) -> None:
    """Add how null questions are told from an equal number of real ones, and what is said."""
    null = [said for question, said in asked if not question.answerable]
    real = [said for question, said in asked if question.answerable]
    if "abstention" not in plan.parts or not null or not real:
        return
    chosen = random.Random(SEED).sample(real, min(len(null), len(real)))  # noqa: S311 -- repeatable
    null_scores = [said.score for said in null]
    at = "news", "abstention", "all"
    add = plan.report.add
    add(at, "null_auroc", _compared(chosen, null_scores))
    add(at, "null_auroc_beside_all", _compared(real, null_scores))
    add(at, "false_answers", estimates.share([said.answered for said in null]))
    add(at, "answered", estimates.share([said.answered for said in real]))
    for kind in KINDS:
        here = [said for question, said in asked if question.kind == kind]
        if here:
            at_kind = "news", "abstention", kind
            add(at_kind, "null_auroc", _compared(here, null_scores))
            add(at_kind, "answered", estimates.share([said.answered for said in here]))


def _compared(positive: Sequence[Asked], negative: list[float]) -> estimates.Estimate:
    return estimates.compared(figures.auroc, [said.score for said in positive], negative)


def _times(plan: Plan, index: Path, questions: Sequence[NewsQuestion]) -> None:
    texts = [question.text for question in questions]
    if "retrieval" in plan.parts:
        plan.add_times("news", "search", timed(index, texts, Desk.search))
    if "answers" in plan.parts:
        plan.add_times("news", "ask", timed(index, texts, Desk.ask))
