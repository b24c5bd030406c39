"""Topics: which documents speak of one, and how near each of their sentences is to it."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from groundwire.domain.errors import NotFoundError
from groundwire.text.tokens import content_words, names

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from groundwire.domain.documents import DocumentInfo
    from groundwire.domain.retrieval import Hit, Scope
    from groundwire.domain.spans import Span
    from groundwire.domain.summaries import Coverage
    from groundwire.index.snapshot import Snapshot
    from groundwire.retrieve.accounts import Account
    from groundwire.retrieve.hybrid import HybridRetriever

_WORD = re.compile(r"\w+")

PASSAGES = 400
"""Passages that are looked for on a topic, at most."""

ABOUT = 0.87
"""A passage speaks of a topic if its cosine and the share of the topic's words that it has, by
weight, come to this much: all of the words and hardly any cosine, or half of them and a cosine at
which answers call a passage related. Either measure alone takes "a football club in Aldermoor" for
something that articles on Aldermoor tell."""

NEAR = 0.5
"""So does one whose cosine alone is this high. One that has none of the names in a topic does only
then."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A topic as it is searched for.

    Attributes:
        text: The topic in words.
        vector: Its unit vector.
        weights: Inverse passage frequency of each of its stems.
        named: The stems of the names in it: the Ever Given is not whatever was ever given.
    """

    text: str
    vector: NDArray[np.float32]
    weights: Mapping[str, float]
    named: frozenset[str] = frozenset()

    def closeness(self, hit: Hit, similarity: float) -> float:
        """Return how close a passage is to the topic, from 0 to 2; 0 if it does not speak of it.

        It is the cosine and the share of the topic's words that stand in the passage or in the
        headlines above it.

        Args:
            hit: The passage.
            similarity: Cosine of topic and passage.
        """
        said = self.said(f"{hit.document.title}\n{hit.passage.heading}\n{hit.passage.text}")
        if self.named and similarity < NEAR and said.isdisjoint(self.named):
            return 0.0
        close = similarity + self.share(said)
        return close if close >= ABOUT or similarity >= NEAR else 0.0

    def relevance(self, account: Account) -> NDArray[np.float64]:
        """Return how close each sentence of an account is to the topic, 0 to 1, of (sentences,).

        It is the mean of its cosine and of the share of the topic's words that it has, for which
        those of its passage count a third; and 0 in a passage that does not speak of the topic. A
        passage is here as near as its nearest sentence.
        """
        cosines = (account.vectors @ self.vector).astype(np.float64)
        found = np.zeros(len(cosines))
        for rows, hit in passages_of(account):
            nearest = float(cosines[rows].max())
            close = self.closeness(hit, nearest)
            if close:
                own = [self.share(self.said(account.sentences[at].text)) for at in rows]
                shares = (2 * np.array(own) + close - nearest) / 3
                found[rows] = np.clip((cosines[rows] + shares) / 2, 0.0, 1.0)
        return found

    def said(self, text: str) -> frozenset[str]:
        """Return those stems of the topic that a text has: those of a name, with a capital."""
        said = self.weights.keys() & content_words(text)
        if said & self.named:
            capitals = " ".join(word for word in _WORD.findall(text) if word != word.lower())
            said -= self.named.difference(content_words(capitals))
        return frozenset(said)

    def share(self, stems: frozenset[str]) -> float:
        """Return the share of the topic's weight that some of its stems have, 0 to 1."""
        mass = sum(self.weights.values())
        return sum(self.weights[stem] for stem in stems) / mass if mass else 0.0


def on_topic(
    coverage: Coverage, accounts: Sequence[Account], relevance: Sequence[NDArray[np.float64]]
) -> Coverage:
    """Return a coverage of those paragraphs alone that speak of a topic, or are represented.

    Args:
        coverage: The coverage of all paragraphs.
        accounts: The documents.
        relevance: How close each sentence is to the topic, by account.
    """
    near: dict[str, list[Span]] = {}
    for account, close in zip(accounts, relevance, strict=True):
        spans = [account.sentences[at].span for at in np.flatnonzero(close).tolist()]
        near[account.document.id] = spans
    themes = []
    for theme in coverage.missing:
        kept = [p for p in theme.places if any(map(p.span.overlaps, near[p.document_id]))]
        if kept:
            themes.append(replace(theme, places=tuple(kept)))
    left = sum(len(theme.places) for theme in themes)
    return replace(coverage, paragraphs_total=coverage.paragraphs + left, missing=tuple(themes))


def passages_of(account: Account) -> list[tuple[list[int], Hit]]:
    """Return the passages of an account, in order, each with the places of its sentences."""
    rows: dict[str, tuple[list[int], Hit]] = {}
    for at, sentence in enumerate(account.sentences):
        rows.setdefault(sentence.hit.passage.id, ([], sentence.hit))[0].append(at)
    return list(rows.values())


def read_subject(snapshot: Snapshot, retriever: HybridRetriever, topic: str) -> Subject:
    """Return a topic read against one snapshot of the index."""
    stems = tuple(dict.fromkeys(content_words(topic)))
    counts = snapshot.frequencies(stems)
    total = snapshot.count()
    weights = {
        stem: math.log(1 + (total - found + 0.5) / (found + 0.5))
        for stem in stems
        for found in (counts.get(stem, 0),)
    }
    named = frozenset(stem for name in names(topic) for stem in content_words(name))
    return Subject(topic, retriever.read(snapshot, topic).encoding.vector, weights, named)


def documents_on(
    snapshot: Snapshot, retriever: HybridRetriever, subject: Subject, scope: Scope
) -> tuple[DocumentInfo, ...]:
    """Return the documents with a passage that speaks of a topic, the nearest passage first.

    Raises:
        NotFoundError: There is none.
    """
    ranking = retriever.search(snapshot, subject.text, top_k=PASSAGES, scope=scope)
    close = [(subject.closeness(hit, hit.similarity), hit) for hit in ranking.hits]
    near = sorted((pair for pair in close if pair[0]), key=lambda pair: -pair[0])
    if not near:
        raise _unknown(subject, snapshot, ranking.hits)
    allowed = {info.id for info in snapshot.documents(scope)}
    found = {
        info.id: info
        for _, hit in near
        for info in (hit.document, *hit.copies)
        if info.id in allowed
    }
    return tuple(found.values())


def _unknown(subject: Subject, snapshot: Snapshot, nearest: Sequence[Hit]) -> NotFoundError:
    missing = [name for name in names(subject.text) if not snapshot.contains_phrase(name)]
    words = ", ".join(f"“{name}”" for name in missing)
    message = f"no document speaks of “{subject.text}”"
    closest = f"; the closest is {nearest[0].document.title}" if nearest else ""
    return NotFoundError(
        f"{message}: none mentions {words}" if words else message,
        hint=f"put it in other words, or look with: groundwire search{closest}",
    )
