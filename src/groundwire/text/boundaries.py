"""The rules that tell a full stop that ends a sentence from one that does not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from groundwire.text import abbreviations
from groundwire.text.lexicon import OPENERS
from groundwire.text.marks import (
    APOSTROPHES,
    CLOSING_QUOTES,
    OPENING_QUOTES,
    WIDE_CLOSERS,
    WIDE_STOPS,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from groundwire.domain.spans import Span

_TERMINATOR = re.compile(
    rf"(?P<stop>\.(?: \.)+|[.!?\u2026\u061f\u06d4\u0964]+|[{WIDE_STOPS}]+)"
    rf"(?P<close>[{CLOSING_QUOTES}\u203a)\]}}*{WIDE_CLOSERS}]*"
    r"(?: [\u00bb\u201d](?=\s|$))?(?:\[\d{1,3}\])*)"
)
_NEXT = re.compile(
    rf"(?P<gap>\s*)(?P<open>(?:[{OPENING_QUOTES}(\[{{\u00bf\u00a1*]|(?<=[\u00ab\u2039]) )*)"
    rf"(?P<word>\w[\w{APOSTROPHES}-]*)?"
)
_TOKEN = re.compile(r"[^\s\"\u201c\u201d\u2018\u00ab\u00bb()\[\]{}/\u2013\u2014]*$")
_TOKEN_REACH = 40
_QUOTE_REACH = 2000
_ADDRESS = re.compile(r"://|www\.|@\w|\w/\w")
_DOMAIN = re.compile(r"(?:Com|Org|Net|NET|Gov|JS|Js|TV|AI|IO|Co|UK)\b")
_INITIAL = re.compile(r"(?:^|\.-?)[^\W\d_]$")
_DOTTED = re.compile(r"(?:^|-)(?:[^\W\d_]{1,2}\.)+[^\W\d_]{1,2}$")
_ORDINAL = re.compile(r"\d{1,2}$")
_LIST_MARK = re.compile(r"[(#*\s-]*(?:\d{1,3}|[A-Za-z]|[ivx]{1,4})$")
_LONGEST_LIST_MARK = 8
_REPORTED = re.compile(
    rf"(?!(?:He|She|They|It|We|I|You|The|A)\b)(?:[^\W\d_a-z][\w.{APOSTROPHES}-]*\s+){{1,4}}"
    rf"(?:{abbreviations.REPORTING})\b"
)
_CLOSES_BEFORE_STOP = frozenset('"\u201d\u2019)%')
_GOES_ON = frozenset("-\u2013\u2014,;:/&+=|")
_JAPANESE_PARTICLES = frozenset("\u3068\u3063\u306a\u306e\u3092\u304c\u306f\u306b\u3082\u3067")


def terminators(text: str, span: Span) -> Iterator[re.Match[str]]:
    """Yield every run of terminators in ``span``, with the marks that close right after it."""
    return _TERMINATOR.finditer(text, span.start, span.end)


def sentence_end(text: str, match: re.Match[str], paragraph: int, start: int) -> int | None:
    """Return where the sentence that ``match`` may end does end.

    In short: a lower-case word goes on with the sentence; a capital begins another unless the full
    stop belongs to an abbreviation or an initial, and even then if the next word is a usual opener
    ("in the U.S. He said"). A question or an exclamation in quotation marks goes on with the verb
    of saying after it. Without a space after it a full stop counts only between a lower-case word
    and a capital, outside addresses. Full-width terminators need no space.

    Args:
        text: The text.
        match: One of the matches that ``terminators`` yields, not at the end of the paragraph.
        paragraph: Where its paragraph starts.
        start: Where the sentence in question starts.

    Returns:
        The offset after the last character of the sentence, or None if it goes on.
    """
    following = _NEXT.match(text, match.end())
    head = text[start : min(match.start(), start + _TOKEN_REACH)]
    said = any(map(str.isalnum, head))
    if following is None or not said:  # marks alone are no sentence
        return None
    if match["stop"][0] in WIDE_STOPS:
        joined = match["close"] and text[match.end()] in _JAPANESE_PARTICLES
        return None if joined else _after_marks(text, match, paragraph)
    if not following["gap"]:
        glued = _is_glued_end(text, match, following, start)
        return _after_marks(text, match, paragraph) if glued else None
    return match.end() if _is_spaced_end(text, match, following, start) else None


def _after_marks(text: str, match: re.Match[str], paragraph: int) -> int:
    """Return the end of ``match``, less a straight quotation mark that opens the next sentence."""
    if match["close"] != '"':
        return match.end()
    first = max(paragraph, match.start() - _QUOTE_REACH)
    opens = text.count('"', first, match.start()) % 2 == 0
    return match.end() - 1 if opens else match.end()


def _is_glued_end(text: str, match: re.Match[str], following: re.Match[str], start: int) -> bool:
    """Judge a terminator that no space follows."""
    if not (following["word"] or "")[:1].isupper() or match.start() - start < len("No"):
        return False
    before = text[match.start() - 2 : match.start()]
    if not (before.isalpha() and before.islower()) and before[1] not in _CLOSES_BEFORE_STOP:
        return False
    token = _token(text, match, start)
    return not (
        _ADDRESS.search(token)
        or _DOMAIN.match(following["word"])
        or _is_abbreviation(token, following["word"])
    )


def _is_spaced_end(text: str, match: re.Match[str], following: re.Match[str], start: int) -> bool:
    """Judge a terminator that white space follows."""
    word, stop = following["word"] or "", match["stop"]
    quoted = not set(CLOSING_QUOTES).isdisjoint(match["close"])
    token = _token(text, match, start)
    if not word:
        mark = text[following.end() : following.end() + 1]
        return mark not in _GOES_ON and not _is_abbreviation(token, "")
    if word[0].islower() and not _begins_in_lower_case(word, following["open"]):
        return False
    if "!" in stop or "?" in stop:
        spoken = quoted and _REPORTED.match(text, following.start("word"))
        named = stop == "!" and token in abbreviations.EXCLAMATORY and word not in OPENERS
        return not (spoken or named)
    if len(stop) > 1 or stop == "\u2026":
        return not word[0].isdigit() and word != "I"
    return not (
        _is_abbreviation(token, word)
        or _is_list_mark(text, match, start)
        or (word[0].islower() and token in abbreviations.SELDOM_LAST)
    )


def _begins_in_lower_case(word: str, opened: str) -> bool:
    """Return whether a lower-case word may begin a sentence: a brand (iPhone), an opened quote."""
    return word[1:2].isupper() or not set(OPENING_QUOTES).isdisjoint(opened)


def _token(text: str, match: re.Match[str], start: int) -> str:
    """Return the characters right before ``match``, back to white space, a quote or a bracket."""
    head = text[max(start, match.start() - _TOKEN_REACH) : match.start()]
    found = _TOKEN.search(head)
    return found.group() if found else ""


def _is_list_mark(text: str, match: re.Match[str], start: int) -> bool:
    """Return whether all of the sentence so far is the number or letter of a list item."""
    return match.start() - start < _LONGEST_LIST_MARK and bool(
        _LIST_MARK.match(text[start : match.start()])
    )


def _is_abbreviation(token: str, word: str) -> bool:
    """Return whether the full stop after ``token`` belongs to it and ``word`` goes on."""
    name = token.rpartition("-")[2] if token not in abbreviations.NEVER_LAST else token
    opens = word.replace("\u2019", "'") in OPENERS
    numbered = word[:1].isdigit()
    if name in abbreviations.NEVER_LAST:
        return True
    if name in abbreviations.BEFORE_NUMBER and numbered:
        return True
    if name in abbreviations.SELDOM_LAST or name in abbreviations.MONTHS:
        return not opens
    if name.casefold() in {"a.m", "p.m"}:
        return numbered or word in abbreviations.AFTER_TIME
    if _ORDINAL.fullmatch(name):
        return word in abbreviations.AFTER_ORDINAL
    return bool(_is_initial(name) or _DOTTED.search(token)) and not opens


def _is_initial(name: str) -> bool:
    return bool(_INITIAL.search(name)) and name[-1].isupper()
