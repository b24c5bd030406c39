"""What answers are worth: pure functions of an answer and its gold evidence, or of all cases."""

from __future__ import annotations

import string
from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from groundwire.evaluate.evidence import says, says_anywhere
from groundwire.evaluate.intervals import NOTHING, Share

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from groundwire.domain.claims import Claim
    from groundwire.evaluate.cases import Case
    from groundwire.evaluate.gold import Gold
    from groundwire.evaluate.judge.judging import Judgement

_ARTICLES = frozenset({"a", "an", "the"})
_PUNCTUATION = str.maketrans("", "", string.punctuation + "“”‘’«»…–—")


def citation_recall(judgements: Sequence[Judgement]) -> Share:
    """Return the share of sentences that their citations together bear out.

    Source: T. Gao et al., Enabling large language models to generate text with citations (ALCE,
    2023), section 4, with the judge of ``evaluate.judge`` for the entailment model.
    """
    return Share(sum(one.supported for one in judgements), len(judgements))


def citation_precision(judgements: Sequence[Judgement]) -> Share:
    """Return the share of citations that their sentence needs.

    A citation is needed if all of the sentence's citations bear it out, and this one does so
    alone or the others do not without it. Source: ALCE, as above.
    """
    needed = [each for one in judgements for each in one.needed]
    return Share(sum(needed), len(needed))


def evidence_hit(claims: Sequence[Claim], gold: Gold) -> Share:
    """Return whether any citation of any sentence shares characters with any gold evidence.

    Source: the sentence-level evidence match of J. Thorne et al., FEVER (2018), loosened from
    whole sentences to overlapping characters because a citation may cover half of one.
    """
    hit = any(
        gold.is_touched(citation.document_id, citation.span)
        for claim in claims
        for citation in claim.citations
    )
    return Share(hit, 1)


def all_evidence(claims: Sequence[Claim], gold: Gold) -> Share:
    """Return whether the citations together touch every part of the gold evidence.

    Source: complete evidence of J. Thorne et al., FEVER (2018).
    """
    touched = frozenset[int]().union(
        *(
            gold.parts_touched(citation.document_id, citation.span)
            for claim in claims
            for citation in claim.citations
        )
    )
    return Share(len(touched) == len(gold.parts), 1)


def missing_facts(text: str, required: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """Return the required facts that a text says in none of their accepted wordings.

    Source: nugget recall of E. Voorhees, Overview of the TREC 2003 question answering track.
    """
    return tuple(
        "|".join(wordings)
        for wordings in required
        if not any(says(text, wording) for wording in wordings)
    )


def required_facts(text: str, required: Sequence[tuple[str, ...]]) -> Share:
    """Return the share of the required facts that a text says, as one case; none: no share."""
    if not required:
        return NOTHING
    return Share(1 - len(missing_facts(text, required)) / len(required), 1)


def token_f1(said: str, parts: Sequence[Sequence[str]]) -> Share:
    """Return the F1 of an answer's words and those of the gold evidence, as one case.

    What is compared with is one quote for each part of the evidence, of several the one that
    shares most with the answer; a quote that serves two parts is taken once.

    Source: P. Rajpurkar et al., SQuAD: 100,000+ questions for machine comprehension of text
    (2016): lower case, no punctuation, no articles, the best of several references.

    Args:
        said: The sentences of the answer; empty if it declined.
        parts: For each part of the evidence the quotes that state it.
    """
    words = _words(said)
    chosen = {max(quotes, key=lambda quote: _f1(words, _words(quote))) for quotes in parts}
    return Share(_f1(words, _words(" ".join(sorted(chosen)))), 1)


def _words(text: str) -> Counter[str]:
    plain = text.casefold().translate(_PUNCTUATION).split()
    return Counter(word for word in plain if word not in _ARTICLES)


def _f1(said: Counter[str], gold: Counter[str]) -> float:
    shared = (said & gold).total()
    return 2 * shared / (said.total() + gold.total()) if shared else 0.0


def forbidden_said(text: str, forbidden: Sequence[str]) -> tuple[str, ...]:
    """Return the forbidden words that a text says, wherever they stand in it."""
    return tuple(words for words in forbidden if says_anywhere(text, words))


def abstention_precision(*, declined: bool, answerable: bool) -> Share:
    """Return whether declining was right, of the cases that were declined.

    Declining is the positive decision and an unanswerable case the positive truth. Source of
    the measure: C. J. van Rijsbergen, Information Retrieval (1979), chapter 7.
    """
    return Share(not answerable, 1) if declined else NOTHING


def abstention_recall(*, declined: bool, answerable: bool) -> Share:
    """Return whether a case was declined, of the cases that cannot be answered."""
    return NOTHING if answerable else Share(declined, 1)


def abstention_f1(*, declined: bool, answerable: bool) -> Share:
    """Return what a case adds to F1: 2 TP of 2 TP + FP + FN."""
    right = 2 * (declined and not answerable)
    return Share(right, right + (declined == answerable))


def auroc(points: NDArray[np.float64]) -> float | None:
    """Return how often a positive case scores above a negative one; a tie is half a win.

    It is the area under the receiver operating characteristic. Source: J. Hanley and B. McNeil,
    The meaning and use of the area under a ROC curve (1982).

    Args:
        points: One row a case: its score, and 1 for a positive case or 0 for a negative one.

    Returns:
        From 0 to 1; None unless there are cases of both sorts.
    """
    negative = np.sort(points[points[:, 1] == 0, 0])
    positive = points[points[:, 1] == 1, 0]
    if not negative.size or not positive.size:
        return None
    below = np.searchsorted(negative, positive, side="left")
    not_above = np.searchsorted(negative, positive, side="right")
    return float((below + not_above).mean() / 2 / negative.size)


def selective_accuracy(points: NDArray[np.float64]) -> float | None:
    """Return 1 minus the area under the risk-coverage curve.

    Cases are answered from the surest on; after each the risk is the share of wrong ones so far,
    and the area is the mean risk. Cases of one score come in together: the risk at each of them
    is the one that a random order of them would give on average.

    Source: Y. Geifman and R. El-Yaniv, Selective classification for deep neural networks (2017).

    Args:
        points: One row a case: how sure the desk was, and 1 if it was right or 0 if it was not.

    Returns:
        From 0 to 1; None without cases.
    """
    if not len(points):
        return None
    scores, groups, sizes = np.unique(-points[:, 0], return_inverse=True, return_counts=True)
    right = np.bincount(groups, weights=points[:, 1], minlength=len(scores))
    accuracy = np.repeat(right / sizes, sizes).cumsum() / np.arange(1, len(points) + 1)
    return float(accuracy.mean())


def within(paths: Iterable[str], case: Case) -> Share:
    """Return whether everything cited lies where the question's own filter allows.

    A case without a filter, and an answer without citations, say nothing.
    """
    cited = tuple(paths)
    if not case.within or not cited:
        return NOTHING
    return Share(all(map(case.allows, cited)), 1)


def independent(counted: int, wanted: int | None) -> Share:
    """Return whether the independent accounts were counted right; copies are one account."""
    return NOTHING if wanted is None else Share(counted == wanted, 1)
