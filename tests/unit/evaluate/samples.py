"""Two small documents and answers about them, made of the product's own types."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from groundwire.domain.answers import Abstention, Answer, Provenance
from groundwire.domain.claims import Citation, Claim, Verdict
from groundwire.domain.documents import Document, DocumentId, DocumentInfo, Passage, PassageId
from groundwire.domain.errors import NotFoundError
from groundwire.domain.retrieval import Hit, Ranking, Scope
from groundwire.domain.spans import Span
from groundwire.domain.summaries import Coverage, Summary

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from groundwire.domain.conversations import Turn

FERRY = "The ferry to Sallow was cancelled on Monday. It carries 240 people a day.\n\nIt is old."
TRAM = "The tram costs £84m, the council said. It opens in 2026."


def document(path: str, text: str) -> Document:
    return Document(
        id=DocumentId(f"id-of-{path}"),
        root="/corpus",
        path=path,
        title=path,
        source="",
        author="",
        published=None,
        language="en",
        text=text,
        content_hash="",
    )


DOCUMENTS = {"ferry.md": document("ferry.md", FERRY), "tram.md": document("tram.md", TRAM)}


def span_of(path: str, words: str) -> Span:
    start = DOCUMENTS[path].text.index(words)
    return Span(start, start + len(words))


def citation(path: str, words: str) -> Citation:
    return Citation(
        n=1,
        document_id=DOCUMENTS[path].id,
        passage_id=PassageId("p"),
        path=path,
        span=span_of(path, words),
        quote=words,
        locator="¶ 1",
    )


def quoted(path: str, words: str) -> Claim:
    return Claim(words, (citation(path, words),), Verdict("quoted", 1.0, "verbatim"))


def shifted(claim: Claim, by: int = 1) -> Claim:
    """Return the claim with its first citation moved, as a fault in offsets would."""
    first = claim.citations[0]
    return replace(claim, citations=(replace(first, span=first.span.shift(by)),))


def answer(
    question: str, *claims: Claim, outcome: Literal["related", "nothing"] = "nothing"
) -> Answer:
    return Answer(
        question=question,
        standalone=question,
        outcome="answered" if claims else outcome,
        claims=claims,
        sources=(),
        filters=Scope(),
        provenance=Provenance("extractive", "g", 1, "fake", scores={"top": 0.5}),
        abstention=None if claims else Abstention("The documents do not say."),
    )


def hit(path: str, words: str, rank: int) -> Hit:
    found = DOCUMENTS[path]
    span = span_of(path, words)
    passage = Passage(PassageId(f"{path}-{rank}"), found.id, span, words, "", 1)
    info = DocumentInfo(found.id, path, path, "", "", None, "en", len(found.text), 1)
    return Hit(passage, info, 1.0 / rank, rank, ("dense",), 0.5)


def summary(*claims: Claim, warnings: tuple[str, ...] = (), partial: bool = False) -> Summary:
    return Summary(
        target="what was asked for",
        claims=claims,
        sources=(),
        coverage=Coverage(1, 1, 1, 1),
        provenance=Provenance("extractive", "g", 1, "fake"),
        warnings=warnings or (() if claims else ("There is nothing to say.",)),
        partial=partial,
    )


class Unread:
    """Files that cannot be read, so that only the store speaks."""

    def text_of(self, path: str) -> str | None:
        del path
        return None


class SpokenDesk:
    """Gives prepared answers, failures and rankings; stores the sample documents."""

    def __init__(
        self,
        answers: Mapping[str, Answer | BaseException] | None = None,
        hits: Mapping[str, Sequence[tuple[str, str]]] | None = None,
    ) -> None:
        self._answers = answers or {}
        self._hits = hits or {}
        self.asked: list[str] = []
        self.histories: list[tuple[Turn, ...]] = []
        self.searched: list[str] = []

    def ask(self, question: str, *, history: Sequence[Turn] = ()) -> Answer:
        self.asked.append(question)
        self.histories.append(tuple(history))
        said = self._answers.get(question) or answer(question)
        if isinstance(said, BaseException):
            raise said
        return said

    def search(self, question: str, *, top_k: int = 10) -> Ranking:
        self.searched.append(question)
        places = list(self._hits.get(question, ()))[:top_k]
        return Ranking(question, tuple(hit(*place, rank) for rank, place in enumerate(places, 1)))

    def show(self, document: str) -> Document:
        for found in DOCUMENTS.values():
            if document in {found.id, found.path}:
                return found
        raise NotFoundError(f"no document is called {document!r}")
