"""What a summary stands on, and what it leaves out."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from groundwire.domain.summaries import Coverage, Place
from groundwire.ground.cite import locator
from groundwire.summarize.hygiene import candidates
from groundwire.summarize.labels import Matter, themes
from groundwire.summarize.sameness import NEAR, told_by
from groundwire.text.paragraphs import paragraphs
from groundwire.text.tokens import content_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from groundwire.domain.claims import Claim
    from groundwire.domain.documents import DocumentId
    from groundwire.domain.spans import Span
    from groundwire.retrieve.accounts import Account
    from groundwire.summarize.hygiene import Candidate


@dataclass(frozen=True)
class _Paragraph:
    """A paragraph of an account, without the headings.

    Attributes:
        place: What coverage lists.
        text: Its characters.
        rows: The sentences of the account that begin in it.
        said: Whether one of them may be said.
    """

    place: Place
    text: str
    rows: tuple[int, ...]
    said: bool


def cover(
    accounts: Sequence[Account],
    claims: Sequence[Claim],
    sayable: Mapping[DocumentId, Sequence[Candidate]] | None = None,
) -> Coverage:
    """Return what claims stand on of what was to be summarised.

    A paragraph is represented if a claim cites characters of it, or if one of its sentences says
    what a cited sentence says: their cosine and the share of its stems that the cited one has come
    to 1.25 (``groundwire.summarize.sameness``). What is not represented is grouped by theme.

    Args:
        accounts: All documents, copies among them.
        claims: What the summary says.
        sayable: The candidates of documents, where they are known already.
    """
    known = sayable or {}
    cited = _Cited(accounts, claims)
    represented: list[Place] = []
    missing: list[tuple[Account, _Paragraph]] = []
    documents = 0
    total = 0
    for account in sorted(accounts, key=lambda each: (each.document.path, each.document.id)):
        body = _body(account, known.get(account.document.id) or candidates(account))
        told = cited.told(account)
        quotes = cited.spans(account)
        before = len(represented)
        for paragraph in body:
            if _is_told(paragraph, told, quotes):
                represented.append(paragraph.place)
            else:
                missing.append((account, paragraph))
        documents += len(represented) > before
        total += len(body)
    return Coverage(
        documents=documents,
        documents_total=len(accounts),
        paragraphs=len(represented),
        paragraphs_total=total,
        represented=tuple(represented),
        missing=themes([_matter(*each) for each in missing], [claim.text for claim in claims]),
    )


class _Cited:
    """The sentences that claims cite."""

    def __init__(self, accounts: Sequence[Account], claims: Sequence[Claim]) -> None:
        self._spans: dict[str, list[Span]] = {}
        for claim in claims:
            for citation in claim.citations:
                self._spans.setdefault(citation.document_id, []).append(citation.span)
        rows: list[NDArray[np.float32]] = []
        self._stems: list[frozenset[str]] = []
        for account in accounts:
            spans = self.spans(account)
            for at, sentence in enumerate(account.sentences if spans else ()):
                if any(sentence.span.overlaps(span) for span in spans):
                    rows.append(account.vectors[at])
                    self._stems.append(frozenset(content_words(sentence.text)))
        self._vectors = np.stack(rows) if rows else np.zeros((0, 1), np.float32)

    def spans(self, account: Account) -> list[Span]:
        """Return what is cited of a document."""
        return self._spans.get(account.document.id, [])

    def told(self, account: Account) -> NDArray[np.bool_]:
        """Return for each sentence of a document whether a cited one tells what it tells."""
        found = np.zeros(len(account.sentences), dtype=bool)
        if not len(self._vectors):
            return found
        near = np.flatnonzero((account.vectors @ self._vectors.T).max(axis=1) >= NEAR)
        stems = [frozenset(content_words(account.sentences[at].text)) for at in near.tolist()]
        found[near] = told_by(account.vectors[near], stems, self._vectors, self._stems)
        return found


def _is_told(paragraph: _Paragraph, told: NDArray[np.bool_], quotes: Sequence[Span]) -> bool:
    return any(paragraph.place.span.overlaps(quote) for quote in quotes) or bool(
        told[list(paragraph.rows)].any()
    )


def _matter(account: Account, paragraph: _Paragraph) -> Matter:
    rows = list(paragraph.rows)
    vector = account.vectors[rows].sum(axis=0) if rows else np.zeros(account.vectors.shape[1])
    length = max(float(np.linalg.norm(vector)), 1e-9)
    text = paragraph.text if paragraph.said else ""
    return Matter(paragraph.place, text, (vector / length).astype(np.float32))


def _body(account: Account, sayable: Sequence[Candidate]) -> tuple[_Paragraph, ...]:
    """Return the paragraphs of an account that are no headings, in order."""
    document = account.document
    said = {each.at for each in sayable if not each.weak}
    starts = [sentence.span.start for sentence in account.sentences]
    ends = [sentence.span.end for sentence in account.sentences]
    found: list[_Paragraph] = []
    for span in paragraphs(document.text):
        if any(heading.contains(span) for heading in document.headings):
            continue
        first, last = bisect_right(ends, span.start), bisect_right(starts, span.end - 1)
        if first < last:
            hit = account.sentences[first].hit
            place = Place(
                document.id, hit.passage.id, document.path, span, locator(hit.passage, span)
            )
            rows = tuple(range(first, last))
            found.append(_Paragraph(place, span.of(document.text), rows, not said.isdisjoint(rows)))
    return tuple(found)
