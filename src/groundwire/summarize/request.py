"""What was asked of the desk: a target, a scope, a length, a style."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from groundwire.domain.errors import UsageError
from groundwire.domain.retrieval import Scope

if TYPE_CHECKING:
    import threading

    from groundwire.domain.summaries import Style, Target


@dataclass(frozen=True, slots=True)
class SummaryRequest:
    """One summary as it was asked of the desk.

    Attributes:
        target: What is to be summarised; None for everything.
        scope: Which documents may be used.
        sentences: How many sentences are wanted; None: as the style has it.
        words: How many words are wanted instead.
        style: How it is laid out.
        cancel: Set when no more documents are to be read.
    """

    target: Target = None
    scope: Scope = field(default_factory=Scope)
    sentences: int | None = None
    words: int | None = None
    style: Style = "brief"
    cancel: threading.Event | None = None

    def __post_init__(self) -> None:
        """Refuse lengths that no summary can have.

        Raises:
            UsageError: A length is less than 1, there are two, or a timeline has one in words.
        """
        if self.sentences is not None and self.words is not None:
            raise UsageError(
                "a summary has one length, not two", hint="give sentences or words, not both"
            )
        if self.words is not None and self.style == "timeline":
            raise UsageError("a timeline is counted in lines", hint="give sentences, not words")
        for unit, length in (("sentence", self.sentences), ("word", self.words)):
            if length is not None and length < 1:
                raise UsageError(f"a summary needs at least 1 {unit}, not {length}")
