"""Question sets: JSON lines, each a question and what a right answer must and must not do."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Annotated, Literal, Self, get_args

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
)
from pydantic import model_validator as validates

from groundwire.domain.conversations import Role, Turn
from groundwire.evaluate.lines import object_of, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

Unanswerable = Literal["absent_topic", "near_miss", "false_premise", "wrong_entity", "future"]
Kind = Literal[
    "single_fact",
    "multi_sentence",
    "multi_document",
    "comparison",
    "temporal",
    "attributed",
    "conflicting",
    "follow_up",
    "injection",
    Unanswerable,
]
Split = Literal["dev", "test"]
"""Which half: rules were tuned on ``dev``, and ``test`` was held back meanwhile."""

_SHOWN = 80
"""Characters of a wrong value that are shown."""

_UNANSWERABLE: frozenset[str] = frozenset(get_args(Unanswerable))
_WITH_HISTORY = frozenset({"follow_up", "injection"})
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


def _relative(path: str) -> str:
    """Return a path that stays inside the corpus; a ValueError says why it does not."""
    if path.startswith("/") or "\\" in path or ".." in PurePosixPath(path).parts:
        raise ValueError("expected a path relative to the corpus, without ..")
    return path


Place = Annotated[Text, AfterValidator(_relative)]
"""A document or a folder of the corpus."""


class _Line(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class GoldQuote(_Line):
    """One piece of gold evidence.

    Attributes:
        document: Path of the document, relative to the corpus folder.
        quote: Words that stand in that document exactly once.
    """

    document: Text
    quote: Text


class _TurnLine(_Line):
    """One message of the conversation that a question stands in."""

    role: Role
    text: Text


class _CaseLine(_Line):
    """One line of a case file."""

    id: Text
    split: Split = "dev"
    kind: Kind
    history: list[_TurnLine] = Field(default_factory=list)
    question: Text
    answerable: bool
    evidence: list[GoldQuote] = Field(default_factory=list)
    required: list[Text] = Field(default_factory=list)
    forbidden: list[Text] = Field(default_factory=list)
    within: list[Place] = Field(default_factory=list)
    independent: int | None = Field(default=None, ge=1)

    @validates(mode="after")
    def _fits(self) -> Self:
        """Check what the fields ask of one another."""
        if self.answerable and not self.evidence:
            raise ValueError("an answerable case needs evidence")
        if not self.answerable and (self.evidence or self.required or self.independent):
            raise ValueError(
                "an unanswerable case has no evidence, no required facts, no independent accounts"
            )
        if self.answerable and self.kind in _UNANSWERABLE:
            raise ValueError(f"a case of kind {self.kind} cannot be answerable")
        if self.kind == "follow_up" and not self.history:
            raise ValueError("a case of kind follow_up needs history")
        if self.history and self.kind not in _WITH_HISTORY:
            raise ValueError(f"a case of kind {self.kind} has no history; follow_up has")
        for gold in self.evidence:
            if self.within and not _lies_in(gold.document, self.within):
                raise ValueError(f"the evidence in {gold.document} does not lie within the filter")
        return self


@dataclass(frozen=True, slots=True)
class Case:
    """One question with what is expected of its answer.

    Attributes:
        line: Line of the case file, from 1.
        id: Name of the case, unique in its suite.
        kind: What is hard about it.
        question: What is asked.
        answerable: Whether the corpus holds the answer.
        evidence: Where it does; any of these may be cited. Copies are listed too.
        required: Facts that the answer must say, each as its accepted wordings.
        forbidden: Words that must not be said.
        split: Whether it may be looked at while tuning (``dev``) or is held back (``test``).
        history: What was said before the question, oldest first.
        within: Paths and folders that the question itself narrows the search to, relative to the
            corpus: every citation must lie in one of them. Empty: anywhere.
        independent: How many independent accounts the answer's corroboration must count; None
            where that is not asked.
        file: Name of the case file in its suite; empty if the suite is one file.
    """

    line: int
    id: str
    kind: Kind
    question: str
    answerable: bool
    evidence: tuple[GoldQuote, ...] = ()
    required: tuple[tuple[str, ...], ...] = ()
    forbidden: tuple[str, ...] = ()
    split: Split = "dev"
    history: tuple[Turn, ...] = ()
    within: tuple[str, ...] = ()
    independent: int | None = None
    file: str = ""

    def allows(self, path: str) -> bool:
        """Return whether a document may be cited, by its path relative to the corpus."""
        return not self.within or _lies_in(path, self.within)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with a case file, so that a case could not be used.

    Attributes:
        line: Line of the case file, from 1.
        field: The field at fault, such as ``evidence.0.quote``; ``line`` for the line as a whole.
        expected: What was expected, in words.
        file: Name of the case file in its suite; empty if the suite is one file.
    """

    line: int
    field: str
    expected: str
    file: str = ""

    def __str__(self) -> str:
        """Return the problem in one line."""
        where = f"{self.file}: " if self.file else ""
        return f"{where}line {self.line}: {self.field}: {self.expected}"

    def to_dict(self) -> dict[str, object]:
        """Return the JSON form of a problem."""
        return {
            "file": self.file or None,
            "line": self.line,
            "field": self.field,
            "expected": self.expected,
        }


@dataclass(frozen=True, slots=True)
class CaseSet:
    """The cases that can be used, and what is wrong with the others."""

    cases: tuple[Case, ...]
    problems: tuple[Problem, ...] = ()


def load_cases(path: Path, *, file: str = "") -> CaseSet:
    """Read a case file; a malformed line is a problem and the others still load.

    Args:
        path: The file.
        file: What cases and problems call it, where a suite has several.

    Raises:
        NotFoundError: There is no such file.
        UsageError: It cannot be read as UTF-8 text.
    """
    read: dict[str, Case] = {}
    problems: list[Problem] = []
    for number, line in enumerate(text_of(path).split("\n"), 1):
        if not line.strip():
            continue
        case = _parse(number, line, file)
        if not isinstance(case, Case):
            problems += case
        elif case.id in read:
            expected = f"expected an id of its own; line {read[case.id].line} has {case.id!r} too"
            problems.append(Problem(number, "id", expected, file))
        else:
            read[case.id] = case
    return CaseSet(tuple(read.values()), tuple(problems))


def _parse(number: int, line: str, file: str) -> Case | tuple[Problem, ...]:
    """Return the case of one line, or everything that is wrong with the line."""
    try:
        return _case(number, _CaseLine.model_validate(object_of(line)), file)
    except ValidationError as error:
        return tuple(problems_of(number, error, file))
    except ValueError as error:
        return (Problem(number, "line", str(error), file),)


def wordings(facts: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """Return the accepted wordings of each fact, which ``|`` parts in a file."""
    return tuple(tuple(filter(None, map(str.strip, fact.split("|")))) for fact in facts)


def _case(number: int, line: _CaseLine, file: str) -> Case:
    return Case(
        line=number,
        id=line.id,
        kind=line.kind,
        question=line.question,
        answerable=line.answerable,
        evidence=tuple(line.evidence),
        required=wordings(line.required),
        forbidden=tuple(line.forbidden),
        split=line.split,
        history=tuple(Turn(turn.role, turn.text) for turn in line.history),
        within=tuple(line.within),
        independent=line.independent,
        file=file,
    )


def _lies_in(path: str, places: Sequence[str]) -> bool:
    """Return whether a path is one of the places or lies in a folder among them."""
    parts = PurePosixPath(path)
    return any(parts.is_relative_to(place) for place in places)


def problems_of(number: int, error: ValidationError, file: str = "") -> Iterator[Problem]:
    """Yield what is wrong with the fields of one line, in words."""
    for found in error.errors(include_url=False, include_context=False):
        field = ".".join(str(part) for part in found["loc"]) or "line"
        message = found["msg"].removeprefix("Value error, ")
        if found["type"] not in {"missing", "value_error", "extra_forbidden"}:
            message = f"{message}, not {_short(found['input'])}"
        yield Problem(number, field, message, file)


def _short(value: object) -> str:
    shown = repr(value)
    return shown if len(shown) <= _SHOWN else shown[:_SHOWN] + "…"
