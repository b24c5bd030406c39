"""Questions without an answer: others' names or outlets put in, or the documents left out."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from groundwire.domain.retrieval import Scope
from groundwire.evaluate.auto.material import drawn, pick
from groundwire.text.tokens import content_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from groundwire.domain.documents import DocumentId
    from groundwire.domain.retrieval import Ranking
    from groundwire.evaluate.auto.cases import Question
    from groundwire.evaluate.auto.material import Material

OUTLETS = (
    "Reuters",
    "Bloomberg",
    "The Washington Post",
    "The Wall Street Journal",
    "Le Monde",
    "The Economist",
    "Der Spiegel",
    "The Times of India",
    "Al Jazeera",
    "The Irish Times",
    "The Straits Times",
    "The Globe and Mail",
)
"""Outlets that a question may be put to in vain, where a folder holds nothing of them."""

VIEWS = 12
"""How many times documents are left out: a view costs more than a question in it."""

_NEAR = 0.45
"""Cosine from which a passage found for a question is near-related to it."""
_FOUND = 20
_FEW = 12
_NAMES_CARRY = 0.4
_ASKING = frozenset(("said", "say", "says", "many", "much", "money"))


class Searched(Protocol):
    """The part of a desk that finds passages."""

    def search(self, question: str, *, top_k: int) -> Ranking:
        """Return the best passages for a question."""


def other_names(material: Material, questions: Iterable[Question]) -> Iterator[Question]:
    """Yield the questions with other names in place of theirs, where it can be done.

    A name gives way to one with as many words that no document prints beside any other name of
    the question: what is asked of its bearer is told of others alone.
    """
    pool = sorted(material.mentions, key=drawn)
    for question in questions:
        names = [name for name in question.names if name in material.mentions]
        text, near = question.text, _near(material, question)
        for name in sorted(names, key=len, reverse=True):
            if name in text:
                text = text.replace(name, _stranger(material, pool, name, near, question.text))
        if text != question.text:
            close = not _names_carry(question)
            yield replace(question, text=text, way="other names", names=(), close=close)


def other_outlets(material: Material, questions: Iterable[Question]) -> Iterator[Question]:
    """Yield the questions put to outlets that the folder does not have."""
    held = " ".join(material.sources).casefold()
    absent = [name for name in OUTLETS if _bare(name).casefold() not in held]
    for question in questions:
        if len(absent) < len(question.outlets) or not question.outlets:
            continue
        text, left = question.text, list(absent)
        for outlet in dict.fromkeys(question.outlets):
            new = pick(left, question.text, outlet)
            left.remove(new)
            text = text.replace(outlet, new if outlet in material.sources else _bare(new))
        if text != question.text:
            close = question.kind != "two reports"
            yield replace(question, text=text, way="other outlets", outlets=(), close=close)


def left_out(
    material: Material, questions: Sequence[Question], desk: Searched, views: int = VIEWS
) -> Iterator[Question]:
    """Yield the questions in scopes without their documents, the copies and the near-related.

    Several questions share a scope, so that each lacks the others' documents too.
    """
    groups: list[list[Question]] = [[] for _ in range(min(views, len(questions)))]
    for number, question in enumerate(questions):
        groups[number % len(groups)].append(question)
    for group in groups:
        hidden: set[DocumentId] = set()
        for question in group:
            hidden |= _near(material, question) | _on_rare_names(material, question)
            hits = desk.search(question.text, top_k=_FOUND).hits
            hidden |= {hit.document.id for hit in hits if hit.similarity >= _NEAR}
        kept = sorted(info.id for info in material.documents if info.id not in hidden)
        if len(kept) >= len(material.documents) / 2:
            scope = Scope(documents=tuple(kept))
            for question in group:
                yield replace(question, way="left out", scope=scope)


def _near(material: Material, question: Question) -> frozenset[DocumentId]:
    same = (material.same(document) for document in question.documents)
    return frozenset(document for each in same for document in each)


def _on_rare_names(material: Material, question: Question) -> frozenset[DocumentId]:
    """Return the documents that print a name of the question which few print."""
    printed = (material.mentions.get(name, frozenset()) for name in question.names)
    return frozenset(each for ids in printed if len(ids) <= _FEW for each in ids)


def _names_carry(question: Question) -> bool:
    """Return whether names are so much of a question that with others it is another question."""
    content = {word for word in content_words(question.text) if word not in _ASKING}
    named = {word for name in question.names for word in content_words(name)}
    return len(named & content) >= _NAMES_CARRY * len(content)


def _stranger(
    material: Material, pool: Sequence[str], name: str, near: frozenset[DocumentId], seed: str
) -> str:
    """Return a name of the same shape that no document of the question's context prints."""
    shape, words = _shape(name), len(name.split())
    around = near | material.mentions[name]
    start = drawn(seed, name) % len(pool)
    turned = (pool[(start + turn) % len(pool)] for turn in range(len(pool)))
    alike = (other for other in turned if len(other.split()) == words and _shape(other) == shape)
    return next((other for other in alike if material.mentions[other].isdisjoint(around)), name)


def _shape(name: str) -> str:
    """Return the pattern of a name's letters: a name in capitals gives way to another one."""
    patterns = ((r"\d+", "0"), (r"[A-Z]{2,}", "X"), (r"[A-Z]", "A"), (r"[^\W\dA-Z]+", "a"))
    for pattern, stands in patterns:
        name = re.sub(pattern, stands, name)
    return name


def _bare(outlet: str) -> str:
    return outlet.removeprefix("The ")
