"""A text cut into tokens with what each may be: a number, a date, a name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from groundwire.text.tokens import STOPWORDS, stem

_TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d[\d,.]*\d%?|\d%?")
_POSSESSIVE = re.compile(r"['’]s$")


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


_NUMBER_WORDS = _listed(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety "
    "hundred hundreds thousand thousands million millions billion billions trillion dozen half "
    "third quarter twice once single both couple percent"
)
_DATE_WORDS = _listed(
    "january february march april may june july august september october november december "
    "monday tuesday wednesday thursday friday saturday sunday century centuries year years month "
    "months week weeks day days yesterday today tomorrow"
)
_YEAR = re.compile(r"1\d\d\d|20\d\d")


@dataclass(frozen=True, slots=True)
class Token:
    """One word or number of a text.

    Attributes:
        stem: Its stem, as the lexical index has it.
        content: Whether it says something: it is no stop word.
        number: Whether it is a number, in digits or words.
        date: Whether it is part of a date or a span of time.
        name: Whether it looks like a part of a name.
    """

    stem: str
    content: bool
    number: bool
    date: bool
    name: bool


def tokenize(text: str) -> tuple[Token, ...]:
    """Return the tokens of a sentence or question, in order.

    A capital makes a name, but not at the start, unless the next word has one too.
    """
    found = _TOKEN.findall(text)
    capital = [word[0].isupper() for word in found]
    return tuple(
        _token(word, capital[i] and (i > 0 or (len(found) > 1 and capital[1])))
        for i, word in enumerate(found)
    )


@lru_cache(maxsize=65_536)
def _token(word: str, named: bool) -> Token:  # noqa: FBT001 -- the cache's key
    plain = _POSSESSIVE.sub("", word.casefold())
    is_verb = word == "may"
    date = (plain in _DATE_WORDS and not is_verb) or bool(_YEAR.fullmatch(plain))
    content = plain not in STOPWORDS
    return Token(
        stem=stem(plain.replace(",", "").rstrip("%")),
        content=content,
        number=plain[0].isdigit() or plain in _NUMBER_WORDS,
        date=date,
        name=named and content and not date,
    )
