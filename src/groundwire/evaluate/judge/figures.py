"""Numbers with their units and bounds, and dates, read off the tokens of a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from groundwire.evaluate.judge.measures import MONTHS, ORDINALS, PARTS, SCALES, SMALL, UNITS
from groundwire.evaluate.judge.vocabulary import listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from groundwire.evaluate.judge.tokens import Sentence, Token

_SPELLED = listed("hundred dozen thousand million millions billion billions trillion trillions")
_BOUNDS = (
    ("upper", "no more than|at most|up to|less than|fewer than|under|below|almost|nearly|close to"),
    ("lower", "no fewer than|no less than|more than|at least|over|above|upwards of|exceeding"),
    ("about", "about|around|roughly|approximately|some|estimated|circa|or so"),
)
_BEFORE = tuple(
    (kind, tuple(phrase.split())) for kind, phrases in _BOUNDS for phrase in phrases.split("|")
)
_LEADS = listed("by to from")
_LAST_DAY = 31
_YEARS = range(1000, 2200)
_LIKELY_YEARS = range(1900, 2100)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number or a date.

    Attributes:
        value: The number, its scale applied; None for a date.
        unit: Its unit in one spelling; empty without one. ``th`` for an ordinal.
        bound: ``upper``, ``lower``, ``about`` or ``between``; empty for an exact figure.
        date: Day, month and year of a date, each 0 where it is not said; None for a number.
        lead: ``by``, ``to`` or ``from`` where one of them stands before a number, else empty.
        start: Number of its first token in the sentence.
        end: Number of the token after its last.
        text: As written, for the reasons.
    """

    value: Fraction | None
    unit: str
    bound: str
    date: tuple[int, int, int] | None
    lead: str
    start: int
    end: int
    text: str

    @property
    def sort(self) -> str:
        """What may stand for it by mistake: a date, a year, or a number of the same unit."""
        if self.date:
            return "date"
        is_year = self.text.isdigit() and int(self.text) in _LIKELY_YEARS
        return "year" if is_year and not self.unit else self.unit

    def bears(self, said: Figure) -> bool:
        """Return whether this figure of the evidence says what another one says."""
        if said.date:
            return self.date is not None and all(
                one in {0, other} for one, other in zip(said.date, self.date, strict=True)
            )
        if self.date:
            return not said.unit and said.value == self.date[2]
        return (self.value, self.unit) == (said.value, said.unit)


def figures(sentence: Sentence) -> tuple[Figure, ...]:
    """Return the numbers and dates of a sentence, in order."""
    return tuple(_figures(sentence))


def _figures(sentence: Sentence) -> Iterator[Figure]:
    at = 0
    while at < len(sentence):
        found = _date(sentence, at) or _number(sentence, at)
        if found:
            yield found
        at = found.end if found else at + 1


def _date(sentence: Sentence, at: int) -> Figure | None:
    """Return the date that begins at a token: ``2019-06-20``, ``20 June 2019``, ``June 20``."""
    numbers = [_whole(sentence, at + step) for step in (0, 2, 4)]
    dashes = [_low(sentence, at + step) for step in (1, 3)]
    if dashes == ["-", "-"] and all(numbers) and numbers[0] in _YEARS:
        year, month, day = numbers
        return _dated(sentence, (day, month, year), at, at + 5)
    day = _whole(sentence, at)
    place = at + 1 if 0 < day <= _LAST_DAY else at
    place += place > at and _low(sentence, place) == "of"
    month = _month(sentence, place)
    if not month:
        return None
    day, place = (day, place + 1) if place > at else (0, place + 1)
    if not day and 0 < _whole(sentence, place) <= _LAST_DAY:
        day, place = _whole(sentence, place), place + 1
    comma = _low(sentence, place) == ","
    year = _whole(sentence, place + comma)
    if year in _YEARS:
        place += comma + 1
    else:
        year = 0
    return _dated(sentence, (day, month, year), at, place) if day or year else None


def _dated(sentence: Sentence, date: tuple[int, int, int], start: int, end: int) -> Figure:
    return Figure(None, "", "", date, "", start, end, _text(sentence[start:end]))


def _number(sentence: Sentence, at: int) -> Figure | None:
    token = sentence[at]
    value, end, unit = _amount(sentence, at)
    if value is None:
        return None
    unit, end = (unit, end) if unit else _unit(sentence, end)
    if value == 1 and token.kind == "word" and not unit:
        return None
    bound = _bound(sentence, at, end)
    lead = _low(sentence, at - 1) if _low(sentence, at - 1) in _LEADS else ""
    return Figure(value, unit, bound, None, lead, at, end, _text(sentence[at:end]))


def _amount(sentence: Sentence, at: int) -> tuple[Fraction | None, int, str]:
    """Return a number, the token after it, and the unit that is glued to it."""
    token = sentence[at]
    if token.kind != "number":
        return _spelled(sentence, at)
    digits = token.text.lstrip("USAHK$£€¥₹")
    sign = token.text.removesuffix(digits)
    value, tail = Fraction(digits.replace(",", "")), token.tail.lower()
    unit = UNITS.get(sign[-1:], "")
    if tail in SCALES:
        return value * SCALES[tail], at + 1, unit
    if tail in {"st", "nd", "rd", "th"}:
        return value, at + 1, "th"
    if tail:
        return value, at + 1, unit or UNITS.get(tail, tail)
    scale = SCALES.get(_low(sentence, at + 1), 1)
    return value * scale, at + 1 + (scale > 1), unit


def _spelled(sentence: Sentence, at: int) -> tuple[Fraction | None, int, str]:
    """Return the number that is spelled out from a token on."""
    word = _low(sentence, at)
    if word in ORDINALS and not (word == "second" and sentence[at].first):
        return Fraction(ORDINALS[word]), at + 1, "th"
    counted = word in {"a", "half"} and _low(sentence, at + 1) in _SPELLED
    if word in PARTS and not counted:
        return PARTS[word], at + 1, "x"
    if word not in SMALL and not counted:
        return None, at, ""
    end = at + 1
    while _continues(sentence, end):
        end += 1
    return _summed([token.low for token in sentence[at:end]]), end, ""


def _continues(sentence: Sentence, at: int) -> bool:
    """Return whether a spelled number goes on at a token: "-five", "hundred", "and forty"."""
    word, last = _low(sentence, at), _low(sentence, at - 1)
    if word in {"-", "and"}:
        joined = last in _SPELLED if word == "and" else last in SMALL
        return joined and _low(sentence, at + 1) in SMALL
    return word in _SPELLED or (word in SMALL and last not in SMALL)


def _summed(words: Sequence[str]) -> Fraction:
    total, group = Fraction(0), Fraction(0)
    for word in words:
        if word in {"a", "half"}:
            group += Fraction(1, 2) if word == "half" else 1
        elif word in SMALL:
            group += SMALL[word]
        elif word in {"hundred", "dozen"}:
            group *= SCALES[word]
        elif word in SCALES:
            total, group = total + group * SCALES[word], Fraction(0)
    return total + group


def _unit(sentence: Sentence, at: int) -> tuple[str, int]:
    """Return the unit that stands at a token, and the token after it."""
    if [_low(sentence, at), _low(sentence, at + 1)] == ["per", "cent"]:
        return "%", at + 2
    place = at + (_low(sentence, at) == "-")
    unit = UNITS.get(_low(sentence, place), "")
    return unit, place + 1 if unit else at


def _bound(sentence: Sentence, start: int, end: int) -> str:
    before = [token.low for token in sentence[max(start - 4, 0) : start] if token.low != "a"]
    if before[-1:] == ["between"] or (before[-1:] == ["and"] and "between" in before):
        return "between"
    for kind, phrase in _BEFORE:
        if tuple(before[-len(phrase) :]) == phrase:
            return kind
    after = [_low(sentence, end), _low(sentence, end + 1)]
    return {"or so": "about", "or more": "lower", "or less": "upper"}.get(" ".join(after), "")


def _low(sentence: Sentence, at: int) -> str:
    return sentence[at].low if 0 <= at < len(sentence) else ""


def _whole(sentence: Sentence, at: int) -> int:
    """Return the whole number at a token, as a day or a year is written; 0 if there is none."""
    token = sentence[at] if 0 <= at < len(sentence) else None
    if token is None or token.kind != "number" or not token.text.isdigit():
        return 0
    return int(token.text) if token.tail in {"", "st", "nd", "rd", "th"} else 0


def _month(sentence: Sentence, at: int) -> int:
    token = sentence[at] if 0 <= at < len(sentence) else None
    return MONTHS.get(token.low, 0) if token and token.capital else 0


def _text(tokens: Sequence[Token]) -> str:
    return " ".join(token.text + token.tail for token in tokens)
