"""Summaries drafted by a language model: part by part, then combined, each sentence checked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from groundwire.chain.checked import checked
from groundwire.chain.passages import NumberedPassage
from groundwire.ground.gate import Gate
from groundwire.ground.support import support

if TYPE_CHECKING:
    import threading
    from collections.abc import Iterator, Mapping, Sequence

    from groundwire.chain.summary import SummaryChain, Wish
    from groundwire.domain.claims import Claim, Dropped
    from groundwire.domain.documents import DocumentId, PassageId
    from groundwire.domain.retrieval import Hit

LEAST = 2
"""Sentences that each part is asked for, at least, where there are several."""

SURPLUS = 2
"""How many times the sentences that are wanted all parts together are asked for."""


@dataclass(frozen=True, slots=True)
class Part:
    """What one call of the model sees.

    Attributes:
        hits: The passages.
        passages: The same as the model is shown them, numbered from 1.
    """

    hits: tuple[Hit, ...]
    passages: tuple[NumberedPassage, ...]

    @property
    def documents(self) -> frozenset[DocumentId]:
        """The documents that the passages come from."""
        return frozenset(hit.document.id for hit in self.hits)


class DraftedSummarizer:
    """Lets a model write and says only what the passages say.

    A part that fits into the model's window is one call. Where there are several, what held of
    them is shown to the model once more, and what it makes of that is held against the passages
    again, never against its own words: from a sentence to its passage is one step.
    """

    def __init__(
        self, reading: SummaryChain, combining: SummaryChain, model: str, gate: Gate | None = None
    ) -> None:
        """Keep the chains, the model's name and the gate.

        Args:
            reading: Drafts a summary of passages.
            combining: Drafts one out of verified sentences.
            model: The setting that chose the model, for the provenance.
            gate: Decides what is said of a draft; None for one with the shipped scorer.
        """
        self._reading = reading
        self._combining = combining
        self._gate = gate or Gate(support)
        self.model = model

    def prompts(self, *, combined: bool) -> tuple[str, str]:
        """Return ids with versions, and hashes, of the prompts that were used."""
        chains = (self._reading, self._combining) if combined else (self._reading,)
        used = [chain.prompt.prompt for chain in chains]
        names, hashes = [prompt.name for prompt in used], [prompt.hash for prompt in used]
        return ", ".join(names), ", ".join(hashes)

    def parts(self, groups: Sequence[Sequence[Hit]], wish: Wish) -> tuple[Part, ...]:
        """Return the passages of documents in as few parts as the model's window allows.

        Args:
            groups: The passages of each document.
            wish: What the summary is to be.
        """
        rest = iter([hit for group in groups for hit in group])
        shown = [[_shown(0, hit, hit.passage.text) for hit in group] for group in groups]
        windows = self._reading.prompt.windows(shown, wish)
        return tuple(Part(tuple(next(rest) for _ in window), window) for window in windows)

    def read(
        self, part: Part, wish: Wish, cancel: threading.Event | None
    ) -> Iterator[Claim | Dropped]:
        """Yield the sentences drafted for a part, each as a verified claim or why it was dropped.

        Raises:
            ModelUnavailableError: The model cannot be reached or broke off.
            CancelledError: ``cancel`` was set.
        """
        draft = self._reading.stream(part.passages, wish, cancel)
        yield from checked(draft, part.hits, self._gate)

    def combine(
        self,
        claims: Sequence[Claim],
        hits: Mapping[PassageId, Hit],
        wish: Wish,
        cancel: threading.Event | None,
    ) -> Iterator[Claim | Dropped]:
        """Yield one summary drafted out of verified claims, held against their passages.

        Args:
            claims: What held of the parts, best first: those are shown that fit.
            hits: The passages that they cite, in the order in which they are to be shown.
            wish: What the summary is to be.
            cancel: Hangs up when it is set.

        Raises:
            ModelUnavailableError: The model cannot be reached or broke off.
            CancelledError: ``cancel`` was set.
        """
        said: dict[PassageId, list[str]] = {}
        for claim in claims:
            said.setdefault(claim.citations[0].passage_id, []).append(claim.text)
        ids = list(said)
        best = [_shown(n, hits[each], "\n".join(said[each])) for n, each in enumerate(ids)]
        fitting = {ids[passage.n] for passage in self._combining.prompt.packed(best, wish)}
        cited = [passage_id for passage_id in hits if passage_id in fitting]
        shown = [_shown(n, hits[each], "\n".join(said[each])) for n, each in enumerate(cited, 1)]
        draft = self._combining.stream(shown, wish, cancel)
        yield from checked(draft, [hits[each] for each in cited], self._gate)


def share(wish: Wish, parts: int) -> Wish:
    """Return what each of several parts is asked for: together more than is wanted."""
    if parts < LEAST:
        return wish
    each = -(-SURPLUS * wish.sentences // parts)
    return replace(wish, sentences=min(max(each, LEAST), max(wish.sentences, LEAST)))


def _shown(n: int, hit: Hit, text: str) -> NumberedPassage:
    document = hit.document
    published = document.published.isoformat() if document.published else ""
    return NumberedPassage(n, document.title, document.source, published, text)
