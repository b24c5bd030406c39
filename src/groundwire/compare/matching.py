"""Which sentences of two documents belong together."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from groundwire.compare.clauses import clauses
from groundwire.compare.similarity import stems_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from groundwire.compare.similarity import Similarity

_SURE = 0.16
_LIKELY = 0.15
_NEIGHBOUR = 0.03
_JOINED = 0.1
_LEAST_COSINE = 0.55
_LEAST_OVERLAP = 0.1
_PLAUSIBLE = 0.7
_SHARE = 0.4
_FEWEST_NEAR, _MOST_NEAR = 6, 40
_RARE_WORDS = 0.1
_FEW_STEMS = 2
_LEFT_OVER = 0.25
_EXACT = re.compile(
    r"\d|[\"\u201c]|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    r"|\w+teen|dozens?|half|hundreds?|thousands?|millions?)\b",
    re.IGNORECASE,
)


class Matching:
    """Pairs of sentences of two documents, found in rounds.

    Sure pairs are each other's best. Then come less sure ones, helped by sure neighbours, and
    sentences that tell a part of one that has a partner already.

    Attributes:
        similarity: What speaks for each pair.
        scores: The scores of the pairs that come into question.
        pairs: The pairs that were taken.
        partners: For each side, the partners of its sentences.
    """

    def __init__(self, similarity: Similarity) -> None:
        """Match the sentences that are held side by side."""
        self.similarity = similarity
        self.scores = {
            pair: score
            for pair, score in similarity.candidates().items()
            if similarity.cosine(*pair) >= _LEAST_COSINE and similarity.may_be_one(*pair)
        }
        self.pairs: set[tuple[int, int]] = set()
        self.partners: tuple[dict[int, set[int]], dict[int, set[int]]] = (
            defaultdict(set),
            defaultdict(set),
        )
        self._ranked = sorted(self.scores, key=lambda pair: (-self.scores[pair], pair))
        self._best = tuple(_firsts(self._ranked, side) for side in (0, 1))
        self._sure()
        self._likely()
        self._joined()

    def near(self) -> list[tuple[int, int]]:
        """Return the best of the pairs that were not taken, among them ones that share rare words.

        Others count only if both sentences give a figure or quote somebody. They are few: a
        handful and one for each eight sentences of the shorter document.
        """
        texts, score = self.similarity.texts, self.similarity.score
        scores = {
            pair: score(*pair)
            for side in (0, 1)
            for pair in self._best[side].values()
            if all(_EXACT.search(each[at]) for each, at in zip(texts, pair, strict=True))
        }
        for pair in self.similarity.sharing_rare_words():
            scores[pair] = score(*pair) + _RARE_WORDS
        most = min(_FEWEST_NEAR + min(map(len, texts)) // 8, _MOST_NEAR)
        found = sorted(scores.keys() - self.pairs, key=lambda pair: (-scores[pair], pair))
        return found[:most]

    def is_told_again(self, side: int, at: int) -> bool:
        """Return whether a sentence without a partner repeats what another one tells better."""
        pair = self._best[side].get(at)
        return pair is not None and self.scores[pair] >= _LIKELY and self._plausible(pair)

    def _take(self, pair: tuple[int, int]) -> None:
        self.pairs.add(pair)
        self.partners[0][pair[0]].add(pair[1])
        self.partners[1][pair[1]].add(pair[0])

    def _free(self, pair: tuple[int, int]) -> bool:
        return pair[0] not in self.partners[0] and pair[1] not in self.partners[1]

    def _plausible(self, pair: tuple[int, int]) -> bool:
        """Return whether a pair is alike by itself, not only more alike than others."""
        cosine, overlap = self.similarity.cosine(*pair), self.similarity.overlap(*pair)
        return cosine + overlap / 2 >= _PLAUSIBLE and overlap >= _LEAST_OVERLAP

    def _sure(self) -> None:
        """Take the pairs that are each other's best."""
        for pair in self._ranked:
            mutual = self._best[0][pair[0]] == self._best[1][pair[1]] == pair
            if mutual and self.scores[pair] >= _SURE and self._plausible(pair):
                self._take(pair)

    def _likely(self) -> None:
        """Take pairs of what is left whose neighbours are pairs."""
        sure = frozenset(self.pairs)
        helped = {
            pair: score + _NEIGHBOUR * sum((pair[0] + n, pair[1] + n) in sure for n in (-1, 1))
            for pair, score in self.scores.items()
            if self._free(pair) and self._plausible(pair)
        }
        for pair in sorted(helped, key=lambda pair: (-helped[pair], pair)):
            if helped[pair] >= _LIKELY and self._free(pair):
                self._take(pair)

    def _joined(self) -> None:
        """Let a sentence without a partner join one that has, if it tells what is left of it."""
        for pair in self._ranked:
            for side in (0, 1):
                own, other = pair[side], pair[1 - side]
                alone = own not in self.partners[side] and other in self.partners[1 - side]
                if alone and self._tells_a_part(pair, side):
                    self._take(pair)
                    break

    def _tells_a_part(self, pair: tuple[int, int], side: int) -> bool:
        own, other = pair[side], pair[1 - side]
        stems, weight = self.similarity.stems, self.similarity.weight
        partners = self.partners[1 - side][other]
        known = frozenset().union(*(stems[side][each] for each in partners))
        rest = stems[1 - side][other] - known
        if self.scores[pair] >= _SURE and self._plausible(pair):
            return True
        if self.scores[pair] >= _JOINED and weight(stems[side][own] & rest) >= _SHARE * weight(
            stems[side][own]
        ):
            return True
        best = self._best[side].get(own) == pair
        return best and any(
            self._tells_what_stands_beside(own, other, each - own, side, known)
            for each in partners
            if abs(own - each) == 1
        )

    def _tells_what_stands_beside(
        self, own: int, other: int, step: int, side: int, known: frozenset[str]
    ) -> bool:
        """Return whether a sentence beside a partner is as long as the clause left on that side.

        Args:
            own: The sentence without a partner.
            other: The sentence that its neighbour is partner of.
            step: Where the neighbour stands, 1 for after it and -1 for before it.
            side: The side of ``own``.
            known: What the partners of ``other`` tell.
        """
        found = clauses(self.similarity.texts[1 - side][other])
        clause = found[0 if step > 0 else -1].of(self.similarity.texts[1 - side][other])
        part, stems = stems_of(clause), self.similarity.stems[side][own]
        left_over = len(part) >= _FEW_STEMS and len(found) > 1
        as_long = len(part) <= 2 * len(stems) and len(stems) <= 2 * len(part)
        return left_over and as_long and self.similarity.share(part, known) <= _LEFT_OVER


def _firsts(ranked: Iterable[tuple[int, int]], side: int) -> Mapping[int, tuple[int, int]]:
    """Return the best pair of each sentence of one side."""
    found: dict[int, tuple[int, int]] = {}
    for pair in ranked:
        found.setdefault(pair[side], pair)
    return found
