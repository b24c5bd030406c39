"""What a sentence is said with so that it stands alone: a gloss, or the sentence before."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from groundwire.text.glosses import Around, refer
from groundwire.text.standing import lacks_a_speaker, quotation_is_open

if TYPE_CHECKING:
    from collections.abc import Sequence

    from groundwire.answer.candidates import Reading, Sentence
    from groundwire.domain.spans import Span
    from groundwire.text.glosses import Reference

_MOST_AFTER = 3
"""Sentences that are taken at most to bring a quotation to its end."""

_MOST_BEFORE = 2
"""Sentences that are taken at most to say what one leaves open."""

_ANNOUNCES = re.compile(
    r":$|\b(?:two|three|four|five|several|many) (?:things|reasons|factors|causes|ways|conditions"
    r"|points|problems|changes|options)\.$"
    r"|\b(?:own|another|different|other) (?:version|account|explanation|story|view)s?\.$"
)


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence as it is said.

    Attributes:
        span: The sentence, in the document's offsets.
        gloss: Words of its article that say what it leaves open; shown beside the quote.
    """

    span: Span
    gloss: str = ""


def standing_alone(reading: Reading, span: Span, question: str) -> tuple[Said, ...]:
    """Return the sentence with what it cannot do without, in order.

    What "he", "the bill" or a bare surname means is said by a gloss where the article leaves no
    choice, and else by the sentence before. A quotation that runs over several sentences is given
    whole, and one that does not name its speaker brings the sentence before it: words without a
    speaker are no news.

    Args:
        reading: The passage; sentences are taken from it alone, names also from before it.
        span: One of its sentences.
        question: What was asked.
    """
    cut = reading.sentences
    at = [sentence.span for sentence in cut].index(span)
    first, last = _whole_quotation(cut, at)
    if last + 1 < len(cut) and _ANNOUNCES.search(cut[last].text):
        last += 1
    for _ in range(_MOST_BEFORE):
        opening = _joined(cut, first, last)
        if first == 0 or not (
            lacks_a_speaker(opening) or _refer(reading, first, question, first).is_open
        ):
            break
        first -= 1
    return tuple(
        Said(cut[i].span, _refer(reading, i, question, first).gloss) for i in range(first, last + 1)
    )


def _refer(reading: Reading, number: int, question: str, first: int) -> Reference:
    """Return what a sentence leaves open when those from ``first`` on are shown before it."""
    sentence = reading.sentences[number]
    passage = reading.hit.passage
    local = sentence.span.start - passage.span.start
    before = reading.before + passage.text[:local]
    known = f"{reading.hit.document.title}.\n\n{reading.before}{passage.text}"
    shown = _joined(reading.sentences, first, number - 1) if number > first else ""
    return refer(sentence.text, Around(before, known, question, shown))


def _whole_quotation(cut: Sequence[Sentence], at: int) -> tuple[int, int]:
    """Return the first and the last sentence of the quotation that a sentence is part of."""
    first = last = at
    while first > 0 and quotation_is_open(_joined(cut, first, last), at_end=False):
        first -= 1
    while last + 1 < len(cut) and last < first + _MOST_AFTER:
        if not quotation_is_open(_joined(cut, first, last), at_end=True):
            break
        last += 1
    return first, last


def _joined(cut: Sequence[Sentence], first: int, last: int) -> str:
    return " ".join(sentence.text for sentence in cut[first : last + 1])
