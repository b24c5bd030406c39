"""SQuAD 2.0 and CLAP NQ: the right paragraph, the right sentence, or silence."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from eval.public import figures
from eval.public.corpora import squad_questions, squad_rows, write_paragraphs
from eval.public.news import confidence
from groundwire import Scope

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from eval.public.corpora import ParagraphQuestion
    from groundwire import Desk

_FALSE_ANSWERS = 0.05


def squad(desk: Desk, data: Path, work: Path, tell: Callable[[str], None]) -> dict[str, object]:
    """Return the figures over the paragraphs of the SQuAD 2.0 half, as documents of their own."""
    rows = squad_rows(data)
    write_paragraphs(rows, work / "squad")
    desk.sync([work / "squad"])
    questions = squad_questions(data)
    real = [question for question in questions if question.answerable]
    tell(f"squad2: {len(real)} answerable questions")
    first, sentence, scores = _first(desk, real)
    tell("squad2: absent topics")
    absent = _absent(desk, real)
    tell("squad2: impossible questions")
    impossible = [_score(desk, q.text) for q in questions if not q.answerable]
    return {
        "paragraph_first": first,
        "sentence_first": sentence,
        "absent_auroc": figures.auroc(scores, absent),
        "absent_answered_at_5": figures.coverage_at(scores, absent, _FALSE_ANSWERS),
        "impossible_auroc": figures.auroc(scores, impossible),
    }


def clapnq(desk: Desk, data: Path, work: Path) -> dict[str, object]:
    """Return the AUROC of answerable against unanswerable natural questions."""
    folder = work / "clapnq"
    folder.mkdir(parents=True, exist_ok=True)
    rows = [json.loads(line) for line in (data / "clapnq.jsonl").open(encoding="utf-8")]
    for number, row in enumerate(rows):
        text = f"{row['title']}\n\n{row['passage']}\n"
        (folder / f"{number:04d}.txt").write_text(text, encoding="utf-8")
    desk.sync([folder])
    scores = {True: list[float](), False: list[float]()}
    for row in rows:
        scores[bool(row["answerable"])].append(_score(desk, row["question"]))
    return {"auroc": figures.auroc(scores[True], scores[False])}


def _first(desk: Desk, questions: Sequence[ParagraphQuestion]) -> tuple[float, float, list[float]]:
    """Return how often the right paragraph and the right sentence come first, and the scores."""
    paragraphs = sentences = 0
    scores: list[float] = []
    for question in questions:
        answer = desk.ask(question.text)
        scores.append(confidence(answer))
        hits = desk.search(question.text, top_k=1).hits
        paragraphs += bool(hits) and hits[0].document.path == question.path
        said = [citation for claim in answer.claims[:1] for citation in claim.citations[:1]]
        sentences += any(_holds(cited.path, cited.quote, question) for cited in said)
    return paragraphs / len(questions), sentences / len(questions), scores


def _holds(path: str, text: str, question: ParagraphQuestion) -> bool:
    return path == question.path and any(answer in text for answer in question.answers)


def _absent(desk: Desk, questions: Sequence[ParagraphQuestion]) -> list[float]:
    """Return the scores with each question's own paragraph out of scope, its siblings in it."""
    paths = sorted(info.path for info in desk.docs())
    return [
        _score(desk, question.text, Scope(tuple(path for path in paths if path != question.path)))
        for question in questions
    ]


def _score(desk: Desk, question: str, scope: Scope | None = None) -> float:
    return confidence(desk.ask(question, scope=scope))
