"""Where a quotation stands, and which sentence another one comes from."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from groundwire.domain.spans import Span
from groundwire.text.marks import DASHES, DOUBLE_QUOTES, SINGLE_QUOTES, WIDE_LETTERS
from groundwire.text.normalize import normalize
from groundwire.text.tokens import content_words, names, numbers, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_OUTER = re.escape(DOUBLE_QUOTES + SINGLE_QUOTES + "\u2039\u203a()[]{}.,;:!?\u2026*_ \t\n")
_LEADING = re.compile(rf"(?:(?!\.\d)[{_OUTER}]|[{DASHES}](?!\d))*")
_TRAILING = re.compile(rf"[{DASHES}{_OUTER}]*$")
_PART = re.compile(rf"\s+|\.{{3}}|\u2026|--+|[{DASHES}]|[{DOUBLE_QUOTES}]|[{SINGLE_QUOTES}]")
_WIDE_LETTER = re.compile(f"[{WIDE_LETTERS}]")
_WITHIN_NUMBER = re.compile(r"\d[.,]?\d$")
_NEGATED = re.compile(r"['\u2019]t\b", re.IGNORECASE)

_WEIGHTS = {"word": 1.0, "number": 1.0, "name": 0.5}


def find_quote(quote: str, text: str, within: Span | None = None) -> Span | None:
    """Return where ``quote`` stands in ``text``, or None.

    Letters, figures, case and inner punctuation must agree. What may differ: the amount and kind of
    white space, straight and curly quotation marks, kinds of dashes ("--" is one), "..." and the
    ellipsis character, invisible characters and Unicode composition of the quote; and what stands
    at its ends: quotation marks, brackets and punctuation. An end of the quote is never inside a
    word, a number or a contracted "not", because cutting there can reverse the meaning ("able" in
    "unable", "can" in "can't", "1" in "1,000").

    Args:
        quote: The words looked for, as somebody wrote them.
        text: A normalised text.
        within: The part of ``text`` to look in; all of it if None.

    Returns:
        The first place where the quote stands with its own outer punctuation, or else the first
        place where it stands without it. The span begins and ends with a character of the quote.
    """
    whole = normalize(quote)
    core = _core(whole)
    if not text or not core:
        return None
    bounds = within or Span(0, len(text))
    for wanted in dict.fromkeys((whole, core)):
        found = next(_places(wanted, text, bounds), None)
        if found is not None:
            return found
    return None


def best_alignment(sentence: str, candidates: Sequence[str]) -> tuple[int, float]:
    """Return which candidate shares most with ``sentence``, and how much.

    Both sides are turned into sets of features: content-word stems (weight 1), numbers (1) and the
    words of names (0.5). The score is F1 of the two sets: twice the weight of what they share,
    divided by the sum of their weights. It is symmetric, 1 for equal sets and 0 for disjoint ones.
    Numbers and names are content words too: in effect they count twice and one and a half times.

    Args:
        sentence: The sentence to place.
        candidates: Sentences it may come from.

    Returns:
        Index of the best candidate, the first of equals, and its score from 0 to 1; (-1, 0.0) if
        there are no candidates.
    """
    wanted = _features(sentence)
    scores = [_overlap(wanted, _features(candidate)) for candidate in candidates]
    if not scores:
        return -1, 0.0
    best = max(range(len(scores)), key=lambda index: scores[index])
    return best, scores[best]


def _core(quote: str) -> str:
    """Return the quote without the marks at its ends."""
    leading = _LEADING.match(quote)
    core = quote[leading.end() if leading else 0 :]
    trailing = _TRAILING.search(core)
    return core[: trailing.start()] if trailing else core


def _places(wanted: str, text: str, bounds: Span) -> Iterator[Span]:
    """Yield the places of ``wanted`` in ``bounds`` whose ends cut nothing apart."""
    pattern = _pattern(wanted)
    position = bounds.start
    while match := pattern.search(text, position, bounds.end):
        if not (_cuts_start(text, match.start()) or _cuts_end(text, match.end())):
            yield Span(match.start(), match.end())
        position = match.start() + 1


@lru_cache(maxsize=256)
def _pattern(wanted: str) -> re.Pattern[str]:
    parts: list[str] = []
    position = 0
    for match in _PART.finditer(wanted):
        parts += (re.escape(wanted[position : match.start()]), _tolerant(match.group()))
        position = match.end()
    return re.compile("".join([*parts, re.escape(wanted[position:])]))


def _tolerant(part: str) -> str:
    """Return the expression for everything that may stand for one variable part of a quote."""
    if part.isspace():
        return r"\s+"
    if part in {"...", "\u2026"}:
        return r"(?:\.\.\.|\u2026)"
    if part[0] in DASHES:
        return rf"(?:--+|[{DASHES}])"
    return f"[{DOUBLE_QUOTES}]" if part in DOUBLE_QUOTES else f"[{SINGLE_QUOTES}]"


def _cuts_start(text: str, start: int) -> bool:
    return start > 0 and (
        _joined(text[start - 1], text[start])
        or bool(_WITHIN_NUMBER.search(text[max(start - 2, 0) : start + 1]))
    )


def _cuts_end(text: str, end: int) -> bool:
    return end < len(text) and (
        _joined(text[end - 1], text[end])
        or bool(_WITHIN_NUMBER.search(text[end - 1 : end + 2]))
        or bool(_NEGATED.match(text, end))
    )


def _joined(left: str, right: str) -> bool:
    """Return whether two neighbouring characters belong to one word."""
    if unicodedata.combining(right):
        return True
    return left.isalnum() and right.isalnum() and not _WIDE_LETTER.search(left + right)


@lru_cache(maxsize=4096)
def _features(text: str) -> frozenset[tuple[str, str]]:
    return frozenset(
        [("word", word) for word in content_words(text)]
        + [("number", number) for number in numbers(text)]
        + [("name", word) for name in names(text) for word in words(name)]
    )


def _overlap(left: frozenset[tuple[str, str]], right: frozenset[tuple[str, str]]) -> float:
    total = _weight(left) + _weight(right)
    return 2 * _weight(left & right) / total if total else 0.0


def _weight(features: frozenset[tuple[str, str]]) -> float:
    return sum(_WEIGHTS[kind] for kind, _ in features)
