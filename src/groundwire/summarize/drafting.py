"""One summary by a language model, from the documents' passages to sentences that hold."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from groundwire.domain.claims import Claim
from groundwire.domain.errors import CancelledError, ModelError
from groundwire.domain.events import Progress, Status
from groundwire.summarize.drafted import share
from groundwire.summarize.places import distinct, most_salient
from groundwire.summarize.pool import originals
from groundwire.summarize.topics import passages_of

if TYPE_CHECKING:
    import threading
    from collections.abc import Generator, Iterable, Sequence

    from groundwire.chain.summary import Wish
    from groundwire.domain.claims import Dropped
    from groundwire.domain.documents import DocumentId, PassageId
    from groundwire.domain.events import Event
    from groundwire.domain.retrieval import Hit
    from groundwire.retrieve.accounts import Account
    from groundwire.summarize.drafted import DraftedSummarizer
    from groundwire.summarize.places import Places
    from groundwire.summarize.topics import Subject

_LOGGER = logging.getLogger(__name__)

POOL = 4
"""How many times the sentences that are wanted are shown to the model to combine, at most."""


@dataclass(slots=True)
class Drafting:
    """What a model has made of the documents so far.

    Attributes:
        parts: Parts that the documents were cut into.
        done: Parts that were read.
        claims: What held, in the order of the parts; once combined, what held of that.
        combined: Whether they were combined.
        dropped: What did not hold.
        read: Documents of the parts that were read.
        stopped: Whether somebody stopped it.
        failure: Why the model could not go on, if it could not.
    """

    parts: int = 0
    done: int = 0
    claims: list[Claim] = field(default_factory=list)
    combined: bool = False
    dropped: list[Dropped] = field(default_factory=list)
    read: set[DocumentId] = field(default_factory=set)
    stopped: bool = False
    failure: ModelError | None = None

    @property
    def usable(self) -> bool:
        """Whether a summary can be made of it.

        It cannot be if nothing held, or if the model failed and parts of the documents are left
        that it has not read.
        """
        whole = self.parts in {self.done, 1}
        return bool(self.claims) and (whole or self.stopped)

    def why(self, model: str) -> str:
        """Return why there is no summary by the model, or none of all that was wanted."""
        if self.failure is not None:
            return str(self.failure)
        if self.stopped:
            return f"stopped before {model} had finished"
        return f"nothing that {model} wrote is in the documents"

    def take(self, results: Iterable[Claim | Dropped], into: list[Claim]) -> None:
        """Keep claims as they come, and what was dropped apart."""
        for result in results:
            if isinstance(result, Claim):
                into.append(result)
            else:
                _LOGGER.info("a drafted sentence was dropped: %s", result.reason)
                self.dropped.append(result)


def draft(
    drafted: DraftedSummarizer,
    groups: Sequence[Sequence[Hit]],
    wish: Wish,
    places: Places,
    cancel: threading.Event | None,
) -> Generator[Event, None, Drafting]:
    """Yield how far the model has come, and return what it has made.

    Whoever stops it and a model that fails end it early; neither is an error here.

    Args:
        drafted: The model.
        groups: The passages of each document, as ``shown`` gives them.
        wish: What the summary is to be.
        places: Weighs sentences.
        cancel: Set when somebody wants it to end.
    """
    made = Drafting()
    try:
        parts = drafted.parts(groups, wish)
        made.parts = len(parts)
        yield Status(f"asking {drafted.model}")
        asked = share(wish, len(parts))
        for part in parts:
            made.take(drafted.read(part, asked, cancel), made.claims)
            made.done += 1
            made.read |= part.documents
            yield Progress(made.done, len(parts))
        if len(parts) > 1 and made.claims:
            yield Status(f"asking {drafted.model} to combine {len(parts)} parts")
            _combine(drafted, groups, wish, places, cancel, made)
    except (CancelledError, KeyboardInterrupt):
        made.stopped = True
    except ModelError as error:
        made.failure = error
    return made


def _combine(  # noqa: PLR0913, PLR0917 -- what ``draft`` was given, and what it has made
    drafted: DraftedSummarizer,
    groups: Sequence[Sequence[Hit]],
    wish: Wish,
    places: Places,
    cancel: threading.Event | None,
    made: Drafting,
) -> None:
    """Let the model combine what held, and keep that if anything of it holds."""
    pool = distinct(made.claims, places)
    best = sorted(most_salient(pool, POOL * wish.sentences, places), key=places.rank)
    cited = {claim.citations[0].passage_id for claim in best}
    hits: dict[PassageId, Hit] = {
        hit.passage.id: hit for group in groups for hit in group if hit.passage.id in cited
    }
    combined: list[Claim] = []
    made.take(drafted.combine(best, hits, wish, cancel), combined)
    made.claims, made.combined = combined or made.claims, bool(combined)


def shown(accounts: Sequence[Account], subject: Subject | None) -> tuple[tuple[Hit, ...], ...]:
    """Return the passages of each account that a model is to read.

    Of copies of one report one is read. Passages that do not speak of the topic are left
    out, and so are those that only address a chatbot.
    """
    groups = []
    for account in originals(accounts):
        near = subject.relevance(account) if subject else None
        hits = tuple(
            hit
            for rows, hit in passages_of(account)
            if not all(account.sentences[at].order for at in rows)
            and (near is None or near[rows].any())
        )
        groups.append(hits)
    return tuple(group for group in groups if group)
