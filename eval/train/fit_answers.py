"""Fits the coefficients of the extractive engine and writes them beside its code.

    python -m eval.train.fit_answers --data DATA --work FOLDER

DATA holds ``squad2.jsonl`` and the news files (see eval/public); indexes are kept in FOLDER.
Nothing fitted before is used, and no text of the data goes into the files.
"""

from __future__ import annotations

import argparse
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from eval.public.corpora import (
    news_questions,
    paragraph_name,
    squad_questions,
    squad_rows,
    write_news,
    write_paragraphs,
)
from eval.public.figures import auroc, coverage_at
from eval.train import fitting
from eval.train.evidence import examples
from groundwire import Desk
from groundwire.answer.features import FEATURES
from groundwire.answer.sufficiency import SUFFICIENCY, is_several, sufficiency_features

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from eval.public.corpora import ParagraphQuestion
    from eval.train.evidence import Example
    from groundwire.answer.linear import LinearModel

HOME = Path("src/groundwire/answer")
SENTENCE_PENALTY = 30.0
SUFFICIENCY_PENALTY = 10.0
IMPOSSIBLE_WEIGHT = 0.3
RATES = (0.05, 0.1, 0.2)


def main() -> None:
    """Fit both files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    options = parser.parse_args()
    scorer, made = _sentences(options.data, options.work)
    _write("sentences", {"sentences": _stored(scorer, FEATURES), "made": made})
    one, made_one = _one_clause(options.data, options.work, scorer)
    many, made_many = _several_clauses(options.data, options.work, scorer)
    _write(
        "sufficiency",
        {
            "one_clause": one,
            "several_clauses": many,
            "made": {"one_clause": made_one, "several_clauses": made_many},
        },
    )


def _sentences(data: Path, work: Path) -> tuple[LinearModel, dict[str, object]]:
    """Fit the sentence scorer on the answerable SQuAD questions."""
    questions = [question for question in squad_questions(data) if question.answerable]
    with _squad_desk(data, work / "squad", lambda _row: True) as desk:
        found = _squad_examples(desk, questions)
    usable = [example for example in found if any(example.gold)]
    fold = fitting.folds([example.group for example in usable])

    def fit(chosen: NDArray[np.bool_]) -> LinearModel:
        kept = [example for example, keep in zip(usable, chosen, strict=True) if keep]
        return fitting.conditional_logit(
            [example.evidence.features for example in kept],
            [np.array(example.gold) for example in kept],
            SENTENCE_PENALTY,
        )

    right = 0
    for number in range(fitting.FOLDS):
        model = fit(fold != number)
        for example in np.array(usable, dtype=object)[fold == number]:
            right += example.gold[int(model(example.evidence.features).argmax())]
    made = {
        "date": datetime.now(UTC).date().isoformat(),
        "data": "SQuAD 2.0, part of the dev set, answerable questions (CC BY-SA 4.0)",
        "questions": len(questions),
        "method": f"conditional logit, L2 {SENTENCE_PENALTY:g}",
        "sentence_first": round(right / len(questions), 4),
        "held_out": f"{fitting.FOLDS} folds by article",
    }
    _tell("sentences", made)
    return fit(np.ones(len(usable), dtype=bool)), made


def _one_clause(
    data: Path, work: Path, scorer: LinearModel
) -> tuple[dict[str, object], dict[str, object]]:
    """Fit on SQuAD: paragraphs indexed against paragraphs left out, and impossible questions."""
    answered: list[Example] = []
    absent: list[Example] = []
    impossible: list[Example] = []
    for half in (0, 1):
        inside = {path for path, number in _halves(data).items() if number == half}
        with _squad_desk(data, work / f"squad-half-{half}", inside.__contains__) as desk:
            asked = squad_questions(data)
            here = [q for q in asked if q.path in inside]
            gone = [q for q in asked if q.path not in inside and q.answerable]
            answered += _squad_examples(desk, [q for q in here if q.answerable])
            impossible += _squad_examples(desk, [q for q in here if not q.answerable])
            absent += _squad_examples(desk, gone)
    parts = [_sufficiency(found, scorer) for found in (answered, absent, impossible)]
    groups = [example.group for example in (*answered, *absent, *impossible)]
    labels = np.repeat([True, False, False], [len(part) for part in parts])
    weights = np.repeat([1.0, 1.0, IMPOSSIBLE_WEIGHT], [len(part) for part in parts])
    model, scores = _fit_sufficiency(np.concatenate(parts), labels, weights, groups)
    bounds = np.cumsum([len(part) for part in parts])[:-1]
    a, b, c = (part.tolist() for part in np.split(scores, bounds))
    made = {
        "data": "SQuAD 2.0, part of the dev set (CC BY-SA 4.0)",
        "method": f"logistic regression, L2 {SUFFICIENCY_PENALTY:g}, 5 folds by article",
        "absent_auroc": round(auroc(a, b), 4),
        "absent_answered_at_5": round(coverage_at(a, b, 0.05), 4),
        "impossible_auroc": round(auroc(a, c), 4),
    }
    _tell("one clause", made)
    return {**_stored(model, SUFFICIENCY), **_thresholds(np.array(b))}, made


def _several_clauses(
    data: Path, work: Path, scorer: LinearModel
) -> tuple[dict[str, object], dict[str, object]]:
    """Fit on the news questions: real ones against null ones."""
    write_news(data, work / "news")
    questions = news_questions(data)
    with Desk.open(work / "index-news") as desk:
        desk.sync([work / "news"])
        found = examples(desk, [(q.text, str(n)) for n, q in enumerate(questions)], _never)
    answerable = {q.text: q.answerable for q in questions}
    labels = np.array([answerable[example.evidence.question.text] for example in found])
    several = np.array([is_several(example.evidence.question) for example in found])
    features = _sufficiency(found, scorer)
    weights = np.where(labels, 1.0, labels.sum() / (~labels).sum())
    groups = [example.group for example in found]
    model, scores = _fit_sufficiency(features, labels, weights, groups)
    made = {
        "data": "MultiHop-RAG, part (ODC-BY): real questions against null questions",
        "method": f"logistic regression, L2 {SUFFICIENCY_PENALTY:g}, 5 folds",
        "null_auroc": round(auroc(scores[labels], scores[~labels]), 4),
        "share_with_several_clauses": round(float(several.mean()), 4),
    }
    _tell("several clauses", made)
    return {**_stored(model, SUFFICIENCY), **_thresholds(scores[~labels])}, made


def _fit_sufficiency(
    features: NDArray[np.float64],
    labels: NDArray[np.bool_],
    weights: NDArray[np.float64],
    groups: Sequence[str],
) -> tuple[LinearModel, NDArray[np.float64]]:
    """Return the model fitted on everything, and the held-out score of each row."""

    def fit(chosen: NDArray[np.bool_]) -> LinearModel:
        return fitting.logistic(
            features[chosen], labels[chosen], weights[chosen], SUFFICIENCY_PENALTY
        )

    scores = fitting.held_out(features, fitting.folds(groups), fit)
    return fit(np.ones(len(labels), dtype=bool)), scores


def _sufficiency(found: Sequence[Example], scorer: LinearModel) -> NDArray[np.float64]:
    rows = []
    for example in found:
        evidence = example.evidence
        scores = np.where(evidence.usable(), scorer(evidence.features), -np.inf)
        rows.append(sufficiency_features(evidence, scores))
    return np.array(rows)


def _squad_desk(data: Path, folder: Path, inside: Callable[[str], bool]) -> Desk:
    """Return a desk on those paragraphs, one document each."""
    documents = folder / "documents"
    write_paragraphs([row for row in squad_rows(data) if inside(paragraph_name(row))], documents)
    desk = Desk.open(folder / "index")
    desk.sync([documents])
    return desk


def _squad_examples(desk: Desk, questions: Sequence[ParagraphQuestion]) -> list[Example]:
    by_text = {question.text: question for question in questions}

    def is_gold(text: str, path: str, sentence: str) -> bool:
        question = by_text[text]
        return path == question.path and any(answer in sentence for answer in question.answers)

    return examples(desk, [(question.text, question.title) for question in questions], is_gold)


def _halves(data: Path) -> dict[str, int]:
    """Return a half for each paragraph: every second one of an article."""
    paths = sorted({question.path for question in squad_questions(data)})
    return {path: number % 2 for number, path in enumerate(paths)}


def _never(_question: str, _path: str, _sentence: str) -> bool:
    return False


def _stored(model: LinearModel, names: Sequence[str]) -> dict[str, object]:
    return {
        "features": list(names),
        "mean": model.mean.tolist(),
        "scale": model.scale.tolist(),
        "weight": model.weight.tolist(),
        "bias": model.bias,
    }


def _thresholds(negative: NDArray[np.float64]) -> dict[str, object]:
    found = {f"{rate:g}": round(fitting.threshold(negative, rate), 4) for rate in RATES}
    return {"thresholds": found}


def _write(name: str, content: dict[str, object]) -> None:
    text = json.dumps(content, indent=1) + "\n"
    (HOME / f"{name}.json").write_text(text, encoding="utf-8")


def _tell(name: str, made: dict[str, object]) -> None:
    sys.stderr.write(f"{name}: {json.dumps(made)}\n")


if __name__ == "__main__":
    main()
