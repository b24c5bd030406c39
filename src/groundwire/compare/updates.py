"""Whether a differing value is the later one of a thing that moved, or was corrected."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from groundwire.compare.figures import figures

if TYPE_CHECKING:
    from groundwire.compare.pairing import Found
    from groundwire.compare.subjects import Said

_CHANGED = re.compile(
    r"\b(?:ros?e|risen|rises|rising|climb(?:ed|s)|increased?|grown?|grew|jumped|soared|fell|fallen"
    r"|dropped|lowered|cut\sto|raised|revis\w+|updated?|corrected|correction|now|no\slonger|earlier"
    r"|previous(?:ly)?|initial(?:ly)?|originally|first\s(?:said|version)|up\sfrom|down\sfrom"
    r"|put\sback|postponed|delayed|brought\sforward|mistaken|has\sbeen\smoved|so\sfar)\b",
    re.IGNORECASE,
)
_CORRECTED = re.compile(r"\b(?:corrected|correction|updated?|clarification)\b", re.IGNORECASE)
_REACH = 60
_SMALL = 12
_SURE = 0.68


def is_update(found: Found, left: Said, right: Said) -> bool:
    """Return whether the later of two documents replaces the value of the earlier.

    It does if both are of one outlet, or if the later sentence itself presents a change, or cites
    the value that it replaces.
    """
    days = left.published, right.published
    later = _later(left, right)
    if later is None or found.kind == "quote":
        return False
    new, old = later
    again = new.source and new.source == old.source and found.when != "occasion"
    if again and found.score >= _SURE:
        return True
    if _CORRECTED.search(new.account.info.title) and not _CORRECTED.search(old.account.info.title):
        return False
    value, was = (found.left, found.right) if new is left else (found.right, found.left)
    near = new.sentence.text[max(0, value.start - _REACH) : value.end + _REACH]
    moved = days[0] != days[1] and bool(_CHANGED.search(near))
    return moved or _cites(new, was.of(old.sentence.text))


def _cites(new: Said, was: str) -> bool:
    """Return whether a later sentence also gives the value that it replaces."""
    return any(
        figure.equals(other) and figure.sort == other.sort and figure.written > _SMALL
        for figure in new.facts.figures
        for other in figures(was)
    )


def _later(left: Said, right: Said) -> tuple[Said, Said] | None:
    """Return the later and the earlier of two sentences; None if it is not known."""
    days = left.published, right.published
    if days[0] is None or days[1] is None:
        return None
    if days[0] == days[1]:
        if _CORRECTED.search(left.account.info.title):
            return left, right
        return (right, left) if _CORRECTED.search(right.account.info.title) else None
    return (left, right) if days[0] > days[1] else (right, left)
