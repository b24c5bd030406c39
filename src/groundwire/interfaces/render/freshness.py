"""How old the newest source of an answer is, where the matter may have moved on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from groundwire.interfaces.render.days import day

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from groundwire.domain.answers import Answer

STALE_AFTER_DAYS = 180
"""From this age on, a question in the present tense is told how old its answer is."""

_MONTH, _YEAR = 30.44, 365.25
_DAYS_SAID, _MONTHS_SAID = 60, 24
_NOW = re.compile(
    r"\b(?:now(?!adays)|nowadays|currently|current|today|tonight|latest|newest|most recent|so far"
    r"|still|yet|these days|to date|up to date|at (?:present|the moment)|as things stand"
    r"|this (?:week|month|year))\b",
    re.IGNORECASE,
)
_TENSE = re.compile(
    r"\b(?:(is|are|isn['’]t|aren['’]t|does|do|has|have|will|can|must|may|should)"
    r"|was|were|did|had|would|could)\b"
    r"|\b(?:who|what|where|when|why|how|that|it|he|she|there|they|we|you)['’](s|re|ve|ll)\b",
    re.IGNORECASE,
)
_ASKS = re.compile(r"\b(?:who|what|which|where|when|why|how|whose|whom)\b", re.IGNORECASE)
_LEADS = re.compile(r"\b(?:who|what)\s+(?!(?:was|is|has|does)\b)\w+(?<!s)s\b", re.IGNORECASE)
_TOLD = re.compile(
    r"\b(?:does|do|has|have)\b.+\b(?:say|says|said|mean|report|describe|mention|call)\b",
    re.IGNORECASE,
)
_YEAR_NAMED = re.compile(r"\b(?:1\d|20)\d\d\b")


def freshness(answer: Answer, today: date) -> str:
    """Return the age of an answer's newest source if it is on a moving matter, else nothing.

    A matter moves where the question asks for the present or the latest, where the documents
    update a value that they give, or where the question is in the present tense and the newest
    source is older than ``STALE_AFTER_DAYS``. A question about a named year, or one that is held
    to a window that has ended, is not about the present.

    Args:
        answer: The answer.
        today: The day on which it is read; an earlier ``as_of`` of the answer goes before it.
    """
    if not answer.answered:
        return ""
    as_of = answer.filters.as_of
    today = min(today, as_of) if as_of else today
    newest = max(filter(None, _published(answer)), default=None)
    if not _moves(answer, newest, today):
        return ""
    if newest is None:
        return "No source of this carries a date."
    age = _age((today - newest).days)
    return f"Newest source: {day(newest)}{age and f', {age}'}."


def _published(answer: Answer) -> Iterator[date | None]:
    """Yield the days of the sources that are cited, those of the differences shown among them."""
    yield from (source.hit.document.published for source in answer.sources if source.cited)
    for difference in answer.conflicts:
        yield from (statement.published for statement in difference.statements)


def _moves(answer: Answer, newest: date | None, today: date) -> bool:
    """Return whether what was asked for may have another answer by now."""
    question = answer.standalone
    if any(difference.label == "update" for difference in answer.conflicts):
        return True
    if answer.provenance.inferred.latest or _NOW.search(question):
        return True
    until = answer.filters.until
    if (until and until < today) or any(
        int(year) < today.year for year in _YEAR_NAMED.findall(question)
    ):
        return False
    stale = newest is None or (today - newest).days > STALE_AFTER_DAYS
    return stale and in_present_tense(question)


def in_present_tense(question: str) -> bool:
    """Return whether a question asks how things are, by its first auxiliary or a verb in -s.

    What somebody says in a document ("What does Lind say?") stands there for good: that is not
    the present.
    """
    if _TOLD.search(question):
        return False
    word = _ASKS.search(question)
    asked = question[word.start() :] if word else question
    tense = _TENSE.search(asked)
    if tense:
        return any(tense.groups())
    return bool(_LEADS.match(asked))


def _age(days: int) -> str:
    """Return an age in words; nothing for a day that is still to come."""
    if days < 0:
        return ""
    if days == 0:
        return "today"
    if days < _DAYS_SAID:
        return f"{days} day{'s' * (days != 1)} old"
    months = int(days / _MONTH)
    return f"{months} months old" if months < _MONTHS_SAID else f"{int(days / _YEAR)} years old"
