"""Made-up answers and the documents that they cite."""

from __future__ import annotations

from typing import TYPE_CHECKING

from groundwire.domain.documents import DocumentId
from groundwire.domain.ledger import Cited, Issued, SaidSentence, hash_of
from groundwire.domain.recalls import CurrentText
from groundwire.domain.spans import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from groundwire.domain.ledger import Door

FERRY = "Quell met the crew. The ferry carried 2,400 people in May. It sails again on Monday."
PIER = "The pier has nine broken lamps. Nobody was hurt."
TEXTS = {"ferry.md": FERRY, "pier.md": PIER}
CARRIED = "The ferry carried 2,400 people in May."
LAMPS = "The pier has nine broken lamps."


def cite(path: str, quote: str, texts: Mapping[str, str] = TEXTS) -> Cited:
    text = texts[path]
    start = text.index(quote)
    return Cited(
        document_id=DocumentId(f"id-{path}"),
        root="/desk",
        path=path,
        title=path.removesuffix(".md"),
        span=Span(start, start + len(quote)),
        quote=quote,
        text_hash=hash_of(text),
    )


def issued(
    *cited: Cited,
    question: str = "How many?",
    conversation: str = "",
    door: Door = "cli",
    index: str = "desk",
) -> Issued:
    return Issued(
        kind="answer",
        door=door,
        index=index,
        question=question,
        engine="extractive",
        outcome="answered" if cited else "nothing",
        sentences=tuple(SaidSentence(each.quote, (each,)) for each in cited),
        conversation=conversation,
        place={"channel": "C1", "thread": "1.5"} if door == "slack" else {},
    )


def folder(texts: Mapping[str, str]) -> Callable[[DocumentId], CurrentText | None]:
    """Return what an index would say of the documents of a folder."""

    def current(document: DocumentId) -> CurrentText | None:
        path = document.removeprefix("id-")
        return CurrentText.of(path, texts[path]) if path in texts else None

    return current
