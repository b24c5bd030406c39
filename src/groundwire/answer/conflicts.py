"""Conflict cards of an answer: who gives another value than the one that answers the question."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from groundwire.answer.highlights import highlight
from groundwire.compare.differences import differences
from groundwire.compare.relations import Said
from groundwire.retrieve.accounts import Sentence

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from groundwire.answer import candidates
    from groundwire.answer.candidates import Reading
    from groundwire.answer.evidence import Evidence
    from groundwire.answer.question import AnswerKind, Question
    from groundwire.domain.answers import Source
    from groundwire.domain.claims import Citation, Claim
    from groundwire.domain.comparisons import Difference, Statement, ValueKind
    from groundwire.domain.documents import DocumentId, DocumentInfo, PassageId
    from groundwire.domain.spans import Span

_ON_TOPIC = 0.5
"""Share that another sentence, with its headline, must cover of what the cited ones cover."""

_KINDS: dict[AnswerKind, ValueKind] = {
    "number": "number",
    "date": "date",
    "person": "name",
    "place": "place",
    "other": "quote",
}
"""What sort of value answers a question; of one for reasons none does."""


@dataclass(frozen=True, slots=True)
class Passages:
    """What was found of one document: its passages, read sentence by sentence.

    Attributes:
        info: The document's entry.
        sentences: The sentences of these passages, in order.
        vectors: Their unit vectors, of shape (sentences, dimension).
        origin: The first printed member of its copy family.
    """

    info: DocumentInfo
    sentences: tuple[Sentence, ...]
    vectors: NDArray[np.float32]
    origin: DocumentId


def conflicts(
    evidence: Evidence, claims: Sequence[Claim], sources: Iterable[Source]
) -> tuple[Difference, ...]:
    """Return the cards of an answer: differences of which one side is what it says.

    Args:
        evidence: What was found for the question.
        claims: What the answer says.
        sources: The numbered passages of the answer; statements take their numbers.
    """
    citations = [citation for claim in claims for citation in claim.citations]
    cited = [
        at
        for at, (reading, sentence) in enumerate(evidence.places())
        if any(_holds(citation, reading, sentence.span) for citation in citations)
    ]
    numbers = {source.hit.passage.id: source.n for source in sources}
    return tuple(
        replace(each, statements=tuple(_numbered(one, numbers) for one in each.statements))
        for each in differing(evidence, cited)
    )


def differing(evidence: Evidence, cited: Sequence[int]) -> tuple[Difference, ...]:
    """Return the differences between cited sentences and others on the topic.

    Args:
        evidence: What was found for the question.
        cited: Numbers of the cited sentences, as in ``evidence.places()``.
    """
    if not cited or evidence.question.kind not in _KINDS:
        return ()
    kind = _KINDS[evidence.question.kind]
    chosen = _on_topic(evidence, cited)
    saids = _saids(evidence, chosen)
    sides = [n for n, at in enumerate(chosen) if at in set(cited)]
    places = {(saids[n].account.info.id, saids[n].sentence.span) for n in sides}
    return tuple(
        each
        for each in differences(saids, kinds=(kind,), sides=sides)
        if any(_answers(one, places, evidence.question) for one in each.statements)
    )


def attribution(reading: Reading) -> str:
    """Return outlet and date of a document: "The Verge, 6 October 2023"."""
    document = reading.hit.document
    day = document.published
    date = f"{day.day} {day:%B} {day.year}" if day else ""
    return ", ".join(part for part in (document.source, date) if part)


def _holds(citation: Citation, reading: Reading, span: Span) -> bool:
    """Return whether a citation quotes a sentence of a passage."""
    return citation.passage_id == reading.hit.passage.id and citation.span.overlaps(span)


def _on_topic(evidence: Evidence, cited: Sequence[int]) -> list[int]:
    """Return the numbers of the cited sentences and of those about as much on the topic."""
    usable = evidence.usable().tolist()
    covered = [
        evidence.question.coverage(sentence.stems | reading.about)
        for reading, sentence in evidence.places()
    ]
    enough = _ON_TOPIC * max(covered[at] for at in cited)
    return [
        at for at, share in enumerate(covered) if at in cited or (usable[at] and share >= enough)
    ]


def _saids(evidence: Evidence, chosen: Sequence[int]) -> list[Said]:
    """Return sentences where they stand, their documents read as far as they were found."""
    places = evidence.places()
    by_document: dict[DocumentId, list[int]] = defaultdict(list)
    for at, (reading, _) in enumerate(places):
        by_document[reading.hit.passage.document_id].append(at)
    said: dict[int, Said] = {}
    for document, found in by_document.items():
        found.sort(key=lambda at: places[at][1].span)
        passages = _passages([places[at] for at in found], evidence.origins.get(document, document))
        said |= {at: Said(passages, n) for n, at in enumerate(found)}
    return [said[at] for at in chosen]


def _passages(found: Sequence[tuple[Reading, candidates.Sentence]], origin: DocumentId) -> Passages:
    sentences = tuple(
        Sentence(reading.hit, sentence.span, sentence.text, order=False)
        for reading, sentence in found
    )
    vectors = np.stack([sentence.vector for _, sentence in found])
    return Passages(found[0][0].hit.document, sentences, vectors, origin)


def _answers(
    statement: Statement, cited: Collection[tuple[DocumentId, Span]], question: Question
) -> bool:
    """Return whether a statement is a cited sentence, and its value the short answer.

    Where no short answer is certain, any value of the sort that was asked for is taken for it.
    """
    citation, value = statement.citation, statement.value
    if (citation.document_id, citation.span) not in cited or value is None:
        return False
    short = highlight(citation.quote, question)
    return short is None or short.shift(citation.span.start).overlaps(value)


def _numbered(statement: Statement, numbers: Mapping[PassageId, int]) -> Statement:
    """Return a statement with the number that the answer gives its passage."""
    n = numbers.get(statement.citation.passage_id, statement.citation.n)
    return replace(statement, citation=replace(statement.citation, n=n))
