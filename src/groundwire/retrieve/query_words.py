"""The words of a question in the form that the documents have them in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from groundwire.retrieve.query_acronyms import expanded
from groundwire.retrieve.query_names import with_capitals
from groundwire.text.spelling import slips, variants
from groundwire.text.tokens import STOPWORDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from groundwire.index.snapshot import Snapshot

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_LETTERS = re.compile(r"[a-z]+")
_HYPHENED = re.compile(r"\b([a-z]{2,})-([a-z]{2,})\b")
_SHORT = (
    (re.compile(r"\bres\.?(?=\s*\d)", re.IGNORECASE), "resolution"),
    (re.compile(r"\bgov['’]?t\b", re.IGNORECASE), "government"),
    (re.compile(r"\bdept\b\.?", re.IGNORECASE), "department"),
    (re.compile(r"\bapprox\b\.?", re.IGNORECASE), "approximately"),
    (re.compile(r"\bpct\b\.?", re.IGNORECASE), "per cent"),
    (re.compile(r"\bb/c\b|\bbc\b(?=\s+of\b)"), "because"),
)
_SHORTEST = 5


def in_documents_words(question: str, snapshot: Snapshot) -> str:
    """Return a question in the words of the documents where its own are the same ones.

    Abbreviations are written out. An acronym that stands in no document becomes the name that it
    stands for and that does, and a word that none has becomes what the documents' English makes
    of it. A question without capitals gets those that documents give its words.

    Args:
        question: What is asked, without its wrapping.
        snapshot: Where words are looked up.
    """
    for short, whole in _SHORT:
        question = short.sub(whole, question)
    question = expanded(question, snapshot)
    question = _spelt(_joined(question, snapshot), snapshot)
    if question.islower():
        question = with_capitals(question, snapshot)
    return question


def _spelt(question: str, snapshot: Snapshot) -> str:
    """Return a question with the unknown words that the documents' English writes otherwise."""
    found = _WORD.findall(question)
    for word in _unknown((each.casefold() for each in found), snapshot):
        question = _replaced(question, word, _commonest(variants(word), snapshot))
    return question


def without_slips(question: str, broken: Iterable[str], snapshot: Snapshot) -> str:
    """Return a question with the slips of the keyboard that the documents have the word for.

    Args:
        question: What is asked.
        broken: Words of it that are in no dictionary: the encoder reads them in pieces. An
            ordinary word that no document has is no slip, however near another it is.
        snapshot: Where words are looked up.
    """
    for word in _unknown(broken, snapshot):
        question = _replaced(question, word, _commonest(slips(word), snapshot))
    return question


def _unknown(found: Iterable[str], snapshot: Snapshot) -> list[str]:
    """Return the words in small letters that no document has, each once."""
    ordinary = tuple(
        dict.fromkeys(
            word
            for word in found
            if len(word) >= _SHORTEST and _LETTERS.fullmatch(word) and word not in STOPWORDS
        )
    )
    counts = snapshot.frequencies(ordinary) if ordinary else {}
    return [word for word in ordinary if not counts[word]]


def _commonest(alike: tuple[str, ...], snapshot: Snapshot) -> str:
    """Return the word that most passages have, or nothing if none has any."""
    counts = snapshot.frequencies(alike) if alike else {}
    found = max(alike, key=lambda word: counts[word], default="")
    return found if counts.get(found) else ""


def _replaced(question: str, word: str, known: str) -> str:
    """Return a question with a word for another, which has a capital where that one had it."""
    if not known:
        return question
    written = re.compile(rf"\b(?:{re.escape(word)}|{re.escape(word.capitalize())})\b")
    return written.sub(
        lambda found: known.capitalize() if found.group()[0].isupper() else known, question
    )


def _joined(question: str, snapshot: Snapshot) -> str:
    """Return a question with hyphens left out where documents join the word."""
    for match in _HYPHENED.finditer(question):
        joined = match[1] + match[2]
        counts = snapshot.frequencies((joined,))
        if counts[joined] and not snapshot.contains_phrase(match.group()):
            question = question.replace(match.group(), joined)
    return question
