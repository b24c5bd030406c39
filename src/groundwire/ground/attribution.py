"""Attribution: who said it, how sure they were, and what they denied."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from groundwire.ground.units import units
from groundwire.text.speech import attributions, hedges, limits, negations, same_cue

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from groundwire.domain.spans import Span
    from groundwire.text.speech import Attribution

_NEAR = 2


def lost_attribution(sentence: str, source: str) -> tuple[str, ...]:
    """Return in words what a sentence lost of who said it and how sure they were.

    A clause of the source that says who speaks is kept with its speaker, or a part of its name,
    and with a reporting verb that says the same. A hedge or a bound ("may", "alleged", "if",
    "about") is kept where the words that follow it are kept.
    """
    said, spoken = attributions(sentence), attributions(source)
    reasons = [
        f"the source has this from {one.speaker.of(source).strip(' ,')}"
        for one in spoken
        if not any(_same(sentence, other, source, one) for other in said)
    ]
    for kind in (hedges, limits):
        reasons += [f"the source says “{word}”" for word in _dropped(sentence, source, kind)]
    return tuple(dict.fromkeys(reasons))


def invented_attribution(sentence: str, source: str) -> tuple[str, ...]:
    """Return in words whom a sentence lets speak who does not speak in its source."""
    spoken = attributions(source)
    return tuple(
        f"the source does not have this from {one.speaker.of(sentence).strip(' ,')}"
        for one in attributions(sentence)
        if not any(_same(sentence, one, source, other) for other in spoken)
    )


def turned(sentence: str, source: str) -> tuple[str, ...]:
    """Return in words which negation a sentence lost or added."""
    lost = _dropped(sentence, source, negations)
    added = Counter(_words(sentence, negations)) - Counter(_words(source, negations))
    return (
        *(f"the source says “{word}”" for word in lost),
        *(f"the source does not say “{word}”" for word in added),
    )


def _same(sentence: str, one: Attribution, source: str, other: Attribution) -> bool:
    """Return whether two clauses let the same person report in the same way."""
    theirs = {unit.key for unit in units(other.speaker.of(source))}
    own = [unit for unit in units(one.speaker.of(sentence)) if unit.kind != "mark"]
    known = [unit for unit in own if unit.key in theirs]
    return len(known) * 2 >= len(own) and same_cue(one.cue.of(sentence), other.cue.of(source))


def _dropped(sentence: str, source: str, kind: Callable[[str], Sequence[Span]]) -> tuple[str, ...]:
    """Return the words of a kind that a sentence lacks although it keeps what follows them."""
    kept = {unit.key for unit in units(sentence)}
    have = Counter(_words(sentence, kind))
    lost = []
    for span in kind(source):
        word = _folded(span.of(source))
        if have[word] > 0:
            have[word] -= 1
            continue
        after = [u.key for u in units(source) if u.span.start >= span.end and u.kind != "mark"]
        if after and all(key in kept for key in after[:_NEAR]):
            lost.append(word)
    return tuple(lost)


def _words(text: str, kind: Callable[[str], Sequence[Span]]) -> list[str]:
    return [_folded(span.of(text)) for span in kind(text)]


def _folded(word: str) -> str:
    return word.casefold().replace("’", "'")
