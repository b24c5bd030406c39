"""Names of people, places and organisations, by their capitals."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from groundwire.text.lexicon import (
    CALENDAR,
    COMMON_OPENERS,
    NAME_STARTERS,
    OF_NOUNS,
    OPENERS,
    STOPWORDS,
    TITLES,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOKEN = re.compile(
    r"(?:[^\W\d_]\.){2,}"  # U.S., J.K.
    r"|[^\W\d_]\.(?=\s[^\W\d_])"  # the initial of "George W. Bush"
    r"|(?:(?:bin|ibn|von|van)\s(?=[^\W\d_a-z]))?\w+(?:[-'\u2019&]\w+)*"
)
_POSSESSIVE = re.compile(r"['\u2019](?:s|ll|re|ve|d|m)$", re.IGNORECASE)
_PARTICLES = "de|da|di|del|della|des|dos|du|van|von|der|den|bin|ibn|ben|al|el|la|le|&"
_JOINER = re.compile(rf"\s(?:(?:{_PARTICLES})\s){{0,2}}")
_OF = re.compile(r"\s(?:of|for)(?:\sthe)?\s")
_OPENS_SENTENCE = re.compile(
    r"(?:^|[.!?:;\u2026\n\u2022|\"\u201c\u2018\u00ab(\[]|\s['\u2013\u2014-])\s*$"
)
_REACH = 8
_LONGEST_GAP = 16
_PREFIXED = re.compile(r"(?:[ae]l-|(?:bin|ibn|von|van)\s)[^\W\d_a-z]")
_CAPITALS_THAT_ARE_NAMES = frozenset({"us", "who", "it"})
_AMBIGUOUS_MONTHS = frozenset({"April", "August", "June", "May"})
_COMMON_ENDING = re.compile(r"\w{4,}(?:ing|tions?|ments?|ness|ships?|ities)$|\w{6,}ly$")
_NAMES_IN_ING_OR_LY = frozenset(
    {"beijing", "chongqing", "kunming", "boeing", "manning", "kimberly"}
)


def names(text: str) -> tuple[str, ...]:
    """Return the capitalised names in ``text``, in order, each once.

    A name is a run of capitalised words with the particles and the "of" that belong inside ("Ursula
    von der Leyen", "Bank of England"). Initials, initialisms and mixed forms count ("J.K. Rowling",
    "U.S.", "G20", "eBay"). Left out are stopwords and question words, titles ("President"),
    weekdays and months, possessive endings, and a common word that is capitalised only because it
    opens a sentence. Whether an unknown opening word is common cannot be told for sure: it counts
    as a name. A text all in lower case has no names, nor has one of two words or more in capitals.
    """
    if _is_shouted(text):
        return ()
    runs = (" ".join(text[start:end].split()) for start, end in _runs(text))
    return tuple(dict.fromkeys(runs))


def _runs(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of every run of capitalised words that is a name."""
    start, end, last = -1, -1, ""
    for match in _TOKEN.finditer(text):
        word = _POSSESSIVE.sub("", match.group())
        if not _is_capitalised(word):
            continue
        near = start >= 0 and match.start() - end <= _LONGEST_GAP
        follows = near and _joins(last, text[end : match.start()])
        if not _may_be_name(text, match, word, follows=follows):
            follows = False
            word = ""
        if not follows:
            if start >= 0:
                yield start, end
            start = match.start() if word else -1
        if word:
            end, last = match.start() + len(word), word
    if start >= 0:
        yield start, end


def _joins(last: str, gap: str) -> bool:
    """Return whether a gap lets a run that ended in ``last`` go on."""
    if _JOINER.fullmatch(gap):
        return True
    return last in OF_NOUNS and bool(_OF.fullmatch(gap))


def _is_capitalised(word: str) -> bool:
    """Return whether a word has a capital where names have one (Xi, eBay, al-Assad)."""
    mixed = len(word) > 1 and word[1].isupper()
    return word[:1].isupper() or mixed or bool(_PREFIXED.match(word))


def _may_be_name(text: str, match: re.Match[str], word: str, *, follows: bool) -> bool:
    """Judge one capitalised word by itself, its place in the sentence and what follows."""
    plain = word.rstrip(".")
    folded = plain.casefold().replace("\u2019", "'")
    if word in CALENDAR:
        return follows and word in _AMBIGUOUS_MONTHS
    if plain in TITLES or folded in STOPWORDS:
        return plain.isupper() and folded in _CAPITALS_THAT_ARE_NAMES
    opens = _OPENS_SENTENCE.search(text, max(0, match.start() - _REACH), match.start())
    if follows or not opens:
        return True
    if folded in NAME_STARTERS or _COMMON_ENDING.match(folded):
        return folded in _NAMES_IN_ING_OR_LY or _capital_follows(text, match.end())
    return word not in OPENERS and folded not in COMMON_OPENERS


def _capital_follows(text: str, position: int) -> bool:
    """Return whether a capitalised word that is no stopword comes right after."""
    following = _TOKEN.match(text, position + 1)
    return (
        following is not None
        and text[position].isspace()
        and _is_capitalised(following.group())
        and following.group().casefold() not in STOPWORDS
    )


def _is_shouted(text: str) -> bool:
    """Return whether two words or more are written and all of them in capitals."""
    return text.isupper() and sum(len(word) > 1 for word in re.findall(r"[^\W\d_]+", text)) > 1
