"""Wording: a drafted sentence uses the words of its source."""

from __future__ import annotations

from groundwire.ground.units import inflected, units
from groundwire.ground.words import FREE_IN_DRAFT, HONORIFICS


def foreign_words(sentence: str, source: str) -> tuple[str, ...]:
    """Return the words of a sentence that stand in its source in no form.

    Names and values are left to ``ground.figures``. Articles, "that" and "and" may be added, and
    reporting verbs that say no more than "said" stand for one another.
    """
    free = FREE_IN_DRAFT | HONORIFICS | {"and", "say", "according", "to"}
    there = {unit.key for unit in units(source) if unit.kind == "word"}
    return tuple(
        dict.fromkeys(
            unit.span.of(sentence)
            for unit in units(sentence)
            if unit.kind == "word"
            and not unit.name
            and unit.key not in free | there
            and not any(inflected(unit.key, key) for key in there)
        )
    )
