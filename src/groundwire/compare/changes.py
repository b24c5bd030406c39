"""What changed between two versions or copies of one text, sentence by sentence and typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from groundwire.compare.edits import Edit, edits, likeness
from groundwire.compare.relations import Said
from groundwire.compare.statements import statement
from groundwire.compare.versions import versions
from groundwire.compare.wording import wording
from groundwire.domain.comparisons import Change
from groundwire.domain.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from groundwire.compare.versions import Kept
    from groundwire.domain.comparisons import ChangeKind, Statement
    from groundwire.retrieve.accounts import Account

_WRITTEN_ANEW = 0.35
_BETWEEN = " "


@dataclass(frozen=True, slots=True)
class Place:
    """Words of one of several sentences.

    Attributes:
        at: Which sentence.
        span: The words in it; None for all or none of it.
    """

    at: int
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class TextChange:
    """A change between two lists of sentences.

    Attributes:
        kind: What sort of change.
        left: Where it was; None if it was added.
        right: Where it is; None if it was removed.
        before: The words that went; empty if none did.
        after: The words that came; empty if none did.
    """

    kind: ChangeKind
    left: Place | None
    right: Place | None
    before: str
    after: str


def changes(
    left: Account, right: Account, alike: Iterable[tuple[int, int]] = ()
) -> tuple[tuple[Change, ...], tuple[tuple[int, int], ...]]:
    """Return what changed from one account to another, and which sentences did not.

    Changes stand in the order of the right account, sentences that are gone where they were.
    Paragraphs that address a chatbot are passed over.

    Args:
        left: The account taken as the older one.
        right: The other.
        alike: Indexes of sentences that tell the same in other words.

    Returns:
        The changes, and the indexes of the sentences that are kept word for word.
    """
    ats = tuple(
        [at for at, sentence in enumerate(account.sentences) if not sentence.order]
        for account in (left, right)
    )
    places = tuple({at: place for place, at in enumerate(each)} for each in ats)
    texts = tuple(
        [account.sentences[at].text for at in each]
        for account, each in zip((left, right), ats, strict=True)
    )
    pairs = [
        (places[0][one], places[1][other])
        for one, other in alike
        if one in places[0] and other in places[1]
    ]
    found: list[Change] = []
    same: list[tuple[int, int]] = []
    for kept in versions(texts[0], texts[1], pairs):
        group = tuple(_changes_of(kept, texts[0], texts[1]))
        found += [
            Change(
                change.kind,
                _stated(left, ats[0], change.left),
                _stated(right, ats[1], change.right),
                change.before,
                change.after,
            )
            for change in group
        ]
        if not group:
            same.append((ats[0][kept.left[0]], ats[1][kept.right[0]]))
    return tuple(found), tuple(same)


def text_changes(left: Sequence[str], right: Sequence[str]) -> tuple[TextChange, ...]:
    """Return what changed from one list of sentences to another, in the order of the other."""
    return tuple(
        change for kept in versions(left, right) for change in _changes_of(kept, left, right)
    )


def _stated(account: Account, ats: Sequence[int], place: Place | None) -> Statement | None:
    if place is None:
        return None
    at = ats[place.at]
    start = account.sentences[at].span.start
    return statement(Said(account, at), place.span.shift(start) if place.span else None)


def _changes_of(kept: Kept, left: Sequence[str], right: Sequence[str]) -> Iterator[TextChange]:
    """Yield the changes of sentences that became others."""
    if not kept.left:
        for at in kept.right:
            yield TextChange("added", None, Place(at), "", right[at])
        return
    if not kept.right:
        for at in kept.left:
            yield TextChange("removed", Place(at), None, left[at], "")
        return
    old = _BETWEEN.join(left[at] for at in kept.left)
    new = _BETWEEN.join(right[at] for at in kept.right)
    for edit in _edited(old, new):
        yield TextChange(
            edit.kind,
            _place(edit.left, kept.left, left),
            _place(edit.right, kept.right, right),
            edit.left.of(old) if edit.left else "",
            edit.right.of(new) if edit.right else "",
        )


def _edited(old: str, new: str) -> tuple[Edit, ...]:
    """Return the edits; a text that is written anew is one."""
    if old == new:
        return ()
    if likeness(wording(old), wording(new)) < _WRITTEN_ANEW:
        return (Edit("reworded", Span(0, len(old)), Span(0, len(new))),)
    return edits(old, new)


def _place(span: Span | None, ats: Sequence[int], texts: Sequence[str]) -> Place:
    """Return the sentence that the first of some words stand in, and where in it."""
    if span is None:
        return Place(ats[0])
    start = 0
    for at in ats:
        end = start + len(texts[at])
        if span.start < end:
            return Place(at, Span(span.start - start, min(span.end, end) - start))
        start = end + len(_BETWEEN)
    raise AssertionError("an edit stands in one of the sentences")  # pragma: no cover
