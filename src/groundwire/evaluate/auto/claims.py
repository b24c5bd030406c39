"""Claims: sentences as they stand, and the same with one thing wrong."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Literal, Protocol

from groundwire.evaluate.auto.material import drawn, pick
from groundwire.text.dates import dates
from groundwire.text.speech import attributions, negations
from groundwire.text.values import values

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from groundwire.domain.checks import CheckReport
    from groundwire.evaluate.auto.material import Material, Told

Change = Literal["none", "number", "negation", "attribution", "name", "date"]

_EACH = 30
_DIGIT = re.compile(r"[1-8](?=[^1-8]*$)")
_DENIED = re.compile(r"\b(is|are|was|were|has|have|had|will|would|can|could)\s(?!not\b|n't)")
_WEEKDAYS = tuple(calendar.day_name)
_MONTHS = tuple(calendar.month_name)[1:]


class Checks(Protocol):
    """The part of a desk that checks a claim."""

    def check(self, claim: str) -> CheckReport:
        """Return what the documents say of a claim."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A claim and what was found.

    Attributes:
        told: The sentence that it was made of.
        change: What was changed.
        claim: The claim.
        verdict: The label of the verdict.
    """

    told: Told
    change: Change
    claim: str
    verdict: str

    @property
    def right(self) -> bool:
        """Whether the sentence as it stands was supported, or a changed one was not."""
        return (self.verdict in {"quoted", "supported"}) == (self.change == "none")


def claims(material: Material) -> tuple[tuple[Told, Change, str], ...]:
    """Return sentences as they stand, and changed ones: thirty of each change at most."""
    drawn_told = sorted(
        (
            pick(told, info.title, "claim")
            for info in material.documents
            if (told := material.told[info.id])
        ),
        key=lambda told: drawn(told.text, "claim"),
    )
    found: list[tuple[Told, Change, str]] = []
    for change, make in _CHANGES.items():
        made = ((told, change, make(material, told)) for told in drawn_told)
        found += islice((each for each in made if each[2]), _EACH)
    return tuple(found)


def check_all(desk: Checks, made: Iterable[tuple[Told, Change, str]]) -> Iterator[Checked]:
    """Yield what a desk finds of each claim."""
    for told, change, claim in made:
        yield Checked(told, change, claim, desk.check(claim).verdict.label)


def _as_it_stands(_material: Material, told: Told) -> str:
    return told.text


def _number(_material: Material, told: Told) -> str:
    """Return the sentence with another number in it."""
    for value in values(told.text):
        figure = value.span.of(told.text)
        digit = _DIGIT.search(figure)
        if value.kind == "date" or digit is None or any(figure in name for name in told.names):
            continue
        at = value.span.start + digit.start()
        return f"{told.text[:at]}{int(digit.group()) + 1}{told.text[at + 1 :]}"
    return ""


def _negation(_material: Material, told: Told) -> str:
    """Return the sentence with its first verb denied."""
    verbs = list(_DENIED.finditer(told.text))
    if len(verbs) != 1 or negations(told.text):
        return ""
    return f"{told.text[: verbs[0].end()]}not {told.text[verbs[0].end() :]}"


def _attribution(material: Material, told: Told) -> str:
    """Return the sentence with another speaker in the place of who said it."""
    for each in attributions(told.text):
        who = each.speaker.of(told.text)
        name = next((n for n in told.names if n == who.strip()), "")
        other = name and _other(material, told, name)
        if other:
            start, end = each.speaker.start, each.speaker.end
            return told.text[:start] + who.replace(name, other) + told.text[end:]
    return ""


def _name(material: Material, told: Told) -> str:
    """Return the sentence with another name in the place of one."""
    for name in told.names:
        other = " " in name and _other(material, told, name)
        if other:
            return told.text.replace(name, other)
    return ""


def _date(_material: Material, told: Told) -> str:
    """Return the sentence with another day in it: the next weekday, month or day."""
    for found in dates(told.text):
        day = found.span.of(told.text)
        for words in (_MONTHS, _WEEKDAYS):
            held = next((word for word in words if word in day), None)
            if held:
                other = words[(words.index(held) + 1) % len(words)]
                new = day.replace(held, other)
                return told.text[: found.span.start] + new + told.text[found.span.end :]
    return ""


def _other(material: Material, told: Told, name: str) -> str:
    """Return a name of as many words that the sentence's document does not print."""
    here = material.same(told.document.id)
    pool = [n for n in material.mentions if n.count(" ") == name.count(" ") and n.istitle()]
    start = drawn(told.text, name)
    turned = (pool[(start + turn) % len(pool)] for turn in range(len(pool)))
    return next((other for other in turned if material.mentions[other].isdisjoint(here)), "")


_CHANGES: dict[Change, Callable[[Material, Told], str]] = {
    "none": _as_it_stands,
    "number": _number,
    "negation": _negation,
    "attribution": _attribution,
    "name": _name,
    "date": _date,
}
