"""The news questions: retrieval, answers named in claims, and null questions declined."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING

from eval.public import figures
from eval.public.corpora import news_questions, write_news

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from eval.public.corpora import NewsQuestion
    from groundwire import Answer, Desk


def evaluate(desk: Desk, data: Path, work: Path, tell: Callable[[str], None]) -> dict[str, object]:
    """Return every figure of the news half, with the milliseconds of search and ask."""
    write_news(data, work / "news")
    desk.sync([work / "news"])
    questions = news_questions(data)
    real = [question for question in questions if question.answerable]
    tell(f"news: searching {len(real)} questions")
    result = {"retrieval": _retrieval(desk, real)}
    tell(f"news: asking {len(questions)} questions")
    return {**result, **_answers(desk, questions)}


def _retrieval(desk: Desk, questions: list[NewsQuestion]) -> dict[str, object]:
    by_kind: dict[str, list[figures.Retrieval]] = {}
    times: list[float] = []
    for question in questions:
        started = time.perf_counter()
        hits = desk.search(question.text, top_k=figures.DEPTH).hits
        times.append(1000 * (time.perf_counter() - started))
        found = figures.retrieval(
            [(hit.document.path, hit.passage.text) for hit in hits], question.paths, question.facts
        )
        for kind in ("all", question.kind):
            by_kind.setdefault(kind, []).append(found)
    return {
        "ms_p50": sorted(times)[len(times) // 2],
        "ms_p95": sorted(times)[int(0.95 * len(times))],
        **{kind: figures.mean(found) for kind, found in by_kind.items()},
    }


def _answers(desk: Desk, questions: tuple[NewsQuestion, ...]) -> dict[str, object]:
    named: list[bool] = []
    confident: dict[bool, list[float]] = {True: [], False: []}
    declined: dict[bool, list[bool]] = {True: [], False: []}
    for question in questions:
        answer = desk.ask(question.text)
        confident[question.answerable].append(confidence(answer))
        declined[question.answerable].append(not answer.answered)
        if question.kind == "inference_query":
            named.append(_names(answer, question.answer))
    null = confident[False]
    step = max(1, len(confident[True]) // len(null))
    return {
        "inference_named": sum(named) / len(named),
        "null_auroc": figures.auroc(confident[True][::step][: len(null)], null),
        "null_declined": sum(declined[False]) / len(null),
        "real_declined": sum(declined[True]) / len(declined[True]),
    }


def confidence(answer: Answer) -> float:
    """Return the number that the decision to answer was made on."""
    return answer.provenance.scores.get("sufficiency", answer.provenance.scores.get("score", 0.0))


def _names(answer: Answer, gold: str) -> bool:
    """Return whether a claim, or the title of a cited article, holds the gold answer."""
    said = [claim.text for claim in answer.claims]
    said += [source.hit.document.title for source in answer.sources if source.cited]
    return any(_plain(gold) in _plain(text) for text in said)


def _plain(text: str) -> str:
    return f" {re.sub(r'[^a-z0-9]+', ' ', text.casefold()).strip()} "
