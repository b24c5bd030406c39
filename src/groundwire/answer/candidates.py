"""The sentences that an extractive answer may be made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from groundwire.text.instructions import instruction_spans
from groundwire.text.sentences import sentences
from groundwire.text.tokens import content_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from groundwire.domain.retrieval import Hit
    from groundwire.domain.spans import Span

MIN_CHARACTERS = 20


@dataclass(frozen=True, slots=True)
class Candidate:
    """One sentence of a retrieved passage.

    Attributes:
        hit: The passage that it stands in.
        span: Its place in the document's text.
        text: Its characters.
        stems: Stems of its content words.
        context: Stems of the whole passage and of the document's title.
    """

    hit: Hit
    span: Span
    text: str
    stems: frozenset[str]
    context: frozenset[str]


def candidates(hits: Sequence[Hit]) -> tuple[Candidate, ...]:
    """Return the sentences of the passages in order of rank; a repeated text only once.

    Questions and fragments are left out: neither can answer anything. So are paragraphs that
    address a chatbot: what they want said is no news.
    """
    found: dict[str, Candidate] = {}
    for hit in hits:
        passage = hit.passage
        context = frozenset(content_words(f"{hit.document.title} {passage.text}"))
        orders = instruction_spans(passage.text)
        for local in sentences(passage.text):
            text = local.of(passage.text)
            key = " ".join(text.split()).casefold()
            if key in found or len(text) < MIN_CHARACTERS or text.endswith("?"):
                continue
            if any(order.contains(local) for order in orders):
                continue
            span = local.shift(passage.span.start)
            found[key] = Candidate(hit, span, text, frozenset(content_words(text)), context)
    return tuple(found.values())
