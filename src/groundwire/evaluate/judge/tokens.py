"""Words, numbers and sentences as the judge cuts them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from groundwire.evaluate.judge.reading import readable
from groundwire.evaluate.judge.vocabulary import FUNCTION_WORDS, IRREGULAR, TITLES

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOKEN = re.compile(
    r"(?P<number>(?:US\$|A\$|HK\$|[$£€¥₹])?\d+(?:,\d{3})*(?:\.\d+)?)"
    r"(?P<tail>\s?%|[^\W\d_]+)?"
    r"|(?P<word>[^\W\d_][^\W_]*(?:'[^\W\d_]+)*)|(?P<mark>[^\w\s])"
)
_ENDING = re.compile(r"[.!?]+[\"')\]]*\s+(?=[\"'(\[]*[^\W_a-z])|\n+")
_SHORT = re.compile(r"(?:^|[\s(\"'])(?:[A-Z]|Mr|Mrs|Ms|Dr|St|Sen|Gov|Gen|Prof|No|vs)\.$")
_HYPHEN = re.compile(r"(?<=\w)-(?=\w)")
_TURNED_NOT = re.compile(r"(?<=[a-z])n't$")
_CLIPPED = {"ca": "can", "wo": "will", "sha": "shall"}
_BREAKS = frozenset((*',;:()"', "--"))


@dataclass(frozen=True, slots=True)
class Token:
    """One word, number or sign of a sentence.

    Attributes:
        text: As written, with one kind of quotation mark.
        key: What it is compared by: the stem of a word, the digits of a number.
        kind: A sign is a ``mark``.
        capital: Whether a word begins with a capital letter.
        first: Whether it is the first word of its sentence or of a quotation in it.
        tail: What is glued to a number, such as ``m`` or ``%``; empty for others.
    """

    text: str
    key: str
    kind: Literal["word", "number", "mark"]
    capital: bool = False
    first: bool = False
    tail: str = ""

    @property
    def low(self) -> str:
        """The token in lower case."""
        return self.text.lower()

    @property
    def content(self) -> bool:
        """Whether it is a word or number that says something by itself."""
        if self.kind == "number":
            return True
        return self.kind == "word" and self.low not in FUNCTION_WORDS and self.low not in TITLES

    @property
    def breaks(self) -> bool:
        """Whether it parts two clauses."""
        return self.kind == "mark" and self.text in _BREAKS


Sentence = tuple[Token, ...]


@lru_cache(maxsize=512)
def sentences(text: str) -> tuple[Sentence, ...]:
    """Return the sentences of a text, each as its tokens."""
    return tuple(filter(None, (tuple(_tokens(part)) for part in _parts(text))))


def _parts(text: str) -> Iterator[str]:
    start = 0
    for found in _ENDING.finditer(text):
        before = text[start : found.start() + 1]
        if "\n" not in found[0] and _SHORT.search(before):
            continue
        yield readable(text[start : found.end()])
        start = found.end()
    yield readable(text[start:])


def _tokens(sentence: str) -> Iterator[Token]:
    first = True
    for found in _TOKEN.finditer(sentence):
        if mark := found["mark"]:
            first = first or mark == '"'
            sign = "--" if mark == "-" and not _HYPHEN.match(sentence, found.start()) else mark
            yield Token(sign, sign, "mark")
            continue
        if number := found["number"]:
            yield Token(number, number, "number", tail=(found["tail"] or "").strip())
        else:
            yield from _words(found["word"], first=first)
        first = False


def _words(word: str, *, first: bool) -> Iterator[Token]:
    """Yield a word, its possessive ending taken off and its "n't" apart."""
    if _TURNED_NOT.search(word):
        stump = _CLIPPED.get(word[:-3].lower(), word[:-3])
        yield Token(stump, stem(stump), "word", stump[:1].isupper(), first)
        yield Token("not", "not", "word")
        return
    bare = re.sub(r"'s?$", "", word)
    yield Token(bare, stem(bare), "word", bare[:1].isupper(), first)


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """Return what the forms of a word have in common, by rough rules for English endings."""
    low = word.lower()
    if low in IRREGULAR:
        return IRREGULAR[low]
    for ending, instead in (("ies", "y"), ("ied", "y"), ("sses", "ss"), ("ches", "ch")):
        if low.endswith(ending) and len(low) > len(ending) + 1:
            return low.removesuffix(ending) + instead
    for ending in ("ing", "ed", "ly", "es", "s"):
        rest = low.removesuffix(ending)
        if rest != low and len(rest) > 2 and not low.endswith(("ss", "us", "is")):  # noqa: PLR2004 -- shorter is no word
            low = rest
            break
    if len(low) > 3 and low[-1] == low[-2] and low[-1] not in "aeiouls":  # noqa: PLR2004 -- "add" stays
        low = low[:-1]
    return low.removesuffix("e") if len(low) > 3 else low  # noqa: PLR2004 -- "the" stays
