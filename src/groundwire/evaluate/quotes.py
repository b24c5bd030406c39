"""Judging the quotation checker: a labelled set of quotations, and what is said of each."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, Self

from pydantic import BaseModel, ConfigDict, Field
from pydantic import model_validator as validates

from groundwire.domain.errors import NotFoundError
from groundwire.domain.quotations import QuoteLabel  # noqa: TC001 -- a field's type is read when the class is made
from groundwire.evaluate.cases import Problem, Text
from groundwire.evaluate.evidence import locate
from groundwire.evaluate.intervals import NOTHING, Share, bootstrap, ratio
from groundwire.evaluate.labelled import LabelledLine
from groundwire.evaluate.scores import Score

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from groundwire.domain.documents import Document
    from groundwire.domain.quotations import QuoteReport
    from groundwire.evaluate.labelled import Labelled

METRIC = "quote_accuracy"


class GoldPlace(BaseModel):
    """Where a document has a quotation's words, or those that come closest.

    Attributes:
        path: Path of the document, relative to the corpus folder.
        quote: Words that stand in that document.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    path: Text
    quote: Text


class QuoteLine(LabelledLine):
    """One quotation of a labelled set.

    Attributes:
        text: What somebody types.
        label: What is right to say of it.
        speaker: Who says the words, as the document has it; empty if nobody or several do.
        places: Where they stand; none if they stand nowhere.
        first: Path of the document that printed them first; empty if that is not asked.
    """

    text: Text
    label: QuoteLabel
    speaker: str = ""
    places: list[GoldPlace] = Field(default_factory=list)
    first: str = ""

    @validates(mode="after")
    def _fits(self) -> Self:
        """Check that exactly the quotations that stand somewhere have places."""
        if (self.label == "absent") == bool(self.places):
            raise ValueError("a quotation has places unless it is absent")
        if self.first and self.first not in {place.path for place in self.places}:
            raise ValueError("the first to print it is one of the places")
        return self


class Checks(Protocol):
    """The part of a desk that is judged."""

    def quote(self, text: str) -> QuoteReport:
        """Return what the documents have of a quotation."""

    def show(self, document: str) -> Document:
        """Return the document of a path, with its text."""


@dataclass(frozen=True, slots=True)
class QuoteResult:
    """What was said of one quotation.

    Attributes:
        line: The quotation and what is right.
        report: What was said.
    """

    line: QuoteLine
    report: QuoteReport

    @property
    def label(self) -> Share:
        """Whether the label is right."""
        return Share(self.report.label == self.line.label, 1)

    @property
    def first(self) -> Share:
        """Whether the first to print it is; no share where that is not asked or not found."""
        if not self.line.first or self.report.first is None:
            return NOTHING
        return Share(self.report.first.citation.path == self.line.first, 1)

    @property
    def speaker(self) -> Share:
        """Whether the first place names the speaker, by the last word of the name."""
        if not self.line.speaker or self.report.first is None:
            return NOTHING
        named = self.report.first.speaker.casefold().split()
        return Share(self.line.speaker.casefold().split()[-1] in named, 1)


@dataclass(frozen=True, slots=True)
class QuoteRun:
    """Results in the order of the file, and what is wrong with the file."""

    results: tuple[QuoteResult, ...]
    problems: tuple[Problem, ...] = ()

    def score(self) -> Score:
        """Return the share of quotations with the right label, with its interval."""
        shares = [result.label for result in self.results]
        return Score(METRIC, ratio(shares), bootstrap(shares), len(shares))

    def by_label(self) -> dict[str, float | None]:
        """Return the share of right ones among the quotations of each label."""
        labels = dict.fromkeys(result.line.label for result in self.results)
        return {label: self._share(lambda r: r.label, label) for label in labels}

    def confusion(self) -> dict[tuple[str, str], int]:
        """Return how many quotations of a label, the first, were given another, the second."""
        return dict(Counter((r.line.label, r.report.label) for r in self.results))

    def origins(self) -> float | None:
        """Return how often the first to print a quotation is named rightly."""
        return self._share(lambda result: result.first)

    def speakers(self) -> float | None:
        """Return how often the speaker is named rightly."""
        return self._share(lambda result: result.speaker)

    def _share(self, of: Callable[[QuoteResult], Share], label: str = "") -> float | None:
        chosen = [each for each in self.results if label in {"", each.line.label}]
        return ratio([of(each) for each in chosen])


def run_quotes(desk: Checks, labelled: Labelled[QuoteLine]) -> QuoteRun:
    """Check every quotation of a set.

    One whose places cannot be found in the index is a problem and is not checked.

    Raises:
        GroundwireError: The desk cannot check at all, for example without an index.
    """
    results: list[QuoteResult] = []
    problems = list(labelled.problems)
    for number, line in labelled.lines:
        found = _missing(number, line.places, desk)
        problems += found
        if not found:
            results.append(QuoteResult(line, desk.quote(line.text)))
    return QuoteRun(tuple(results), tuple(sorted(problems, key=lambda each: each.line)))


def _missing(number: int, places: Sequence[GoldPlace], desk: Checks) -> list[Problem]:
    """Return which places are not where a line says they are."""
    found = []
    for position, place in enumerate(places):
        field = f"places.{position}"
        try:
            text = desk.show(place.path).text
        except NotFoundError as error:
            found.append(Problem(number, f"{field}.path", str(error)))
            continue
        if not locate(place.quote, text):
            expected = f"expected words of {place.path}, not {place.quote!r}"
            found.append(Problem(number, f"{field}.quote", expected))
    return found
