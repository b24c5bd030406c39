"""Noun phrases and names of a text, by rule, for labels."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from groundwire.text.tokens import STOPWORDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


LONGEST = 5
"""Words of a phrase, at most."""

_TOKEN = re.compile(r"[^\W_]+(?:[’'.&-][^\W_]+)*\.?(?<![a-z]\.)|[^\w\s]")
_POSSESSIVE = re.compile(r"[’']s?$")
_LINKS = _listed(
    """
    of in for on against at over with between
    """
)
_INTRODUCES = _listed(
    """
    the a an its their his her this that these those some any no of in on for with from by
    over between against about into under after before during at every each another our across
    without within than
    """
)
_AFTER_A_VERB = _listed(
    """
    the a an its their his her this these those whether how what it him them off out up
    """
)
_EMPTY = _listed(
    """
    said says told tells ran went came took made gave got held kept left lost met put rose
    fell saw sent spoke stood thought won wrote began became brought built bought broke chose
    drew drove felt found fought grew heard knew led let paid sat sold spent struck threw
    wants want makes make takes take gives give goes comes come remains remain includes
    include including means shows show shown believes believe needs need seems seem helps adds
    calls continue continues expected looking looks look trying seeking using being having
    doing going saying according become becomes begins begin did get gets keep keeps know
    known think thinks see seen say likely able due still also even ever much many more most
    less least other others same such several new first last next early late whether while per
    one two three four five six seven eight nine ten dozen hundred thousand million billion
    percent cent year years month months week weeks day days time times thing things
    people part parts lot number kind sort mr mrs ms dr sir pm am today yesterday tomorrow ago
    far however already yet just only not don didn doesn isn wasn aren weren wouldn couldn
    shouldn hasn haven hadn ve ll re maybe perhaps something anything everything nothing
    someone anyone everyone exchange return order terms line case front ahead addition favour
    favor behalf spite term result example instance fact open clear whole beside across soon
    back ones town man woman men suggest suggests closes spread away out off up down along
    apart together once twice now nobody whenever everywhere anywhere
    round around end rather quite almost nearly about half both big
    great good better best little long monday tuesday wednesday thursday friday saturday
    sunday january february march april june july august september october november december
    """
)
_FINITE = re.compile(r"\w+(?:ed|ly)$")
_CONTRACTED = re.compile(r"[’'](?:ll|re|ve|d|m|t)$", re.IGNORECASE)
_GERUND = re.compile(r"[a-z]\w+ing$")
_NOUNS_IN_ING = _listed(
    """
    meeting hearing building ruling funding training spending testing shooting bombing warning
    opening ceiling filing wedding trading voting housing banking mining fishing farming
    flooding lending borrowing hiring gaming parking landing king ring spring evening morning
    """
)
_SHORTEST = 3


def phrases(text: str) -> tuple[str, ...]:
    """Return phrases of a text that may name a matter, in order, repeats kept.

    A phrase is a run of at most five words without a stopword, a common verb or an adverb, that a
    name opens or an article, a possessive or a preposition introduces; two runs may be linked by
    a preposition ("aid after earlier summits"). It is read off the words alone: some are no noun
    phrases.
    """
    tokens = [match.group() for match in _TOKEN.finditer(text)]
    runs = list(_runs(tokens))
    found: list[str] = []
    for number, (start, end) in enumerate(runs):
        found += _parts(tokens, start, end)
        if number + 1 < len(runs):
            found += _linked(tokens, (start, end), runs[number + 1])
    return tuple(found)


def _runs(tokens: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield start and end of every run of words that may be a noun phrase."""
    start = -1
    for at, token in enumerate([*tokens, "."]):
        names = _names_something(token)
        if names:
            start = at if start < 0 else start
        if start >= 0 and (not names or _POSSESSIVE.search(token)):
            end = at + names
            if _is_introduced(tokens, start, end):
                yield from _cut(tokens, start, end)
            start = -1


def _cut(tokens: Sequence[str], start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield a run without what is no part of its phrase.

    The verb goes of a subject that opens a sentence ("Xi arrives") or has an object ("odds
    indicate the"), and a name that ends a run is apart from the noun before it ("the influence
    China has", "leader Kim Jong Un").
    """
    if start == 0 or tokens[start - 1] in '.!?"“”':
        while end > start and not tokens[end - 1][:1].isupper():
            end -= 1
    following = tokens[end].casefold() if end < len(tokens) else ""
    if end > start and following in _AFTER_A_VERB and tokens[end - 1].islower():
        end -= 1
    name = end
    while tokens[start].islower() and name > start and tokens[name - 1][:1].isupper():
        name -= 1
    for first, last in ((start, name), (name, end)):
        if first < last:
            yield first, last


def _names_something(token: str) -> bool:
    plain = _POSSESSIVE.sub("", token)
    folded = plain.casefold()
    if (
        not plain[:1].isalpha()
        or _CONTRACTED.search(token)
        or folded in STOPWORDS
        or folded in _EMPTY
    ):
        return False
    if _GERUND.match(plain):
        return plain in _NOUNS_IN_ING
    return plain[:1].isupper() or not _FINITE.match(plain)


def _is_introduced(tokens: Sequence[str], start: int, end: int) -> bool:
    if tokens[start][:1].isupper():
        opens = start == 0 or tokens[start - 1] in '.!?"“”'
        return not opens or (end - start > 1 and tokens[start + 1][:1].isupper())
    before = tokens[start - 1] if start else ""
    return before.casefold() in _INTRODUCES or bool(_GERUND.match(before))


def _parts(tokens: Sequence[str], start: int, end: int) -> Iterator[str]:
    """Yield a run, and the ends of a run that is longer than a phrase may be."""
    first = max(start, end - LONGEST)
    for begin in range(first, end):
        words = tokens[begin:end]
        if begin in (start, first) or tokens[begin][:1].isupper() or len(words) > 1:
            phrase = _written(words)
            if len(phrase) >= _SHORTEST:
                yield phrase


def _linked(tokens: Sequence[str], one: tuple[int, int], other: tuple[int, int]) -> Iterator[str]:
    """Yield two runs with the preposition between them."""
    between = tokens[one[1] : other[0]]
    if not between or between[0] not in _LINKS or len(between) > 1 + (between[-1] == "the"):
        return
    for begin in range(one[0], one[1]):
        words = tokens[begin : other[1]]
        if len(words) <= LONGEST:
            yield _written(words)
            return


def _written(words: Sequence[str]) -> str:
    return _POSSESSIVE.sub("", " ".join(words))
