"""Labelled sets that lie beside a case file, judged in the same run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from groundwire.evaluate.labelled import load_labelled
from groundwire.evaluate.quotes import Checks, QuoteLine, run_quotes
from groundwire.evaluate.relations import PairLine, Reads, run_pairs

if TYPE_CHECKING:
    from pathlib import Path

    from groundwire.evaluate.cases import Problem
    from groundwire.evaluate.scores import Score

PAIRS, QUOTES = "pairs.jsonl", "quotes.jsonl"


class Judged(Reads, Checks, Protocol):
    """The part of a desk that is judged."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What was found of the sets that are there.

    Attributes:
        scores: Precision and recall of conflicts, share of quotations judged rightly.
        problems: What is wrong with each file, by its name.
    """

    scores: tuple[Score, ...] = ()
    problems: tuple[tuple[str, Problem], ...] = ()


def judge_beside(desk: Judged, folder: Path) -> Beside:
    """Judge the pairs of sentences and the quotations of a folder, both halves of each.

    Args:
        desk: The desk on the corpus that they were labelled on.
        folder: Where ``pairs.jsonl`` and ``quotes.jsonl`` may lie; a file that is not there is
            not judged.
    """
    scores: list[Score] = []
    problems: list[tuple[str, Problem]] = []
    if (pairs := folder / PAIRS).exists():
        run = run_pairs(desk, load_labelled(pairs, PairLine))
        scores += run.scores()
        problems += [(PAIRS, each) for each in run.problems]
    if (quotes := folder / QUOTES).exists():
        checked = run_quotes(desk, load_labelled(quotes, QuoteLine))
        scores.append(checked.score())
        problems += [(QUOTES, each) for each in checked.problems]
    return Beside(tuple(scores), tuple(problems))
