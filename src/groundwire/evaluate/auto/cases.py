"""What is asked of a desk: questions made from documents, with what a right answer does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from groundwire.domain.retrieval import EVERYTHING

if TYPE_CHECKING:
    from groundwire.domain.documents import DocumentId
    from groundwire.domain.retrieval import Scope

Kind = Literal["who", "said", "number", "when", "where", "two reports", "two sentences"]
Way = Literal["as it is", "other names", "other outlets", "left out"]

DECLINED: tuple[Way, ...] = ("other names", "other outlets", "left out")
"""Ways in which a question is changed so that it has no answer."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question and where its answer stands.

    Attributes:
        text: What is asked.
        kind: By which rule it was made.
        documents: The documents that it was made of; an answer of them or of their copies is right.
        quotes: The sentences that it was made of.
        names: Names in it, as they are written there.
        outlets: Outlets in it, as they are written there.
        way: Whether and how it was changed, so that it has no answer.
        scope: What may be used for it.
        close: Whether it was changed and still says mostly what a document says: whoever asks so
            is told wrong by nearly every engine. It is reported, and no threshold is fitted on it.
    """

    text: str
    kind: Kind
    documents: tuple[DocumentId, ...]
    quotes: tuple[str, ...]
    names: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    way: Way = "as it is"
    scope: Scope = EVERYTHING
    close: bool = False

    @property
    def answerable(self) -> bool:
        """Whether the documents hold the answer."""
        return self.way == "as it is"

    @property
    def group(self) -> DocumentId:
        """What it is held out with: its first document."""
        return self.documents[0]
