"""The words for numbers, units and months."""

from __future__ import annotations

from fractions import Fraction

from groundwire.evaluate.judge.vocabulary import listed


def _numbered(words: str, first: int = 0, step: int = 1) -> dict[str, int]:
    """Return words that stand for numbers at equal distances; ``/`` parts words for one number."""
    return {
        word: first + step * place
        for place, same in enumerate(words.split())
        for word in same.split("/")
    }


SMALL = {
    **_numbered("zero one two three four five six seven eight nine ten eleven twelve"),
    **_numbered("thirteen fourteen fifteen sixteen seventeen eighteen nineteen", 13),
    **_numbered("twenty thirty forty fifty sixty seventy eighty ninety", 20, 10),
}
ORDINALS = _numbered("first second third fourth fifth sixth seventh eighth ninth tenth", 1)
MONTHS = _numbered(
    "january/jan february/feb march/mar april/apr may june/jun july/jul august/aug "
    "september/sep/sept october/oct november/nov december/dec",
    1,
)
SCALES = {
    word: value
    for value, words in (
        (12, "dozen"),
        (100, "hundred"),
        (10**3, "thousand k"),
        (10**6, "million millions m mn"),
        (10**9, "billion billions bn b"),
        (10**12, "trillion trillions tn"),
    )
    for word in listed(words)
}
UNITS = {
    word: words.partition(" ")[0]
    for words in (
        "% percent pc",
        "$ US$ dollar dollars usd",
        "£ pound pounds gbp sterling",
        "€ euro euros eur",
        "¥ yen",
        "yuan renminbi",
        "km kilometre kilometres kilometer kilometers",
        "metre metres meter meters",
        "cm centimetre centimetres centimeter centimeters",
        "mile miles",
        "foot feet ft",
        "tonne tonnes",
        "ton tons",
        "kg kilo kilos kilogram kilograms",
        "gram grams",
        "litre litres liter liters",
        "barrel barrels",
        "second seconds",
        "minute minutes",
        "hour hours",
        "day days",
        "week weeks",
        "month months",
        "year years",
        "decade decades",
        "degree degrees",
        "kph",
        "mph",
        "knot knots",
        "am",
        "pm",
    )
    for word in listed(words)
}
PARTS = {
    "half": Fraction(1, 2),
    "halves": Fraction(1, 2),
    "thirds": Fraction(1, 3),
    "quarter": Fraction(1, 4),
    "quarters": Fraction(1, 4),
    "tenths": Fraction(1, 10),
    "once": Fraction(1),
    "twice": Fraction(2),
    "double": Fraction(2),
    "triple": Fraction(3),
}
"""Words for parts and multiples; they are figures of a unit of their own, "x"."""
