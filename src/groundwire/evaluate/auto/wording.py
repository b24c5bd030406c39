"""Words of questions: topics of headlines, clauses of sentences, dates as people write them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from groundwire.text.lexicon import STOPWORDS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

_HEADLINE_CUT = re.compile(r"\s[|–—-]\s|[:;?!]\s|\.\s")
_CLAUSE_CUT = re.compile(r"[,;–—(]|\s-\s")
_WORD = re.compile(r"[\w'’-]+")
_TOPIC_WORDS = 8
_OPEN_END = re.compile(
    r"\b(?:and|or|but|the|an?|of|to|in|on|at|by|for|from|with|that|which|who|per|as|than)$"
    r"|[“\"](?=[^”\"]*$)",
    re.IGNORECASE,
)
_PARTICIPLE = re.compile(r"\w+(?:ed|ing|ly)")
_FEWEST, _MOST = 4, 20
_TELLING = 4


def topic(headline: str) -> str:
    """Return what a headline is about, as a phrase: its first part, of eight words at most."""
    part = next((each for each in _HEADLINE_CUT.split(headline) if len(each.split()) > 1), headline)
    words = part.strip(" '\"‘’“”").split()[:_TOPIC_WORDS]
    while len(words) > 1 and words[-1].casefold() in STOPWORDS:
        words.pop()
    return " ".join(words).strip(",;:.'\"‘’“”")


def opening(text: str, least: int = 0) -> str:
    """Return a sentence from its beginning to the end of a clause; empty if that is too short.

    Args:
        text: A sentence, or what is left of one.
        least: An offset that the clause must reach.
    """
    ends = [cut.start() for cut in _CLAUSE_CUT.finditer(text) if cut.start() > least]
    short = (end for end in (*ends, len(text)) if len(text[:end].split()) >= _FEWEST)
    end = next(short, 0)
    part = text[:end].strip(" .!?,")
    return part if len(part.split()) <= _MOST and not _OPEN_END.search(part) else ""


def day(when: date) -> str:
    """Return a date as it is written out: November 1, 2023."""
    return f"{when:%B} {when.day}, {when.year}"


def telling(text: str, words: Mapping[str, int], without: Sequence[str], most: int) -> list[str]:
    """Return the rarest longer words of a text in its order.

    Args:
        text: Any text.
        words: How many documents print each word.
        without: Words and names that are not wanted.
        most: How many at most.
    """
    unwanted = {part.casefold() for each in without for part in _WORD.findall(each)} | STOPWORDS
    found = dict.fromkeys(
        word
        for word in _WORD.findall(text)
        if len(word) > _TELLING
        and word.islower()
        and not (_PARTICIPLE.fullmatch(word) or word in unwanted)
    )
    rarest = sorted(found, key=lambda word: (words.get(word, 0), word))[:most]
    return [word for word in found if word in rarest]


def lower_first(text: str, names: Sequence[str]) -> str:
    """Return a sentence as it goes on inside another one."""
    if not text or any(text.startswith(name) for name in names) or text[:2].isupper():
        return text
    return text[0].lower() + text[1:]
