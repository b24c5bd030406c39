"""Other spellings of a word: those of another English, and slips of the keyboard."""

from __future__ import annotations

import re
import string

_SWAPS = (
    (r"is(?=(?:e[drs]?|ing|ations?)$)", "iz"),
    (r"iz(?=(?:e[drs]?|ing|ations?)$)", "is"),
    (r"ys(?=e[drs]?$|ing$)", "yz"),
    (r"yz(?=e[drs]?$|ing$)", "ys"),
    (r"our(?=s?$|ed$|ing$|ite|able|hood)", "or"),
    (r"or(?=s?$|ed$|ing$|ite|able|hood)", "our"),
    (r"(?<=[tb])re(?=s?$|d$)", "er"),
    (r"(?<=[tb])er(?=s?$|ed$)", "re"),
    (r"ogue(?=s?$)", "og"),
    (r"og(?=s?$)", "ogue"),
    (r"ence(?=s?$)", "ense"),
    (r"ense(?=s?$)", "ence"),
    (r"ll(?=(?:ed|ing|er|ers|or|ors|ment)$)", "l"),
    (r"(?<=[aeiou])l(?=(?:ed|ing|er|ers|or|ors)$)", "ll"),
    (r"mme(?=s?$)", "m"),
    (r"(?<=gra)m(?=s?$)", "mme"),
    (r"(?<=[a-z])ae(?=[a-z]{4})", "e"),
    (r"tyre", "tire"),
    (r"grey", "gray"),
    (r"plough", "plow"),
    (r"cheque", "check"),
)
_VARIANTS = tuple((re.compile(before), after) for before, after in _SWAPS)
_VOWELS = "aeiou"
_FIRST = 1
_LONG = 7
"""Letters from which a wrong vowel makes another word hardly ever."""


def variants(word: str) -> tuple[str, ...]:
    """Return how British and American English write a word otherwise; it may be no word at all.

    Args:
        word: In small letters.
    """
    found = (pattern.sub(after, word) for pattern, after in _VARIANTS)
    return tuple(dict.fromkeys(each for each in found if each != word))


def slips(word: str) -> tuple[str, ...]:
    """Return the words that a word may be a slip for: one letter missing, doubled or swapped.

    The first letter is taken to be right. A letter in place of another makes a real word so often
    ("house", "horse") that only a vowel in a long word counts (Damerau 1964, "A technique for
    computer detection and correction of spelling errors", lists these four kinds).

    Args:
        word: In small letters.
    """
    places = range(_FIRST, len(word) + 1)
    missing = (word[:i] + letter + word[i:] for i in places for letter in string.ascii_lowercase)
    swapped = (
        word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in range(_FIRST, len(word) - 1)
    )
    extra = (word[:i] + word[i + 1 :] for i in range(_FIRST, len(word)))
    wrong = (
        word[:i] + vowel + word[i + 1 :]
        for i in range(_FIRST, len(word))
        if len(word) >= _LONG and word[i] in _VOWELS
        for vowel in _VOWELS
    )
    found = dict.fromkeys((*missing, *swapped, *extra, *wrong))
    return tuple(each for each in found if each != word)
