"""Words that a PDF breaks at the end of a line: whether the hyphen is theirs."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from groundwire.ingest.loaders.pdf_lines import Line

_WORD = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")
_PART_BEFORE = re.compile(r"([^\W\d_]+)[-\u2010]$")
_PART_AFTER = re.compile(r"[^\W\d_]+")
_HYPHENATED_SHARE = 0.015
"""Lines that end in a hyphen: set with hyphenation some 3 to 10 in 100, without less than 1."""
_FIRST_HALVES = frozenset(
    {"anti", "cross", "day", "east", "eight", "ever", "ex", "first", "five", "four", "full", "half"}
    | {"hard", "high", "left", "long", "low", "mid", "near", "nine", "non", "north", "one", "open"}
    | {"part", "record", "right", "second", "self", "seven", "short", "six", "soft", "south"}
    | {"state", "ten", "third", "three", "two", "vice", "well", "west", "world", "year"}
)
_LONGEST_ENDING = 3


class Vocabulary:
    """The words of a document, which tell how its broken ones are written."""

    def __init__(self, pages: Sequence[Sequence[Line]]) -> None:
        """Count the words of all lines, and the lines that end in a hyphen."""
        lines = [line for page in pages for line in page]
        self._counts = Counter(word.lower() for line in lines for word in _WORD.findall(line.text))
        broken = sum(line.is_broken for line in lines)
        self._is_hyphenated = broken > _HYPHENATED_SHARE * len(lines)

    def keeps_hyphen(self, before: str, after: str) -> bool:
        """Return whether the hyphen between two lines belongs to the word.

        A word that the document has whole elsewhere loses the hyphen; one that it has with a
        hyphen, or whose halves are words of their own, keeps it. Without such a sign it is lost
        where the document hyphenates, unless the first half is one that compounds begin with.

        Args:
            before: The first line, with its hyphen.
            after: The second line.
        """
        first, second = _PART_BEFORE.search(before), _PART_AFTER.match(after)
        if first is None or second is None:
            return True
        head, tail = first[1].lower(), second[0].lower()
        if self._counts[head + tail]:
            return False
        # Each half was counted once where the line was broken.
        if self._counts[f"{head}-{tail}"] or (self._counts[head] > 1 and self._counts[tail] > 1):
            return True
        compounds = head in _FIRST_HALVES and len(tail) > _LONGEST_ENDING
        return compounds or not self._is_hyphenated
