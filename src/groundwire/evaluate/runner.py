"""Asking every question of a set and keeping what came back."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from groundwire.domain.errors import CancelledError, GroundwireError, UnusableIndexError
from groundwire.domain.events import Progress, Status
from groundwire.evaluate import metrics
from groundwire.evaluate.cases import Problem
from groundwire.evaluate.gold import resolve
from groundwire.evaluate.judged import Witness, grounded, ungrounded_words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from groundwire.domain.answers import Answer
    from groundwire.domain.claims import Claim
    from groundwire.domain.conversations import Turn
    from groundwire.domain.documents import Document
    from groundwire.domain.events import Event
    from groundwire.domain.retrieval import Ranking
    from groundwire.evaluate.cases import Case, CaseSet
    from groundwire.evaluate.gold import Gold
    from groundwire.evaluate.intervals import Share
    from groundwire.evaluate.judge.judging import Judgement
    from groundwire.evaluate.judged import Files
    from groundwire.evaluate.ranking import Coverage

DEPTH = 10


class Asked(Protocol):
    """The part of a desk that is judged."""

    def ask(self, question: str, *, history: Sequence[Turn] = ()) -> Answer:
        """Return the answer to a question, given what was said before it."""

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
        answer: What the desk said; None if it failed.
        judgements: What the judge finds of each sentence of the answer.
        relevant: For each passage of a search, best first, whether it touches gold evidence.
        covered: For the same passages, which parts of the gold evidence they touch.
        milliseconds: How long the answer took; it differs from run to run.
        error: Why the desk failed, in one line; empty if it answered or declined.
        retrievers: For the same passages, which searches found them.
        cosines: For the same passages, their cosines with the question.
    """

    case: Case
    gold: Gold
    answer: Answer | None
    judgements: tuple[Judgement, ...]
    relevant: tuple[bool, ...]
    covered: tuple[Coverage, ...]
    milliseconds: float
    error: str = ""
    retrievers: tuple[tuple[str, ...], ...] = ()
    cosines: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        """Check that there is an answer or an error, and a judgement a sentence."""
        if (self.answer is None) != bool(self.error):
            raise ValueError("a result has an answer, or else an error")
        if len(self.judgements) != len(self.claims):
            raise ValueError("every sentence has one judgement")

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The sentences that were shown."""
        return self.answer.claims if self.answer else ()

    @property
    def answered(self) -> bool:
        """Whether the desk answered: a failure is no answer."""
        return self.answer is not None and self.answer.answered

    @property
    def declined(self) -> bool:
        """Whether the desk said that the documents do not tell: a failure does not say so."""
        return self.answer is not None and not self.answer.answered

    @property
    def said(self) -> str:
        """Everything that the answer says in its own voice."""
        return self.answer.text if self.answer else ""

    @property
    def grounded(self) -> Share:
        """Sentences that rest on characters that are there, of all sentences."""
        return grounded(self.claims, self.judgements)

    def complaints(self) -> tuple[str, ...]:
        """Return what is wrong with the answer, in words; nothing if the case passed."""
        if self.answer is None:
            return (f"failed: {self.error}",)
        case = self.case
        found: list[str] = []
        if not case.answerable and self.answered:
            found.append("answered, though the documents do not hold the answer")
        found += ungrounded_words(self.claims, self.judgements)
        if forbidden := metrics.forbidden_said(self.said, case.forbidden):
            found.append(f"says what it must not: {'; '.join(forbidden)}")
        cited = (citation.path for claim in self.claims for citation in claim.citations)
        if outside := tuple(dict.fromkeys(path for path in cited if not case.allows(path))):
            found.append(f"cites what the question leaves out: {'; '.join(outside)}")
        if case.answerable:
            found += self._lacking(self.answer)
        return tuple(found)

    def _lacking(self, answer: Answer) -> list[str]:
        """Return what the answer to an answerable case should have had."""
        if not answer.answered:
            return ["declined, though the documents hold the answer"]
        found: list[str] = []
        if not metrics.evidence_hit(answer.claims, self.gold).part:
            found.append("cites none of the gold evidence")
        if missing := metrics.missing_facts(self.said, self.case.required):
            found.append(f"does not say: {'; '.join(missing)}")
        counted, wanted = answer.corroboration.independent, self.case.independent
        if wanted is not None and counted != wanted:
            found.append(f"counts {counted} independent accounts, not {wanted}")
        return found


@dataclass(frozen=True, slots=True)
class Run:
    """Results in the order of the suite, and what is wrong with its files.

    Attributes:
        results: What became of each case that was asked.
        problems: Cases that could not be used, by file and line.
        interrupted: Whether the run was stopped before the last case.
    """

    results: tuple[CaseResult, ...]
    problems: tuple[Problem, ...]
    interrupted: bool = False


def run(
    desk: Asked, cases: CaseSet, files: Files, on_progress: Callable[[Event], None] | None = None
) -> Run:
    """Ask every case's question.

    A case whose evidence cannot be found in the index is a problem and is not asked; one that the
    desk fails at is a result with an error. Ctrl-C ends the run, and what was asked before is kept.

    Args:
        desk: What is judged.
        cases: The questions.
        files: The documents as they are on disk.
        on_progress: Told ``Status`` with the case's id and ``Progress`` in cases.

    Raises:
        UnusableIndexError: The desk cannot answer at all, for example without an index.
    """
    tell = on_progress or _ignore
    results: list[CaseResult] = []
    problems = list(cases.problems)
    witness = Witness(desk.show, files)
    interrupted = False
    try:
        for done, case in enumerate(cases.cases):
            tell(Progress(done, len(cases.cases)))
            tell(Status(case.id))
            gold = resolve(case, desk.show)
            if isinstance(gold, Problem):
                problems.append(gold)
            else:
                results.append(_result(desk, case, gold, witness))
        tell(Progress(len(cases.cases), len(cases.cases)))
    except (KeyboardInterrupt, CancelledError):
        interrupted = True
    problems.sort(key=lambda problem: (problem.file, problem.line))
    return Run(tuple(results), tuple(problems), interrupted)


def _result(desk: Asked, case: Case, gold: Gold, witness: Witness) -> CaseResult:
    """Return what became of one case."""
    started = time.perf_counter()
    try:
        answer = desk.ask(case.question, history=case.history)
        taken = 1000 * (time.perf_counter() - started)
        asked = answer.standalone if case.history else case.question
        hits = desk.search(asked, top_k=DEPTH).hits if case.answerable else ()
        judgements = witness.judge(answer.claims)
    except (CancelledError, UnusableIndexError):
        raise
    except GroundwireError as error:
        taken = 1000 * (time.perf_counter() - started)
        return CaseResult(case, gold, None, (), (), (), taken, error=str(error) or error.code)
    places = [(hit.passage.document_id, hit.passage.span) for hit in hits]
    return CaseResult(
        case=case,
        gold=gold,
        answer=answer,
        judgements=judgements,
        relevant=tuple(gold.is_touched(*place) for place in places),
        covered=tuple(gold.parts_touched(*place) for place in places),
        milliseconds=taken,
        retrievers=tuple(hit.retrievers for hit in hits),
        cosines=tuple(hit.similarity for hit in hits),
    )


def _ignore(event: Event) -> None:
    """Tell nobody."""
