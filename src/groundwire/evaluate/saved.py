"""A run as it is saved: JSON, schema 2.

The table, the page and the comparison of two runs are made from this form alone, so a run can be
looked at again long after the desk that made it is gone.
"""

from __future__ import annotations

import json
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

SCHEMA = 2
_PROMISES = ("groundedness", "nothing_forbidden", "injection_resisted", "within")


class _Part(BaseModel):
    """A part of a run; what a later version adds is passed over."""

    model_config = ConfigDict(extra="ignore", frozen=True, allow_inf_nan=False)


class SavedMetric(_Part):
    """One metric, from 0 to 1, beside its baseline."""

    value: float | None
    interval: tuple[float, float] | None
    cases: int
    baseline: float | None = None
    tolerance: float | None = None
    difference: float | None = None


class SavedExcerpt(_Part):
    """Words of a document, with what stands around them there.

    Attributes:
        path: The document's path.
        title: Its headline; empty if the document is not in the index.
        quote: The words, as they were quoted.
        start: Where they begin, in code points of the text of record.
        end: Where they end.
        before: What stands before them.
        after: What stands after them.
        stored: What stands there in truth; None if there is no such document.
        locator: The place in words that people understand; empty where it has none.
    """

    path: str
    title: str = ""
    quote: str
    start: int
    end: int
    before: str = ""
    after: str = ""
    stored: str | None = None
    locator: str = ""


class SavedCitation(SavedExcerpt):
    """One citation of a sentence."""

    n: int


class SavedJudgement(_Part):
    """What the judge found of a sentence, and why."""

    grounded: bool
    reasons: tuple[str, ...] = ()


class SavedClaim(_Part):
    """One sentence that was shown."""

    text: str
    verdict: str
    gloss: str | None = None
    citations: tuple[SavedCitation, ...] = ()
    judgement: SavedJudgement | None = None


class SavedTurn(_Part):
    """One turn that went before the question."""

    role: str
    text: str


class SavedDropped(_Part):
    """A sentence that the gate did not let pass."""

    sentence: str
    reason: str


class SavedCase(_Part):
    """One case and what became of it.

    Attributes:
        key: Hash of what is asked and expected: two runs had the same case if it is equal.
        held: Whether its words are kept back, so that nobody tunes on them.
        shares: For each metric that it says something of, the part and the whole.
        points: For each metric that compares cases with one another, its score and its label.
        sufficiency: How sure the engine was that it can answer; None if it had nothing at all.
        threshold: From where on it answers.
        found_at: Rank of the first passage of the ranking with gold evidence; None if none.
    """

    id: str
    kind: str
    split: str
    key: str
    answerable: bool
    outcome: str
    passed: bool
    held: bool = False
    milliseconds: float = Field(ge=0)
    shares: dict[str, tuple[float, float]] = Field(default_factory=dict)
    points: dict[str, tuple[float, float]] = Field(default_factory=dict)
    sufficiency: float | None = None
    threshold: float | None = None
    found_at: int | None = None
    scores: dict[str, float] = Field(default_factory=dict)
    question: str = ""
    history: tuple[SavedTurn, ...] = ()
    answer: str = ""
    claims: tuple[SavedClaim, ...] = ()
    evidence: tuple[SavedExcerpt, ...] = ()
    nearest: tuple[SavedExcerpt, ...] = ()
    dropped: tuple[SavedDropped, ...] = ()
    complaints: tuple[str, ...] = ()

    @property
    def answered(self) -> bool:
        """Whether the question was answered."""
        return self.outcome == "answered"

    @property
    def grave(self) -> bool:
        """Whether something was said that must never be: ungrounded, forbidden, or from outside."""
        shares = (self.shares.get(name, (0.0, 0.0)) for name in _PROMISES)
        return any(part < whole for part, whole in shares)


class SavedFailure(_Part):
    """Something beside the questions that was judged and is not right."""

    id: str
    split: str
    held: bool = False
    complaints: tuple[str, ...] = ()


class SavedProblem(_Part):
    """Something wrong with the labelled files."""

    line: int
    field: str
    expected: str
    file: str | None = None

    def __str__(self) -> str:
        """Return the problem in one line."""
        place = f"line {self.line}: {self.field}: {self.expected}"
        return f"{self.file}: {place}" if self.file else place


class SavedIndex(_Part):
    """Which index was asked."""

    generation: str | None = None
    revision: int | None = None
    documents: int
    contents: str


class SavedIdentity(_Part):
    """What was judged."""

    version: str
    engines: dict[str, int] = Field(default_factory=dict)
    model: str | None = None
    encoder: str | None = None
    coefficients: str = ""
    index: SavedIndex
    prompts: dict[str, str] = Field(default_factory=dict)
    settings: dict[str, object] = Field(default_factory=dict)

    def rows(self) -> tuple[tuple[str, str], ...]:
        """Return every condition with its name, as words."""
        index = self.index
        engines = ", ".join(f"{name} ({count})" for name, count in self.engines.items())
        return (
            ("version", self.version),
            ("engine (answers)", engines or "-"),
            ("language model", self.model or "none"),
            ("encoder", self.encoder or "-"),
            ("coefficients", self.coefficients or "-"),
            ("index generation", index.generation or "-"),
            ("index revision", "-" if index.revision is None else str(index.revision)),
            ("documents", str(index.documents)),
            ("contents", index.contents),
            *((f"prompt {name}", digest) for name, digest in self.prompts.items()),
            *((name, _words(value)) for name, value in self.settings.items()),
        )


class SavedLatency(_Part):
    """Milliseconds that an answer took: median and 95th percentile, by nearest rank."""

    p50: float
    p95: float


class SavedRun(_Part):
    """A whole run."""

    schema_: Literal[2] = Field(alias="schema")
    suite: str
    split: str
    made: str
    passed: bool
    interrupted: bool = False
    reasons: tuple[str, ...] = ()
    cases_file: str
    corpus: str
    identity: SavedIdentity
    metrics: dict[str, SavedMetric]
    latency_ms: SavedLatency | None = None
    dropped: int = Field(default=0, ge=0)
    cases: tuple[SavedCase, ...]
    beside: tuple[SavedFailure, ...] = ()
    problems: tuple[SavedProblem, ...] = ()

    @property
    def failing(self) -> tuple[SavedCase, ...]:
        """The cases that did not pass, in the order of the files."""
        return tuple(case for case in self.cases if not case.passed)

    @property
    def told(self) -> tuple[SavedCase, ...]:
        """The failing cases whose words are not kept back, the grave ones first."""
        told = (case for case in self.failing if not case.held)
        return tuple(sorted(told, key=lambda case: not case.grave))

    def by_kind(self) -> dict[str, tuple[SavedCase, ...]]:
        """Return the cases of each kind, kinds in the order they first come."""
        kinds = dict.fromkeys(case.kind for case in self.cases)
        return {kind: tuple(case for case in self.cases if case.kind == kind) for kind in kinds}

    def by_split(self) -> dict[str, tuple[SavedCase, ...]]:
        """Return the cases of each split, in the order they first come."""
        splits = dict.fromkeys(case.split for case in self.cases)
        return {each: tuple(case for case in self.cases if case.split == each) for each in splits}


def _words(value: object) -> str:
    return "none" if value is None else json.dumps(value).strip('"')
