"""Units, scales and bounds in which figures are written, each with what it is worth."""

from __future__ import annotations

from typing import Literal

Bound = Literal["exact", "about", "above", "below", "between"]

_MEASURES: dict[str, dict[str, float]] = {
    "length": {
        "metre meter metres meters": 1,
        "kilometre kilometer kilometres kilometers km kms": 1e3,
        "centimetre centimeter centimetres centimeters cm": 0.01,
        "millimetre millimeter millimetres millimeters mm": 1e-3,
        "mile miles": 1609.344,
        "foot feet ft": 0.3048,
        "inch inches": 0.0254,
        "yard yards": 0.9144,
    },
    "distance": {"light-year light-years": 1},
    "area": {"hectare hectares": 1e4, "acre acres": 4046.86},
    "volume": {"litre liter litres liters": 1, "gallon gallons": 3.785, "barrel barrels": 159},
    "mass": {
        "tonne tonnes": 1e3,
        "ton tons": 1e3,
        "kilogram kilograms kilo kilos kg": 1,
        "gram grams": 1e-3,
        "lb lbs": 0.4536,
    },
    "speed": {"knot knots": 1.852, "mph": 1.609344, "km/h kph kmh": 1},
    "degrees": {"degree degrees °c °f": 1},
    "power": {"megawatt megawatts mw": 1, "gigawatt gigawatts gw": 1e3, "kw": 1e-3},
    "duration": {
        "second seconds": 1 / 86400,
        "minute minutes": 1 / 1440,
        "hour hours": 1 / 24,
        "day days": 1,
        "week weeks": 7,
        "fortnight": 14,
        "month months": 30.44,
        "year years": 365.25,
        "decade decades": 3652.5,
        "century centuries": 36525,
    },
    "points": {"percentage-point percentage-points": 1},
}
UNITS: dict[str, tuple[str, float]] = {
    word: (sort, size)
    for sort, listed in _MEASURES.items()
    for words, size in listed.items()
    for word in words.split()
}
"""Units with what they measure and their size in its base unit."""

RANGES: dict[str, tuple[float, float]] = {
    "tens of thousands": (2e4, 9.9e4),
    "tens of millions": (2e7, 9.9e7),
    "hundreds of thousands": (2e5, 9.9e5),
    "hundreds of millions": (2e8, 9.9e8),
    "several dozen": (24, 99),
    "a few dozen": (24, 72),
    "several hundred": (200, 950),
    "a few hundred": (200, 600),
    "several thousand": (2000, 9500),
    "a few thousand": (2000, 6000),
    "dozens": (24, 99),
    "scores": (40, 180),
    "hundreds": (200, 999),
    "thousands": (2000, 2e4),
    "millions": (2e6, 2e7),
    "billions": (2e9, 2e10),
}
"""Numbers that are named by their size only, and between which bounds they are meant."""

SIGNS = {"$": "usd", "us$": "usd", "€": "eur", "£": "gbp", "¥": "yen", "₹": "inr"}
CURRENCIES = {"dollar": "usd", "euro": "eur", "pound": "gbp", "sterling": "gbp", "yen": "yen"}
CURRENCIES |= {"yuan": "yuan", "rupee": "inr", "rouble": "rub", "ruble": "rub", "franc": "chf"}
PARTS = {"half": 2, "halve": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6}
PARTS |= {"seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10}
PERIODS = {"day": 365.25, "week": 52.18, "month": 12.0, "year": 1.0, "decade": 0.1}
"""How often a year something happens that happens once in one."""

_LISTED: dict[Bound, str] = {
    "about": "about|around|some|roughly|approximately|circa|an estimated|estimated at|estimated",
    "above": "more than|over|at least|no less than|no fewer than|not less than|upwards of"
    "|just over|well over|exceeding|exceeded|exceeds|topped|above|a minimum of",
    "below": "nearly|almost|close to|just under|under|less than|fewer than|below|up to"
    "|as many as|as much as|at most|no more than|not more than|a maximum of|within",
}
BOUNDS: dict[str, Bound] = {
    word: bound for bound, listed in _LISTED.items() for word in listed.split("|")
}
EASY = frozenset({"nearly", "almost", "close to", "just under"})
"""Bounds that the number nearly reaches."""

OPEN = frozenset({"at least", "no less than", "no fewer than", "upwards of", "a minimum of"})
"""Bounds that the number may be far from."""
