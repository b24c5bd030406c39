"""Whether a differing value is the later one of a thing that moved, or was corrected."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from groundwire.compare.values.figures import figures

if TYPE_CHECKING:
    from groundwire.compare.values.pairing import Found
    from groundwire.compare.values.subjects import Said

_REVISED = re.compile(
    r"\b(?:revis\w+|updated?|corrected|correction|now|no\slonger|earlier|previous(?:ly)?|initial(?:ly)?"
    r"|originally|first\s(?:said|set|version)|up\sfrom|down\sfrom|put\sback|postponed|delayed"
    r"|brought\sforward|mistaken|has\sbeen\smoved|so\sfar|goes\sup|gone\sup)\b",
    re.IGNORECASE,
)
_MOVED = re.compile(
    r"\b(?:ros?e|risen|rises|climbed|climbs|increased?|grown?|grew|jumped|soared|fell|fallen|dropped"
    r"|lowered|cut|raised|up|down)\b[^.;]{0,40}\b(?:to|at)\s[^.;,]{0,15}$",
    re.IGNORECASE,
)
_HEADLINE = re.compile(
    r"\b(?:rises?|rose|risen|climbs?|increases?|grows?|jumps?|soars?|falls?|drops?|cuts?|raises?"
    r"|revis\w+|updated?|delayed|postponed|delay|again|now)\b",
    re.IGNORECASE,
)
_CORRECTED = re.compile(r"\b(?:corrected|correction|updated?|clarification)\b", re.IGNORECASE)
_AHEAD = re.compile(
    r"\b(?:will|is|are)\b(?:\s(?:now|still|to|expected|due|planned|forecast|estimated|likely)\b)+"
    r"|\bwill\b|\bto\sbe\sbuilt\b|\bto\sbuild\b|\bestimates?\b",
    re.IGNORECASE,
)
_RECALLED = re.compile(
    r"\b(?:was|were)\sto\shave\b|\bhad\sbeen\s(?:due|expected|planned|meant)\b", re.IGNORECASE
)
_REACH = 60
_WEEK, _MONTH = 7, 30
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
    text = new.sentence.text
    if _RECALLED.search(text, 0, value.start):
        return False
    near = text[max(0, value.start - _REACH) : value.end + _REACH]
    revised = _REVISED.search(near) or (
        found.kind == "number" and _MOVED.search(text, 0, value.start)
    )
    moved = (days[0] != days[1] and bool(revised)) or _is_about_change(new, old)
    moved = moved or _is_a_later_plan(new, old)
    return moved or _cites(new, was.of(old.sentence.text))


def _is_about_change(new: Said, old: Said) -> bool:
    """Return whether the later document, of another week, has a headline that tells of a change."""
    days = new.published, old.published
    if days[0] is None or days[1] is None or (days[0] - days[1]).days < _WEEK:
        return False
    return bool(_HEADLINE.search(new.account.info.title))


def _is_a_later_plan(new: Said, old: Said) -> bool:
    """Return whether both look ahead and a month or more lies between: plans and estimates move."""
    days = new.published, old.published
    if days[0] is None or days[1] is None or (days[0] - days[1]).days < _MONTH:
        return False
    return all(_AHEAD.search(said.sentence.text) for said in (new, old))


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
