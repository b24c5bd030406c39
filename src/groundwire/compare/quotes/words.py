"""Words as quotations are compared by: letters and figures count, how they are printed does not."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from groundwire.domain.spans import Span
from groundwire.text.marks import SINGLE_QUOTES, WIDE_LETTERS

_JOINERS = "\u200c\u200d"
_MARK = re.compile(f"[{SINGLE_QUOTES}]")
_DROPPED = re.compile(f"[.,{_JOINERS}]")
_LETTER = rf"[^\W\d_{WIDE_LETTERS}]"
_WORD = re.compile(
    rf"[a-zA-Z]{{2,}}(?![\w\u0300-\u036f{_JOINERS}{SINGLE_QUOTES}])"  # most words, soon settled
    r"|(?:[^\W\d_]\.){2,}(?:[^\W\d_](?!\w))?"  # U.S.
    r"|\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)*"  # 1,400 and 3.5
    rf"|(?=\w)[{WIDE_LETTERS}]"  # not the brackets among them
    rf"|{_LETTER}(?:{_LETTER}|[\u0300-\u036f{_JOINERS}])*(?:[{SINGLE_QUOTES}]{_LETTER}+)*"
    "|[$\u00a2-\u00a5\u20a0-\u20c0%\u2030]"  # an amount in another currency is another amount
)


class Word(NamedTuple):
    """A word where it stands.

    Attributes:
        key: What it is compared by: in one case, numbers without grouping commas, initialisms
            without full stops, apostrophes straight.
        start: Offset of its first character.
        end: Offset after its last one.
    """

    key: str
    start: int
    end: int

    @property
    def span(self) -> Span:
        """Its place."""
        return Span(self.start, self.end)


@lru_cache(maxsize=256)
def quote_words(text: str, offset: int = 0) -> tuple[Word, ...]:
    """Return the words of a text in order.

    Hyphens and dashes part words, currency and percent signs are words, and in Chinese and
    Japanese every character is one. Accents count: they are letters.

    Args:
        text: A normalised text.
        offset: What is added to every place.
    """
    return tuple(
        Word(_key(match.group()), match.start() + offset, match.end() + offset)
        for match in _WORD.finditer(text)
    )


@lru_cache(maxsize=50_000)
def _key(word: str) -> str:
    folded = word.casefold()
    if folded.isascii() and folded.isalpha():
        return folded
    plain = unicodedata.normalize("NFKC", _MARK.sub("'", folded)).casefold()
    if plain[:1].isdigit():
        return plain.replace(",", "")
    return _DROPPED.sub("", plain)
