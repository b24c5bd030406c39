"""Questions made of one sentence by rule: who, what somebody said, how many, when and where."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from groundwire.evaluate.auto.cases import Question
from groundwire.evaluate.auto.material import drawn
from groundwire.evaluate.auto.wording import lower_first, opening, telling, topic
from groundwire.text.dates import dates
from groundwire.text.people import cast_of
from groundwire.text.speech import attributions
from groundwire.text.values import values

if TYPE_CHECKING:
    from collections.abc import Callable

    from groundwire.evaluate.auto.cases import Kind
    from groundwire.evaluate.auto.material import Material, Told

_VERB = re.compile(
    r"\s(?:(?:also|later|now|then|already|still|has|have|had|is|was|will|would|could|can|may|might)"
    r"\b|(?:\w+ed|said|says|told|won|made|took|became|gave|began|led|left|lost|went|came|saw|found"
    r"|held|kept|met|ran|sold|sent|set|spent|wrote|plans|wants|expects|believes|claims)\b)"
)
_DANGLING = re.compile(
    r"(?:He|She|It|They|This|That|These|Those|There|His|Her|Its|Their|But|And)\b"
)
_ON = re.compile(r"\b(?:on|in|by|since|until|during)\s+$", re.IGNORECASE)
_IN_PLACE = re.compile(r"\bin\s+(?=[A-Z])")
_COUNTED = re.compile(r"[\s-](?!of\b|to\b|and\b|or\b|in\b|on\b|at\b|by\b|for\b)[a-z]{3,}")
_ASKED = {"number": "how many", "quantity": "how many", "money": "how much money"}
_FULL_STOP = re.compile(r"\s*[.!]?$")
_LEAST_NAMES = 2
_LONGEST_SPEAKER = 6
_SHORT = 2


def single(material: Material, told: Told) -> tuple[Question, ...]:
    """Return the questions that one sentence answers, at most one of a kind."""
    made = (make(material, told) for make in _RULES)
    return tuple(question for question in made if question is not None)


def _who(material: Material, told: Told) -> Question | None:
    """Return "Who did this?" of a sentence that opens with a name and what its bearer did."""
    first = told.names[0] if told.names else ""
    if not first or not told.text.startswith(first):
        return None
    verb = _VERB.match(told.text, len(first))
    if verb is None:
        return None
    rest = opening(told.text[len(first) :])
    if not rest or len(telling(rest, material.words, (), 3)) + len(told.names) < _LEAST_NAMES + 2:
        return None
    people = {
        m.name: m.is_person
        for m in cast_of(f"{told.document.title}. {told.text}").mentions(told.text)
    }
    asked = "Who" if people.get(first) else "Who or what"
    return _question(material, told, "who", f"{asked} {rest}?")


def _said(material: Material, told: Told) -> Question | None:
    """Return "What did X say about this and that?" of a sentence that names who speaks."""
    for each in attributions(told.text):
        who = each.speaker.of(told.text)
        speaker = next((n for n in reversed(told.names) if n in who and len(n) > _SHORT), None)
        if speaker is None or len(who.split()) > _LONGEST_SPEAKER:
            continue
        content = each.clause
        rest = told.text[: content.start] + told.text[content.end :]
        others = [name for name in told.names if name in rest and name != speaker][:2]
        about = others + telling(rest, material.words, (*others, speaker), 4 - len(others))
        if len(about) > _LEAST_NAMES:
            listed = f"{', '.join(about[:-1])} and {about[-1]}"
            return _question(material, told, "said", f"What did {speaker} say about {listed}?")
    return None


def _number(material: Material, told: Told) -> Question | None:
    """Return "… how many of them …?" of a sentence with a figure."""
    if _DANGLING.match(told.text):
        return None
    for value in values(told.text):
        counted = _COUNTED.match(told.text, value.span.end)
        asked = _ASKED.get(value.kind)
        if asked is None or (value.kind != "money" and counted is None):
            continue
        if any(value.span.of(told.text) in name for name in told.names):
            continue
        figure = told.text[value.span.start : value.span.end]
        noun = figure.split()[-1] if value.kind == "quantity" and " " in figure else ""
        put = f"{asked} {noun}".strip()
        text = told.text[: value.span.start] + put + told.text[value.span.end :]
        asks = lower_first(opening(text, value.span.start + len(put)), told.names)
        if not asks:
            return None
        return _question(material, told, "number", f"{_frame(told)}{asks}?")
    return None


def _when(material: Material, told: Told) -> Question | None:
    """Return "When was it that …?" of a sentence that begins or ends with a day."""
    for found in dates(told.text, told.document.published):
        before = _ON.search(told.text[: found.span.start])
        if before is not None:
            return _without(material, told, "when", before.start(), found.span.end)
    return None


def _where(material: Material, told: Told) -> Question | None:
    """Return "Where was it that …?" of a sentence that begins or ends with a place."""
    for match in _IN_PLACE.finditer(told.text):
        name = next((n for n in told.names if told.text.startswith(n, match.end())), None)
        if name is not None:
            return _without(material, told, "where", match.start(), match.end() + len(name))
    return None


def _without(material: Material, told: Told, kind: Kind, start: int, end: int) -> Question | None:
    """Return a question on what a sentence says without the words at its beginning or end."""
    if start == 0 and told.text[end : end + 1] == ",":
        asks = opening(told.text[end + 1 :].lstrip())
    elif _FULL_STOP.match(told.text, end):
        asks = opening(told.text[:start].rstrip(), start - 2)
    else:
        return None
    if not asks or _DANGLING.match(asks):
        return None
    opener = {"when": "When", "where": "Where"}[kind]
    return _question(material, told, kind, f"{opener} was it that {lower_first(asks, told.names)}?")


def _frame(told: Told) -> str:
    """Return how a question names where it was read: the outlet, the headline, or not at all."""
    info = told.document
    turn = drawn(told.text, "frame") % 3
    if turn == 0 and info.source:
        return f"According to {info.source}, "
    if turn == 1 and info.title:
        about = f"In the report on {topic(info.title)}"
        return f"{about} from {info.source}, " if info.source else f"{about}, "
    return ""


def _question(material: Material, told: Told, kind: Kind, text: str) -> Question | None:
    """Return a question, unless nothing in it says which of many things is meant."""
    named = tuple(name for name in told.names if name in text)
    if not named and len(telling(text, material.words, (), _LEAST_NAMES)) < _LEAST_NAMES:
        return None
    source = told.document.source
    outlets = (source,) if source and source in text else ()
    return Question(text, kind, (told.document.id,), (told.text,), named, outlets)


_RULES: tuple[Callable[[Material, Told], Question | None], ...] = (
    _who,
    _said,
    _number,
    _when,
    _where,
)
