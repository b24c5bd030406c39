"""What a sentence weighs in a summary of its document, and of many.

A document alone: an early position, closeness to its words on average and to its first sentence,
a figure, and no more words than it takes. The weights were fitted to what each further sentence
adds to ROUGE against writers' summaries, on half of some articles, and rounded; docs/summaries.md
has the figures of the other half. Several documents: what independent reports tell too weighs
more, and a topic lifts what is close to it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from groundwire.summarize.terms import stems_of, weigh_terms

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from groundwire.retrieve.accounts import Account
    from groundwire.summarize.hygiene import Candidate

POSITIONS = ((1.2, 1.5), (1.0, 4.0), (0.8, 12.0))
"""Weights of exp(-n / scale) for the n-th sentence: news puts its point first."""

CENTRAL, LIKE_THE_FIRST, FIGURE = 0.3, 0.15, 0.4
"""Weights of closeness to the words of the document and to its first sentence, by standard
deviation, and of holding a figure."""

WORDY, USUAL_WORDS, FEWEST_WORDS = 0.5, 22, 12
"""What a sentence loses as its length doubles e-fold over the usual one, in words."""

ENDLESS, MANY_WORDS = 0.3, 40
"""What each 20 words beyond that many cost besides."""

DANGLING = 0.1
"""What an opening costs that may lean on what was said before."""

_FIGURE = re.compile(r"\d")
_WORD = re.compile(r"\w+")


def weigh(
    account: Account, said: Sequence[Candidate], stems: Sequence[Sequence[str]] | None = None
) -> NDArray[np.float64]:
    """Return the weight of each candidate in a summary of its document alone.

    Args:
        account: The document.
        said: Its candidates, in order.
        stems: Their stems, if they are known.

    Returns:
        Numbers around 0, of shape (candidates,): the larger the better, comparable among
        documents.
    """
    if not said:
        return np.zeros(0)
    place = np.arange(len(said))
    position = sum(share * np.exp(-place / scale) for share, scale in POSITIONS)
    terms = weigh_terms(stems if stems is not None else stems_of([each.text for each in said]))
    central = _standard(terms.against(terms.centroid()))
    vectors = account.vectors[[each.at for each in said]].astype(np.float64)
    like_first = vectors @ vectors[0]
    like_first[0] = like_first[1:].max() if len(said) > 1 else 0.0
    lengths = np.array([len(_WORD.findall(each.text)) for each in said], dtype=np.float64)
    wordy = np.log(np.maximum(lengths, FEWEST_WORDS) / USUAL_WORDS)
    endless = np.maximum(lengths - MANY_WORDS, 0) / 20
    figure = np.array([bool(_FIGURE.search(each.text)) for each in said])
    dangling = np.array([each.dangles for each in said])
    found: NDArray[np.float64] = (
        position
        + CENTRAL * central
        + LIKE_THE_FIRST * _standard(like_first)
        + FIGURE * figure
        - WORDY * wordy
        - ENDLESS * endless
        - DANGLING * dangling
    )
    return found


def weights_of(account: Account, said: Sequence[Candidate]) -> NDArray[np.float64]:
    """Return the weight of every sentence of an account, -inf for those that may not be said.

    Args:
        account: The document.
        said: Its candidates.

    Returns:
        Shape (sentences,).
    """
    found = np.full(len(account.sentences), -np.inf)
    found[[each.at for each in said]] = weigh(account, said)
    return found


def _standard(values: NDArray[np.float64]) -> NDArray[np.float64]:
    spread = float(values.std())
    if spread < 1e-9:  # noqa: PLR2004 -- nothing to tell apart
        return np.zeros(len(values))
    standard: NDArray[np.float64] = (values - values.mean()) / spread
    return standard
