"""What a sentence ranking is measured against: BM25 and the encoder, over every sentence."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from groundwire.models.loading import open_encoder
from groundwire.text.sentences import sentences
from groundwire.text.tokens import content_words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from groundwire import Desk
    from groundwire.models.encoder import Encoder

K1 = 1.2
B = 0.75


class Bm25:
    """BM25 over short texts (Robertson and Zaragoza 2009), each query term counted once."""

    def __init__(self, texts: Sequence[Sequence[str]]) -> None:
        """Index the terms of each text."""
        self._count = len(texts)
        lengths = np.array([len(terms) for terms in texts], dtype=np.float64)
        norms = K1 * (1 - B + B * lengths / max(lengths.mean(), 1.0))
        places: dict[str, list[tuple[int, int]]] = {}
        for number, terms in enumerate(texts):
            for term, times in Counter(terms).items():
                places.setdefault(term, []).append((number, times))
        self._postings: dict[str, tuple[NDArray[np.int64], NDArray[np.float64]]] = {}
        for term, found in places.items():
            rows = np.array([row for row, _ in found])
            times_in = np.array([times for _, times in found], dtype=np.float64)
            idf = np.log(1 + (self._count - len(rows) + 0.5) / (len(rows) + 0.5))
            self._postings[term] = rows, idf * times_in * (K1 + 1) / (times_in + norms[rows])

    def scores(self, terms: Sequence[str]) -> NDArray[np.float64]:
        """Return the score of each text."""
        found = np.zeros(self._count)
        for term in dict.fromkeys(terms):
            if term in self._postings:
                rows, values = self._postings[term]
                found[rows] += values
        return found


def every_sentence(desk: Desk) -> tuple[tuple[str, str], ...]:
    """Return path and text of each sentence of each document."""
    found: list[tuple[str, str]] = []
    for info in desk.docs():
        text = desk.show(info.id).text
        found += [(info.path, span.of(text)) for span in sentences(text)]
    return tuple(found)


def first_sentences(
    desk: Desk, questions: Sequence[str], cache: Path, tell: Callable[[str], None]
) -> dict[str, list[tuple[str, str]]]:
    """Return for BM25, the encoder and their sum which sentence comes first for each question.

    The sum is of BM25 divided by its best and of the cosine. Vectors are kept in ``cache`` for
    the next run with the same encoder and the same texts.
    """
    places = every_sentence(desk)
    lexical = Bm25([content_words(text) for _, text in places])
    settings = desk.settings
    encoder = open_encoder(settings.encoder.model, settings.cache_folder(), on_status=tell)
    tell(f"baselines: {len(places)} sentences")
    stored = _kept(cache, encoder, [text for _, text in places], encoder.encode)
    asked = _kept(
        cache, encoder, questions, lambda texts: np.stack([encoder.encode_query(t) for t in texts])
    )
    first: dict[str, list[tuple[str, str]]] = {"bm25": [], "dense": [], "both": []}
    for question, vector in zip(questions, asked, strict=True):
        words = lexical.scores(content_words(question))
        cosines = stored @ vector
        both = words / max(float(words.max()), 1e-9) + cosines
        for name, scores in (("bm25", words), ("dense", cosines), ("both", both)):
            first[name].append(places[int(scores.argmax())])
    return first


def _kept(
    cache: Path,
    encoder: Encoder,
    texts: Sequence[str],
    encode: Callable[[Sequence[str]], NDArray[np.float32]],
) -> NDArray[np.float32]:
    """Return the vectors of texts, encoded only if that was not done before."""
    key = json.dumps([encoder.identity.to_dict(), list(texts)], sort_keys=True)
    path = cache / f"vectors-{hashlib.sha256(key.encode()).hexdigest()[:16]}.npy"
    if path.is_file():
        found: NDArray[np.float32] = np.load(path)
        return found
    found = encode(texts)
    cache.mkdir(parents=True, exist_ok=True)
    np.save(path, found)
    return found
