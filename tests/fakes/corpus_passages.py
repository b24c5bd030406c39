"""The sample corpus as hits, for tests of what is said about it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from groundwire.domain.documents import Document, DocumentId, DocumentInfo
from groundwire.domain.retrieval import Hit
from groundwire.ingest.passages import segment
from groundwire.text.sentences import sentences
from tests.fakes.loading import load_one

if TYPE_CHECKING:
    from groundwire.domain.spans import Span

ROOT = Path(__file__).parents[2] / "eval" / "corpus"
GIVEN = 8


class TrueSentence(NamedTuple):
    """A sentence of the corpus with the passages that a model would have been given.

    Attributes:
        text: The sentence, verbatim.
        span: Where it stands in its passage.
        hits: Its own passage first, then others of its document and its folder.
    """

    text: str
    span: Span
    hits: tuple[Hit, ...]

    @property
    def passage(self) -> str:
        """The text of its own passage."""
        return self.hits[0].passage.text


@cache
def documents() -> tuple[Document, ...]:
    """Return the articles of the sample corpus, in order of their paths."""
    found = []
    for path in sorted(ROOT.glob("*/*.md")):
        loaded = load_one(path.read_bytes(), path.name)
        relative = path.relative_to(ROOT).as_posix()
        found.append(
            Document(
                id=DocumentId(relative),
                root=str(ROOT),
                path=relative,
                title=loaded.title,
                source=loaded.source,
                author=loaded.author,
                published=loaded.published,
                language=loaded.language,
                text=loaded.text,
                content_hash="",
                headings=loaded.headings,
            )
        )
    return tuple(found)


@cache
def true_sentences() -> tuple[TrueSentence, ...]:
    """Return every sentence of the corpus of six words or more, in order."""
    folders: dict[str, list[Hit]] = {}
    for document in documents():
        folders.setdefault(document.path.split("/")[0], []).extend(_hits(document))
    found = []
    for hits in folders.values():
        for hit in hits:
            own = [h for h in hits if h.document.id == hit.document.id and h is not hit]
            others = [h for h in hits if h.document.id != hit.document.id]
            given = _ranked((hit, *(own + others)[: GIVEN - 1]))
            for span in sentences(hit.passage.text):
                text = span.of(hit.passage.text)
                if len(text.split()) >= 6 and "\n" not in text:
                    found.append(TrueSentence(text, span, given))
    return tuple(found)


def _hits(document: Document) -> list[Hit]:
    passages = segment(document)
    info = DocumentInfo(
        document.id,
        document.path,
        document.title,
        document.source,
        document.author,
        document.published,
        document.language,
        len(document.text),
        len(passages),
    )
    return [Hit(passage, info, 1.0, 1, ("lexical",), 0.5) for passage in passages]


def _ranked(hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
    return tuple(
        Hit(hit.passage, hit.document, 1.0 / rank, rank, ("lexical",), 0.5)
        for rank, hit in enumerate(hits, 1)
    )
