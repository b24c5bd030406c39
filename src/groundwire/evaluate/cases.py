"""Question sets: JSON lines, each a question and what a right answer must and must not do."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError
from pydantic import model_validator as validates

from groundwire.domain.errors import NotFoundError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Kind = Literal[
    "single_fact",
    "multi_sentence",
    "multi_document",
    "comparison",
    "attributed",
    "conflicting",
    "temporal",
    "injection",
    "absent_topic",
    "near_miss",
    "false_premise",
    "wrong_entity",
]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


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


class _CaseLine(_Line):
    """One line of a case file."""

    id: Text
    kind: Kind
    question: Text
    answerable: bool
    evidence: list[GoldQuote] = Field(default_factory=list)
    required: list[Text] = Field(default_factory=list)
    forbidden: list[Text] = Field(default_factory=list)

    @validates(mode="after")
    def _fits(self) -> Self:
        """Check that exactly the answerable cases have evidence and required facts."""
        if self.answerable and not self.evidence:
            raise ValueError("an answerable case needs evidence")
        if not self.answerable and (self.evidence or self.required):
            raise ValueError("an unanswerable case has no evidence and no required facts")
        return self


@dataclass(frozen=True, slots=True)
class Case:
    """One question with what is expected of its answer.

    Attributes:
        line: Line of the case file, from 1.
        id: Name of the case, unique in its file.
        kind: What is hard about it.
        question: What is asked.
        answerable: Whether the corpus holds the answer.
        evidence: Where it does; any of these may be cited. Copies are listed too.
        required: Facts that the answer must say, each as its accepted wordings.
        forbidden: Words that must not be said.
    """

    line: int
    id: str
    kind: Kind
    question: str
    answerable: bool
    evidence: tuple[GoldQuote, ...] = ()
    required: tuple[tuple[str, ...], ...] = ()
    forbidden: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with the case file, so that a case could not be used.

    Attributes:
        line: Line of the case file, from 1.
        field: The field at fault, such as ``evidence.0.quote``; ``line`` for the line as a whole.
        expected: What was expected, in words.
    """

    line: int
    field: str
    expected: str

    def __str__(self) -> str:
        """Return the problem in one line."""
        return f"line {self.line}: {self.field}: {self.expected}"

    def to_dict(self) -> dict[str, object]:
        """Return the JSON form of a problem."""
        return {"line": self.line, "field": self.field, "expected": self.expected}


@dataclass(frozen=True, slots=True)
class CaseSet:
    """The cases that can be used, and what is wrong with the others."""

    cases: tuple[Case, ...]
    problems: tuple[Problem, ...] = ()


def load_cases(path: Path) -> CaseSet:
    """Read a case file; a malformed line is a problem and the others still load.

    Raises:
        NotFoundError: There is no such file.
        UsageError: It cannot be read as UTF-8 text.
    """
    read: dict[str, Case] = {}
    problems: list[Problem] = []
    for number, line in enumerate(text_of(path).split("\n"), 1):
        if not line.strip():
            continue
        case = _parse(number, line)
        if not isinstance(case, Case):
            problems += case
        elif case.id in read:
            expected = f"expected an id of its own; line {read[case.id].line} has {case.id!r} too"
            problems.append(Problem(number, "id", expected))
        else:
            read[case.id] = case
    return CaseSet(tuple(read.values()), tuple(problems))


def text_of(path: Path) -> str:
    """Return a labelled file's text.

    Raises:
        NotFoundError: There is no such file.
        UsageError: It cannot be read as UTF-8 text.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise NotFoundError(f"{path}: no such case file") from None
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: cannot be read: {error}") from None


def _parse(number: int, line: str) -> Case | tuple[Problem, ...]:
    """Return the case of one line, or everything that is wrong with the line."""
    try:
        return _case(number, _CaseLine.model_validate(object_of(line)))
    except ValidationError as error:
        return tuple(problems_of(number, error))
    except ValueError as error:
        return (Problem(number, "line", str(error)),)


def object_of(line: str) -> dict[str, object]:
    """Return the JSON object of one line; a ValueError says in words why there is none."""
    try:
        value = json.loads(line)
    except json.JSONDecodeError as error:
        raise ValueError(f"expected one JSON object; {error.msg} at column {error.colno}") from None
    if not isinstance(value, dict):
        raise ValueError("expected one JSON object")  # noqa: TRY004 -- bad data, not a wrong call
    return value


def _case(number: int, line: _CaseLine) -> Case:
    return Case(
        line=number,
        id=line.id,
        kind=line.kind,
        question=line.question,
        answerable=line.answerable,
        evidence=tuple(line.evidence),
        required=tuple(
            tuple(wording.strip() for wording in fact.split("|") if wording.strip())
            for fact in line.required
        ),
        forbidden=tuple(line.forbidden),
    )


def problems_of(number: int, error: ValidationError) -> Iterator[Problem]:
    """Yield what is wrong with the fields of one line, in words."""
    for found in error.errors(include_url=False, include_context=False):
        field = ".".join(str(part) for part in found["loc"]) or "line"
        message = found["msg"].removeprefix("Value error, ")
        if found["type"] not in {"missing", "value_error", "extra_forbidden"}:
            message = f"{message}, not {found['input']!r}"
        yield Problem(number, field, message)
