"""Documents made of real sentences, with their words exchanged, as many as wanted.

Real sentences give the frame: their lengths, punctuation and small words. Most content words, the
names and the figures are exchanged for others, drawn by Zipf's law from a vocabulary that grows
with the text as Heaps' law has it, so that an index of them has long lists for common words and a
long tail of rare ones, and few documents that look like copies. The same number always gives the
same document.
"""

from __future__ import annotations

import hashlib
import math
import random
import re
from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING

from groundwire.domain.documents import Document
from groundwire.ingest.reading import document_id
from groundwire.text.lexicon import STOPWORDS
from groundwire.text.normalize import normalize
from groundwire.text.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Sequence

    from eval.bench.articles import Article

SEED = 2019
ROOT = "/made"
WORDS = 650
"""Words of a document, on average."""
PARAGRAPH = 4
EXCHANGED = 0.75
"""Share of the content words that are exchanged."""
HEAPS = (10, 0.55)
"""So many different words are in a text of n: the first times n to the power of the second."""
FIGURE, NAME, WORD = "figure", "name", "word"
Frame = tuple[tuple[str, str | None], ...]
"""A sentence: texts, and for each as what it is exchanged; None if it stays."""
OUTLETS = 60
FIRST_DAY = date(1996, 1, 1)
DAYS = 29 * 365
_WORD = re.compile(r"([^\W\d_]+|\d+(?:[.,]\d+)*)")
_PLAIN = re.compile(r"[^\W\d_]+")
_SYLLABLES = [first + second for first in "bcdfgjklmnprtvz" for second in "aeiou"]
_SHORT = 3
_LINE = 30


class Maker:
    """Makes documents out of articles."""

    def __init__(self, articles: Sequence[Article]) -> None:
        """Learn the frames and the words of real articles."""
        self._stories = [
            each for article in articles if len(each := _frames(article.body)) > PARAGRAPH
        ]
        words = Counter(
            text.lower()
            for story in self._stories
            for frame in story
            for text, kind in frame
            if kind == WORD
        )
        self._known = [word for word, _ in words.most_common()]
        self._outlets = [self._name(rank * 7 + 3) for rank in range(OUTLETS)]

    def document(self, number: int) -> Document:
        """Return document ``number``, counted from 0."""
        draw = random.Random(SEED * 1_000_000_007 + number)  # noqa: S311 -- not a secret
        # What this and every earlier document may draw from.
        vocabulary = int(HEAPS[0] * (WORDS * (number + 10)) ** HEAPS[1])
        stories = draw.sample(self._stories, k=min(3, len(self._stories)))
        count = draw.randint(10, 50)
        told = [
            self._exchanged(draw.choice(draw.choice(stories)), draw, vocabulary)
            for _ in range(count)
        ]
        title = self._exchanged(draw.choice(stories[0]), draw, vocabulary)[:80].rsplit(" ", 1)[0]
        starts = range(0, count, PARAGRAPH)
        text = "\n\n".join(" ".join(told[start : start + PARAGRAPH]) for start in starts)
        path = f"{number // 1000:05d}/{number:08d}.txt"
        return Document(
            id=document_id(ROOT, path),
            root=ROOT,
            path=path,
            title=title,
            source=self._outlets[int(OUTLETS * draw.random() ** 2)],
            author="",
            published=FIRST_DAY + timedelta(days=draw.randrange(DAYS)),
            language="en",
            text=normalize(text),
            content_hash=hashlib.sha256(text.encode()).hexdigest(),
        )

    def _exchanged(self, frame: Frame, draw: random.Random, vocabulary: int) -> str:
        """Return a sentence with most of its content words exchanged."""
        spread = math.log(vocabulary)
        return "".join(
            text if kind is None or draw.random() > EXCHANGED else self._other(kind, draw, spread)
            for text, kind in frame
        )

    def _other(self, kind: str, draw: random.Random, spread: float) -> str:
        """Return another word or figure; by Zipf's law the logarithm of a rank is evenly spread."""
        if kind == FIGURE:
            return str(int(math.exp(draw.random() * 10)))
        rank = int(math.exp(draw.random() * spread)) - 1
        return self._name(rank) if kind == NAME else self._word(rank)

    def _word(self, rank: int) -> str:
        known = self._known
        return known[rank] if rank < len(known) else _spelled(rank).lower()

    def _name(self, rank: int) -> str:
        return _spelled(rank + 5_000)


def questions(documents: Sequence[Document]) -> list[str]:
    """Return a question for each document: about the longer words of one of its sentences."""
    asked = []
    for number, document in enumerate(documents):
        draw = random.Random(SEED + number)  # noqa: S311 -- not a secret
        told = [each.of(document.text) for each in sentences(document.text)]
        words = [word for word in _PLAIN.findall(draw.choice(told)) if _is_content(word)]
        words = words or [document.title]
        name = next((word for word in words[1:] if word[0].isupper()), words[0])
        about = " ".join(words[:6])
        asked.append(
            (
                f"What did {name} say about {about}?",
                f"Why was it that {about}?",
                about,
                f"How many {about} were there, and who is {name}?",
            )[number % 4]
        )
    return asked


def _frames(body: str) -> list[Frame]:
    """Return the sentences of a story, each cut into what stays and what is exchanged."""
    plain = " ".join(body.split())
    return [_frame(each.of(plain)) for each in sentences(plain) if len(each) > _LINE]


def _frame(sentence: str) -> Frame:
    frame: list[tuple[str, str | None]] = []
    for text in _WORD.split(sentence):
        if text[:1].isdigit():
            frame.append((text, FIGURE))
        elif _is_content(text):
            frame.append((text, NAME if text[0].isupper() and frame else WORD))
        else:
            frame.append((text, None))
    return tuple(frame)


def _is_content(word: str) -> bool:
    return len(word) > _SHORT and word.isalpha() and word.lower() not in STOPWORDS


def _spelled(rank: int) -> str:
    """Return a word for a number: its digits as syllables, which no suffix rule cuts alike."""
    syllables = []
    while rank:
        rank, digit = divmod(rank, len(_SYLLABLES))
        syllables.append(_SYLLABLES[digit])
    return ("".join(syllables) or "ba").capitalize() + "x"
