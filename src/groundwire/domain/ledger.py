"""The answer ledger: what was said, on which characters it stood, and whether that is unaltered."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from groundwire.domain.answers import Engine
    from groundwire.domain.claims import Citation
    from groundwire.domain.documents import Document, DocumentId
    from groundwire.domain.spans import Span

EntryKind = Literal["answer", "summary", "comparison"]
Door = Literal["cli", "chat", "slack", "api"]
ChainFault = Literal["altered", "citations", "cut", "link", "order", "removed"]


def hash_of(text: str) -> str:
    """Return what names a version of a text: SHA-256 of its UTF-8 form, in hexadecimal digits."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class Cited:
    """Characters that an answer stood on, and the version of the document that held them.

    Attributes:
        document_id: The cited document.
        root: The root that it was found in, absolute.
        path: Its path relative to the root.
        title: Its headline.
        span: Where the quote stood in its text.
        quote: Exactly ``text[span]`` of that version.
        text_hash: The version: ``hash_of`` the document's text.
    """

    document_id: DocumentId
    root: str
    path: str
    title: str
    span: Span
    quote: str
    text_hash: str

    def __post_init__(self) -> None:
        """Check that the quote can be the slice that the span names."""
        if len(self.quote) != len(self.span):
            message = f"the quote has {len(self.quote)} characters, its span {len(self.span)}"
            raise ValueError(message)

    @classmethod
    def of(cls, citation: Citation, document: Document) -> Cited:
        """Return a citation as the ledger keeps it, with the document as it was read.

        Raises:
            ValueError: The document does not hold the quote there.
        """
        if citation.document_id != document.id or citation.span.of(document.text) != citation.quote:
            raise ValueError(f"{document.path} does not hold the quote")
        return cls(
            document_id=document.id,
            root=document.root,
            path=document.path,
            title=document.title,
            span=citation.span,
            quote=citation.quote,
            text_hash=hash_of(document.text),
        )

    @property
    def quote_hash(self) -> str:
        """``hash_of`` the quote."""
        return hash_of(self.quote)

    def to_dict(self) -> dict[str, object]:
        """Return the JSON form of one citation."""
        return {
            "doc_id": self.document_id,
            "root": self.root,
            "path": self.path,
            "title": self.title,
            "start": self.span.start,
            "end": self.span.end,
            "quote": self.quote,
            "text_hash": self.text_hash,
            "quote_hash": self.quote_hash,
        }


@dataclass(frozen=True, slots=True)
class SaidSentence:
    """One sentence that was said.

    Attributes:
        text: The sentence, without markers.
        citations: What it stood on, best first; empty for what is not a claim.
    """

    text: str
    citations: tuple[Cited, ...] = ()

    def to_dict(self) -> dict[str, object]:
        """Return the JSON form of one sentence."""
        return {"text": self.text, "citations": [cited.to_dict() for cited in self.citations]}


@dataclass(frozen=True, slots=True)
class Issued:
    """A result as it is handed to somebody, before the ledger has numbered it.

    Attributes:
        kind: What sort of result.
        door: Where it was asked for.
        index: What names the index that it was read from.
        question: What was asked, or what was to be summarised or compared, in words.
        engine: Who chose or wrote the sentences.
        outcome: How it ended, such as ``answered`` or ``nothing``.
        sentences: What was said, in order.
        model: Name of the language model; None without one.
        conversation: Key of the conversation that it belongs to; empty for none.
        place: Where the door finds it again, as JSON: a channel and a thread, for one.
    """

    kind: EntryKind
    door: Door
    index: str
    question: str
    engine: Engine
    outcome: str
    sentences: tuple[SaidSentence, ...]
    model: str | None = None
    conversation: str = ""
    place: Mapping[str, object] = field(default_factory=dict)

    @property
    def citations(self) -> tuple[Cited, ...]:
        """Every citation, sentence by sentence."""
        return tuple(cited for sentence in self.sentences for cited in sentence.citations)

    def to_dict(self) -> dict[str, object]:
        """Return the JSON form of a result without its number."""
        return {
            "kind": self.kind,
            "door": self.door,
            "index": self.index,
            "question": self.question,
            "engine": self.engine,
            "outcome": self.outcome,
            "sentences": [sentence.to_dict() for sentence in self.sentences],
            "model": self.model,
            "conversation": self.conversation,
            "place": dict(self.place),
        }


@dataclass(frozen=True, slots=True)
class Occasion:
    """Where, and as part of what, a result is handed to somebody: that makes it a ledger entry.

    Attributes:
        door: Where it was asked for.
        conversation: Key of the conversation that it belongs to; empty for none.
        place: Where the door finds it again, as JSON: a channel and a thread, for one.
    """

    door: Door
    conversation: str = ""
    place: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """A result as the ledger keeps it.

    Attributes:
        seq: Its place in the ledger, from 1, without gaps.
        id: Its id: 26 characters that sort by the time they were made.
        said: When it was entered, in UTC.
        issued: What was said.
    """

    seq: int
    id: str
    said: datetime
    issued: Issued

    def __post_init__(self) -> None:
        """Check that entries are counted from 1 and that the time says where it is meant."""
        if self.seq < 1:
            raise ValueError(f"entries are numbered from 1, not {self.seq}")
        if self.said.tzinfo is None:
            raise ValueError("the time of an entry needs a time zone")

    def to_dict(self) -> dict[str, object]:
        """Return the JSON form of an entry."""
        return {
            "seq": self.seq,
            "id": self.id,
            "said": self.said.isoformat(timespec="microseconds"),
            **self.issued.to_dict(),
        }


@dataclass(frozen=True, slots=True)
class Anchor:
    """The newest link of the ledger, to be kept elsewhere: it shows whether the tail was cut.

    Attributes:
        seq: Number of the newest entry; 0 if there is none.
        link: Its link, in hexadecimal digits.
    """

    seq: int
    link: str

    def to_dict(self) -> dict[str, object]:
        """Return the JSON form of an anchor."""
        return {"seq": self.seq, "link": self.link}


@dataclass(frozen=True, slots=True)
class ChainBreak:
    """A place at which the ledger is not as it was written.

    Attributes:
        seq: The entry's number.
        fault: ``altered`` or ``removed``: its content; ``citations``: the table by which recalls
            find it; ``order``: it stood elsewhere; ``link``: it does not follow from the one
            before; ``cut``: the ledger does not reach, or does not pass through, the anchor.
        message: The same in one line for people.
    """

    seq: int
    fault: ChainFault
    message: str

    def to_dict(self) -> dict[str, object]:
        """Return the JSON form of a break."""
        return {"seq": self.seq, "fault": self.fault, "message": self.message}


@dataclass(frozen=True, slots=True)
class ChainReport:
    """What a walk along the whole ledger found.

    Attributes:
        anchor: The newest link.
        erased: How many entries were erased by their owner.
        breaks: Where it is not as it was written, by number; empty if it is sound.
    """

    anchor: Anchor
    erased: int
    breaks: tuple[ChainBreak, ...]

    @property
    def sound(self) -> bool:
        """Whether nothing was found."""
        return not self.breaks

    def to_dict(self) -> dict[str, object]:
        """Return the JSON form of the report."""
        return {
            "sound": self.sound,
            "anchor": self.anchor.to_dict(),
            "erased": self.erased,
            "breaks": [each.to_dict() for each in self.breaks],
        }
