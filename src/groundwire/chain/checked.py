"""From a draft, as it is written, to the sentences of it that may be said."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from groundwire.chain.parse import DraftReader, is_refusal
from groundwire.domain.claims import Claim

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from groundwire.chain.parse import DraftSentence
    from groundwire.domain.claims import Dropped
    from groundwire.domain.retrieval import Hit
    from groundwire.ground.gate import Gate


def checked(draft: Iterable[str], hits: Sequence[Hit], gate: Gate) -> Iterator[Claim | Dropped]:
    """Yield each drafted sentence as a verified claim or with the reason it was dropped.

    A refusal is passed over, and so is a sentence that says what an earlier one already said.

    Args:
        draft: What a model writes, in pieces.
        hits: The passages that it was given, numbered from 1 in their order.
        gate: Decides what is said.
    """
    said: set[str] = set()
    for sentence in _sentences(draft):
        if is_refusal(sentence.text):
            continue
        result = gate.judge(sentence.text, sentence.markers, hits)
        if isinstance(result, Claim):
            if result.text in said:
                continue
            said.add(result.text)
        yield result


def _sentences(draft: Iterable[str]) -> Iterator[DraftSentence]:
    reader = DraftReader()
    yield from chain.from_iterable(reader.feed(piece) for piece in draft)
    yield from reader.close()
