"""Values and names: every number, unit, date and name stands in the source."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from groundwire.ground.units import units
from groundwire.ground.words import HONORIFICS
from groundwire.text.values import missing, values

if TYPE_CHECKING:
    from datetime import date

_PLAIN = re.compile(r"[\w\s.,;:!?'\"()/&%$€£¥₹°*+–—…-]*", re.UNICODE)


def foreign_values(sentence: str, source: str, published: date | None) -> tuple[str, ...]:
    """Return the numbers, units and dates of a sentence that its source does not say."""
    lacking = missing(values(sentence, published), values(source, published))
    return tuple(value.span.of(sentence) for value in lacking)


def foreign_names(sentence: str, source: str, passage: str) -> tuple[str, ...]:
    """Return the capitalised words of a sentence that are no words of its source.

    A title that the passage gives the same person is none.
    """
    said = {unit.key for unit in units(source)}
    titled = {unit.key for unit in units(passage)} & HONORIFICS
    return tuple(
        unit.span.of(sentence)
        for unit in units(sentence)
        if unit.name and unit.key not in said | titled
    )


def foreign_signs(sentence: str, source: str) -> tuple[str, ...]:
    """Return the signs of a sentence that are neither plain punctuation nor in its source.

    Markup, mentions, addresses and escape sequences show by their signs.
    """
    allowed = set(source) | set("’‘“”")
    odd = dict.fromkeys(c for c in sentence if not _PLAIN.fullmatch(c) and c not in allowed)
    odd |= dict.fromkeys(
        c for c in sentence if c.isalpha() and not c.isascii() and c not in allowed
    )
    if "://" in sentence and "://" not in source:
        odd["://"] = None
    return tuple(odd)
