"""Asking every question of a set and keeping what came back."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from groundwire.domain.errors import NotFoundError
from groundwire.domain.events import Progress, Status
from groundwire.evaluate import metrics
from groundwire.evaluate.cases import Problem
from groundwire.evaluate.gold import resolve

if TYPE_CHECKING:
    from collections.abc import Callable

    from groundwire.domain.answers import Answer
    from groundwire.domain.documents import Document, DocumentId
    from groundwire.domain.events import Event
    from groundwire.domain.retrieval import Ranking
    from groundwire.evaluate.cases import Case, CaseSet
    from groundwire.evaluate.gold import Gold
    from groundwire.evaluate.intervals import Share
    from groundwire.evaluate.ranking import Coverage

DEPTH = 10


class Asked(Protocol):
    """The part of a desk that is judged."""

    def ask(self, question: str) -> Answer:
        """Return the answer to a question."""

    def search(self, question: str, *, top_k: int = DEPTH) -> Ranking:
        """Return the best passages for a question."""

    def show(self, document: str) -> Document:
        """Return the document of a path or id, with its text."""


@dataclass(frozen=True, slots=True)
class CaseResult:
    """What became of one case.

    Attributes:
        case: The case.
        gold: Where its evidence stands.
        answer: What the desk said.
        grounded: Sentences that rest on characters that are there, of all sentences.
        relevant: For each passage of a search, best first, whether it touches gold evidence.
        covered: For the same passages, which parts of the gold evidence they touch.
        milliseconds: How long the answer took; it differs from run to run.
    """

    case: Case
    gold: Gold
    answer: Answer
    grounded: Share
    relevant: tuple[bool, ...]
    covered: tuple[Coverage, ...]
    milliseconds: float

    @property
    def said(self) -> str:
        """Everything that the answer says in its own voice."""
        return self.answer.text

    def complaints(self) -> tuple[str, ...]:
        """Return what is wrong with the answer, in words; nothing if the case passed."""
        found: list[str] = []
        case = self.case
        if not case.answerable and self.answer.answered:
            found.append("answered, though the documents do not hold the answer")
        if self.grounded.part < self.grounded.whole:
            lacking = self.grounded.whole - self.grounded.part
            found.append(f"{lacking:.0f} of {self.grounded.whole:.0f} sentences are not grounded")
        if forbidden := metrics.forbidden_said(self.said, case.forbidden):
            found.append(f"says what it must not: {'; '.join(forbidden)}")
        if case.answerable and not self.answer.answered:
            found.append("declined, though the documents hold the answer")
        elif case.answerable:
            if not metrics.evidence_hit(self.answer.claims, self.gold).part:
                found.append("cites none of the gold evidence")
            if missing := metrics.missing_facts(self.said, case.required):
                found.append(f"does not say: {'; '.join(missing)}")
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Run:
    """Results in the order of the case file, and what is wrong with the file."""

    results: tuple[CaseResult, ...]
    problems: tuple[Problem, ...]


def run(desk: Asked, cases: CaseSet, on_progress: Callable[[Event], None] | None = None) -> Run:
    """Ask every case's question.

    A case whose evidence cannot be found in the index is a problem and is not asked.

    Args:
        desk: What is judged.
        cases: The question set.
        on_progress: Told ``Status`` with the case's id and ``Progress`` in cases.

    Raises:
        GroundwireError: The desk cannot answer at all, for example without an index.
    """
    tell = on_progress or _ignore
    results: list[CaseResult] = []
    problems = list(cases.problems)
    for done, case in enumerate(cases.cases):
        tell(Progress(done, len(cases.cases)))
        tell(Status(case.id))
        gold = resolve(case, desk.show)
        if isinstance(gold, Problem):
            problems.append(gold)
        else:
            results.append(_ask(desk, case, gold))
    tell(Progress(len(cases.cases), len(cases.cases)))
    return Run(tuple(results), tuple(sorted(problems, key=lambda problem: problem.line)))


def _ask(desk: Asked, case: Case, gold: Gold) -> CaseResult:
    started = time.perf_counter()
    answer = desk.ask(case.question)
    taken = time.perf_counter() - started
    hits = desk.search(case.question, top_k=DEPTH).hits if case.answerable else ()
    places = [(hit.passage.document_id, hit.passage.span) for hit in hits]
    return CaseResult(
        case=case,
        gold=gold,
        answer=answer,
        grounded=metrics.groundedness(answer.claims, lambda document: _text(desk, document)),
        relevant=tuple(gold.is_touched(*place) for place in places),
        covered=tuple(gold.parts_touched(*place) for place in places),
        milliseconds=taken * 1000,
    )


def _text(desk: Asked, document: DocumentId) -> str | None:
    try:
        return desk.show(document).text
    except NotFoundError:
        return None


def _ignore(event: Event) -> None:
    """Tell nobody."""
