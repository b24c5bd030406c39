"""Filters read out of a question: in force, lifted where they hide the answer, overridden."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from groundwire.answer import pipeline
from groundwire.answer.extractive import Extract
from groundwire.answer.pipeline import AnswerPipeline, Request
from groundwire.domain.answers import Abstention, Answer
from groundwire.domain.errors import NoDocumentsError
from groundwire.domain.events import Done, Found
from groundwire.domain.retrieval import EVERYTHING, Ranking, Scope
from groundwire.domain.spans import Span
from groundwire.ground.cite import quoted_claim
from groundwire.retrieve.filtered import search_filtered
from tests.fakes.passages import hit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from groundwire.domain.documents import DocumentId, DocumentInfo
    from groundwire.domain.families import Family
    from groundwire.domain.retrieval import Hit


def story(name: str, text: str, source: str, published: date) -> Hit:
    found = hit(text, name=name)
    return replace(found, document=replace(found.document, source=source, published=published))


OLD = story("old", "The tram costs £78m.", "Harbour Wire", date(2018, 1, 10))
MAY = story("may", "The sea wall was opened.", "Harbour Wire", date(2019, 5, 3))
NEW = story("new", "The bridge costs £97m.", "The Verge", date(2019, 6, 20))


class Shelf:
    """Three stories, seen as a snapshot and as the retriever over it."""

    generation, revision, encoder_name = "g", 1, "e"

    def __init__(self, *stories: Hit) -> None:
        self.stories = stories
        self.searched: list[Scope] = []

    @contextmanager
    def snapshot(self, _view: Scope = EVERYTHING) -> Iterator[Shelf]:
        yield self

    def documents(self, scope: Scope, most: int = -1) -> tuple[DocumentInfo, ...]:
        found = tuple(each.document for each in self.stories if _inside(each, scope))
        return found[: most % (len(found) + 1)]

    def families(self, _scope: Scope, *, of: set[DocumentId]) -> tuple[Family, ...]:
        assert of
        return ()

    def origins(self, _ids: set[DocumentId]) -> dict[DocumentId, DocumentId]:
        return {}

    def sources(self) -> tuple[frozenset[str], date | None]:
        documents = [each.document for each in self.stories]
        days = [each.published for each in documents if each.published]
        return frozenset(each.source for each in documents), max(days, default=None)

    def lexical(self, terms: tuple[str, ...], *, top_k: int, scope: Scope) -> Any:  # noqa: ANN401 -- pairs
        return (
            [(each.passage.id, 1.0) for each in self.stories if terms[0] in each.passage.text][
                :top_k
            ]
            if scope.is_everything()
            else []
        )

    def documents_of(self, ids: list[str]) -> tuple[DocumentInfo, ...]:
        return tuple(each.document for each in self.stories if each.passage.id in ids)

    def read(self, snapshot: Shelf, question: str) -> str:
        assert snapshot is self
        return question

    def search(self, snapshot: Shelf, question: str, *, top_k: int, scope: Scope) -> Ranking:
        assert snapshot is self
        self.searched.append(scope)
        found = [each for each in self.stories if _inside(each, scope)][:top_k]
        return Ranking(
            question, tuple(replace(each, rank=rank) for rank, each in enumerate(found, 1))
        )


def _inside(found: Hit, scope: Scope) -> bool:
    document = found.document
    assert document.published is not None
    return (not scope.sources or document.source in scope.sources) and (
        scope.since or date.min
    ) <= document.published <= (scope.until or date.max)


class Answerer:
    """Answers with the first passage that has a word in it, or with the newest if asked to."""

    def __init__(self, word: str) -> None:
        self.word = word

    def answer(self, evidence: SimpleNamespace) -> Extract:
        hits = evidence.ranking.hits
        if evidence.ranking.inferred.latest:
            hits = sorted(hits, key=lambda each: each.document.published, reverse=True)
        for each in hits:
            text = each.passage.text
            if self.word in text:
                return Extract("answered", (quoted_claim(each, Span(0, len(text))),), None, {})
        return Extract("nothing", (), Abstention("The documents do not say."), {})


@pytest.fixture(autouse=True)
def unread(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the passages be the evidence: how they are read does not matter here."""

    def gather(_asked: object, ranking: Ranking, _snapshot: object) -> SimpleNamespace:
        return SimpleNamespace(ranking=ranking, places=tuple)

    monkeypatch.setattr(pipeline, "gather", gather)


def ask(
    question: str, word: str, scope: Scope | None = None, *, filters: bool = True
) -> tuple[Answer, Shelf]:
    shelf: Any = Shelf(OLD, MAY, NEW)
    answerer: Any = Answerer(word)
    request = Request(question, scope or Scope(), filters=filters)
    events = list(AnswerPipeline(shelf, shelf, answerer, top_k=10).events(request))
    done = events[-1]
    assert isinstance(done, Done)
    assert isinstance(done.answer, Answer)
    assert sum(isinstance(event, Found) for event in events) == 1
    return done.answer, shelf


def inferred(answer: Answer) -> Any:  # noqa: ANN401 -- JSON
    return answer.to_dict()["inferred"]


def cited(answer: Answer) -> list[str]:
    return [source.hit.document.id for source in answer.sources if source.cited]


def test_a_filter_that_holds_the_answer_stays_in_force_and_is_told() -> None:
    answer, shelf = ask("What does The Verge report it costs?", "costs")
    assert cited(answer) == ["new"]
    assert shelf.searched == [Scope(sources=("The Verge",))] == [answer.filters]
    assert answer.provenance.inferred.said == ("from The Verge",)
    assert answer.warnings == ()
    (entry,) = inferred(answer)
    assert (entry["read_as"], entry["text"], entry["lifted"]) == (
        "from The Verge",
        "The Verge",
        False,
    )


def test_dates_that_hide_the_answer_are_lifted_and_told() -> None:
    answer, shelf = ask("What did the bridge cost in May 2019?", "bridge")
    assert cited(answer) == ["new"]
    assert shelf.searched == [Scope(since=date(2019, 5, 1), until=date(2019, 6, 7)), Scope()]
    assert answer.filters == Scope()
    assert answer.provenance.inferred.said == ()
    (warning,) = answer.warnings
    assert warning.startswith("no document published in May 2019, or up to 7 June 2019 answers")
    assert warning.endswith("; all dates were searched")
    (entry,) = inferred(answer)
    assert entry["lifted"] is True


def test_an_outlet_that_is_asked_is_not_answered_for_by_others() -> None:
    asked = Scope(until=date(2019, 5, 31))
    answer, shelf = ask("According to The Verge, what is the sea wall?", "sea", asked)
    assert answer.outcome == "nothing"
    assert shelf.searched == [replace(asked, sources=("The Verge",))] == [answer.filters]
    assert answer.warnings == ()


def test_where_nothing_answers_the_abstention_is_about_all_dates_of_the_outlet() -> None:
    answer, shelf = ask("According to The Verge, who lied in May 2019?", "Atlantis")
    assert answer.outcome == "nothing"
    assert [scope.sources for scope in shelf.searched] == [("The Verge",)] * 2
    assert answer.filters == Scope(sources=("The Verge",))
    assert answer.warnings[0].endswith("all dates were searched")


def test_options_win_over_the_question() -> None:
    question = "According to The Verge, what costs £78m in May 2019?"
    answer, shelf = ask(question, "costs", Scope(sources=("Harbour Wire",)))
    assert cited(answer) == ["old"]
    assert all(scope.sources == ("Harbour Wire",) for scope in shelf.searched)
    answer, shelf = ask(question, "costs", filters=False)
    assert shelf.searched == [Scope()]
    assert inferred(answer) == []


def test_the_latest_is_taken_first_and_nothing_is_left_out() -> None:
    answer, _ = ask("What is the latest that something costs?", "costs")
    assert cited(answer) == ["new"]
    assert answer.filters == Scope()
    assert cited(ask("What is it that something costs?", "costs")[0]) == ["old"]


def test_an_empty_scope_that_was_asked_for_is_an_error() -> None:
    with pytest.raises(NoDocumentsError):
        ask("What costs £78m?", "costs", Scope(since=date(2024, 1, 1)))


def test_a_search_lifts_filters_only_where_no_passage_is_left() -> None:
    shelf: Any = Shelf(OLD, MAY, NEW)

    def search(question: str, *, reads: bool = True) -> Ranking:
        return search_filtered(shelf, shelf, question, top_k=10, scope=Scope(), reads=reads)

    ranking = search("What does The Verge report of Atlantis?")
    assert [each.document.id for each in ranking.hits] == ["new"]
    assert ranking.filters.sources == ("The Verge",)
    assert ranking.inferred.notice == ""
    ranking = search("Which stories were published in May 1998?")
    assert len(ranking.hits) == 3
    assert ranking.inferred.notice.startswith("no document published in May 1998")
    assert ranking.to_dict()["filters"] == Scope().to_dict()
    assert len(search("What does The Verge report?", reads=False).hits) == 3
