"""Order and company: whether a sentence follows its source word by word.

A draft follows a source if it can be made from it by listed edits alone: leaving out a part that
``ground.gaps`` allows, adding an article or a "that", writing a value or a name in another form,
changing an ending. Every name, number and negation then keeps its place among its neighbours, so
that exchanged names or numbers, and subjects and objects that changed places, are found out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from groundwire.ground.gaps import Source
from groundwire.ground.units import units
from groundwire.ground.words import ARTICLES, FREE_IN_DRAFT, HONORIFICS, QUANTIFIERS
from groundwire.text.speech import attributions, same_cue

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from groundwire.domain.spans import Span
    from groundwire.ground.units import Unit
    from groundwire.text.speech import Attribution

_AUXILIARY = frozenset({"have", "say", "that", "and", "also"})
_UNFINISHED = ARTICLES | {"and", "or"}
_CONTRAST = re.compile(r"[,;–—-]\s*(?:but|while|although|though|whereas|and)\b|;")

State = tuple[int, bool]


def follows(draft: str, source: str, passage: str, published: date | None = None) -> bool:
    """Return whether a drafted sentence can be made from its source by the listed edits.

    A clause that says who speaks may move from one end of the sentence to the other.

    Args:
        draft: The drafted sentence.
        source: The source sentence, or two that follow one another in the passage.
        passage: The passage they stand in.
        published: The day from which the dates of both are counted.
    """
    spoken = attributions(source)
    written, read = units(draft, published), units(source, published)
    pairs = tuple((one.speaker, one.cue) for one in spoken)
    if _derives(written, Source(read, source, passage, pairs)):
        return True
    said = attributions(draft)
    if len(said) != 1 or len(spoken) != 1 or not _same_speech(draft, said[0], source, spoken[0]):
        return False
    body = Source(_outside(read, spoken[0].clause), source, passage)
    ends = not any(map(str.isalnum, source[spoken[0].clause.end :]))
    if (
        not ends
        and _place(draft, said[0]) != _place(source, spoken[0])
        and _CONTRAST.search(source)
    ):
        return False
    speaker = Source(_inside(read, spoken[0].speaker), source, passage)
    return _derives(_inside(written, said[0].speaker), speaker) and _derives(
        _outside(written, said[0].clause), body
    )


def _place(sentence: str, one: Attribution) -> tuple[bool, bool]:
    """Return whether an attribution opens and whether it closes a sentence."""
    before, after = sentence[: one.clause.start], sentence[one.clause.end :]
    return not any(map(str.isalnum, before)), not any(map(str.isalnum, after))


def _same_speech(draft: str, said: Attribution, source: str, spoken: Attribution) -> bool:
    """Return whether two attributions report alike and neither adds when or to whom."""
    if not same_cue(said.cue.of(draft), spoken.cue.of(source)):
        return False
    around = [
        [u.key for u in units(text) if one.clause.contains(u.span) and _is_around(u, one)]
        for text, one in ((draft, said), (source, spoken))
    ]
    return not around[0] or around[0] == around[1]


def _is_around(unit: Unit, one: Attribution) -> bool:
    outside = not (one.speaker.contains(unit.span) or one.cue.contains(unit.span))
    return outside and unit.kind != "mark" and unit.key not in _AUXILIARY | {"to"}


def _inside(found: Sequence[Unit], span: Span) -> tuple[Unit, ...]:
    return tuple(unit for unit in found if span.contains(unit.span))


def _outside(found: Sequence[Unit], span: Span) -> tuple[Unit, ...]:
    return tuple(unit for unit in found if not span.contains(unit.span))


def _derives(draft: Sequence[Unit], source: Source) -> bool:
    """Return whether the listed edits lead from the source units to the draft's.

    The edits are run as a machine whose state is how much of the source is used up, and whether
    a part was just left out: two such parts in a row would put together what is apart.
    """
    asks = any(unit.key == "?" for unit in source.units)
    if any(unit.key == "?" for unit in draft) and not asks:
        return False
    said = [unit for unit in draft if unit.kind != "mark"]
    if not said or said[-1].key in _UNFINISHED:
        return False
    states = _widened({(0, False)}, source)
    for unit, then in zip(said, [*said[1:], None], strict=True):
        after: set[State] = set()
        for index, gapped in states:
            if index < len(source.units) and source.units[index].says(unit):
                after.add((index + 1, gapped and unit.key in FREE_IN_DRAFT))
            if _may_be_added(unit, then, index, source):
                after.add((index, gapped))
        if not after:
            return False
        states = _widened(after, source)
    return any(index == len(source.units) for index, _ in states)


def _widened(states: set[State], source: Source) -> set[State]:
    """Return the states with all that can be reached by leaving out parts of the source."""
    todo, seen = list(states), set(states)
    while todo:
        index, gapped = todo.pop()
        if index >= len(source.units):
            continue
        reached = [(index + 1, gapped)] if source.free(index) else []
        reached += [(end, gapped) for end in source.short.get(index, ())]
        if not gapped:
            reached += [(end, True) for end in source.gaps.get(index, ())]
        for state in reached:
            if state not in seen:
                seen.add(state)
                todo.append(state)
    return seen


def _may_be_added(unit: Unit, then: Unit | None, index: int, source: Source) -> bool:
    """Return whether a draft may add a word, before another, at a place of the source."""
    if unit.key in FREE_IN_DRAFT:
        return then is None or then.key not in QUANTIFIERS
    if unit.key == "and":
        return any(
            0 <= n < len(source.units) and source.units[n].kind == "mark"
            for n in (index - 1, index)
        )
    if unit.key in HONORIFICS and index < len(source.units):
        name = source.units[index].span.of(source.text)
        return bool(
            re.search(rf"\b{unit.key}\.?\s{re.escape(name)}\b", source.passage, re.IGNORECASE)
        )
    return False
