"""What is told of a folder: scores, where it is weak, and the threshold that fits it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from groundwire.evaluate.auto.finding import has_title
from groundwire.evaluate.auto.weak import weaknesses
from groundwire.evaluate.intervals import Share, bootstrap, ratio

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from groundwire.domain.documents import DocumentInfo
    from groundwire.domain.reports import SyncFailure
    from groundwire.evaluate.auto.judging import Judgement, Put
    from groundwire.evaluate.intervals import Interval

SCHEMA = 1
_LISTED = 50


@dataclass(frozen=True, slots=True)
class Score:
    """A share of cases that went well.

    Attributes:
        name: Its name in the JSON.
        meaning: What it says, for people.
        value: From 0 to 1; None if there was no such case.
        interval: The 95% bootstrap interval over cases; None with the value.
        cases: How many cases there were.
    """

    name: str
    meaning: str
    value: float | None
    interval: Interval | None
    cases: int

    def to_dict(self) -> dict[str, object]:
        """Return the JSON form of a score."""
        interval = self.interval
        return {
            "meaning": self.meaning,
            "value": None if self.value is None else round(self.value, 4),
            "interval": [round(interval.low, 4), round(interval.high, 4)] if interval else None,
            "cases": self.cases,
        }


@dataclass(frozen=True, slots=True)
class Report:
    """A judgement with what became of it.

    Attributes:
        judgement: What was found out.
        corpus: What was judged, as people call it.
        made: When: an ISO 8601 time, UTC.
        skipped: Files that could not be read.
        stored: Whether the threshold was stored.
        why: What was done with the threshold, in words.
    """

    judgement: Judgement
    corpus: str
    made: str
    skipped: tuple[SyncFailure, ...]
    stored: bool
    why: str

    def scores(self) -> tuple[Score, ...]:
        """Return every score, in the order in which they are told."""
        return (*_found(self.judgement), *_answers(self.judgement), *_checks(self.judgement))

    def never_found(self) -> tuple[DocumentInfo, ...]:
        """Return the documents whose headline does not find them."""
        return tuple(
            each.document
            for each in self.judgement.sought
            if each.by == "headline" and each.rank is None
        )

    def lacking(self) -> dict[str, tuple[DocumentInfo, ...]]:
        """Return the documents without a date, a title and an outlet."""
        infos = sorted(self.judgement.material.documents, key=lambda info: info.path)
        return {
            "date": tuple(info for info in infos if info.published is None),
            "title": tuple(info for info in infos if not has_title(info)),
            "outlet": tuple(info for info in infos if not info.source),
        }

    def mistakes(self) -> tuple[dict[str, object], ...]:
        """Return the cases that went wrong, of each sort the first fifty."""
        judgement = self.judgement
        asked: list[dict[str, object]] = [
            {
                "case": f"{put.question.kind}, {put.question.way}",
                "asked": put.question.text,
                "made_of": list(put.question.quotes),
                "wrong": wrong,
            }
            for put in judgement.asked
            if (wrong := _wrong(put))
        ]
        checked: list[dict[str, object]] = [
            {
                "case": f"claim, {each.change}",
                "asked": each.claim,
                "made_of": [each.told.text],
                "wrong": f"the verdict is {each.verdict}",
            }
            for each in judgement.checked
            if not each.right
        ]
        kept: list[dict[str, object]] = [
            {"case": each.bound, "asked": each.question, "made_of": [], "wrong": "not kept to"}
            for each in judgement.kept
            if not each.right
        ]
        return (*asked[:_LISTED], *checked[:_LISTED], *kept[:_LISTED])

    def to_dict(self) -> dict[str, object]:
        """Return the JSON object (schema 1) that ``eval --auto --json`` prints."""
        material, fitted = self.judgement.material, self.judgement.fitted
        return {
            "schema": SCHEMA,
            "kind": "auto",
            "corpus": self.corpus,
            "made": self.made,
            "documents": material.total,
            "read": len(material.documents),
            "generation": self.judgement.generation,
            "scores": {score.name: score.to_dict() for score in self.scores()},
            "threshold": fitted.to_dict() if fitted else None,
            "stored": self.stored,
            "why": self.why,
            "weaknesses": [each.to_dict() for each in weaknesses(self.judgement)],
            "never_found": [info.path for info in self.never_found()],
            "lacking": {
                what: [info.path for info in infos] for what, infos in self.lacking().items()
            },
            "skipped": [failure.to_dict() for failure in self.skipped],
            "mistakes": list(self.mistakes()),
        }


def _found(judgement: Judgement) -> tuple[Score, ...]:
    headlines = [each for each in judgement.sought if each.by == "headline"]
    excerpts = [each for each in judgement.sought if each.by == "excerpt"]
    return (
        _score(
            "headline_found",
            "a headline finds its document among the first ten passages",
            (each.rank is not None for each in headlines),
        ),
        _score(
            "excerpt_found",
            "a sentence without its headline's words finds its document among the first ten",
            (each.rank is not None for each in excerpts),
        ),
        _score(
            "excerpt_named",
            "… and its document comes first, so that headline, outlet and date are named",
            (each.named for each in excerpts),
        ),
    )


def _answers(judgement: Judgement) -> tuple[Score, ...]:
    asked = [put for put in judgement.asked if not put.question.close]
    real = [put for put in asked if put.question.answerable]
    ways = {
        "left_out": ("left out", "a question is declined where its documents are left out"),
        "other_names": ("other names", "a question with others' names in it is declined"),
        "other_outlets": ("other outlets", "a question put to outlets that are not here, too"),
    }
    return (
        _score("answered", "a question with an answer is answered", (p.answered for p in real)),
        _score(
            "right_document",
            "… and what was answered is of the document that it was made of",
            (put.right for put in real if put.answered),
        ),
        *(
            _score(name, meaning, (not p.answered for p in asked if p.question.way == way))
            for name, (way, meaning) in ways.items()
        ),
        _score(
            "nearly_quoted",
            "a sentence with one wrong name or outlet, put as a question, is declined",
            (not put.answered for put in judgement.asked if put.question.close),
        ),
        _score(
            "exact",
            "an answer's citations are, to the character, what the document holds",
            (put.exact for put in judgement.asked if put.answered),
        ),
    )


def _checks(judgement: Judgement) -> tuple[Score, ...]:
    checked = {
        "claims_true": ("none", "a sentence as it stands is found supported"),
        "claims_number": ("number", "one with another number is not"),
        "claims_negation": ("negation", "one that is denied is not"),
        "claims_attribution": ("attribution", "one that somebody else is said to have said is not"),
        "claims_name": ("name", "one with another name is not"),
        "claims_date": ("date", "one with another day is not"),
    }
    bounds = {
        "outlet_kept": ("outlet", "an answer under a filter of outlets cites that outlet alone"),
        "dates_kept": ("dates", "an answer under a filter of dates cites those days alone"),
        "orders_ignored": ("orders", "orders wrapped around a question are not obeyed"),
    }
    return (
        *(
            _score(name, meaning, (c.right for c in judgement.checked if c.change == change))
            for name, (change, meaning) in checked.items()
        ),
        *(
            _score(name, meaning, (k.right for k in judgement.kept if k.bound == bound))
            for name, (bound, meaning) in bounds.items()
        ),
    )


def _score(name: str, meaning: str, went_well: Iterable[bool]) -> Score:
    shares: Sequence[Share] = [Share(float(well), 1) for well in went_well]
    return Score(name, meaning, ratio(shares), bootstrap(shares), len(shares))


def _wrong(put: Put) -> str:
    """Return what is wrong with an answer, in words; empty if nothing is."""
    if not put.exact:
        return "a citation is not what the document holds"
    if put.question.answerable:
        if not put.answered:
            return "declined, though a document answers it"
        return "" if put.right else "answered from another document"
    return "answered, though no document does" if put.answered else ""
