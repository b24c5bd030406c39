"""What a rewriting may leave out of its source without saying more than the source does."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from groundwire.ground.words import (
    ACRONYMS,
    ARTICLES,
    CONDITIONS,
    CONTRASTS,
    DATE_PREPOSITIONS,
    DENIALS,
    DIRECTIONS,
    FREE_IN_SOURCE,
    HEDGING_ADVERBS,
    HONORIFICS,
    LEADS,
    OFFICES,
    OPENING_CONNECTIVES,
    PRONOUNS,
    QUANTIFIERS,
    RELATIVES,
)
from groundwire.text.lexicon import NAME_STARTERS
from groundwire.text.speech import negations

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from groundwire.domain.spans import Span
    from groundwire.ground.units import Unit

_ENDS = frozenset(".!?")
_PARTS = frozenset(",;:–—-")
_CLOSING = {"(": ")", "–": "–—-", "—": "–—-", "-": "–—-", ",": ",;", ";": ";", ":": ""}
_ALONE = 6
_GIVEN_AND_SURNAME = 2
_DEPUTIES = frozenset({"vice", "deputy"})
_TITLES = HONORIFICS | OFFICES | _DEPUTIES | frozenset(ACRONYMS.values())


@dataclass(frozen=True)
class Source:
    """Source units with what may be left out of them.

    Attributes:
        units: The units of one source sentence, or of two that follow one another.
        text: The text that the units' spans index.
        passage: The text around, which tells whether a short name is clear.
        spoken: Speaker and cue of each attribution in ``text``; neither may be left out.
    """

    units: Sequence[Unit]
    text: str
    passage: str
    spoken: tuple[tuple[Span, Span], ...] = field(default=())

    def free(self, index: int) -> bool:
        """Return whether one unit may be passed over wherever it stands."""
        unit = self.units[index]
        if unit.kind == "mark":
            return unit.key not in {"!", "?"}
        opens = index == 0 or self.units[index - 1].key in _ENDS
        if unit.key in ARTICLES and self._after(index) in QUANTIFIERS:
            return False
        if unit.key in FREE_IN_SOURCE or (opens and unit.key in OPENING_CONNECTIVES):
            return True
        return unit.key in HONORIFICS and self._before_name(index)

    def _after(self, index: int) -> str:
        return self.units[index + 1].key if index + 1 < len(self.units) else ""

    def _before_name(self, index: int) -> bool:
        after = self.units[index + 1] if index + 1 < len(self.units) else None
        return after is not None and after.name

    @cached_property
    def gaps(self) -> dict[int, tuple[int, ...]]:
        """Where the closed parts that may be left out begin, with the ends of each."""
        found: dict[int, set[int]] = {}
        for start, end in (*self._between_marks(), *self._leading()):
            found.setdefault(start, set()).add(end)
        return {start: tuple(sorted(ends)) for start, ends in found.items()}

    @cached_property
    def short(self) -> dict[int, tuple[int, ...]]:
        """The same for what may be left out beside another gap: parts of names, and the date."""
        found: dict[int, set[int]] = {}
        for start, end in (*self._names(), *self._days()):
            found.setdefault(start, set()).add(end)
        return {start: tuple(sorted(ends)) for start, ends in found.items()}

    def _between_marks(self) -> Iterator[tuple[int, int]]:
        """Yield parenthetical and trailing parts: from a mark up to one that closes it."""
        for start, unit in enumerate(self.units):
            if unit.kind != "mark" or unit.key not in _CLOSING:
                continue
            inner = 0
            for end in range(start + 1, len(self.units) + 1):
                key = self.units[end].key if end < len(self.units) else "."
                mark = end == len(self.units) or self.units[end].kind == "mark"
                closes = mark and (key in _CLOSING[unit.key] or (key in _ENDS and unit.key != "("))
                if closes and self._may_go(start + 1, end, inner):
                    yield start, end
                if mark and key in _ENDS:
                    break
                inner += mark

    def _may_go(self, start: int, end: int, inner: int) -> bool:
        """Return whether the units between two marks may be left out.

        With marks inside, only a relative clause may, or all that follows to the sentence's end;
        a list inside could hold what the rest of the sentence is about.
        """
        part = self.units[start:end]
        if not part or not self._harmless(start, end) or self._leaves_apposition(end):
            return False
        ends = end == len(self.units) or self.units[end].key in _ENDS
        if inner and not ends and self.units[start - 1].key != "(":
            joined = any(
                left.kind == "mark" and right.key in {"and", "or", "but", *RELATIVES}
                for left, right in pairwise(part)
            )
            return part[0].key in RELATIVES and not joined
        return True

    def _leaves_apposition(self, end: int) -> bool:
        """Return whether what follows a comma describes what would be left out before it."""
        after = self.units[end + 1] if end + 1 < len(self.units) else None
        comma = end < len(self.units) and self.units[end].key == ","
        describes = after is not None and (after.name or after.key in ARTICLES | RELATIVES)
        return comma and describes

    def _harmless(self, start: int, end: int) -> bool:
        """Return whether leaving a part out drops no condition, denial, hedge or speaker."""
        part = self.units[start:end]
        keys = [unit.key for unit in part]
        first = part[0].key
        if first in CONDITIONS or any(key in DENIALS for key in keys):
            return False
        relative = first in RELATIVES
        if not relative and any(key in HEDGING_ADVERBS or key in CONDITIONS for key in keys):
            return False
        text = self.text[part[0].span.start : part[-1].span.end]
        if first in CONTRASTS and negations(text):
            return False
        return not any(self._takes(start, end, speaker, cue) for speaker, cue in self.spoken)

    def _takes(self, start: int, end: int, speaker: Span, cue: Span) -> bool:
        """Return whether a part holds the cue or the whole speaker of an attribution."""
        left, right = self.units[start].span.start, self.units[end - 1].span.end
        has_cue = left < cue.end and cue.start < right
        return has_cue or (left <= speaker.start and speaker.end <= right)

    def _leading(self) -> Iterator[tuple[int, int]]:
        """Yield parts that open a sentence: adverbials with their comma, "The chairman, …"."""
        starts = [0, *(n + 1 for n, unit in enumerate(self.units) if unit.key in _ENDS)]
        for start in starts:
            comma = next((n for n in range(start, len(self.units)) if self._is_comma(n)), None)
            if comma is None or comma <= start or comma + 1 >= len(self.units):
                continue
            part = self.units[start:comma]
            opens = part[0].key in LEADS or part[0].kind == "value" or part[0].key.endswith("ly")
            named = any(unit.name for unit in part) and self.units[comma + 1].key in PRONOUNS
            if opens and self._harmless(start, comma) and not named:
                yield start, comma + 1
            if self._is_role(start, comma) and self._harmless(start, comma):
                yield start, comma + 1

    def _is_comma(self, index: int) -> bool:
        return self.units[index].kind == "mark"

    def _is_role(self, start: int, comma: int) -> bool:
        """Return whether "The chairman, Osama Rabie, …" opens here."""
        part = self.units[start:comma]
        after = comma + 1
        while after < len(self.units) and self.units[after].name:
            after += 1
        named = after > comma + 1 and after < len(self.units) and self.units[after].key == ","
        return named and len(part) <= _ALONE and self.units[comma].key == ","

    def _names(self) -> Iterator[tuple[int, int]]:
        """Yield the parts of names that a shorter form lacks."""
        for start, end in self._runs():
            keys = [unit.key for unit in self.units[start:end]]
            if keys[0] in DIRECTIONS or keys[0] in NAME_STARTERS:
                continue
            first, last = self.units[start], self.units[end - 1]
            short = len([key for key in keys if key not in _TITLES]) <= _GIVEN_AND_SURNAME
            if (short or self._stands_alone(last)) and not self._another(keys, last=True):
                for cut in range(start + 1, end):
                    if keys[cut - start] not in _TITLES:
                        yield from (
                            (begin, cut) for begin in range(start, cut) if self._sheds(begin)
                        )
            if self._stands_alone(first) and not self._another(keys, last=False):
                yield start + 1, end

    def _sheds(self, begin: int) -> bool:
        """Return whether leaving out part of a name leaves no part of a title behind."""
        before = self.units[begin - 1] if begin else None
        return before is None or before.key not in _DEPUTIES

    def _runs(self) -> Iterator[tuple[int, int]]:
        """Yield the runs of two names or more that no other unit parts."""
        start = 0
        for index in range(len(self.units) + 1):
            inside = index < len(self.units) and self.units[index].name
            if inside and index > start:
                gap = self.text[self.units[index - 1].span.end : self.units[index].span.start]
                inside = not gap.strip()
                if not inside:
                    if index - start > 1:
                        yield start, index
                    start = index
                    continue
            if not inside:
                if index - start > 1:
                    yield start, index
                start = index + 1

    def _stands_alone(self, unit: Unit) -> bool:
        """Return whether the passage itself uses one word of a name without the others."""
        word = re.escape(self.text[unit.span.start : unit.span.end])
        shape = rf"(?:(?P<before>\w+)\.?\s)?\b{word}\b(?!\s[A-Z])"
        befores = (match["before"] or "" for match in re.finditer(shape, self.passage))
        return any(not b[:1].isupper() or b.casefold() in _TITLES for b in befores)

    def _another(self, own: Sequence[str], *, last: bool) -> bool:
        """Return whether the passage has another full name with the word that would be left."""
        word = r"(?P<other>[A-Z]\w+)"
        shape = rf"\b{word}\s(?i:{re.escape(own[-1])})\b"
        if not last:
            shape = rf"\b(?i:{re.escape(own[0])})\s{word}"
        others = {match["other"].casefold() for match in re.finditer(shape, self.passage)}
        return bool(others - set(own) - _TITLES - {"the", "in", "on", "but", "and"})

    def _days(self) -> Iterator[tuple[int, int]]:
        """Yield "on Tuesday", "in May", "in 2018" where it is the only date."""
        days = [n for n, unit in enumerate(self.units) if _is_day(unit)]
        if len(days) != 1:
            return
        day = days[0]
        before = self.units[day - 1] if day else None
        if before is not None and before.key in DATE_PREPOSITIONS:
            yield day - 1, day + 1
        elif before is None or before.kind == "mark" or not self.units[day].key[0].isdigit():
            relative = not before or before.key not in {"since", "until", "by", "before", "after"}
            if relative and self.units[day].key.startswith("weekday"):
                yield day, day + 1


def _is_day(unit: Unit) -> bool:
    return (
        unit.kind == "value"
        and not unit.key.startswith(("share", "money", "quantity", "ordinal", "clock"))
        and (
            not unit.key.startswith("number")
            or bool(re.fullmatch(r"number:(1[5-9]|20)\d\d", unit.key))
        )
    )
