"""The outcome of a run: scores beside the baseline, the cases that failed, and the verdict."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from groundwire.evaluate.baseline import drops
from groundwire.evaluate.scores import score

if TYPE_CHECKING:
    from collections.abc import Mapping

    from groundwire.evaluate.baseline import Expected
    from groundwire.evaluate.runner import CaseResult, Run
    from groundwire.evaluate.scores import Score


@dataclass(frozen=True, slots=True)
class Conditions:
    """What was judged.

    Attributes:
        version: Version of Groundwire.
        cases: Path of the case file, as it was given.
        corpus: Path of the documents, as it was given.
        settings: The settings that an answer depends on, by section.
    """

    version: str
    cases: str
    corpus: str
    settings: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Report:
    """What a run found.

    Attributes:
        run: The results and the problems of the case file.
        baseline: The committed scores; empty without a baseline.
        conditions: What was judged.
        others: Scores of labelled sets that were judged beside the questions.
    """

    run: Run
    baseline: Mapping[str, Expected]
    conditions: Conditions
    others: tuple[Score, ...] = ()

    @cached_property
    def scores(self) -> tuple[Score, ...]:
        """Every metric."""
        return (*score(self.run.results), *self.others)

    @property
    def failing(self) -> tuple[CaseResult, ...]:
        """The cases that did not pass, in the order of the case file."""
        return tuple(result for result in self.run.results if result.complaints())

    def by_kind(self) -> dict[str, tuple[CaseResult, ...]]:
        """Return the results of each kind of case, kinds in the order they first come."""
        kinds = dict.fromkeys(result.case.kind for result in self.run.results)
        return {
            kind: tuple(result for result in self.run.results if result.case.kind == kind)
            for kind in kinds
        }

    def reasons(self) -> tuple[str, ...]:
        """Return why the run fails, in words; empty if it passes.

        A run fails if the case file has a problem, if no case was run, if any sentence is not
        grounded, if anything forbidden is said, or if a metric drops below the baseline by more
        than its tolerance. Other failing cases alone do not fail a run.
        """
        values = {one.name: one.value for one in self.scores}
        found: list[str] = []
        if problems := len(self.run.problems):
            found.append(f"{problems} {'problem' if problems == 1 else 'problems'} in the cases")
        if not self.run.results:
            found.append("no case was run")
        for name, words in (
            ("groundedness", "sentences are not grounded"),
            ("nothing_forbidden", "forbidden words were said"),
        ):
            value = values[name]
            if value is not None and value < 1:
                found.append(f"{words} ({name} is {value:.3f})")
        return (*found, *drops(self.scores, self.baseline))

    def to_dict(self) -> dict[str, object]:
        """Return the JSON object (schema 1) that ``eval --json`` prints."""
        return {
            "schema": 1,
            "passed": not self.reasons(),
            "reasons": list(self.reasons()),
            "version": self.conditions.version,
            "cases_file": self.conditions.cases,
            "corpus": self.conditions.corpus,
            "settings": dict(self.conditions.settings),
            "provenance": self._provenance(),
            "metrics": {one.name: self._metric(one) for one in self.scores},
            "latency_ms": latency(self.run.results),
            "problems": [problem.to_dict() for problem in self.run.problems],
            "cases": [case_dict(result) for result in self.run.results],
        }

    def _metric(self, one: Score) -> dict[str, object]:
        expected = self.baseline.get(one.name)
        difference = one.value - expected.value if expected and one.value is not None else None
        return {
            **one.to_dict(),
            "baseline": expected.value if expected else None,
            "tolerance": expected.tolerance if expected else None,
            "difference": None if difference is None else round(difference, 4),
        }

    def _provenance(self) -> dict[str, object] | None:
        """Return which engine and index answered: they are the same for every case."""
        if not self.run.results:
            return None
        provenance = self.run.results[0].answer.provenance
        names = ("generation", "revision", "encoder", "prompt", "prompt_hash")
        return {
            "engine": provenance.engine,
            "model": provenance.model,
            **{name: getattr(provenance, name) for name in names},
        }


def latency(results: tuple[CaseResult, ...]) -> dict[str, float] | None:
    """Return the median and the 95th percentile (nearest rank) of milliseconds an answer took."""
    times = sorted(result.milliseconds for result in results)
    if not times:
        return None
    return {
        "p50": round(times[(len(times) - 1) // 2], 1),
        "p95": round(times[-(-95 * len(times) // 100) - 1], 1),
    }


def case_dict(result: CaseResult) -> dict[str, object]:
    """Return the JSON form of one result."""
    answer = result.answer
    return {
        "id": result.case.id,
        "kind": result.case.kind,
        "question": result.case.question,
        "answerable": result.case.answerable,
        "outcome": answer.outcome,
        "answer": answer.text,
        "claims": [claim.to_dict() for claim in answer.claims],
        "evidence": [
            {"doc_id": piece.document_id, "start": piece.span.start, "end": piece.span.end}
            for piece in result.gold.spans
        ],
        "complaints": list(result.complaints()),
        "scores": dict(answer.provenance.scores),
        "milliseconds": round(result.milliseconds, 1),
    }
