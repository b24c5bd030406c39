"""How candidates are scored and ordered, over a made-up snapshot of which every number is known."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, cast

import numpy as np
import pytest

from groundwire.domain.documents import DocumentId, DocumentInfo, Passage, PassageId
from groundwire.domain.retrieval import Scope
from groundwire.domain.spans import Span
from groundwire.index.tokens import TokenVectors
from groundwire.models.encoder import QueryEncoding
from groundwire.retrieve.asked import read_asked
from groundwire.retrieve.hybrid import COSINE, DATE, LATE_ALONE, OUTLET, SENTENCE, HybridRetriever

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from groundwire.index.snapshot import Snapshot
    from groundwire.models.encoder import Encoder
    from groundwire.models.reranker import Reranker

AXES = np.eye(4, dtype=np.float32)


@dataclass
class Story:
    """What the snapshot says of one passage."""

    bm25: float
    axis: int
    tokens: tuple[int, ...] = ()
    sentence: int = 3
    source: str = "Harbour Wire"
    published: date | None = None
    text: str = ""


@dataclass
class Stories:
    """A snapshot of passages, one a document, whose every search brings all of them."""

    stories: dict[str, Story]
    scopes: list[Scope] = field(default_factory=list)

    def sources(self) -> tuple[frozenset[str], date | None]:
        return frozenset(each.source for each in self.stories.values()), date(2023, 5, 1)

    def count(self) -> int:
        return 100

    def frequencies(self, terms: Sequence[str]) -> dict[str, int]:
        return dict.fromkeys(terms, 10)

    def lexical(self, _terms: Sequence[str], *, scope: Scope, **_: object) -> object:
        self.scopes.append(scope)
        return tuple((PassageId(name), s.bm25) for name, s in self.stories.items() if s.bm25)

    def nearest(self, vectors: Sequence[object], **_: object) -> object:
        near = tuple((PassageId(name), 1.0) for name, s in self.stories.items() if s.axis == 0)
        return (near,) * len(vectors)

    def bm25(self, ids: Sequence[str], queries: Sequence[object]) -> NDArray[np.float64]:
        return np.array([[self.stories[each].bm25 for each in ids]] * len(queries))

    def vectors(self, ids: Sequence[str]) -> NDArray[np.float32]:
        return AXES[[self.stories[each].axis for each in ids]]

    def tokens(self, ids: Sequence[str]) -> dict[str, TokenVectors]:
        return {each: self._tokens(self.stories[each].tokens) for each in ids}

    def sentence_vectors(self, ids: Sequence[str], _: int) -> dict[str, NDArray[np.float32]]:
        return {each: AXES[[self.stories[each].sentence]] for each in ids}

    @staticmethod
    def _tokens(axes: tuple[int, ...]) -> TokenVectors:
        rows = (127 * AXES[list(axes)]).astype(np.int8).reshape(len(axes), 4)
        return TokenVectors(np.array([len(axes)]), rows)

    def documents_of(self, ids: Sequence[str]) -> tuple[DocumentInfo, ...]:
        return tuple(self._info(each) for each in ids)

    def _info(self, name: str) -> DocumentInfo:
        story = self.stories[name]
        return DocumentInfo(
            DocumentId(name), name, name, story.source, "", story.published, "en", 10, 1
        )

    def passages(self, ids: Sequence[str]) -> tuple[tuple[Passage, DocumentInfo], ...]:
        return tuple((self._passage(each), self._info(each)) for each in ids)

    def _passage(self, name: str) -> Passage:
        text = self.stories[name].text or name
        return Passage(PassageId(name), DocumentId(name), Span(0, len(text)), text, "", 1)

    def origins(self, _ids: Sequence[str]) -> dict[str, str]:
        return {}

    def stems(self, ids: Sequence[str]) -> dict[str, NDArray[np.uint32]]:
        """Return the words of each passage, as numbers that are equal for equal words."""
        words = sorted({word for story in self.stories.values() for word in story.text.split()})
        return {
            each: np.array(
                [words.index(word) for word in sorted(set(self.stories[each].text.split()))],
                dtype=np.uint32,
            )
            for each in ids
        }


class Axes:
    """An encoder whose questions lie along the first axis; its words along those given."""

    def __init__(self, *words: int) -> None:
        self._words = words

    def encode_query_parts(self, text: str, parts: Sequence[Span]) -> QueryEncoding:
        place = Span(0, len(text.split(maxsplit=1)[0]))
        words = AXES[list(self._words)].reshape(len(self._words), 4)
        vectors = np.repeat(AXES[:1], len(parts), axis=0)
        return QueryEncoding(AXES[0], vectors, words, (place,) * len(self._words))


def found(stories: Stories, question: str, *words: int, scope: Scope = Scope()) -> dict[str, float]:  # noqa: B008  # frozen
    retriever = HybridRetriever(cast("Encoder", Axes(*words)), candidates=10)
    ranking = retriever.search(cast("Snapshot", stories), question, top_k=10, scope=scope)
    return {hit.document.path: round(hit.score, 6) for hit in ranking.hits}


def test_a_score_is_the_questions_and_that_of_its_best_clause() -> None:
    stories = Stories({"words": Story(4.0, 1), "meaning": Story(2.0, 0)})
    scores = found(stories, "tram")
    assert scores == {"words": 2.0, "meaning": pytest.approx(2 * (0.5 + COSINE))}
    assert list(scores) == ["meaning", "words"]


def test_late_interaction_counts_in_the_clause() -> None:
    stories = Stories({"a": Story(1.0, 0), "b": Story(1.0, 0, tokens=(2, 3))})
    scores = found(stories, "tram", 2)
    assert list(scores) == ["b", "a"]
    assert scores["b"] - scores["a"] == pytest.approx(LATE_ALONE + SENTENCE, abs=1e-5)


def test_the_best_sentence_counts_where_there_is_one_clause() -> None:
    stories = Stories({"a": Story(1.0, 1), "b": Story(1.0, 1, sentence=0)})
    scores = found(stories, "tram", 2)
    assert scores["b"] - scores["a"] == pytest.approx(SENTENCE)


def test_a_named_outlet_and_a_named_day_raise_a_passage_and_leave_nothing_out() -> None:
    stories = Stories(
        {
            "plain": Story(1.0, 0),
            "outlet": Story(1.0, 0, source="The Verge"),
            "day": Story(1.0, 0, published=date(2023, 3, 6)),
        }
    )
    scores = found(stories, "What did The Verge say on March 5 about trams?")
    assert scores["outlet"] - scores["plain"] == pytest.approx(2 * OUTLET)
    assert scores["day"] - scores["plain"] == pytest.approx(2 * DATE)


def test_a_clause_is_searched_for_in_the_outlets_that_it_names() -> None:
    stories = Stories({"a": Story(1.0, 0, source="The Verge"), "b": Story(1.0, 0, source="Wired")})
    question = "What did The Verge report about new electric trams, while Wired wrote on old buses?"
    found(stories, question)
    assert [scope.sources for scope in stories.scopes] == [(), ("The Verge",), ("Wired",)]
    stories.scopes.clear()
    found(stories, question, scope=Scope(sources=("Wired",)))
    assert {scope.sources for scope in stories.scopes} == {("Wired",)}


def test_a_hit_says_which_searches_brought_it() -> None:
    stories = Stories({"both": Story(1.0, 0), "dense": Story(0.0, 0), "words": Story(1.0, 1)})
    retriever = HybridRetriever(cast("Encoder", Axes()), candidates=10)
    ranking = retriever.search(cast("Snapshot", stories), "tram", top_k=10)
    by = {hit.document.path: hit.retrievers for hit in ranking.hits}
    assert by == {"both": ("dense", "lexical"), "dense": ("dense",), "words": ("lexical",)}


def test_nothing_asked_and_nothing_found() -> None:
    assert found(Stories({"a": Story(1.0, 0)}), " \n") == {}
    assert found(Stories({}), "tram") == {}


def test_words_weigh_by_rarity_and_the_name_of_an_outlet_nothing() -> None:
    stories = cast("Snapshot", Stories({"a": Story(1.0, 0, source="Wired")}))
    encoder = cast("Encoder", Axes(1, 2))
    weights = read_asked("trams", stories, encoder).weights
    assert weights.tolist() == [pytest.approx(math.log(1 + 90.5 / 10.5))] * 2
    assert read_asked("Wired", stories, encoder).weights.tolist() == [0, 0]


def test_the_earliest_of_several_copies_speaks_for_all() -> None:
    text = "a b c d e f g h i j k l m n o p q"
    stories = Stories(
        {
            "later": Story(3.0, 0, published=date(2023, 3, 2), text=text),
            "first": Story(2.0, 0, published=date(2023, 3, 1), text=text),
            "undated": Story(2.5, 0, text=text),
            "other": Story(1.0, 0, text="r s t u v w x y z"),
        }
    )
    retriever = HybridRetriever(cast("Encoder", Axes()), candidates=10)
    hits = retriever.search(cast("Snapshot", stories), "tram", top_k=2).hits
    assert [hit.document.path for hit in hits] == ["first", "other"]
    assert [copy.path for copy in hits[0].copies] == ["later", "undated"]
    assert hits[0].score > hits[1].score


class Backwards:
    """A reranker that prefers texts late in the alphabet."""

    name = "backwards"

    def scores(self, _question: str, passages: Sequence[str]) -> NDArray[np.float32]:
        return np.array([ord(text[0]) for text in passages], dtype=np.float32)


def test_a_reranker_has_the_last_word_on_the_order() -> None:
    stories = Stories({name: Story(bm25, 0) for name, bm25 in (("a", 3.0), ("b", 2.0), ("c", 1.0))})
    retriever = HybridRetriever(
        cast("Encoder", Axes()), candidates=10, reranker=cast("Reranker", Backwards())
    )
    hits = retriever.search(cast("Snapshot", stories), "tram", top_k=2).hits
    assert [(hit.rank, hit.document.path) for hit in hits] == [(1, "c"), (2, "b")]
