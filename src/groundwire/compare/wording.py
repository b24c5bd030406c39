"""Sentences as the words and values in which two versions of them are compared."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from groundwire.domain.spans import Span
from groundwire.text.marks import DASHES, DOUBLE_QUOTES, SINGLE_QUOTES
from groundwire.text.speech import attributions, hedges, quotations
from groundwire.text.tokens import names
from groundwire.text.values import values

TokenKind = Literal["number", "date", "name", "word"]

PLAIN_MARKS = str.maketrans(
    dict.fromkeys(DOUBLE_QUOTES, '"')
    | dict.fromkeys(SINGLE_QUOTES, "'")
    | dict.fromkeys(DASHES, "-")
)
"""Brings the shapes of quotation marks, apostrophes and dashes to one each."""

_WORD = re.compile(rf"[^\W_]+(?:[{DASHES}{SINGLE_QUOTES}.][^\W_]+)*")
_PART = re.compile(r"\w+")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_TIMES = frozenset(
    {"spring", "summer", "autumn", "winter", "morning", "afternoon", "evening", "night", "noon"}
    | {"midnight", "dawn"}
)
_CAST = re.compile(
    r"\b(?:accus(?:es|ed|ing)|suspects?|suspected|denie[sd]|deny(?:ing)?|disput(?:es|ed|ing)"
    r"|alleg(?:es|ed|ing|ation|ations)|claim(?:s|ed|ing)|rumou?r(?:s|ed)?|unclear|understood\sto"
    r"|thought\sto|it\sis\sthought|charged\swith)\b",
    re.IGNORECASE,
)
_SOURCED = re.compile(r"\b(?:says?|said|believes?|thinks?|according\sto)\b", re.IGNORECASE)
_VOUCHED = re.compile(
    r"^(?:confirm|announc|admit|acknowledg|show|found|find|reveal|prove)", re.IGNORECASE
)
_DOUBT, _SOURCE, _WORD_OF_HONOUR = 3, 2, 1


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a value of a sentence.

    Attributes:
        key: What is compared: the folded word, or the canonical form of the value.
        kind: What sort it is.
        span: Where it stands.
        quoted: Whether it stands between quotation marks.
        doubt: How far it makes what is said depend on others: 0 not at all, 1 somebody vouches for
            it, 2 somebody says it, 3 it is a claim, a guess or denied.
    """

    key: str
    kind: TokenKind
    span: Span
    quoted: bool
    doubt: int


@lru_cache(maxsize=4096)
def wording(sentence: str) -> tuple[Token, ...]:
    """Return the words and values of one sentence, in order; punctuation is passed over.

    Values written in two ways ("90%", "90 percent"), kinds of dashes and apostrophes, and capitals
    make no difference. A year and a season are dates.
    """
    quotes = quotations(sentence)
    doubts = _doubts(sentence)
    named = frozenset(part for name in names(sentence) for part in _PART.findall(name))
    found = [
        (value.canonical, _kind_of(value.kind, value.span.of(sentence)), value.span)
        for value in values(sentence)
    ]
    taken = bytearray(len(sentence))
    for _, _, span in found:
        taken[span.start : span.end] = b"\1" * len(span)
    for match in _WORD.finditer(sentence):
        span = Span(*match.span())
        if not any(taken[span.start : span.end]):
            found.append((_folded(match.group()), _word_kind(match.group(), named), span))
    return tuple(
        Token(key, kind, span, any(q.contains(span) for q in quotes), _doubt(span, doubts))
        for key, kind, span in sorted(found, key=lambda one: one[2])
    )


def _folded(word: str) -> str:
    return word.translate(PLAIN_MARKS).replace(".", "").casefold()


def _kind_of(kind: str, text: str) -> TokenKind:
    return "date" if kind == "date" or _YEAR.fullmatch(text) else "number"


def _word_kind(word: str, named: frozenset[str]) -> TokenKind:
    if word.casefold() in _TIMES:
        return "date"
    return "name" if not named.isdisjoint(_PART.findall(word)) else "word"


def _doubts(sentence: str) -> tuple[tuple[Span, int], ...]:
    """Return the parts of a sentence that say on whose word, or how surely, it is said."""
    found = [(span, _DOUBT) for span in hedges(sentence)]
    found += [(Span(*match.span()), _DOUBT) for match in _CAST.finditer(sentence)]
    found += [(Span(*match.span()), _SOURCE) for match in _SOURCED.finditer(sentence)]
    for one in attributions(sentence):
        vouched = _VOUCHED.match(one.cue.of(sentence))
        found.append((one.clause, _WORD_OF_HONOUR if vouched else _SOURCE))
    return tuple(found)


def _doubt(span: Span, doubts: tuple[tuple[Span, int], ...]) -> int:
    return max((level for part, level in doubts if part.overlaps(span)), default=0)
