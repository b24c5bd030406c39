"""Words, stems, names and numbers of a text, as they are compared with one another."""

from __future__ import annotations

import re
import unicodedata

from groundwire.domain.spans import Span
from groundwire.text.lexicon import STOPWORDS
from groundwire.text.marks import APOSTROPHES, SINGLE_QUOTES, WIDE_LETTERS
from groundwire.text.names import names
from groundwire.text.numerals import numbers
from groundwire.text.porter import stem

__all__ = ["STOPWORDS", "content_spans", "content_words", "names", "numbers", "stem", "words"]

_APOSTROPHE = re.compile(f"[{SINGLE_QUOTES}]")
_WORD = re.compile(
    r"(?:[^\W\d_]\.){2,}(?:[^\W\d_](?![\w']))?"  # U.S., a.m., e.g.
    r"|\d{1,3}(?:,\d{2,3}){0,6},\d{3}(?:\.\d+)?(?!\w|,\d)"  # 1,000 and 1,000.5
    r"|(?<!\d\.)\d+\.\d+(?!\w|\.\d)"  # 3.5
    rf"|[{WIDE_LETTERS}]"  # scripts without spaces: a character is a word
    rf"|[^\W_{WIDE_LETTERS}]+(?:'[^\W\d_]+)*"
)
_LETTERS = rf"(?:[^\W_{WIDE_LETTERS}]+[\u0300-\u036f]*)+"
_RUN = re.compile(rf"[{WIDE_LETTERS}]|{_LETTERS}(?:[{APOSTROPHES}]{_LETTERS})*")
_ELISION = re.compile(r"(?:[cdjlmnst]|qu)'(?=\w{2})")
_ENCLITIC = re.compile(r"'(?:s|re|ve|ll|d|m)$")


def words(text: str) -> tuple[str, ...]:
    """Return the words of ``text`` in order, in the form in which words are compared.

    Words are case-folded, compatibility forms unified and accents removed. Initialisms lose their
    full stops ("U.S." and "US" are "us"), numbers their grouping commas ("1,000" is "1000", "90%"
    is "90", "3.5" stays whole). An English possessive or contracted verb ("'s", "'re", "'ll") and a
    French elided article ("l'") are stripped; "n't" stays, for it negates. Hyphens part words. In
    Chinese and Japanese every character is a word.
    """
    return tuple(_folded_word(word) for word in _WORD.findall(_fold(text.casefold())))


def content_words(text: str) -> tuple[str, ...]:
    """Return the stems of the words that are not stopwords, in order, duplicates kept.

    An initialism in capitals is never a stopword: "US" and "U.S." count, "us" does not.
    """
    found: list[str] = []
    for raw in _WORD.findall(_fold(text)):
        word = _folded_word(raw.casefold())
        initialism = len(word) > 1 and raw.replace(".", "").isupper() and word == "us"
        if word and (initialism or word not in STOPWORDS):
            found.append(stem(word))
    return tuple(found)


def content_spans(text: str) -> tuple[Span, ...]:
    """Return where the content words of ``text`` stand, in order, none overlapping another.

    A word is here a run of letters and digits with the apostrophes inside it, as an encoder's
    tokenizer would part it: "3.5" is two. It is content unless what is left of it without a
    possessive or contracted verb is a stopword; "US" in capitals is no stopword, "it's" is one. In
    Chinese and Japanese every character is a word.
    """
    return tuple(Span(*run.span()) for run in _RUN.finditer(text) if _is_content(run.group()))


def _is_content(run: str) -> bool:
    word = _folded_word(_fold(run.casefold()))
    return word not in STOPWORDS or (word == "us" and run.startswith("US"))


def _fold(text: str) -> str:
    """Return ``text`` with plain apostrophes, unified compatibility forms and no accents."""
    if text.isascii():
        return text.replace("`", "'")
    parts = unicodedata.normalize("NFKD", _APOSTROPHE.sub("'", text))
    return "".join(c for c in parts if unicodedata.category(c) != "Mn")


def _folded_word(word: str) -> str:
    if word[0].isdigit():
        return word.replace(",", "")
    if "." in word:
        return word.replace(".", "")
    if "'" in word:
        return _ENCLITIC.sub("", _ELISION.sub("", word, count=1))
    return word
