"""Retrieval in a conversation: what was asked before adds to the scores, less and less."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from groundwire.domain.retrieval import Ranking
from groundwire.text.tokens import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from groundwire.domain.documents import PassageId
    from groundwire.domain.retrieval import Hit, Scope
    from groundwire.index.snapshot import Snapshot
    from groundwire.retrieve.hybrid import HybridRetriever

BEFORE = 0.4
"""What the question before adds to the score of a passage, both scores from 0 to 1."""

FADE = 0.5
"""How much of that each question before it adds."""

NAMED = 0.25
"""What a passage gains that holds every name of the last answer."""

SAME_TOPIC = 0.25
"""Cosine to an earlier question from which a question that stands alone is on its topic."""

REMEMBERED = 3
"""Earlier questions that count."""

DEPTH = 50
"""Passages of each ranking that are looked at."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """What a conversation held before a question.

    Attributes:
        questions: The questions, each standing alone, the latest first.
        names: The names in the last answer.
        leans: Whether the question leans on them, so that its topic cannot be another.
    """

    questions: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    leans: bool = False


def search_in_conversation(  # noqa: PLR0913 -- one search has this many sides
    retriever: HybridRetriever,
    snapshot: Snapshot,
    question: str,
    earlier: Earlier,
    *,
    top_k: int,
    scope: Scope,
) -> Ranking:
    """Return the best passages for a question that follows others, best first.

    A passage found for the question also gets 0.4 of its score for the question before, 0.2 of
    that for the one before that, and so on. The passages, their scores and their cosines are those
    for the question; only the order knows of the conversation. An earlier question on another
    topic adds nothing, and without any the ranking is the retriever's own.

    Args:
        retriever: Searches one scope.
        snapshot: One revision of the index.
        question: What is asked, as it stands alone.
        earlier: What was said before.
        top_k: Length of the ranking, at most.
        scope: Which documents may be used.
    """
    kept = _on_topic(retriever, snapshot, question, earlier)
    if not kept:
        return retriever.search(snapshot, question, top_k=top_k, scope=scope)
    depth = max(DEPTH, top_k)
    found = retriever.search(snapshot, question, top_k=depth, scope=scope)
    total = _shares(found)
    for age, text in kept:
        before = retriever.search(snapshot, text, top_k=depth, scope=scope)
        for passage_id, share in _shares(before).items():
            if passage_id in total:
                total[passage_id] += BEFORE * FADE**age * share
    if kept[0][0] == 0:
        for hit in found.hits:
            total[hit.passage.id] += NAMED * _named(hit, earlier.names)
    ordered = sorted(found.hits, key=lambda hit: -total[hit.passage.id])[:top_k]
    hits = tuple(replace(hit, rank=rank) for rank, hit in enumerate(ordered, 1))
    return Ranking(question, hits)


def _on_topic(
    retriever: HybridRetriever, snapshot: Snapshot, question: str, earlier: Earlier
) -> list[tuple[int, str]]:
    """Return the earlier questions that count, each with how many were asked after it."""
    recent = list(enumerate(earlier.questions[:REMEMBERED]))
    if earlier.leans or not recent or not question.strip():
        return recent
    vector = retriever.read(snapshot, question).encoding.vector
    return [
        (age, text)
        for age, text in recent
        if float(retriever.read(snapshot, text).encoding.vector @ vector) >= SAME_TOPIC
    ]


def _shares(ranking: Ranking) -> dict[PassageId, float]:
    """Return the scores of a ranking, its best at 1 and its last at 0."""
    if not ranking.hits:
        return {}
    scores = [hit.score for hit in ranking.hits]
    least, most = min(scores), max(scores)
    width = most - least
    return {hit.passage.id: (hit.score - least) / width if width else 1.0 for hit in ranking.hits}


def _named(hit: Hit, names: Sequence[str]) -> float:
    """Return the share of some names that a passage or its title holds."""
    if not names:
        return 0.0
    held = set(words(f"{hit.document.title} {hit.passage.text}"))
    return sum(held.issuperset(words(name)) for name in names) / len(names)
