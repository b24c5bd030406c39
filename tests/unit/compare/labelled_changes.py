"""The labelled changes of eval/cases/changes.jsonl, and how well found ones fit them."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from groundwire.compare.changes import text_changes
from groundwire.text.sentences import sentences
from groundwire.text.tokens import words

CASES = Path(__file__).parents[3] / "eval/cases/changes.jsonl"
_FITS = 0.5

Typed = tuple[str, str, str]
"""Kind, the words that went, the words that came."""


@dataclass(frozen=True, slots=True)
class LabelledCase:
    id: str
    split: str
    left: str
    right: str
    changes: tuple[Typed, ...]


def labelled_cases(split: str | None = None) -> tuple[LabelledCase, ...]:
    rows = [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]
    return tuple(
        LabelledCase(
            row["id"],
            row["split"],
            row["left"],
            row["right"],
            tuple((each["kind"], each["before"], each["after"]) for each in row["changes"]),
        )
        for row in rows
        if split in (None, row["split"])
    )


def found_changes(case: LabelledCase) -> tuple[Typed, ...]:
    sides = ([span.of(text) for span in sentences(text)] for text in (case.left, case.right))
    return tuple((each.kind, each.before, each.after) for each in text_changes(*sides))


def fitting(case: LabelledCase, found: tuple[Typed, ...]) -> int:
    """Return how many found changes are of a labelled kind with mostly the labelled words."""
    waiting = list(case.changes)
    for each in found:
        fits = [
            label
            for label in waiting
            if label[0] == each[0] and min(_shared(label[n], each[n]) for n in (1, 2)) >= _FITS
        ]
        if fits:
            waiting.remove(fits[0])
    return len(case.changes) - len(waiting)


def _shared(one: str, other: str) -> float:
    left, right = Counter(words(one)), Counter(words(other))
    total = left.total() + right.total()
    return 2 * (left & right).total() / total if total else 1.0
