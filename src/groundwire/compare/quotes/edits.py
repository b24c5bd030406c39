"""The differences between a quotation and the words that a document has."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Literal

from groundwire.compare.quotes.parts import as_typed
from groundwire.domain.quotations import QuoteEdit
from groundwire.domain.spans import Span
from groundwire.text.names import names
from groundwire.text.numerals import numbers
from groundwire.text.speech import hedges, limits, negations

if TYPE_CHECKING:
    from collections.abc import Sequence

    from groundwire.compare.quotes.alignment import Alignment
    from groundwire.compare.quotes.parts import Asked
    from groundwire.compare.quotes.words import Word

Weighty = Literal["negation", "number", "name", "hedge"]
"""What sort of word changed, where that is likely to change what was said."""


def weighty(edit: QuoteEdit) -> tuple[Weighty, ...]:
    """Return which sorts of words that decide the meaning differ between the sides of an edit."""
    given, printed = edit.given, edit.printed
    found: list[Weighty] = []
    if len(negations(given)) != len(negations(printed)):
        found.append("negation")
    if sorted(numbers(given)) != sorted(numbers(printed)) or _signs(given) != _signs(printed):
        found.append("number")
    if set(names(f"so {given}")) != set(names(f"so {printed}")):
        found.append("name")
    if _hedged(given) != _hedged(printed):
        found.append("hedge")
    return tuple(found)


def edits_of(
    asked: Sequence[Asked], run: Sequence[Word], text: str, alignment: Alignment
) -> tuple[QuoteEdit, ...]:
    """Return the runs of words in which a quotation and a run of a document's words differ.

    Words left out where the quotation marks it, and words in square brackets, are no difference.

    Args:
        asked: The quotation's words.
        run: The document's words that it was aligned with.
        text: The document's text.
        alignment: Which words are equal, and which stand for one another.
    """
    found: list[QuoteEdit] = []
    for ranges in _differences(len(asked), alignment):
        given, printed = _whole_tokens(asked, run, *ranges)
        edit = _edit(asked[slice(*given)], run[slice(*printed)], text)
        marked = given[0] == given[1] and given[0] < len(asked) and asked[given[0]].joint
        if edit is not None and not marked:
            found.append(edit)
    return tuple(found)


def _differences(count: int, alignment: Alignment) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Return where both sides differ, as ranges of places, in order."""
    pairs, swapped = alignment.pairs, alignment.swapped
    first, last = pairs[0], pairs[-1]
    head = [column for row, column in swapped if row < first[0]]
    tail = [column for row, column in swapped if row > last[0]]
    found = []
    if first[0]:
        found.append(((0, first[0]), (min(head, default=first[1]), first[1])))
    for left, right in itertools.pairwise(pairs):
        if right[0] - left[0] > 1 or right[1] - left[1] > 1:
            found.append(((left[0] + 1, right[0]), (left[1] + 1, right[1])))
    if last[0] + 1 < count:
        end = max(tail, default=last[1]) + 1
        found.append(((last[0] + 1, count), (last[1] + 1, end)))
    return found


def _whole_tokens(
    asked: Sequence[Asked],
    run: Sequence[Word],
    given: tuple[int, int],
    printed: tuple[int, int],
) -> tuple[tuple[int, int], tuple[int, int]]:
    """Return ranges that cut no written token: "€2m" for "$2m", not "€" for "$"."""
    (g0, g1), (p0, p1) = given, printed
    while g0 > 0 and p0 > 0 and (_glued(asked, g0) or _touching(run, p0)):
        g0, p0 = g0 - 1, p0 - 1
    while (
        g1 < len(asked) and p1 < len(run) and (_glued(asked, g1) or _touching(run, p1)) and g1 > g0
    ):
        g1, p1 = g1 + 1, p1 + 1
    return (g0, g1), (p0, p1)


def _glued(asked: Sequence[Asked], place: int) -> bool:
    return place < len(asked) and asked[place].glued


def _touching(run: Sequence[Word], place: int) -> bool:
    return 0 < place < len(run) and run[place - 1].end == run[place].start


def _edit(asked: Sequence[Asked], words: Sequence[Word], text: str) -> QuoteEdit | None:
    if asked and all(word.inserted for word in asked):
        return None
    given = as_typed(asked)
    printed = _printed(words, text)
    return QuoteEdit(given, printed) if given != printed else None


def _printed(words: Sequence[Word], text: str) -> str:
    """Return a document's words as they stand, without what breaks a speech between them."""
    shown = ""
    for number, word in enumerate(words):
        gap = text[words[number - 1].end : word.start] if number else ""
        shown += (gap if not number or _is_plain(gap) else " ") + word.span.of(text)
    return " ".join(shown.split())


def _is_plain(gap: str) -> bool:
    return not any(character.isalnum() or character in '"“”«»\n' for character in gap)


def _signs(text: str) -> set[str]:
    return {character for character in text if character in "$€£¥%‰"}


def _hedged(text: str) -> list[str]:
    return sorted(Span.of(each, text).casefold() for each in (*hedges(text), *limits(text)))
