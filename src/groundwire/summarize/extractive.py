"""Summarizing one document by choosing among its sentences."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING

import numpy as np

from groundwire.domain.answers import Provenance
from groundwire.domain.errors import UsageError
from groundwire.domain.retrieval import Hit
from groundwire.domain.summaries import Coverage, Summary
from groundwire.ground.cite import number, quoted_claim, sources
from groundwire.text.instructions import instruction_spans
from groundwire.text.paragraphs import paragraphs
from groundwire.text.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from groundwire.domain.claims import Claim
    from groundwire.domain.documents import Document, DocumentInfo, Passage
    from groundwire.domain.spans import Span
    from groundwire.models.encoder import Encoder

POSITION_SCALE = 4.0
"""Sentences after which the weight of an early position has fallen to 1/e."""

REDUNDANCY = 0.8
"""Share of salience against novelty in the choice of each further sentence."""

MIN_WORDS = 8
MAX_READ = 400
"""Sentences of a document that are weighed, from its beginning."""

_DANGLING = re.compile(
    r"(?:He|She|It|They|This|That|These|Those|His|Her|Its|Their|But|However|Meanwhile|And|Also"
    r"|Still|Instead|Then|Yet|So)\b"
)
_DANGLING_PENALTY = 0.5


class ExtractiveSummarizer:
    """Chooses sentences that stand for a document.

    Salience is the mean of closeness to the document's centroid and exp(-position / 4); each
    further sentence is the one with the best balance of salience and novelty (maximal marginal
    relevance: Carbonell and Goldstein, 1998). News puts its point first, so position weighs as
    much as content: docs/decisions has the figures.
    """

    def __init__(self, encoder: Encoder) -> None:
        """Keep the encoder."""
        self._encoder = encoder

    def summarize(
        self,
        document: Document,
        info: DocumentInfo,
        passages: Sequence[Passage],
        length: int,
        found: tuple[str, int],
    ) -> Summary:
        """Return the summary of one document.

        Args:
            document: What is summarized.
            info: Its entry in the listing.
            passages: Its passages, in order.
            length: Sentences to give; fewer only if the document has fewer.
            found: Generation and revision of the index that was read.

        Raises:
            UsageError: ``length`` is less than 1.
        """
        if length < 1:
            raise UsageError(f"a summary needs at least 1 sentence, not {length}")
        started = time.perf_counter()
        hits = [_hit(n, passage, info) for n, passage in enumerate(passages, 1)]
        places = _places(hits)[:MAX_READ]
        chosen = self._choose([span.of(document.text) for _, span in places], length)
        claims = number([quoted_claim(*places[i]) for i in chosen])
        total = round(1000 * (time.perf_counter() - started))
        return Summary(
            target=document.title,
            claims=claims,
            sources=tuple(s for s in sources(claims, hits) if s.cited),
            coverage=_coverage(document, claims),
            provenance=Provenance(
                "extractive", *found, self._encoder.identity.name, timing_ms={"total": total}
            ),
            warnings=_length_warning(document, len(claims), length),
        )

    def _choose(self, texts: Sequence[str], length: int) -> list[int]:
        """Return the positions of the chosen sentences, in reading order."""
        vectors = self._encoder.encode(texts)
        salience = _salience(texts, vectors)
        chosen: list[int] = []
        while len(chosen) < min(length, len(texts)):
            nearest = (vectors @ vectors[chosen].T).max(axis=1) if chosen else np.zeros(len(texts))
            balance = REDUNDANCY * salience - (1 - REDUNDANCY) * nearest
            balance[chosen] = -np.inf
            chosen.append(int(balance.argmax()))
        return sorted(chosen)


def _salience(texts: Sequence[str], vectors: NDArray[np.float32]) -> NDArray[np.float64]:
    centroid = vectors.mean(axis=0)
    centroid /= max(float(np.linalg.norm(centroid)), 1e-9)
    position = np.exp(-np.arange(len(texts)) / POSITION_SCALE)
    salience = 0.5 * (vectors @ centroid).astype(np.float64) + 0.5 * position
    weak = [
        len(text.split()) < MIN_WORDS or text.endswith("?") or bool(_DANGLING.match(text))
        for text in texts
    ]
    penalised: NDArray[np.float64] = salience - _DANGLING_PENALTY * np.array(weak, dtype=np.float64)
    return penalised


def _hit(rank: int, passage: Passage, info: DocumentInfo) -> Hit:
    return Hit(passage, info, 1.0, rank, ("document",), 1.0)


def _places(hits: Sequence[Hit]) -> list[tuple[Hit, Span]]:
    """Return each sentence of the passages with its passage, in the document's offsets.

    Paragraphs that address a chatbot are left out.
    """
    return [
        (hit, local.shift(hit.passage.span.start))
        for hit in hits
        for orders in (instruction_spans(hit.passage.text),)
        for local in sentences(hit.passage.text)
        if not any(order.contains(local) for order in orders)
    ]


def _coverage(document: Document, claims: Sequence[Claim]) -> Coverage:
    body = [
        span
        for span in paragraphs(document.text)
        if not any(heading.contains(span) for heading in document.headings)
    ]
    cited = [citation.span for claim in claims for citation in claim.citations]
    used = sum(any(span.overlaps(quote) for quote in cited) for span in body)
    return Coverage(1 if claims else 0, 1, used, len(body))


def _length_warning(document: Document, given: int, asked: int) -> tuple[str, ...]:
    if given == asked:
        return ()
    return (f"{document.title} has only {given} sentences; {asked} were asked for",)
