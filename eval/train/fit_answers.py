"""Fits the coefficients of the extractive engine and writes them beside its code.

    python -m eval.train.fit_answers --data DATA --work FOLDER

DATA holds ``squad2.jsonl`` and the news files (see eval/public); indexes are kept in FOLDER.
Nothing fitted before is used, and no text of the data goes into the files.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from eval.public.corpora import (
    halves,
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
from groundwire.answer.scoring import sentence_scores
from groundwire.answer.sufficiency import (
    SUFFICIENCY,
    is_long,
    sufficiency_features,
    ungiven_penalty,
    unmentioned_penalty,
)

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
RATES = (0.05, 0.1, 0.2, 0.25, 0.35)
ANSWERABLE = frozenset({"answered", "real"})


def main() -> None:
    """Fit both files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    options = parser.parse_args()
    scorer, made = _sentences(options.data, options.work)
    _write("sentences", {"sentences": _stored(scorer, FEATURES), "made": made})
    _write("sufficiency", _sufficiency_models(options.data, options.work, scorer))


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
            right += example.gold[int(sentence_scores(example.evidence, model).argmax())]
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


@dataclass(frozen=True, slots=True)
class _Rows:
    """Questions to judge, one row each.

    Attributes:
        features: Of (questions, features).
        groups: What each is held out with.
        long: Whether it is long.
        penalties: What its unmentioned names and an ungiven figure take from the score.
    """

    features: NDArray[np.float64]
    groups: tuple[str, ...]
    long: NDArray[np.bool_]
    penalties: NDArray[np.float64]


def _sufficiency_models(data: Path, work: Path, scorer: LinearModel) -> dict[str, object]:
    """Fit a model for short questions and one for long ones.

    Each sees both collections, so that the two models' scores mean the same.
    """
    rows = {**_squad_rows(data, work, scorer), **_news_rows(data, work, scorer)}
    weights = {"answered": 1.0, "absent": 1.0, "impossible": IMPOSSIBLE_WEIGHT, "real": 1.0}
    weights["null"] = len(rows["real"].groups) / len(rows["null"].groups)
    held_out = {name: np.zeros(len(part.groups)) for name, part in rows.items()}
    stored: dict[str, object] = {}
    for kind, wanted in (("short", False), ("long", True)):
        chosen = {name: part.long == wanted for name, part in rows.items()}
        model, scores = _fit_sufficiency(
            np.concatenate([part.features[chosen[name]] for name, part in rows.items()]),
            np.concatenate([np.full(chosen[n].sum(), n in ANSWERABLE) for n in rows]),
            np.concatenate([np.full(chosen[n].sum(), weights[n]) for n in rows]),
            [
                group
                for name, part in rows.items()
                for group, keep in zip(part.groups, chosen[name], strict=True)
                if keep
            ],
        )
        bounds = np.cumsum([keep.sum() for keep in chosen.values()])[:-1]
        for name, part in zip(rows, np.split(scores, bounds), strict=True):
            held_out[name][chosen[name]] = part - rows[name].penalties[chosen[name]]
        stored[kind] = _stored(model, SUFFICIENCY)
    made = _figures({name: scores.tolist() for name, scores in held_out.items()})
    _tell("sufficiency", made)
    negative = np.concatenate([held_out["absent"], held_out["null"]])
    return {**stored, **_thresholds(negative), "made": made}


def _figures(scores: dict[str, list[float]]) -> dict[str, object]:
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "data": "SQuAD 2.0, part of the dev set (CC BY-SA 4.0): paragraphs indexed against"
        " paragraphs left out, and impossible questions; MultiHop-RAG, part (ODC-BY): real"
        " questions against null questions",
        "method": f"logistic regression, L2 {SUFFICIENCY_PENALTY:g}, {fitting.FOLDS} folds,"
        " SQuAD's by article",
        "absent_auroc": round(auroc(scores["answered"], scores["absent"]), 4),
        "absent_answered_at_5": round(coverage_at(scores["answered"], scores["absent"], 0.05), 4),
        "impossible_auroc": round(auroc(scores["answered"], scores["impossible"]), 4),
        "null_auroc": round(auroc(scores["real"], scores["null"]), 4),
    }


def _squad_rows(data: Path, work: Path, scorer: LinearModel) -> dict[str, _Rows]:
    """Return questions on indexed paragraphs, on paragraphs left out, and impossible ones."""
    found: dict[str, list[Example]] = {"answered": [], "absent": [], "impossible": []}
    asked = squad_questions(data)
    for half in (0, 1):
        inside = {path for path, number in halves(asked).items() if number == half}
        with _squad_desk(data, work / f"squad-half-{half}", inside.__contains__) as desk:
            here = [q for q in asked if q.path in inside]
            gone = [q for q in asked if q.path not in inside and q.answerable]
            found["answered"] += _squad_examples(desk, [q for q in here if q.answerable])
            found["impossible"] += _squad_examples(desk, [q for q in here if not q.answerable])
            found["absent"] += _squad_examples(desk, gone)
    return {name: _rows(examples_, scorer) for name, examples_ in found.items()}


def _news_rows(data: Path, work: Path, scorer: LinearModel) -> dict[str, _Rows]:
    """Return the news questions that the articles answer, and those that they do not."""
    write_news(data, work / "news")
    questions = news_questions(data)
    with Desk.open(work / "index-news") as desk:
        desk.sync([work / "news"])
        found = examples(desk, [(q.text, str(n)) for n, q in enumerate(questions)], _never)
    real = [each for each in found if questions[int(each.group)].answerable]
    null = [each for each in found if not questions[int(each.group)].answerable]
    return {"real": _rows(real, scorer), "null": _rows(null, scorer)}


def _rows(found: Sequence[Example], scorer: LinearModel) -> _Rows:
    features, penalties = [], []
    for example in found:
        evidence = example.evidence
        scores = sentence_scores(evidence, scorer)
        features.append(sufficiency_features(evidence, scores))
        penalties.append(unmentioned_penalty(evidence) + ungiven_penalty(evidence, scores))
    long = np.array([is_long(example.evidence) for example in found])
    groups = tuple(each.group for each in found)
    return _Rows(np.array(features), groups, long, np.array(penalties))


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
