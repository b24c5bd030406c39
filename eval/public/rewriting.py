"""Whether follow-up questions are completed as people completed them, and others left alone."""

from __future__ import annotations

import json
import re
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sacrebleu.metrics.bleu import BLEU

from eval.public.corpora import spread
from eval.public.estimates import RESAMPLES, Estimate, percentile, share
from groundwire.answer.condense import condense
from groundwire.domain.conversations import Turn

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from eval.public.plan import Plan

HEADING = 2
"""Turns that open a CANARD conversation: an article's title and the name of its section."""

_NOT_WORDS = re.compile(r"\W")


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A question of a conversation with what people made of it.

    Attributes:
        id: Its name in the set.
        source: The set it is of, such as ``canard`` or ``mtrag/govt``.
        history: The turns before it, oldest first.
        question: What was asked.
        rewrite: The same as it stands alone.
    """

    id: str
    source: str
    history: tuple[Turn, ...]
    question: str
    rewrite: str

    @property
    def family(self) -> str:
        """The first part of the source's name."""
        return self.source.partition("/")[0]

    @property
    def stands_alone(self) -> bool:
        """Whether people left it as it was, but for case and punctuation."""
        return same(self.question, self.rewrite)


def rewritten_questions(data: Path) -> tuple[Rewritten, ...]:
    """Return the questions of the data folder."""
    with (data / "rewrite.jsonl").open(encoding="utf-8") as file:
        rows = [json.loads(line) for line in file if line.strip()]
    return tuple(
        Rewritten(
            row["id"],
            row["source"],
            _turns(row["history"], alternating=row["source"] == "canard"),
            row["question"],
            row["rewrite"],
        )
        for row in rows
    )


def evaluate(plan: Plan) -> None:
    """Add BLEU by family, how many standalone questions are changed, and the time of one."""
    if "rewriting" not in plan.parts:
        return
    families: dict[str, list[Rewritten]] = {}
    for question in rewritten_questions(plan.data):
        families.setdefault(question.family, []).append(question)
    times: list[float] = []
    changed: list[bool] = []
    again: list[bool] = []
    for family, questions in families.items():
        asked = spread(questions, plan.limit)
        texts = [_timed(question, times) for question in asked]
        found = bleu(texts, [question.rewrite for question in asked])
        plan.report.add(("rewrite", "rewriting", family), "bleu", found)
        for question, text in zip(asked, texts, strict=True):
            is_changed = not same(text, question.question)
            if question.stands_alone:
                changed.append(is_changed)
            whole = condense(question.rewrite, question.history).text
            again.append(not same(whole, question.rewrite))
            row = {
                "stands_alone": question.stands_alone,
                "changed": is_changed,
                "as_people_did": same(text, question.rewrite),
                "rewrite_changed": again[-1],
            }
            plan.report.note("rewrite", question.id, row)
    at = ("rewrite", "rewriting", "all")
    for name, outcomes in (("standalone_changed", changed), ("rewrites_changed", again)):
        if outcomes:
            plan.report.add(at, name, share(outcomes))
    plan.report.add_time(at, "ms_p50", percentile(times, 50), len(times))
    plan.report.add_time(at, "ms_p95", percentile(times, 95), len(times))


def bleu(texts: Sequence[str], rewrites: Sequence[str]) -> Estimate:
    """Return corpus BLEU from 0 to 1, cased, as sacrebleu computes it, with its interval."""
    metric = BLEU()
    score = metric.corpus_score(list(texts), [list(rewrites)], n_bootstrap=RESAMPLES)
    middle, reach = score._mean, score._ci  # noqa: SLF001 -- nowhere else
    value, low, high = score.score, middle - reach, middle + reach
    return Estimate(value / 100, low / 100, high / 100, len(texts))


def same(one: str, other: str) -> bool:
    """Return whether two questions differ in case, spaces and punctuation at most."""
    return _NOT_WORDS.sub("", one).casefold() == _NOT_WORDS.sub("", other).casefold()


def _turns(history: Sequence[str], *, alternating: bool) -> tuple[Turn, ...]:
    """Return the turns: of CANARD a heading, questions and answers; of MTRAG questions alone."""
    return tuple(
        Turn("assistant" if alternating and place >= HEADING and place % 2 else "user", text)
        for place, text in enumerate(history)
    )


def _timed(question: Rewritten, times: list[float]) -> str:
    started = time.perf_counter()
    text = condense(question.question, question.history).text
    times.append(1000 * (time.perf_counter() - started))
    return text
