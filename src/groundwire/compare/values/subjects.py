"""What a sentence is about: its own words, its document's title and the sentences before it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Protocol

from groundwire.compare.values.facts import facts, names_of
from groundwire.compare.values.moments import moments
from groundwire.ground.words import DEMONYMS
from groundwire.text.tokens import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    import numpy as np
    from numpy.typing import NDArray

    from groundwire.compare.values.facts import Facts, Name
    from groundwire.compare.values.moments import Moment
    from groundwire.domain.documents import DocumentId, DocumentInfo
    from groundwire.domain.spans import Span
    from groundwire.retrieve.accounts import Sentence

_BEFORE = 2
_DATED_BEFORE = 12
_COUNTED_BEFORE = 4
_ALL = re.compile(r"\b(?:all|the\sother)\s$", re.IGNORECASE)
_VERB_AFTER = re.compile(
    r"\s(?:\w+ed|are|did|found|had|have|said|saw|voted|was|went|were|will|would)\b", re.IGNORECASE
)
_SHORTEST_NAME = 3
_LEAST_WORDS = 2
_SMALL_WORD = re.compile(r"\b[a-z]{2,}\b")
_PRONOUN = re.compile(
    r"[\"\u201c]?(?:He|She|It|They|His|Her|Its|Their|This|These|That|Those|Both|All|Each)\b(?![’']s\sa\b)"
)
_ENTRY = re.compile(r"\d{1,3}[.:)]")
_STATED = re.compile(r"[.!…][\"'\u201d\u2019)\]]*$|[\"\u201d]$")


class Telling(Protocol):
    """What is read of a document: an account of all of it, or of the passages found in it."""

    @property
    def info(self) -> DocumentInfo:
        """The document's entry."""

    @property
    def sentences(self) -> Sequence[Sentence]:
        """The sentences, in order."""

    @property
    def vectors(self) -> NDArray[np.float32]:
        """Unit vectors of the sentences, of shape (sentences, dimension)."""

    @property
    def origin(self) -> DocumentId:
        """The first printed member of its copy family; its own id where it has none."""


@dataclass(frozen=True, eq=False)
class Said:
    """A sentence where it stands.

    Attributes:
        account: What is read of its document.
        at: Its number there.
    """

    account: Telling
    at: int

    @property
    def sentence(self) -> Sentence:
        """The sentence."""
        return self.account.sentences[self.at]

    @property
    def vector(self) -> NDArray[np.float32]:
        """The vector of the sentence."""
        vector: NDArray[np.float32] = self.account.vectors[self.at]
        return vector

    @property
    def published(self) -> date | None:
        """The day from which its dates are counted."""
        return self.account.info.published

    @property
    def source(self) -> str:
        """The outlet; empty if unknown."""
        return self.account.info.source

    @cached_property
    def facts(self) -> Facts:
        """The sentence, read for its values."""
        return facts(self.sentence.text, self.published)

    def counted(self, span: Span) -> frozenset[str]:
        """Return the concepts of what a number of this sentence counts; empty if that is not said.

        It is the noun phrase after the number; in "all four agreed" that after the same number in
        the sentences before.
        """
        text = self.sentence.text
        if not (_ALL.search(text, 0, span.start) and _VERB_AFTER.match(text, span.end)):
            return self.facts.counted(span)
        number = span.of(text).casefold()
        for each in reversed(self.account.sentences[max(0, self.at - _COUNTED_BEFORE) : self.at]):
            told = facts(each.text, self.published)
            for figure in told.figures:
                same = figure.span.of(each.text).casefold().startswith(number)
                if same and (nouns := told.counted(figure.span)):
                    return nouns
        return frozenset()

    @property
    def _around(self) -> tuple[str, ...]:
        """The title, the sentence and the sentences shortly before."""
        first = max(0, self.at - _BEFORE)
        said = (each.text for each in self.account.sentences[first : self.at + 1])
        return (self.account.info.title, *said)

    @cached_property
    def context(self) -> frozenset[str]:
        """Concepts of the sentence, the title and the sentences shortly before."""
        read = (facts(text, self.published).content for text in self._around)
        return frozenset[str]().union(*read)

    @cached_property
    def subjects(self) -> frozenset[str]:
        """The words of the names of the sentence, but for who is said to say it."""
        names = (
            name
            for name in self.facts.names
            if not self.facts.is_reported(name.span) and not self._merely_opens(name)
        )
        words_of = frozenset().union(*(name.words for name in names))
        return _folded(word for word in words_of if len(word) >= _SHORTEST_NAME)

    def _merely_opens(self, name: Name) -> bool:
        """Return whether a name is one word that opens the sentence and is named nowhere else."""
        if name.span.start or " " in name.text:
            return False
        others = (each.text for at, each in enumerate(self.account.sentences) if at != self.at)
        return not any(name.words <= name_words(text) for text in others)

    @cached_property
    def is_whole(self) -> bool:
        """Whether it is a statement of some words, and no question, heading or list item."""
        text = self.sentence.text.strip()
        plain = len(_SMALL_WORD.findall(text)) >= _LEAST_WORDS
        return plain and bool(_STATED.search(text)) and not _ENTRY.match(text)

    @property
    def points_back(self) -> bool:
        """Whether it opens with a word for somebody or something that was named before."""
        return bool(_PRONOUN.match(self.sentence.text))

    @property
    def nearby(self) -> frozenset[str]:
        """The words of the names of the sentence and of those shortly before."""
        return _folded(frozenset[str]().union(*map(name_words, self._around[1:])))

    @cached_property
    def known(self) -> frozenset[str]:
        """The words of all names that are read of the document."""
        texts = (self.account.info.title, *(each.text for each in self.account.sentences))
        return _folded(frozenset().union(*map(name_words, texts)))

    @cached_property
    def named(self) -> frozenset[str]:
        """The words of all names of the sentence, the title and the sentences before."""
        texts = (self.account.sentences[0].text, *self._around)
        return _folded(frozenset[str]().union(*map(name_words, texts)))

    @cached_property
    def when(self) -> Moment | None:
        """The day that the sentence is about: the last exact one named in it or before it."""
        for at in range(self.at, max(-1, self.at - _DATED_BEFORE), -1):
            told = moments(self.account.sentences[at].text, self.published)
            exact = [moment for moment in told if moment.first == moment.last]
            if exact:
                return exact[-1] if at < self.at else exact[0]
        return None


def _folded(known: Iterable[str]) -> frozenset[str]:
    """Return words of names with demonyms as their countries: "Chinese" is China."""
    return frozenset(DEMONYMS.get(word, word) for word in known)


@lru_cache(maxsize=4096)
def name_words(text: str) -> frozenset[str]:
    """Return the words of the names of a text, in small letters, without the shortest."""
    return frozenset(
        word for name in names_of(text) for word in words(name) if len(word) >= _SHORTEST_NAME
    )
