"""The length that was asked for, out of what a model wrote and, where that is too little, more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from groundwire.summarize.lengths import fit_words
from groundwire.summarize.places import distinct, most_salient

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from groundwire.domain.claims import Claim
    from groundwire.summarize.places import Places
    from groundwire.summarize.request import SummaryRequest

BONUS = 10.0
"""What a sentence that a model wrote is worth beside the documents' own, which only fill up."""


def fitted(
    drafted: Sequence[Claim],
    request: SummaryRequest,
    usual: int,
    places: Places,
    own: Callable[[int], Sequence[Claim]],
) -> tuple[tuple[Claim, ...], tuple[str, ...]]:
    """Return the sentences in the length that was asked for, and what is to be said of it.

    Where no length was asked for, no more than the usual number is said, and fewer will do.
    """
    if request.words is not None:
        return fit_to_words(drafted, request.words, places, own)
    if request.sentences is not None:
        return fit_sentences(drafted, request.sentences, places, own)
    return most_salient(distinct(drafted, places), usual, places), ()


def fit_sentences(
    drafted: Sequence[Claim], count: int, places: Places, own: Callable[[int], Sequence[Claim]]
) -> tuple[tuple[Claim, ...], tuple[str, ...]]:
    """Return so many sentences, and what is to be said of it.

    What says the same as an earlier sentence is left out. Of too many the most salient stay; too
    few are filled up with the documents' own, behind them.

    Args:
        drafted: What held of a model's sentences, in its order.
        count: How many are wanted.
        places: Weighs sentences.
        own: Returns so many of the documents' own sentences, or fewer if they have fewer.
    """
    kept = most_salient(distinct(drafted, places), count, places)
    missing = count - len(kept)
    if not missing:
        return kept, ()
    added = most_salient(_others(own(2 * count), kept, places), missing, places)
    said = [_filled(len(added))] if added else []
    if len(added) < missing:
        there = len(kept) + len(added)
        said.append(f"only {_counted(there)} can be said of this; {count} were asked for")
    return (*kept, *added), tuple(said)


def fit_to_words(
    drafted: Sequence[Claim], words: int, places: Places, own: Callable[[int], Sequence[Claim]]
) -> tuple[tuple[Claim, ...], tuple[str, ...]]:
    """Return sentences of so many words, and what is to be said of it.

    The model's alone are tried first, then with as many of the documents' own as it takes. Where
    no choice of whole sentences has exactly so many words, the closest below is taken.

    Args:
        drafted: What held of a model's sentences, in its order.
        words: How many words are wanted, as white space parts them.
        places: Weighs sentences.
        own: Returns so many of the documents' own sentences, or fewer if they have fewer.
    """
    kept = distinct(drafted, places)
    chosen = _chosen(kept, (), words, places)
    if _words(chosen) != words:
        more = _others(own(2 * len(kept) + words // 10), kept, places)
        chosen = _chosen(kept, more, words, places)
    added = sum(claim not in kept for claim in chosen)
    said = [_filled(added)] if added else []
    if _words(chosen) != words:
        said.append(
            f"{_words(chosen)} words: no choice of whole sentences has exactly {words}"
            if chosen
            else f"no sentence has {words} words or fewer"
        )
    return chosen, tuple(said)


def _chosen(
    kept: Sequence[Claim], more: Sequence[Claim], words: int, places: Places
) -> tuple[Claim, ...]:
    """Return those that fit best, in the order given."""
    everything = [*kept, *more]
    values = [places.weight(claim) for claim in everything]
    values[: len(kept)] = [value + BONUS for value in values[: len(kept)]]
    order = sorted(range(len(everything)), key=lambda at: (-values[at], at))
    counts = [len(everything[at].text.split()) for at in order]
    taken = fit_words(counts, [values[at] for at in order], words)
    return tuple(everything[at] for at in sorted(order[place] for place in taken))


def _others(own: Sequence[Claim], kept: Sequence[Claim], places: Places) -> list[Claim]:
    """Return the documents' own sentences that say something else than those that are kept."""
    return [each for each in own if not any(places.tells(each, one) for one in kept)]


def _filled(count: int) -> str:
    return f"{_counted(count)} of this in the documents' own words"


def _words(claims: Sequence[Claim]) -> int:
    return sum(len(claim.text.split()) for claim in claims)


def _counted(count: int) -> str:
    return f"{count} sentence{'s' * (count != 1)}"
