"""Reports: sentences that tell what happened on which days.

The days of an event come from its sentence (``text.moments``). The day of publication stands for
them in one case alone: the sentence that leads an article, tells something done, names no time at
all, and neither of the next two sentences says when. Anything else without a date is no line of a
timeline: background, comment and description have no day.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from groundwire.compare.values.concepts import concepts
from groundwire.domain.summaries import When
from groundwire.summarize.hygiene import LEAST_WORDS, candidates
from groundwire.summarize.leaning import gloss, stands
from groundwire.summarize.referring import Referring
from groundwire.text.moments import moments
from groundwire.text.speech import attributions, negations
from groundwire.text.standing import is_balanced
from groundwire.text.timexes import timexes
from groundwire.text.values import values

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from groundwire.domain.documents import DocumentId
    from groundwire.domain.retrieval import Hit
    from groundwire.retrieve.accounts import Account
    from groundwire.summarize.hygiene import Candidate
    from groundwire.text.moments import Moment

WIDEST = timedelta(days=366)
"""What is known no better than that is no line of a timeline."""

_NEWS_WITHIN = timedelta(days=7)
_DATE_FOLLOWS = 2
_SHORT_AT_LEAST = 4
_DONE = re.compile(r"\b(?:has|have|was|were|\w{2,}ed)\b")
_NOT_DONE = re.compile(
    r"\b(?:will|would|could|may|might|should|can|must|if|is\s+to|are\s+to|expected|plans?|likely)\b",
    re.IGNORECASE,
)
_SOME_TIME = re.compile(
    r"\b(?:centur(?:y|ies)|decades?|years?|months?|weeks?|days?|hours?|nights?|ago|since|until"
    r"|anniversary|once|used\sto|1\d{3}s?|20\d\ds?)\b",
    re.IGNORECASE,
)
_NOT_NEWS = re.compile(
    r"(?:analysis|explainer|opinion|comment|editorial|review|profile|q&a|how|why|what)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, eq=False)
class Report:
    """A sentence that tells an event.

    Attributes:
        account: Its document.
        said: The sentence, as it may be said.
        when: The days of the event.
        planned: Whether it lay ahead.
        weight: How much the sentence weighs, from 0 to 1.
        referring: What the document's sentences lean on.
    """

    account: Account
    said: Candidate
    when: When
    planned: bool
    weight: float
    referring: Referring

    @cached_property
    def stands(self) -> bool:
        """Whether it can be read alone, if need be with the gloss."""
        return stands(self.account, self.said, self.when, self.referring)

    @property
    def gloss(self) -> str:
        """Words of the document that say what it leaves open."""
        return gloss(self.account, self.said, self.when, self.referring)

    @cached_property
    def speaks(self) -> bool:
        """Whether what it tells is that somebody said something."""
        cues = attributions(self.said.text)
        return bool(cues) and cues[0].clause.start == 0 and not self.planned

    @cached_property
    def content(self) -> frozenset[str]:
        """Its content words, by concept; those of its date apart."""
        return frozenset(concepts(self.said.text) - concepts(self.when.words))

    @cached_property
    def sorts(self) -> frozenset[str]:
        """The sorts of its values: shares, sums of one currency, one unit; not bare numbers."""
        found = (
            value.canonical.split(":")
            for value in values(self.said.text, self.account.published)
            if value.kind in {"money", "share", "quantity"}
        )
        return frozenset(f"{kind}:{rest[-1] if rest[1:] else ''}" for kind, *rest in found)

    @property
    def document_id(self) -> DocumentId:
        """Its document's id."""
        return self.account.info.id

    @property
    def vector(self) -> NDArray[np.float32]:
        """The sentence's unit vector."""
        row: NDArray[np.float32] = self.account.vectors[self.said.at]
        return row

    @property
    def hit(self) -> Hit:
        """The passage that the sentence stands in."""
        return self.account.sentences[self.said.at].hit

    @property
    def width(self) -> int:
        """Days between the first and the last day that may be meant."""
        return (self.when.last - self.when.first).days

    @property
    def order(self) -> tuple[str, str, int]:
        """Day of publication, path and place: undated documents last."""
        published = self.account.published
        return (published.isoformat() if published else "~", self.account.info.path, self.said.at)


def reports(
    accounts: Sequence[Account], weights: Sequence[NDArray[np.float64]]
) -> Iterator[Report]:
    """Yield the reports of documents, by document and place.

    Args:
        accounts: The documents.
        weights: For each, the weights of its sentences, from 0 to 1.
    """
    told = {account.info.id: _moments(account) for account in accounts}
    by_id = {account.info.id: account for account in accounts}
    for account, weight in zip(accounts, weights, strict=True):
        days = _as_the_origin(account, by_id, told)
        referring = Referring(account)
        may = [one for one in candidates(account) if _may(one)]
        for n, said in enumerate(may):
            moment = days[said.at]
            when = _when(account, said, moment) if moment else None
            if moment is None and n == 0:
                when = _day_of_the_news(account, may, days)
            if when is not None and when.last - when.first <= WIDEST:
                planned = moment is not None and moment.planned
                yield Report(account, said, when, planned, float(weight[said.at]), referring)


def _moments(account: Account) -> tuple[Moment | None, ...]:
    """Return the moment of each sentence; none for what stands inside a longer quotation."""
    found = moments([each.text for each in account.sentences], account.published)
    text = account.document.text
    return tuple(
        None if each.order or _is_inside_quotation(text, each.span.start) else moment
        for each, moment in zip(account.sentences, found, strict=True)
    )


def _is_inside_quotation(text: str, position: int) -> bool:
    before = text[text.rfind("\n", 0, position) + 1 : position]
    return before.count('"') % 2 == 1 or before.count("\u201c") > before.count("\u201d")


def _as_the_origin(
    account: Account,
    accounts: Mapping[DocumentId, Account],
    told: Mapping[DocumentId, tuple[Moment | None, ...]],
) -> tuple[Moment | None, ...]:
    """Return an account's moments; what a copy takes over word for word means the origin's days.

    "On Tuesday" in a copy that is printed a week later is still the Tuesday of the first report.
    """
    own = told[account.info.id]
    origin = accounts.get(account.origin)
    if origin is None or origin is account:
        return own
    first = {
        each.text: moment
        for each, moment in zip(origin.sentences, told[origin.info.id], strict=True)
    }
    return tuple(
        first.get(each.text, moment) for each, moment in zip(account.sentences, own, strict=True)
    )


def _may(said: Candidate) -> bool:
    """Return whether a sentence may be a line; short ones may, if nothing else is wrong."""
    if not said.weak:
        return True
    return (
        _SHORT_AT_LEAST <= said.words < LEAST_WORDS
        and said.text[:1].isupper()
        and said.text.endswith(".")
        and is_balanced(said.text)
    )


def _when(account: Account, said: Candidate, moment: Moment) -> When | None:
    sentence = account.sentences[said.at]
    span = moment.span.shift(sentence.span.start)
    if not said.span.contains(span):
        return None
    return When(moment.days.first, moment.days.last, span.of(account.document.text), span)


def _day_of_the_news(
    account: Account, may: Sequence[Candidate], days: Sequence[Moment | None]
) -> When | None:
    """Return the day of publication for a lead that tells news of the day without saying so."""
    published, lead = account.published, may[0]
    if published is None or lead.dangles or _NOT_NEWS.match(account.document.title):
        return None
    for said in may[1 : 1 + _DATE_FOLLOWS]:
        next_day = days[said.at]
        if next_day and abs(next_day.days.first - published) <= _NEWS_WITHIN:
            return None
    text = lead.text
    told = _DONE.search(text) and not _NOT_DONE.search(text) and not negations(text)
    timed = _SOME_TIME.search(text) or timexes(text, published, published)
    if not told or timed or text[:1] in '"\u201c':
        return None
    return When(published, published)
