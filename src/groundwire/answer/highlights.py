"""The few words of a sentence that answer a question, where that is certain."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from groundwire.domain.spans import Span
from groundwire.text.lexicon import MONTHS
from groundwire.text.people import PERSON_NOUN, cast_of
from groundwire.text.tokens import content_words, numbers, stem, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from groundwire.answer.question import Question

_MONTHS = "|".join(MONTHS)
_DATE = re.compile(
    rf"\b\d{{1,2}}(?:st|nd|rd|th)?\s(?:{_MONTHS})(?:\s\d{{4}})?\b"
    rf"|\b(?:{_MONTHS})(?:\s\d{{1,2}}(?:st|nd|rd|th)?\b)?(?:,?\s\d{{4}})?\b"
    r"|\b(?:1[5-9]|20)\d\d\b"
    r"|\b(?:last\s|next\s|on\s)?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"
)
_SPELLED = (
    r"(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen"
    r"|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
    r"|(?:half )?an? (?=hundred|thousand|million|billion|trillion|dozen))"
)
_SCALES = r"(?:dozen|hundred|thousand|million|billion|trillion|bn|mn|m|k|tn)"
_NUMBER = re.compile(
    rf"(?:(?:[$€£¥]|US\$)\s?\d+(?:,\d{{3}})*(?:\.\d+)?(?:\s?{_SCALES}\b)?"
    rf"|\b\d+(?:,\d{{3}})*(?:\.\d+)?(?:[\s-]{_SCALES}\b)?(?:\s?%|\s?(?:per\s?cent|percent)\b)?"
    rf"|\b{_SPELLED}(?:[\s-]?{_SCALES}\b)*)",
    re.IGNORECASE,
)
_MEASURES = (
    r"(?:cubic |square |nautical |light[- ])?"
    r"(?:met(?:re|er)s?|kilomet(?:re|er)s?|km|cm|mm|miles?|feet|foot|inch(?:es)?|years?|months?"
    r"|weeks?|days?|hours?|minutes?|seconds?|tonnes?|tons?|kg|kilograms?|pounds?|degrees?"
    r"|litres?|barrels?|points?|euros?|dollars?|hectares?|acres?|people|suns)\b"
)
_UNIT = re.compile(rf"[\s-](?:old\s)?{_MEASURES}", re.IGNORECASE)
_ASKS_MONEY = re.compile(
    r"\bhow (?:much|large|big)\b.*\b(?:costs?|pays?|paid|worth|money|claim|demand|raised?|price)\b"
    r"|\bwhat (?:price|sum)\b"
)
_MONEY = re.compile(r"[$€£¥]|\b(?:euros?|dollars?|pounds?|yen|yuan)\b")
_ASKS_SHARE = re.compile(r"\b(?:share|percent\w*|proportion)\b")
_SHARE = re.compile(r"%|per\s?cent")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_HOW_MANY = re.compile(r"\bhow many (?:(?:more|other|of the) )?([a-z]+)")
_COUNTED = re.compile(
    r"[ -](?:(?!(?:at|in|on|of|to|by|for|from|and|or|but|after|as|had|were|was|took|with|when|than"
    r"|who|that)\b)[a-z-]+ ?){1,2}"
)
_QUOTED = re.compile(r"[“\"][^”\"]*[”\"]")
_PLACE = re.compile(
    r"\b(?:in|at|near|outside|inside|on the (?:island|banks?) of|off)\s"
    r"((?:the\s)?[A-Z][\w’'-]+(?:\s(?:of\s|de\s|la\s)?[A-Z][\w’'-]+)*)"
)
_NEAR = 1.5
"""A candidate is nearest if the next one is this many times as far from the question's words."""


def highlight(text: str, question: Question) -> Span | None:
    """Return the span of the short answer in a sentence, or None if it is not certain.

    It is certain if one candidate of the kind that is asked for stands in the sentence that the
    question does not say, or, of numbers and dates, one clearly nearer to the question's words.
    """
    match question.kind:
        case "number":
            found = _numbers(text, question)
        case "date":
            found = [Span(*m.span()) for m in _DATE.finditer(text) if m.group() != "May"]
            found = _only_years(text, question.text, found)
        case "person":
            found = [m.span for m in cast_of(text).mentions(text) if m.is_person]
        case "place":
            found = [Span(*m.span(1)) for m in _PLACE.finditer(text)]
        case _:
            return None
    said = set(words(question.text))
    new = [span for span in found if not set(words(span.of(text))) <= said]
    return _nearest(text, new, question)


def _numbers(text: str, question: Question) -> list[Span]:
    """Return the numbers of a sentence with their units, those of the kind asked for if any."""
    others = [Span(*m.span()) for p in (_DATE, _QUOTED) for m in p.finditer(text)]
    found: list[Span] = []
    for match in _NUMBER.finditer(text):
        span = Span(*match.span())
        if _inside_word(text, span) or any(other.overlaps(span) for other in others):
            continue
        unit = _UNIT.match(text, span.end)
        found.append(Span(span.start, unit.end()) if unit else span)
    return _of_the_kind(text, question.text.casefold(), found)


def _of_the_kind(text: str, asked: str, found: list[Span]) -> list[Span]:
    """Return the numbers that have what is asked for: money, a share, a counted noun."""
    for question_words, kind in ((_ASKS_MONEY, _MONEY), (_ASKS_SHARE, _SHARE)):
        if question_words.search(asked):
            return [span for span in found if kind.search(span.of(text))]
    counted = _HOW_MANY.search(asked)
    if not counted:
        return found
    found = [s for s in found if not _MONEY.search(s.of(text)) and not _SHARE.search(s.of(text))]
    after = {span: _counted_after(text, span) for span in found}
    exact = [span for span in found if _is_counted(after[span], counted[1])]
    return exact or [span for span in found if not after[span]]


def _counted_after(text: str, span: Span) -> str:
    """Return what a number counts or measures; empty if it stands alone."""
    unit = _UNIT.search(text, span.start, span.end)
    after = _COUNTED.match(text, span.end)
    return " ".join(found.group().strip(" -") for found in (unit, after) if found)


def _is_counted(counted: str, noun: str) -> bool:
    if stem(noun) in {stem(word) for word in words(counted)}:
        return True
    return noun == "people" and bool(PERSON_NOUN.search(counted))


def _only_years(text: str, asked: str, found: list[Span]) -> list[Span]:
    if re.search(r"\b(?:what|which) year\b", asked.casefold()):
        years = [Span(*m.span()) for m in re.finditer(rf"\b{_YEAR.pattern}\b", text)]
        return years or found
    return found


def _inside_word(text: str, span: Span) -> bool:
    before = text[span.start - 1 : span.start]
    after = text[span.end : span.end + 1]
    return bool(re.match(r"[\w*-]", before)) or bool(re.match(r"[*\w]", after))


def _nearest(text: str, found: Sequence[Span], question: Question) -> Span | None:
    """Return the only candidate, or the one clearly nearest to the question's words."""
    distinct = {numbers(s.of(text)) or s.of(text).casefold(): s for s in reversed(found)}
    if len(distinct) == 1:
        return next(iter(distinct.values()))
    places = [
        m.start()
        for m in re.finditer(r"[\w’'-]+", text)
        if set(content_words(m.group())) & set(question.weights)
    ]
    if not distinct or not places or question.kind in {"person", "place"}:
        return None
    far = sorted((_distance(span, places), span) for span in distinct.values())
    (nearest, span), (second, _) = far[:2]
    return span if second >= _NEAR * max(nearest, 1.0) + 10 else None


def _distance(span: Span, places: Sequence[int]) -> float:
    """Return the mean distance to the two nearest words of the question, in characters."""
    near = sorted(min(abs(place - span.start), abs(place - span.end)) for place in places)[:2]
    return sum(near) / len(near)
