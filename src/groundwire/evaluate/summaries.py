"""Judging summaries: what they must say, what they must not, and what each sentence rests on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, Self

from pydantic import Field
from pydantic import model_validator as validates

from groundwire.domain.errors import (
    CancelledError,
    GroundwireError,
    NotFoundError,
    UnusableIndexError,
)
from groundwire.domain.events import Progress, Status
from groundwire.domain.summaries import Style, Topic  # noqa: TC001 -- a field's type is read when the class is made
from groundwire.evaluate import metrics
from groundwire.evaluate.cases import Problem, Text, wordings  # noqa: TC001 -- the same
from groundwire.evaluate.intervals import NOTHING, Share, bootstrap, ratio
from groundwire.evaluate.judged import Witness, grounded, ungrounded_words
from groundwire.evaluate.labelled import LabelledLine
from groundwire.evaluate.scores import Score

if TYPE_CHECKING:
    from collections.abc import Callable

    from groundwire.domain.claims import Claim
    from groundwire.domain.documents import Document
    from groundwire.domain.events import Event
    from groundwire.domain.summaries import Summary, Target
    from groundwire.evaluate.judge.judging import Judgement
    from groundwire.evaluate.judged import Files
    from groundwire.evaluate.labelled import Labelled

FACTS, CLEAN, GROUNDED = "summary_facts", "summary_clean", "summary_grounded"


class SummaryLine(LabelledLine):
    """What is to be summarised, and what must and must not stand in it.

    Attributes:
        target: A document, a folder or a glob, relative to the corpus; empty for a topic.
        topic: A subject instead.
        sentences: How many sentences to give; None: as the style has it.
        words: How many words to give instead.
        style: How it is laid out.
        required: Facts that it must hold, each as its accepted wordings parted by ``|``.
        forbidden: Words that must not be said.
    """

    target: Text | None = None
    topic: Text | None = None
    sentences: int | None = Field(default=None, ge=1)
    words: int | None = Field(default=None, ge=1)
    style: Style = "brief"
    required: list[Text] = Field(default_factory=list)
    forbidden: list[Text] = Field(default_factory=list)

    @validates(mode="after")
    def _fits(self) -> Self:
        """Check that there is one thing to summarise, one length at most, and a label."""
        if (self.target is None) == (self.topic is None):
            raise ValueError("expected one of target and topic")
        if self.sentences is not None and self.words is not None:
            raise ValueError("expected one of sentences and words")
        if not self.required and not self.forbidden:
            raise ValueError("expected required facts or forbidden words")
        return self

    @property
    def wanted(self) -> Target:
        """What is to be summarised, as a desk takes it."""
        return Topic(self.topic) if self.topic else self.target


class Summarizes(Protocol):
    """The part of a desk that is judged."""

    def summarize(
        self,
        target: Target = None,
        *,
        sentences: int | None = None,
        words: int | None = None,
        style: Style = "brief",
    ) -> Summary:
        """Return a summary."""

    def show(self, document: str) -> Document:
        """Return the document of a path or id, with its text."""


@dataclass(frozen=True, slots=True)
class SummaryResult:
    """What became of one summary.

    Attributes:
        line: What was asked for and what is right.
        summary: What was said; None if the desk failed.
        judgements: What the judge finds of each of its sentences.
        error: Why the desk failed, in one line; empty if it did not.
    """

    line: SummaryLine
    summary: Summary | None
    judgements: tuple[Judgement, ...] = ()
    error: str = ""

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The sentences that were shown."""
        return self.summary.claims if self.summary else ()

    @property
    def said(self) -> str:
        """Everything that the summary says in its own voice."""
        return self.summary.text if self.summary else ""

    @property
    def words(self) -> int:
        """How many words it has, as white space parts them, without markers and glosses."""
        return sum(len(claim.text.split()) for claim in self.claims)

    @property
    def missing(self) -> tuple[str, ...]:
        """The required facts that are said in none of their wordings."""
        return metrics.missing_facts(self.said, wordings(self.line.required))

    @property
    def facts(self) -> Share:
        """The share of the required facts that are said, as one case."""
        return metrics.required_facts(self.said, wordings(self.line.required))

    @property
    def clean(self) -> Share:
        """Whether nothing forbidden is said; no share without forbidden words or a summary."""
        if not self.line.forbidden or self.summary is None:
            return NOTHING
        return Share(not metrics.forbidden_said(self.said, self.line.forbidden), 1)

    @property
    def grounded(self) -> Share:
        """Sentences that are grounded, of all sentences."""
        return grounded(self.claims, self.judgements)

    @property
    def keeps_length(self) -> bool:
        """Whether it has exactly the sentences or words asked for, or a warning says why not."""
        if self.summary is None or self.summary.warnings:
            return self.summary is not None
        line = self.line
        return line.sentences in {None, len(self.claims)} and line.words in {None, self.words}

    def complaints(self) -> tuple[str, ...]:
        """Return what is wrong with the summary, in words; nothing if it passed."""
        if self.summary is None:
            return (f"failed: {self.error}",)
        found = list(ungrounded_words(self.claims, self.judgements))
        if forbidden := metrics.forbidden_said(self.said, self.line.forbidden):
            found.append(f"says what it must not: {'; '.join(forbidden)}")
        if self.missing:
            found.append(f"does not say: {'; '.join(self.missing)}")
        if not self.keeps_length:
            said = f"{len(self.claims)} sentences, {self.words} words"
            found.append(f"is not of the length asked for and does not say why: {said}")
        return tuple(found)


@dataclass(frozen=True, slots=True)
class SummaryRun:
    """Results in the order of the file, and what is wrong with the file.

    Attributes:
        results: What became of each summary.
        problems: Lines that could not be used.
        interrupted: Whether the run was stopped before the last summary.
    """

    results: tuple[SummaryResult, ...]
    problems: tuple[Problem, ...] = ()
    interrupted: bool = False

    @property
    def failing(self) -> tuple[SummaryResult, ...]:
        """The summaries that did not pass."""
        return tuple(result for result in self.results if result.complaints())

    def scores(self) -> tuple[Score, ...]:
        """Return the shares of facts, of clean summaries and of grounded sentences."""
        return (
            _score(FACTS, [result.facts for result in self.results]),
            _score(CLEAN, [result.clean for result in self.results]),
            _score(GROUNDED, [result.grounded for result in self.results]),
        )


def run_summaries(
    desk: Summarizes,
    lines: Labelled[SummaryLine],
    files: Files,
    on_progress: Callable[[Event], None] | None = None,
) -> SummaryRun:
    """Make and judge every summary of a set.

    One whose target is not in the index is a problem; one that the desk fails at is a result with
    an error. Ctrl-C ends the run, and what was made before is kept.

    Args:
        desk: What is judged.
        lines: What to summarise.
        files: The documents as they are on disk.
        on_progress: Told ``Status`` with the id of a summary and ``Progress`` in summaries.

    Raises:
        UnusableIndexError: The desk cannot summarise at all, for example without an index.
    """
    tell = on_progress or _ignore
    results: list[SummaryResult] = []
    problems = list(lines.problems)
    witness = Witness(desk.show, files)
    for done, (number, line) in enumerate(lines.lines):
        tell(Progress(done, len(lines.lines)))
        tell(Status(line.id))
        try:
            result = _result(desk, line, witness)
        except NotFoundError as error:
            problems.append(Problem(number, "target", f"{line.id}: {error}"))
            continue
        except (KeyboardInterrupt, CancelledError):
            return SummaryRun(tuple(results), tuple(problems), interrupted=True)
        results.append(result)
    tell(Progress(len(lines.lines), len(lines.lines)))
    return SummaryRun(tuple(results), tuple(sorted(problems, key=lambda each: each.line)))


def _result(desk: Summarizes, line: SummaryLine, witness: Witness) -> SummaryResult:
    """Return what became of one summary."""
    try:
        summary = desk.summarize(
            line.wanted, sentences=line.sentences, words=line.words, style=line.style
        )
    except (CancelledError, NotFoundError, UnusableIndexError):
        raise
    except GroundwireError as error:
        return SummaryResult(line, None, error=str(error) or error.code)
    if summary.partial:
        raise CancelledError
    return SummaryResult(line, summary, witness.judge(summary.claims))


def _score(name: str, shares: list[Share]) -> Score:
    said = sum(bool(share.whole) for share in shares)
    return Score(name, ratio(shares), bootstrap(shares), said)


def _ignore(event: Event) -> None:
    """Tell nobody."""
