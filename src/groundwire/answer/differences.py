"""Whether two sentences give different values for the same thing, said only if sure."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from groundwire.answer.highlights import highlight
from groundwire.text.tokens import numbers, stem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from groundwire.answer.candidates import Reading, Sentence
    from groundwire.answer.question import Question

_CURRENCY = re.compile(r"US\$|[$€£¥]")
_UNIT = re.compile(r"[a-z%]+$")
_SCALE = re.compile(
    r"\b(?:hundred|thousand|million|billion|trillion|bn|mn|m|k|tn|dozen)s?\b|(?<=\d)(?:bn|m|k|tn)\b"
)
_COUNTED = re.compile(
    r"[ -](?!(?:at|in|on|of|to|by|for|from|and|or|but|after|as|had|were|was|took|with|when|than)\b)"
    r"[a-z]{3,}\b"
)
_PEOPLE = frozenset({"", "peopl", "person", "protest", "marcher", "demonstr"})
"""Stems of what crowds are counted in."""

_SAME = Decimal("0.05")
"""Values that differ by less than this share are the same, rounded."""

_SAME_NEWS = 7
"""Days; documents further apart are shown with their dates, for the later may be an update."""

_ON_TOPIC = 0.5
"""Share of the question's weight that both sentences, with title, outlet and date, must cover
together, and share of that which each must cover alone."""

_SHARED = 2
"""Words of the question that both must hold."""


def difference(
    question: Question, one: tuple[Reading, Sentence], other: tuple[Reading, Sentence]
) -> str:
    """Return a line that says how two sentences differ, or nothing.

    They must be of two documents, each give exactly one value of the kind that is asked for, in
    the same unit, cover the question's topic and share words.
    """
    if one[0].hit.passage.document_id == other[0].hit.passage.document_id:
        return ""
    said = [_value(question, sentence) for _, sentence in (one, other)]
    if None in said or not _same_topic(question, one, other):
        return ""
    (first, unit, amount), (second, other_unit, other_amount) = (each for each in said if each)
    if unit != other_unit or not _apart(amount, other_amount):
        return ""
    names = _told_apart(one[0], other[0])
    if not all(names):
        return ""
    return f"The sources differ: {first} ({names[0]}) against {second} ({names[1]})."


def _value(question: Question, sentence: Sentence) -> tuple[str, str, Decimal] | None:
    """Return the short answer of a sentence, what it counts or measures, and its amount."""
    span = highlight(sentence.text, question) if question.kind == "number" else None
    if span is None:
        return None
    text = span.of(sentence.text)
    found = numbers(text)
    if len(found) != 1:
        return None
    currency = _CURRENCY.search(text)
    unit = _UNIT.search(_SCALE.sub("", text.casefold()).strip())
    after = _COUNTED.match(sentence.text, span.end)
    named = currency or unit or after
    counted = stem(named.group().strip(" -").casefold()) if named else ""
    return text, "" if counted in _PEOPLE else counted, Decimal(found[0])


def _same_topic(
    question: Question, one: tuple[Reading, Sentence], other: tuple[Reading, Sentence]
) -> bool:
    there = [sentence.stems | reading.about for reading, sentence in (one, other)]
    covered = [question.coverage(stems) for stems in there]
    together = question.coverage(there[0] | there[1])
    shared = there[0] & there[1] & question.weights.keys()
    alike = min(covered) >= _ON_TOPIC * together
    return together >= _ON_TOPIC and alike and len(shared) >= _SHARED


def _apart(one: Decimal, other: Decimal) -> bool:
    return abs(one - other) > _SAME * max(abs(one), abs(other))


def _told_apart(one: Reading, other: Reading) -> Sequence[str]:
    """Return the outlets of two documents, with dates where only they or days tell them apart."""
    documents = (one.hit.document, other.hit.document)
    first, second = (document.published for document in documents)
    later = first is not None and second is not None and abs((first - second).days) > _SAME_NEWS
    if documents[0].source == documents[1].source or later:
        return [attribution(reading) for reading in (one, other)]
    return [document.source for document in documents]


def attribution(reading: Reading) -> str:
    """Return outlet and date of a document: "The Verge, 6 October 2023"."""
    document = reading.hit.document
    day = document.published
    date = f"{day.day} {day:%B} {day.year}" if day else ""
    return ", ".join(part for part in (document.source, date) if part)
