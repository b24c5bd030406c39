"""What somebody types to have a quotation checked: the words, the omissions, the speaker."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from groundwire.compare.quotes.claimed import claimed_speaker, speaker_alone
from groundwire.compare.quotes.marks import quoted_stretches
from groundwire.compare.quotes.words import quote_words
from groundwire.domain.errors import UsageError
from groundwire.text.normalize import normalize

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from groundwire.compare.quotes.marks import Quoted

MOST_WORDS = 2_000
"""Words of the longest quotation that is looked for."""

Joint = Literal["", "omitted", "broken"]
"""What stands before a part: nothing, a mark for words left out, or the end of a quotation."""

_SPACES = re.compile(r"\s+")
_LETTER_CHANGED = re.compile(r"\[(\w)\](?=\w)")
_SIC = re.compile(r"\s*[\[(]sic[.!]?[\])]", re.IGNORECASE)
_OMITTED = re.compile(
    r"[\[(]\s*(?:\.{3,}|\u2026|\.\s\.\s\.)\s*[\])]|\.{3,}|\u2026|(?<!\w)\.\s\.\s\.(?:\s\.)?"
)
_SENTENCE_ENDS = re.compile(r"[.!?\u2026\u3002]")
_INSERTED = re.compile(r"\[[^\[\]]*\]")


@dataclass(frozen=True, slots=True)
class Asked:
    """One word of a quotation.

    Attributes:
        key: What it is compared by.
        shown: As it was typed, with the marks that stand right beside it inside the word.
        joint: What stands before it.
        inserted: Whether it stands in square brackets: somebody's help, not the speaker's word.
        glued: Whether no space parts it from the word before.
        opens: Whether a sentence of the quotation begins with it.
    """

    key: str
    shown: str
    joint: Joint = ""
    inserted: bool = False
    glued: bool = False
    opens: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read what was typed.

    Attributes:
        quotation: The words to look for, without speaker and outer marks.
        words: The same word by word.
        claimed: The speaker that is given along; empty if none is.
    """

    quotation: str
    words: tuple[Asked, ...]
    claimed: str = ""

    @property
    def parts(self) -> tuple[tuple[Asked, ...], ...]:
        """The words that somebody is to have said, cut at joints and insertions."""
        found: list[list[Asked]] = [[]]
        for word in self.words:
            if word.inserted or word.joint:
                found.append([])
            if not word.inserted:
                found[-1].append(word)
        return tuple(tuple(part) for part in found if part)


def as_typed(words: Sequence[Asked]) -> str:
    """Return words in a row, with a space only where one was typed."""
    return "".join(
        word.shown if not number or word.glued else f" {word.shown}"
        for number, word in enumerate(words)
    )


def read_quotation(text: str) -> tuple[Reading, ...]:
    """Return the ways to read what was typed, the likeliest first.

    Quotation marks of any kind may stand around the quotation, or none; the speaker may stand
    before it or after it. Where it cannot be told whether words belong to the quotation, both
    ways are returned.

    Raises:
        UsageError: There is no word in it, or there are too many.
    """
    plain = _SPACES.sub(" ", normalize(text.replace("\0", " "))).strip()
    if not quote_words(plain):
        raise UsageError("no words to look for", hint='groundwire quote "the words" -- speaker')
    stretches = quoted_stretches(plain)
    readings = [*_marked(plain, stretches), *_unmarked(plain, stretches)]
    usable = [each for each in readings if each.parts]
    if not usable:
        raise UsageError("no words to look for", hint="give the words that were said")
    if min(len(each.words) for each in usable) > MOST_WORDS:
        raise UsageError(
            f"a quotation of more than {MOST_WORDS} words", hint="check it piece by piece"
        )
    return tuple(each for each in usable if len(each.words) <= MOST_WORDS)


def _marked(text: str, stretches: Sequence[Quoted]) -> Iterator[Reading]:
    """Yield the reading of a text whose quotation stands between marks."""
    if not stretches:
        return
    pieces = [stretch.span.of(text) for stretch in stretches]
    said = sum(len(quote_words(piece)) for piece in pieces)
    claimed = claimed_speaker(text, stretches)
    if claimed or said * 2 >= len(quote_words(text)):
        yield _reading(pieces, claimed)


def _unmarked(text: str, stretches: Sequence[Quoted]) -> Iterator[Reading]:
    """Yield the readings of a text whose quotation has no marks around it."""
    if any(stretch.outer.start == 0 and stretch.outer.end == len(text) for stretch in stretches):
        return
    if stretches and claimed_speaker(text, stretches):
        return
    yield _reading([text], "")
    for quotation, claimed in speaker_alone(text):
        yield _reading([quotation], claimed)


def _reading(pieces: Sequence[str], claimed: str) -> Reading:
    words: list[Asked] = []
    for number, piece in enumerate(pieces):
        words += _words(piece, "broken" if number else "")
    shown = " … ".join(piece.strip() for piece in pieces)
    return Reading(shown, tuple(words), claimed)


def _words(piece: str, joint: Joint) -> Iterator[Asked]:
    plain = _SIC.sub("", _LETTER_CHANGED.sub(r"\1", piece))
    omissions = [match.start() for match in _OMITTED.finditer(plain)]
    brackets = [match.span() for match in _INSERTED.finditer(plain)]
    brackets = [span for span in brackets if not _OMITTED.fullmatch(plain[slice(*span)])]
    last = 0
    for word in quote_words(plain):
        if last and any(last <= place < word.start for place in omissions):
            joint = "omitted"
        inside = any(start < word.start < end for start, end in brackets)
        glued = last == word.start and last > 0
        opens = not last or bool(_SENTENCE_ENDS.search(plain, last, word.start))
        shown = plain[word.start : word.end]
        yield Asked(word.key, shown, joint, inserted=inside, glued=glued, opens=opens)
        last, joint = word.end, ""
