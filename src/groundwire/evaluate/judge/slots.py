"""Who did what to whom: names and figures in the places that the evidence gives them.

A slot is what stands around a name or a figure: the words before it and after it, nearer ones
counting more. For each name and figure of a sentence the slot of the evidence is sought that is
most like its own. If another name or another figure fills that slot, two were exchanged.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from groundwire.evaluate.judge.figures import figures
from groundwire.evaluate.judge.vocabulary import DAYS, DETERMINERS, SPEAKING, listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from groundwire.evaluate.judge.figures import Figure
    from groundwire.evaluate.judge.tokens import Sentence

_REACH = 6
_OTHER_SIDE = 0.2
_MARGIN = 1.25
_LEAST = 0.45
_BE = listed("is are was were be been being am")
_BOUND_TO = listed("from to by than before after over against under for with")
_PREPOSITION = 0.4
_JOINTS = listed("and or but while to than")
_PARTING = 3


@dataclass(frozen=True, slots=True)
class Slot:
    """A name or a figure and what stands around it.

    Attributes:
        name: Keys of the words of a name, or of a thing such as "the owner"; empty for a figure.
        figure: The figure; None for a name.
        around: Weight of what stands around it, by side and key.
        sure: Whether it is a name for certain: not a lone word at the beginning of a sentence.
        thing: Whether it is a thing and no name.
        speaks: Whether it is who says something: that may be told before or after what is said.
        text: As written, for the reasons.
    """

    name: frozenset[str]
    figure: Figure | None
    around: dict[tuple[str, str], float]
    sure: bool
    text: str
    thing: bool = False
    speaks: bool = False

    def same(self, other: Slot) -> bool:
        """Return whether this slot of the evidence is filled by what fills another."""
        if other.figure:
            return self.figure is not None and self.figure.bears(other.figure)
        return bool(self.name & other.name) and (self.name <= other.name or other.name <= self.name)

    def likeness(self, other: Slot) -> float:
        """Return how much of what is around this slot is around another, nearer words first."""
        total = 0.0
        for (side, key), weight in self.around.items():
            mirrored = {"L": "R", "R": "L"}.get(side, "")
            there = other.around.get((side, key), 0.0)
            across = _OTHER_SIDE * other.around.get((mirrored, key), 0.0)
            total += min(weight, max(there, across))
        return total


def slots(sentence: Sentence, *, skipping: bool = False) -> tuple[Slot, ...]:
    """Return the names, figures and things of a sentence with what stands around them.

    Args:
        sentence: The sentence.
        skipping: Whether what stands behind an insertion such as ", who leads it," counts as
            near, too: a sentence may leave out what its evidence inserts.
    """
    found = figures(sentence)
    taken = {at for one in found for at in range(one.start, one.end)}
    made = [
        Slot(
            frozenset(),
            one,
            _around(sentence, one.start, one.end, skipping=skipping),
            sure=True,
            text=one.text,
        )
        for one in found
    ]
    for start, end in _names(sentence, taken):
        words = [token for token in sentence[start:end] if token.kind == "word"]
        keys = frozenset(token.low for token in words if token.content)
        sure = end - start > 1 or not sentence[start].first
        text = " ".join(token.text for token in words)
        around, speaks = (
            _around(sentence, start, end, skipping=skipping),
            _speaks(sentence, start, end),
        )
        made.append(Slot(keys, None, around, sure, text, speaks=speaks))
    return (*made, *_things(sentence, taken, skipping=skipping))


def _things(sentence: Sentence, taken: set[int], *, skipping: bool) -> Iterator[Slot]:
    """Yield the plain words that follow an article or "its", up to the next small word."""
    for at, token in enumerate(sentence[:-1]):
        end = at + 1
        while token.low in DETERMINERS and end < len(sentence) and _plain(sentence, end, taken):
            end += 1
        if end > at + 1:
            words = sentence[at + 1 : end]
            keys = frozenset(word.key for word in words)
            around = _around(sentence, at + 1, end, skipping=skipping)
            text = " ".join(word.text for word in words)
            speaks = _speaks(sentence, at + 1, end) or bool(SPEAKING & {w.low for w in words})
            yield Slot(keys, None, around, sure=True, text=text, thing=True, speaks=speaks)


def _speaks(sentence: Sentence, start: int, end: int) -> bool:
    """Return whether words are right before a word of speech, or close a clause after one."""
    at = _first_before(sentence, start)
    closes = end == len(sentence) or sentence[end].kind == "mark"
    cited = [_low(sentence, at - 1), _low(sentence, at)] == ["according", "to"]
    return cited or _low(sentence, end) in SPEAKING or (closes and _low(sentence, at) in SPEAKING)


def _plain(sentence: Sentence, at: int, taken: set[int]) -> bool:
    token = sentence[at]
    return token.content and not token.capital and at not in taken and token.kind == "word"


def exchanged(said: Sentence, evidence: Sequence[Sentence]) -> Iterator[str]:
    """Yield in words the names and figures that stand where the evidence has others.

    Things need more: the sentence must speak of both, or it may just have said less.
    """
    there = [(slot, one) for one in evidence for slot in slots(one, skipping=True)]
    common = {token.low for one in evidence for token in one if not token.capital} | SPEAKING
    own = {token.key for token in said}
    for slot in slots(said):
        filled = [other for other, _ in there if other.same(slot)]
        same = [slot.likeness(other) for other in filled]
        if not same and (slot.thing or slot.sure or slot.name <= common):
            continue
        if slot.speaks and any(other.speaks for other in filled):
            continue
        rivals = [
            (slot.likeness(other), other, one)
            for other, one in there
            if not other.same(slot)
            and _alike(slot, other)
            and (other.sure or not other.name <= common)
            and (not other.thing or other.name <= own)
        ]
        best, rival, one = max(rivals, key=lambda found: found[0], default=(0.0, slot, said))
        wins = best >= _LEAST and best > _MARGIN * max(same, default=0.0)
        if wins and not _paired(slot, rival, said, one):
            yield f"the source has “{rival.text}” where this has “{slot.text}”"


def _alike(slot: Slot, other: Slot) -> bool:
    """Return whether one could stand for the other: two names, or two figures of one sort."""
    if slot.figure is None or other.figure is None:
        return (
            slot.figure is other.figure
            and slot.thing == other.thing
            and not slot.name & other.name
            and bool(slot.name & DAYS) == bool(other.name & DAYS)
        )
    return slot.figure.sort == other.figure.sort


def _paired(slot: Slot, rival: Slot, said: Sentence, source: Sentence) -> bool:
    """Return whether a figure is nearer than its rival to the figure that it is told with.

    "5,000 in 2019 and 7,000 in 2020" says 7,000 of 2020, though "cars" stands beside 5,000.
    """
    if slot.figure is None or rival.figure is None:
        return False
    own, found = slot.figure, figures(source)
    mates = [mate for mate in figures(said) if mate.sort != own.sort]
    mate = min(mates, key=lambda one: _apart(said, own, one), default=None)
    held = [one for one in found if mate and one.bears(mate)]
    bearing = [one for one in found if one.bears(own)]
    if not held or not bearing:
        return False
    nearest = min(_apart(source, one, other) for one in bearing for other in held)
    return nearest < min(_apart(source, rival.figure, other) for other in held)


def _apart(sentence: Sentence, one: Figure, other: Figure) -> int:
    """Return how many tokens lie between two figures; those that part clauses count more."""
    first, last = sorted((one, other), key=lambda figure: figure.start)
    between = sentence[first.end : last.start]
    return len(between) + _PARTING * sum(word.breaks or word.low in _JOINTS for word in between)


def _names(sentence: Sentence, taken: set[int]) -> Iterator[tuple[int, int]]:
    """Yield the runs of capitalised words."""
    at = 0
    while at < len(sentence):
        end = at
        while end < len(sentence) and end not in taken and _named(sentence, end):
            end += 1
        if any(token.content for token in sentence[at:end]):
            yield at, end
        at = max(end, at + 1)


def _named(sentence: Sentence, at: int) -> bool:
    token = sentence[at]
    if token.kind == "mark":
        inside = 0 < at < len(sentence) - 1 and token.text == "-"
        return inside and sentence[at - 1].capital and sentence[at + 1].capital
    return token.capital and (token.content or not token.first)


def _around(
    sentence: Sentence, start: int, end: int, *, skipping: bool
) -> dict[tuple[str, str], float]:
    """Return the weight of what stands around a stretch: 1 for the nearest, then 1/2, 1/3."""
    around: dict[tuple[str, str], float] = {}
    lead = _low(sentence, _first_before(sentence, start))
    before, after = range(start - 1, -1, -1), range(end, len(sentence))
    for side, places in (("L", before), ("R", after)):
        behind = _past_insertion(sentence, places) if skipping else range(0)
        for reading in (places, behind):
            near = [at for at in reading if sentence[at].content][:_REACH]
            for distance, at in enumerate(near, 1):
                turned = _passive(sentence, at) and (side == "R" or lead == "by")
                key = ("LR"[(side == "R") != turned], sentence[at].key)
                around[key] = max(around.get(key, 0.0), 1 / distance)
    if lead in _BOUND_TO:
        around["P", lead] = _PREPOSITION
    return around


def _past_insertion(sentence: Sentence, places: range) -> range:
    """Return the places behind what stands between two commas or brackets at the first place."""
    if not places or not sentence[places[0]].breaks:
        return range(0)
    behind = (n for n, at in enumerate(places) if n and sentence[at].breaks)
    return places[next(behind, len(places)) :]


def _first_before(sentence: Sentence, start: int) -> int:
    """Return the token before a name or figure, articles and titles skipped."""
    at = start - 1
    while at >= 0 and sentence[at].low in {"the", "a", "an", "mr", "mrs", "ms", "about"}:
        at -= 1
    return at


def _passive(sentence: Sentence, at: int) -> bool:
    """Return whether a word is a participle after a form of "be"."""
    if not sentence[at].low.endswith(("ed", "en", "wn", "nt", "ld", "de", "ght")):
        return False
    return any(_low(sentence, at - step) in _BE for step in (1, 2))


def _low(sentence: Sentence, at: int) -> str:
    return sentence[at].low if 0 <= at < len(sentence) else ""
