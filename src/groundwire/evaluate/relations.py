"""Judging how sentences of two documents are told apart: a labelled set of pairs."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol, Self

from pydantic import BaseModel, ConfigDict
from pydantic import model_validator as validates

from groundwire.compare.relations import Said, relate
from groundwire.domain.errors import NotFoundError
from groundwire.evaluate.cases import Problem, Text
from groundwire.evaluate.evidence import locate
from groundwire.evaluate.intervals import NOTHING, Share, bootstrap, ratio
from groundwire.evaluate.labelled import LabelledLine
from groundwire.evaluate.scores import Score

if TYPE_CHECKING:
    from collections.abc import Iterable

    from groundwire.compare.relations import Relation
    from groundwire.domain.spans import Span
    from groundwire.evaluate.labelled import Labelled
    from groundwire.retrieve.accounts import Account

PRECISION, RECALL = "conflict_precision", "conflict_recall"

PairLabel = Literal["conflict", "update", "scope", "agreement", "detail", "unrelated"]
_MOST_TELLING: tuple[PairLabel, ...] = ("conflict", "update", "detail", "agreement", "scope")


class PairSide(BaseModel):
    """One sentence of a pair.

    Attributes:
        path: Path of its document, relative to the corpus folder.
        quote: The sentence, character for character.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    path: Text
    quote: Text


class PairLine(LabelledLine):
    """Two sentences of two documents, and how they stand to each other.

    Attributes:
        left: A sentence.
        right: A sentence of another document.
        label: What a reader says of them.
        kind: The sort of value that it is about.
        left_value: The value on the left, as written there; empty if it is the whole sentence.
        right_value: The value on the right.
        same_family: Whether the documents are copies of one another.
    """

    left: PairSide
    right: PairSide
    label: PairLabel
    kind: Literal["number", "date", "place", "name", "quote", "none"]
    left_value: str = ""
    right_value: str = ""
    same_family: bool = False

    @validates(mode="after")
    def _fits(self) -> Self:
        """Check that the values stand in their sentences and the documents differ."""
        for value, side in ((self.left_value, self.left), (self.right_value, self.right)):
            if value not in side.quote:
                raise ValueError(f"expected words of the sentence, not {value!r}")
        if self.left.path == self.right.path:
            raise ValueError("the two sentences are of two documents")
        return self


class Reads(Protocol):
    """What gives a whole document with its stored vectors."""

    def account(self, document: str) -> Account:
        """Return the account of the document of a path."""


@dataclass(frozen=True, slots=True)
class PairResult:
    """What was found of one pair.

    Attributes:
        line: The pair and what is right.
        label: The label that was found: that of the labelled values where they were held side by
            side, else the most telling one.
        is_conflict: Whether any two values were found to conflict.
        hits: Whether these were the labelled ones.
    """

    line: PairLine
    label: PairLabel
    is_conflict: bool
    hits: bool

    @property
    def precision(self) -> Share:
        """Whether a conflict that was found is one; no share where none was."""
        right = self.line.label == "conflict" and self.hits
        return Share(right, 1) if self.is_conflict else NOTHING

    @property
    def recall(self) -> Share:
        """Whether a conflict was found, with its values; no share where there is none."""
        return Share(self.hits, 1) if self.line.label == "conflict" else NOTHING


@dataclass(frozen=True, slots=True)
class PairRun:
    """Results in the order of the file, and what is wrong with the file."""

    results: tuple[PairResult, ...]
    problems: tuple[Problem, ...] = ()

    def scores(self) -> tuple[Score, Score]:
        """Return precision and recall of conflicts, with their intervals."""
        precision = [each.precision for each in self.results]
        recall = [each.recall for each in self.results]
        return _score(PRECISION, precision), _score(RECALL, recall)

    def confusion(self) -> dict[tuple[PairLabel, PairLabel], int]:
        """Return how many pairs of a label, the first, were given another, the second."""
        return dict(Counter((each.line.label, each.label) for each in self.results))


def run_pairs(desk: Reads, labelled: Labelled[PairLine]) -> PairRun:
    """Hold every pair of a set side by side.

    One whose sentences cannot be found in the index is a problem and is not judged.

    Raises:
        GroundwireError: The documents cannot be read at all, for example without an index.
    """
    results: list[PairResult] = []
    problems = list(labelled.problems)
    accounts: dict[str, Account] = {}
    for number, line in labelled.lines:
        sides = [
            _said(desk, accounts, number, field, side)
            for field, side in (("left", line.left), ("right", line.right))
        ]
        problems += [side for side in sides if isinstance(side, Problem)]
        said = [side for side in sides if isinstance(side, Said)]
        if len(said) == len(sides):
            results.append(_judged(line, said[0], said[1]))
    return PairRun(tuple(results), tuple(sorted(problems, key=lambda each: each.line)))


def _said(
    desk: Reads, accounts: dict[str, Account], number: int, field: str, side: PairSide
) -> Said | Problem:
    """Return a sentence where it stands, or what is wrong with a line."""
    try:
        if side.path not in accounts:
            accounts[side.path] = desk.account(side.path)
    except NotFoundError as error:
        return Problem(number, f"{field}.path", str(error))
    account = accounts[side.path]
    places = locate(side.quote, account.document.text)
    held = [
        at for at, each in enumerate(account.sentences) if places and each.span.overlaps(places[0])
    ]
    if not held:
        expected = f"expected a sentence of {side.path}, not {side.quote!r}"
        return Problem(number, f"{field}.quote", expected)
    return Said(account, max(held, key=lambda at: len(account.sentences[at].span)))


def _judged(line: PairLine, left: Said, right: Said) -> PairResult:
    found = relate(left, right, float(left.vector @ right.vector))
    meant = [
        each
        for each in found
        if _is_at(left, each.left, line.left_value) and _is_at(right, each.right, line.right_value)
    ]
    return PairResult(
        line=line,
        label=_most_telling(meant or found),
        is_conflict=any(each.label == "conflict" for each in found),
        hits=any(each.label == "conflict" for each in meant),
    )


def _most_telling(found: Iterable[Relation]) -> PairLabel:
    labels = {each.label for each in found}
    return next((label for label in _MOST_TELLING if label in labels), "unrelated")


def _is_at(said: Said, span: Span | None, value: str) -> bool:
    """Return whether a value that was found shares characters with a labelled one."""
    if span is None or not value:
        return False
    return any(
        place.shift(said.sentence.span.start).overlaps(span)
        for place in locate(value, said.sentence.text)
    )


def _score(name: str, shares: list[Share]) -> Score:
    said = sum(bool(share.whole) for share in shares)
    return Score(name, ratio(shares), bootstrap(shares), said)
