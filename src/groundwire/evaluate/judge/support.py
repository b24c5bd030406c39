"""Whether quotes bear a sentence out: everything that speaks against it, in words.

The test knows words, not their meaning. It is strict where a mistake does harm: figures, names,
denials, doubts and speakers must be those of the quotes, in the places that the quotes give them.
What is left of the sentence may be said in other words up to a point.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from groundwire.evaluate.judge.cues import keys_of, opposed, turned, unascribed, unlimited, weakened
from groundwire.evaluate.judge.figures import figures
from groundwire.evaluate.judge.reading import readable, turning
from groundwire.evaluate.judge.slots import exchanged, slots
from groundwire.evaluate.judge.tokens import sentences, stem
from groundwire.evaluate.judge.vocabulary import SPEAKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from groundwire.evaluate.judge.figures import Figure
    from groundwire.evaluate.judge.slots import Slot
    from groundwire.evaluate.judge.tokens import Sentence

COVERED = 0.9
"""Share of a sentence's ordinary words that must stand in the quotes in some form."""

_AKIN = 5
_ENDING = 4
_DRAWN_ON = 0.2
_SAYING = frozenset({"say", "tell", "accord"})
_QUOTED = re.compile(r'"([^"]{3,})"')
_STRANGE = re.compile(r"[^\w\s.,;:!?'\"()/&%$€£¥₹+-]")
_LOOSE = re.compile(r"[^\w%$£€]+")


def objections(sentence: str, quotes: Sequence[str]) -> tuple[str, ...]:
    """Return what speaks against a sentence, held against all of its quotes together.

    Args:
        sentence: What is said.
        quotes: What the citations quote.

    Returns:
        Reasons in words; empty if the quotes bear the sentence out.
    """
    return _objections(sentence, tuple(quotes))


@lru_cache(maxsize=256)
def _objections(sentence: str, quotes: tuple[str, ...]) -> tuple[str, ...]:
    if not quotes:
        return ("nothing is cited",)
    if turning(sentence) - turning("".join(quotes)):
        return ("it holds characters that reorder it on screen",)
    if _verbatim(sentence, quotes):
        return ()
    evidence = tuple(one for quote in quotes for one in sentences(quote))
    said = sentences(sentence)
    if not any(keys_of(one) for one in said):
        return ("it says nothing",)
    found = [*_misquoted(sentence, quotes), *_signs(sentence, quotes)]
    for one in said:
        found += _against(one, evidence)
    return tuple(dict.fromkeys(found))


def _verbatim(sentence: str, quotes: Sequence[str]) -> bool:
    """Return whether a sentence is one of its quotes, or all of them in their order."""
    whole = _bare(sentence)
    return bool(whole) and whole in {*map(_bare, quotes), _bare(" ".join(quotes))}


def _bare(text: str) -> str:
    return readable(text).strip(" .\"'")


def _misquoted(sentence: str, quotes: Sequence[str]) -> Iterator[str]:
    """Yield the words between quotation marks that no quote holds between such marks."""
    there = [_loose(found) for quote in quotes for found in _between_marks(readable(quote))]
    for words in _QUOTED.findall(readable(sentence)):
        if not any(_loose(words) in one for one in there):
            yield f"nobody is quoted with this in the source: “{words}”"


def _between_marks(text: str) -> list[str]:
    """Return what stands between quotation marks; a lone mark opens or closes at its end."""
    parts = text.split('"')
    if len(parts) % 2:
        return parts[1::2]
    return [*parts[1::2], *parts[0::2]]


def _signs(sentence: str, quotes: Sequence[str]) -> Iterator[str]:
    """Yield the signs that are no plain punctuation and stand in no quote."""
    strange = set(_STRANGE.findall(readable(sentence))) - set(readable("".join(quotes)))
    if strange:
        yield f"signs that the source has not: {' '.join(sorted(strange))}"


def _loose(text: str) -> str:
    return f" {_LOOSE.sub(' ', readable(text).casefold()).strip()} "


def _against(said: Sentence, evidence: Sequence[Sentence]) -> Iterator[str]:
    used = _drawn_on(said, evidence)
    yield from _foreign(said, used, evidence)
    yield from exchanged(said, evidence)
    yield from turned(said, used, evidence)
    yield from weakened(said, used, evidence)
    yield from unascribed(said, used, evidence)
    yield from unlimited(said, used, evidence)
    yield from opposed(said, evidence)


def _drawn_on(said: Sentence, evidence: Sequence[Sentence]) -> list[Sentence]:
    """Return the sentences of the evidence that hold most of what is said, best first."""
    rest = set(keys_of(said))
    least = max(2.0, _DRAWN_ON * len(rest))
    chosen: list[Sentence] = []
    while rest:
        best = max(evidence, key=lambda one: len(rest & keys_of(one)), default=())
        gained = rest & keys_of(best)
        if not gained or (chosen and len(gained) < least):
            break
        chosen.append(best)
        rest -= gained
    return chosen


def _foreign(
    said: Sentence, used: Sequence[Sentence], evidence: Sequence[Sentence]
) -> Iterator[str]:
    """Yield the figures, names and too many words that the evidence does not hold."""
    there = {token.key for one in evidence for token in one}
    spelled = {token.low for one in evidence for token in one}
    known = [figure for one in evidence for figure in figures(one)]
    own = figures(said)
    for figure in own:
        bearing = [other for other in known if other.bears(figure)]
        if not bearing:
            yield f"no such figure in the source: {figure.text}"
        elif all(other.bound != figure.bound for other in bearing):
            yield f"exact in one place and not in the other: {figure.text}"
        elif figure.lead and all(other.lead not in {"", figure.lead} for other in bearing):
            yield f"“{bearing[0].lead}” in the source, not “{figure.lead}”: {figure.text}"
    names = [slot for slot in slots(said) if slot.name and not slot.thing]
    for slot in names:
        missing = slot.name - spelled - there
        if not slot.sure:
            missing = frozenset(one for one in missing if not _known(one, there))
        if missing:
            yield f"not named in the source: {' '.join(sorted(missing))}"
    yield from _uncovered(said, own, names, {token.key for one in used for token in one})


def _uncovered(
    said: Sentence, own: Sequence[Figure], names: Sequence[Slot], there: set[str]
) -> Iterator[str]:
    """Yield the words that the evidence does not hold, if they are too many."""
    taken = {at for figure in own for at in range(figure.start, figure.end)}
    named = frozenset[str]().union(*(slot.name for slot in names if slot.sure))
    speaking = bool(there & _SAYING)
    words = [
        token
        for at, token in enumerate(said)
        if token.kind == "word" and token.content and at not in taken and token.low not in named
    ]
    lacking = [
        token
        for token in words
        if not _akin(token.key, there) and not (speaking and token.low in SPEAKING)
    ]
    strange = [token.text for token in lacking if not token.text.isascii()]
    if strange:
        yield f"not in the source: {', '.join(strange)}"
    elif len(words) - len(lacking) < COVERED * len(words):
        yield f"not in the source: {', '.join(token.text for token in lacking)}"


def _known(word: str, there: set[str]) -> bool:
    """Return whether the lone capitalised word that opens a sentence needs no source."""
    return word in SPEAKING or _akin(stem(word), there)


def _akin(key: str, there: set[str]) -> bool:
    """Return whether a word stands among others in some form: one beginning, short endings."""
    if key in there:
        return True
    return any(
        len(key) >= _AKIN <= len(other)
        and key[:_AKIN] == other[:_AKIN]
        and _apart(key, other) <= _ENDING
        for other in there
    )


def _apart(one: str, other: str) -> int:
    """Return how many letters follow what two words begin with together, in the longer one."""
    shared = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        shared += 1
    return max(len(one), len(other)) - shared
