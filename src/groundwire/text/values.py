"""Values in news text: numbers with what they count, shares, money, ordinals, times and dates."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from groundwire.domain.spans import Span
from groundwire.text.dates import dates
from groundwire.text.numerals import numbers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

Kind = Literal["date", "clock", "money", "share", "quantity", "ordinal", "number"]

_WORDS = (
    "zero|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen"
    "|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
)
_SCALES = "dozen|hundred|thousand|lakh|million|crore|billion|trillion"
_FIGURE = r"(?<![\w.,])\d+(?:,\d{2,3})*(?:\.\d+)?(?![\d])"
_SPELLED = (
    rf"(?<!\w)(?:(?:{_WORDS}|one)(?:[\s-](?:{_WORDS}|one))?|half(?:\san?)?(?=\s(?:{_SCALES})))"
    rf"(?:[\s-](?:{_SCALES})s?(?:\s(?:and\s)?(?:{_WORDS}|one)(?:-(?:{_WORDS}|one))?)?)*\b"
)
_NUMBER = (
    rf"(?:{_FIGURE}(?:\s?(?:bn|mn|mln|bln|tn|trn|k)\b|(?:[\s-](?:{_SCALES})s?\b)+)?"
    rf"|{_SPELLED}|(?<!\w)(?:{_SCALES})s?\b)"
)
_SIGNS = {"$": "usd", "us$": "usd", "hk$": "hkd", "a$": "aud", "c$": "cad", "€": "eur", "£": "gbp"}
_SIGNS |= {"¥": "yen", "₹": "inr", "usd": "usd", "eur": "eur", "gbp": "gbp"}
_CURRENCIES = {"dollar": "usd", "euro": "eur", "pound": "gbp", "sterling": "gbp", "yen": "yen"}
_CURRENCIES |= {"yuan": "yuan", "rupee": "inr", "rouble": "rub", "ruble": "rub", "franc": "chf"}
_UNITS = {
    word: unit
    for unit, words in {
        "metre": "metre meter",
        "kilometre": "kilometre kilometer km",
        "centimetre": "centimetre centimeter cm",
        "millimetre": "millimetre millimeter mm",
        "mile": "mile",
        "foot": "foot feet ft",
        "inch": "inch inches",
        "yard": "yard",
        "acre": "acre",
        "hectare": "hectare",
        "tonne": "tonne",
        "ton": "ton",
        "kilogram": "kilogram kilo kg",
        "gram": "gram",
        "litre": "litre liter",
        "gallon": "gallon",
        "barrel": "barrel",
        "degree": "degree",
        "knot": "knot",
        "light-year": "light-year",
        "megawatt": "megawatt mw",
        "percentage point": "percentage-point",
        "second": "seconds",
        "minute": "minute",
        "hour": "hour",
        "day": "day",
        "week": "week",
        "month": "month",
        "year": "year",
        "decade": "decade",
    }.items()
    for word in words.split()
}
_UNIT = "|".join(sorted((u.replace("-", r"[\s-]") for u in _UNITS), key=len, reverse=True))
_PARTS = {"half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7}
_PARTS |= {"eighth": 8, "ninth": 9, "tenth": 10, "halve": 2, "twentieth": 20, "hundredth": 100}
_COUNTED = {"a": 1, "an": 1, "one": 1}
_ORDINAL_WORDS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
)
_ORDINALS = {word: n for n, word in enumerate(_ORDINAL_WORDS.split(), 1)}
_LOW = rf"(?:(?P<low>{_NUMBER})(?:\s?[-\u2013]\s?|\sto\s|(?<=\w)\sand\s))?"


_LETTERS = re.compile(r"[\s-]?[a-z]+", re.IGNORECASE)


def _shape(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_SHAPES: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("clock", _shape(r"\b(?P<h>\d{1,2})(?:[:.](?P<m>\d\d))?\s?(?P<half>[ap])\.?m\b\.?")),
    ("clock", _shape(r"\b(?P<h>[01]?\d|2[0-3]):(?P<m>[0-5]\d)\b")),
    (
        "money",
        _shape(
            rf"(?P<sign>(?:\b(?:US|HK|A|C))?\$|[€£¥₹]|\b(?:USD|EUR|GBP)\s)\s?"
            rf"(?:(?P<low>\d[\d.,]*)[-\u2013])?"
            rf"(?P<amount>\d+(?:,\d{{2,3}})*(?:\.\d+)?(?:\s?(?:bn|mn|mln|bln|tn|trn|[kmbt])\b"
            rf"|(?:[\s-](?:{_SCALES})s?\b)+)?)"
        ),
    ),
    (
        "money",
        _shape(
            rf"{_LOW}(?P<amount>{_FIGURE}m\b|{_NUMBER})[\s-](?:US\s)?"
            rf"(?P<currency>{'|'.join(_CURRENCIES)})s?\b"
        ),
    ),
    ("share", _shape(rf"{_LOW}(?P<amount>{_NUMBER}|\bone)[\s-]?(?:%|per\s?cent\b|pct\b)")),
    (
        "share",
        _shape(
            rf"\b(?P<top>an?|one|{_WORDS})[\s-](?P<part>{'|'.join(_PARTS)})"
            r"(?:s\b|\b(?=\s(?:of|as|less|more|higher|lower|larger|smaller|below|above)\b|\W*$"
            r"|[.,;:]))"
        ),
    ),
    (
        "share",
        _shape(
            r"(?<!first\s)(?<!second\s)(?<!other\s)(?<!-)\b(?P<part>half)\b"
            rf"(?!-|\san?\shour|\s(?:an?\s)?(?:{_SCALES})\b)"
        ),
    ),
    ("quantity", _shape(rf"{_LOW}(?P<amount>{_NUMBER}|\bone)[\s-]?(?P<unit>{_UNIT})s?\b")),
    ("ordinal", _shape(rf"\b(?:(?P<tens>{_WORDS})-)?(?P<word>{'|'.join(_ORDINALS)})\b")),
    ("ordinal", _shape(r"\b(?P<figure>\d+)(?:st|nd|rd|th)\b")),
    ("number", _shape(r"(?<![\w.,])(?P<doubtful>\d+(?:\.\d+)?)m\b")),
    ("number", _shape(rf"(?P<amount>{_NUMBER})")),
)


@dataclass(frozen=True, slots=True)
class Value:
    """A value in a text.

    Attributes:
        span: Where it stands, with its unit.
        kind: What sort of value it is.
        canonical: The form in which it is compared: ``share:9/10``, ``money:916000000:usd``,
            ``quantity:14:year``, ``ordinal:3``, ``number:25``, or a date as in ``text.dates``.
        forms: Everything that the value also says, itself among it: a date says its month.
    """

    span: Span
    kind: Kind
    canonical: str
    forms: frozenset[str]

    def says(self, other: Value) -> bool:
        """Return whether this value says the other one, exactly or more exactly."""
        return other.canonical in self.forms


@lru_cache(maxsize=4096)
def values(text: str, published: date | None = None) -> tuple[Value, ...]:
    """Return the values of a text in order, none overlapping another.

    "90%", "90 percent" and "nine tenths" are one value, so are "$1.2bn" and "1.2 billion dollars",
    "14 years" and "14-year", "20 June 2019" and "2019-06-20", "third" and "3rd". The ends of a
    range are two values and share the unit. "One" alone and figures inside a name ("G20", "M87")
    are no values. Units are not converted into one another.

    Args:
        text: Any text.
        published: The day from which "Thursday" or "last February" is counted, if known.
    """
    found = [_of_date(day.span, day.canonical, day.forms) for day in dates(text, published)]
    free = list(text)
    for value in found:
        free[value.span.start : value.span.end] = "\0" * len(value.span)
    for kind, shape in _SHAPES:
        for match in shape.finditer("".join(free)):
            for value in _read(kind, match):
                found.append(value)
                free[value.span.start : value.span.end] = "\0" * len(value.span)
    return tuple(sorted(found, key=lambda value: value.span))


def missing(wanted: Iterable[Value], given: Iterable[Value]) -> tuple[Value, ...]:
    """Return the values of ``wanted`` that no value of ``given`` says, in order."""
    said = frozenset().union(*(value.forms for value in given))
    return tuple(value for value in wanted if value.canonical not in said)


def _of_date(span: Span, canonical: str, forms: frozenset[str]) -> Value:
    years = frozenset(f"number:{form}" for form in forms if form.isdigit())
    return Value(span, "date", canonical, forms | years)


def _read(kind: Kind, match: re.Match[str]) -> Iterator[Value]:
    """Yield the value of a match, and the lower end of a range before it."""
    parts = match.groupdict()
    low = parts.get("low")
    start = match.start()
    if low:
        scale = _LETTERS.search(match["amount"]) if parts.get("sign") else None
        lower = _canonical(kind, parts | {"amount": low + (scale.group() if scale else "")})
        if lower:
            yield _plain(Span(match.start("low"), match.end("low")), kind, lower)
            start = match.start("amount")
    canonical = _canonical(kind, parts)
    if canonical:
        value = _plain(Span(start, match.end()), kind, canonical)
        doubtful = parts.get("doubtful")
        if doubtful:
            also = {f"quantity:{doubtful}:metre", f"number:{_number('$' + doubtful + 'm')}"}
            value = Value(value.span, kind, canonical, value.forms | also)
        yield value


def _plain(span: Span, kind: Kind, canonical: str) -> Value:
    return Value(span, kind, canonical, frozenset([canonical]))


def _canonical(kind: Kind, parts: dict[str, str | None]) -> str:
    """Return the form in which a value is compared; empty if it is none after all."""
    if kind == "clock":
        hour = int(parts["h"] or 0)
        if parts.get("half"):
            hour = hour % 12 + 12 * ((parts["half"] or "").casefold() == "p")
        return f"clock:{hour:02}:{parts.get('m') or '00'}"
    if kind == "ordinal":
        return _ordinal(parts)
    if kind == "share" and not parts.get("amount"):
        top = (parts.get("top") or "one").casefold()
        part = (parts.get("part") or "half").casefold()
        return f"share:{Fraction(_COUNTED.get(top) or int(_number(top) or 1), _PARTS[part])}"
    if parts.get("doubtful"):
        return f"number:{parts['doubtful']}m"
    return _counted(kind, parts)


def _counted(kind: Kind, parts: dict[str, str | None]) -> str:
    amount = _number(("$" if kind == "money" else "") + (parts.get("amount") or ""))
    if not amount:
        return ""
    if kind == "share":
        return f"share:{Fraction(amount) / 100}"
    if kind == "money":
        sign = (parts.get("sign") or "").casefold().strip()
        return f"money:{amount}:{_SIGNS.get(sign) or _CURRENCIES[_folded(parts, 'currency')]}"
    if kind == "quantity":
        return f"quantity:{amount}:{_UNITS[_folded(parts, 'unit').replace(' ', '-')]}"
    return "" if _folded(parts, "amount") == "one" else f"number:{amount}"


def _ordinal(parts: dict[str, str | None]) -> str:
    if parts.get("figure"):
        return f"ordinal:{int(parts['figure'] or 0)}"
    tens = int(_number(parts.get("tens") or "") or 0)
    return f"ordinal:{tens + _ORDINALS[_folded(parts, 'word')]}"


def _folded(parts: dict[str, str | None], name: str) -> str:
    return (parts.get(name) or "").casefold()


def _number(phrase: str) -> str:
    """Return the one number of a phrase, "one" included; empty if there is not just one."""
    found = numbers(phrase)
    if not found and phrase.casefold().strip("$ ") == "one":
        return "1"
    return found[0] if len(found) == 1 else ""
