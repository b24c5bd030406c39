"""Statements: a sentence as its citation, with its outlet, day, speaker and the value looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from groundwire.domain.comparisons import Statement
from groundwire.ground.cite import cite
from groundwire.text.speech import attributions

if TYPE_CHECKING:
    from groundwire.compare.values.subjects import Said
    from groundwire.domain.spans import Span


def statement(said: Said, value: Span | None = None) -> Statement:
    """Return a sentence as a statement; its citation is numbered 1.

    Args:
        said: The sentence.
        value: Where the value that is looked at stands in the document's text; None for the
            whole sentence.
    """
    sentence = said.sentence
    spoken = attributions(sentence.text)
    return Statement(
        citation=cite(sentence.hit, sentence.span),
        source=said.source,
        published=said.published,
        value=value,
        speaker=spoken[0].speaker.of(sentence.text) if spoken else "",
    )
