"""Labelled sets that lie beside a case file, judged in the same run."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from groundwire.evaluate.labelled import load_labelled
from groundwire.evaluate.quotes import Checks, QuoteLine, run_quotes
from groundwire.evaluate.relations import PairLine, Reads, run_pairs
from groundwire.evaluate.suite import PAIRS, QUOTES, SUMMARIES
from groundwire.evaluate.summaries import Summarizes, SummaryLine, run_summaries

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from groundwire.domain.events import Event
    from groundwire.evaluate.cases import Problem
    from groundwire.evaluate.judged import Files
    from groundwire.evaluate.scores import Score
    from groundwire.evaluate.suite import Suite
    from groundwire.evaluate.summaries import SummaryRun


class Judged(Reads, Checks, Summarizes, Protocol):
    """The part of a desk that is judged."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What was found of the sets that are there.

    Attributes:
        scores: Precision and recall of conflicts, share of quotations judged rightly, and what
            summaries are worth.
        problems: What is wrong with each file, each problem with the file's name.
        summaries: The summaries that were made; None where there is no set of them.
        interrupted: Whether it was stopped before the last set was judged.
    """

    scores: tuple[Score, ...] = ()
    problems: tuple[Problem, ...] = ()
    summaries: SummaryRun | None = None
    interrupted: bool = False


def judge_beside(
    desk: Judged, suite: Suite, files: Files, on_progress: Callable[[Event], None] | None = None
) -> Beside:
    """Judge the pairs of sentences, the quotations and the summaries beside a suite's questions.

    Of each set the half is judged that is wanted of the questions. Ctrl-C ends the run, and the
    sets that were judged before are kept.

    Args:
        desk: The desk on the corpus that they were labelled on.
        suite: Where the sets may lie; a file that is not there is not judged.
        files: The documents as they are on disk.
        on_progress: Told which summary is being made.
    """
    scores: list[Score] = []
    problems: list[Problem] = []
    made: SummaryRun | None = None
    try:
        if (pairs := suite.folder / PAIRS).exists():
            held = run_pairs(desk, load_labelled(pairs, PairLine, split=suite.half))
            scores += held.scores()
            problems += _of(PAIRS, held.problems)
        if (quotes := suite.folder / QUOTES).exists():
            checked = run_quotes(desk, load_labelled(quotes, QuoteLine, split=suite.half))
            scores.append(checked.score())
            problems += _of(QUOTES, checked.problems)
        if (summaries := suite.folder / SUMMARIES).exists():
            lines = load_labelled(summaries, SummaryLine, split=suite.half)
            made = run_summaries(desk, lines, files, on_progress)
            scores += made.scores()
            problems += _of(SUMMARIES, made.problems)
    except KeyboardInterrupt:
        return Beside(tuple(scores), tuple(problems), made, interrupted=True)
    return Beside(tuple(scores), tuple(problems), made, made is not None and made.interrupted)


def _of(file: str, problems: Iterable[Problem]) -> Iterable[Problem]:
    """Return problems that name their file."""
    return (replace(problem, file=file) for problem in problems)
