"""Sentences as the units in which a rewriting is compared: words, values, marks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from groundwire.domain.spans import Span
from groundwire.ground.words import ACRONYMS, APPROXIMATE, BE, DEMONYMS, FIRST_PERSON, HAVE, SAY
from groundwire.text.lexicon import COMMON_OPENERS, OPENERS, STOPWORDS
from groundwire.text.speech import quotations
from groundwire.text.tokens import words
from groundwire.text.values import values

if TYPE_CHECKING:
    from datetime import date

_TOKEN = re.compile(
    r"(?P<initials>(?:[^\W\d_]\.){2,})"
    r"|(?P<word>\w+(?:[’']\w+)*\*?)"
    r"|(?P<mark>\.\.\.|[,;:.!?()…–—]|(?<=\s)-(?=\s))"
)
_CONTRACTED = re.compile(
    r"(?P<stem>\w+?)(?P<not>n[’']t)$|(?P<base>\w+)[’'](?P<end>s|ll|re|ve|d|m)$"
)
_ENDS = {"ll": "will", "re": "be", "ve": "have", "d": "'d", "m": "be"}
_PRONOUNS = frozenset({"it", "he", "she", "that", "there", "what", "who", "here"})
_IRREGULAR = {"ca": "can", "wo": "will", "sha": "shall", "cannot": "can not"}
_COMMON = STOPWORDS | COMMON_OPENERS | frozenset(map(str.casefold, OPENERS))
_SHORTEST_STEM = 3
_SUFFIXES = frozenset({"", "s", "es", "e", "d", "ed", "ing", "y", "ies", "ied"})


@dataclass(frozen=True, slots=True)
class Unit:
    """A word, a value or a punctuation mark of a sentence.

    Attributes:
        key: What is compared: the folded word, the value's canonical form, or the mark.
        kind: Which of the three it is.
        span: Where it stands in the text that was read.
        forms: What it says besides: everything that a value implies.
        name: Whether it has a capital that a name would have.
        quoted: Whether it stands between quotation marks.
    """

    key: str
    kind: Literal["word", "value", "mark"]
    span: Span
    forms: frozenset[str]
    name: bool = False
    quoted: bool = False

    def says(self, other: Unit) -> bool:
        """Return whether this unit of a source says what one of a draft says."""
        if self.quoted and self.key in FIRST_PERSON and not other.quoted:
            return False
        if other.key in self.forms:
            return True
        if "value" in (self.kind, other.kind) or self.name or other.name:
            return False
        return inflected(self.key, other.key)


def inflected(left: str, right: str) -> bool:
    """Return whether two words differ in nothing but an ending of number or tense."""
    same = 0
    while same < min(len(left), len(right)) and left[same] == right[same]:
        same += 1
    rests = {_undoubled(left, same), _undoubled(right, same)}
    return same >= _SHORTEST_STEM and same * 2 >= max(len(left), len(right)) and rests <= _SUFFIXES


def _undoubled(word: str, same: int) -> str:
    """Return the ending of a word without the consonant doubled before it ("stopp-ed")."""
    rest = word[same:]
    return rest[1:] if len(rest) > 1 and rest[0] == word[same - 1] and rest[0] not in "se" else rest


@lru_cache(maxsize=4096)
def units(text: str, published: date | None = None) -> tuple[Unit, ...]:
    """Return the units of a text in order.

    A value is one unit with its number, unit and date words. "Didn't" is "did" and "not"; "is" and
    "was" are one key, "has" and "had" another, "said" and "told" a third; "United Nations" is "un",
    and "about" and "some" before a number are one key. Hyphens part words; other signs are passed
    over. A word is a name if it has a capital and does not open the text or is no common word.
    """
    quotes = quotations(text)
    found = [
        Unit(value.canonical, "value", value.span, value.forms) for value in values(text, published)
    ]
    taken = [unit.span for unit in found]
    for match in _TOKEN.finditer(text):
        span = Span(*match.span())
        if not any(span.overlaps(other) for other in taken):
            found += _read(text, match, quoted=any(q.contains(span) for q in quotes))
    found.sort(key=lambda unit: unit.span)
    return _merged(tuple(found))


def _read(text: str, match: re.Match[str], *, quoted: bool) -> list[Unit]:
    """Return the units of one token: one, or two for a contraction."""
    span = Span(*match.span())
    raw = match.group()
    if match["mark"]:
        return [Unit(raw, "mark", span, frozenset([raw]))]
    name = any(map(str.isupper, raw)) and not _merely_opens(text, match)
    return [Unit(key, "word", span, frozenset([key]), name, quoted) for key in _keys(raw)]


def _keys(raw: str) -> list[str]:
    folded = raw.casefold()
    contracted = _CONTRACTED.match(folded)
    if contracted and contracted["not"]:
        stem = _IRREGULAR.get(contracted["stem"], contracted["stem"])
        return [_key(stem), "not"]
    if contracted and contracted["base"]:
        end = _ENDS.get(contracted["end"])
        if end is None and contracted["base"] in _PRONOUNS:
            end = "be"
        return [_key(contracted["base"]), *([end] if end else [])]
    if folded == "cannot":
        return ["can", "not"]
    if raw in {"US", "U.S."}:
        return ["u.s."]
    if folded.endswith("*"):
        return [folded]
    return [_key(word) for word in words(folded)] or [folded]


def _key(word: str) -> str:
    if word in BE:
        return "be"
    if word in HAVE:
        return "have"
    if word in SAY:
        return "say"
    return DEMONYMS.get(word) or DEMONYMS.get(word.removesuffix("s"), word)


def _merely_opens(text: str, match: re.Match[str]) -> bool:
    """Return whether a word has its capital only because a sentence begins with it."""
    before = text[: match.start()].rstrip(" “\"‘'(")
    opens = not before or before[-1] in ".!?:\n"
    return opens and match.group()[1:].islower() and match.group().casefold() in _COMMON


def _merged(found: tuple[Unit, ...]) -> tuple[Unit, ...]:
    """Join the words of known expansions and bring the words for "about" to one."""
    merged: list[Unit] = []
    for index, unit in enumerate(found):
        pair = f"{merged[-1].key} {unit.key}" if merged else ""
        if pair in ACRONYMS:
            first = merged.pop()
            span = Span(first.span.start, unit.span.end)
            key = ACRONYMS[pair]
            keys = frozenset([key])
            merged.append(Unit(key, "word", span, keys, name=True, quoted=unit.quoted))
            continue
        after = found[index + 1] if index + 1 < len(found) else None
        if unit.key in APPROXIMATE and after is not None and after.kind == "value":
            keys = frozenset(["about"])
            merged.append(Unit("about", "word", unit.span, keys, quoted=unit.quoted))
        else:
            merged.append(unit)
    return tuple(merged)
