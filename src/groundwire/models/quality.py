"""How faithful an exported graph is to the model it was made from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_NEIGHBOURS = 10
_TEXTS = 200


@dataclass(frozen=True, slots=True)
class Fidelity:
    """Vectors of one set of texts, compared with those of the original model.

    Attributes:
        mean_cosine: Mean cosine between the two vectors of a text.
        least_cosine: The worst of them.
        overlap: Mean share of a text's ten nearest neighbours that both agree on.
    """

    mean_cosine: float
    least_cosine: float
    overlap: float


def compare(reference: NDArray[np.float32], candidate: NDArray[np.float32]) -> Fidelity:
    """Compare two arrays of unit vectors of (texts, dimension), row by row."""
    cosines = np.sum(reference * candidate, axis=1, dtype=np.float64)
    here, there = _nearest(reference), _nearest(candidate)
    shared = [len(set(a) & set(b)) / len(a) for a, b in zip(here, there, strict=True)]
    return Fidelity(float(cosines.mean()), float(cosines.min()), float(np.mean(shared)))


def _nearest(vectors: NDArray[np.float32]) -> list[list[int]]:
    similarity = vectors @ vectors.T
    np.fill_diagonal(similarity, -np.inf)
    ranked: list[list[int]] = np.argsort(-similarity, axis=1)[:, :_NEIGHBOURS].tolist()
    return ranked


def sample_texts() -> tuple[str, ...]:
    """Return the texts that every export is checked on: news-like, one to six sentences long.

    Sentences are combined from parts with strides that share no factor, so that no two are alike,
    and every fifth text is a paragraph of its neighbours.
    """
    sentences = tuple(
        f"{_WHO[i % len(_WHO)]} {_DID[(i * 7 + i // 24) % len(_DID)]} "
        f"{_SETTING[(i * 5 + i // 13) % len(_SETTING)]}."
        for i in range(_TEXTS)
    )
    return tuple(
        sentence if i % 5 else " ".join(sentences[i : i + 2 + i // 5 % 5])
        for i, sentence in enumerate(sentences)
    )


_WHO = (
    "The foreign ministry",
    "A striking nurse from the northern hospital",
    "The central bank's governor",
    "Three independent auditors",
    "The opposition leader",
    "A fishing cooperative",
    "The coach of the national team",
    "Researchers at the polar institute",
    "The mayor of the harbour city",
    "A spokesman for the railway",
    "The court of appeal",
    "An association of small farmers",
    "The makers of the vaccine",
    "The carmaker's chief executive",
    "A former intelligence officer",
    "The orchestra's new conductor",
    "Volunteers in the flooded valley",
    "The telecoms regulator",
    "A delegation of engineers",
    "The actress and director",
    "The United Nations envoy",
    "Police in the border town",
    "A start-up that builds batteries",
    "The teachers' union",
)
_DID = (
    "denied that a secret agreement had been signed",
    "warned that prices could rise by 4 percent",
    "said the bridge would stay closed",
    "published figures that contradict the earlier report",
    "won the final after extra time",
    "discovered a species nobody had described",
    "rejected the proposal to cut wages",
    "asked for 20 million euros in emergency aid",
    "accused two companies of fixing contracts",
    "postponed the launch of the satellite",
    "opened an inquiry into the missing cargo",
    "withdrew the statement it had made a day before",
    "expects fewer visitors because of the heat",
    "agreed to lift the tariffs on steel",
    "recalled 12,000 vehicles with faulty brakes",
    "announced a ceasefire along the river",
    "sold the archive to a museum",
    "evacuated the villages below the dam",
    "may appeal against the sentence",
    "halved its forecast for growth",
    "found traces of lead in the drinking water",
    "described the talks as frank and useful",
    "arrested four people after the protest",
    "will not take part in the election",
    "began testing the software in schools",
)
_SETTING = (
    "on Tuesday evening",
    "after a meeting in Geneva",
    "according to documents seen by reporters",
    "in the first quarter of 2021",
    "while talks with the neighbours continued",
    "despite criticism from parliament",
    "before the start of the holiday season",
    "at a news conference that lasted two hours",
    "for the second time in a decade",
    "because of a shortage of skilled workers",
    "as heavy rain fell across the south coast",
    "in an interview with a local radio station",
    "following weeks of unrest in the capital",
)
