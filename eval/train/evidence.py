"""Gathering evidence for training, the way a question gathers it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from groundwire.answer.evidence import gather
from groundwire.retrieve.hybrid import HybridRetriever

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from groundwire import Desk
    from groundwire.answer.evidence import Evidence

CANDIDATES = 100
TOP_K = 10


@dataclass(frozen=True, slots=True)
class Example:
    """A question with its evidence.

    Attributes:
        group: What it is held out with in cross-validation, such as its article.
        evidence: What was found for it.
        gold: For each sentence whether it answers.
    """

    group: str
    evidence: Evidence
    gold: tuple[bool, ...]


def examples(
    desk: Desk,
    questions: Iterable[tuple[str, str]],
    is_gold: Callable[[str, str, str], bool],
) -> list[Example]:
    """Return the evidence of each question that finds any.

    Args:
        desk: A desk on the index to search.
        questions: Question and group.
        is_gold: Whether a sentence answers: (question, path, sentence).
    """
    parts = desk._parts  # noqa: SLF001 -- training sees what answering sees
    encoder = parts.checked_encoder()
    retriever = HybridRetriever(encoder, candidates=CANDIDATES)
    found: list[Example] = []
    for text, group in questions:
        with parts.store.snapshot() as snapshot:
            ranking = retriever.search(snapshot, text, top_k=TOP_K)
            evidence = gather(retriever.read(snapshot, text), ranking, snapshot)
        if evidence.usable().any():
            gold = tuple(
                is_gold(text, reading.hit.document.path, sentence.text)
                for reading, sentence in evidence.places()
            )
            found.append(Example(group, evidence, gold))
    return found
