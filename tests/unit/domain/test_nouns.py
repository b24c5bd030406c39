"""A wrong object cannot be made."""

from __future__ import annotations

from datetime import date

import pytest

from groundwire.domain.answers import Abstention, Answer, Provenance
from groundwire.domain.claims import Citation, Claim, Verdict
from groundwire.domain.documents import Document, DocumentId, DocumentInfo, Passage, PassageId
from groundwire.domain.retrieval import Hit, Ranking, Scope
from groundwire.domain.spans import Span

INFO = DocumentInfo(
    DocumentId("d1"), "a.md", "A", "Harbour Wire", "", date(2019, 6, 20), "en", 9, 1
)
PASSAGE = Passage(PassageId("p1"), INFO.id, Span(0, 9), "Xi left. ", "", 1)
HIT = Hit(PASSAGE, INFO, 1.0, 1, ("dense",), 0.5)
CITATION = Citation(1, INFO.id, PASSAGE.id, "a.md", Span(0, 8), "Xi left.", "¶ 1")
CLAIM = Claim("Xi left.", (CITATION,), Verdict("quoted", 1.0, "verbatim"))
PROVENANCE = Provenance("extractive", "g", 1, "e")


def answer(**changes: object) -> Answer:
    values: dict[str, object] = {
        "question": "Who left?",
        "standalone": "Who left?",
        "outcome": "answered",
        "claims": (CLAIM,),
        "sources": (),
        "filters": Scope(),
        "provenance": PROVENANCE,
    }
    return Answer(**(values | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (3, 3), (4, 2)])
def test_a_span_is_never_empty_or_reversed(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="not a span"):
        Span(start, end)


def test_spans_know_each_other() -> None:
    span = Span(2, 5)
    assert span.of("abcdefg") == "cde"
    assert len(span) == 3
    assert span.shift(10) == Span(12, 15)
    assert span.contains(Span(2, 5))
    assert not span.contains(Span(2, 6))
    assert span.overlaps(Span(4, 9))
    assert not span.overlaps(Span(5, 9))


def test_a_passage_has_as_many_characters_as_its_span() -> None:
    with pytest.raises(ValueError, match="passage text"):
        Passage(PassageId("p"), INFO.id, Span(0, 3), "four", "", 1)
    with pytest.raises(ValueError, match="numbered from 1"):
        Passage(PassageId("p"), INFO.id, Span(0, 4), "four", "", 0)


def test_a_document_needs_text() -> None:
    with pytest.raises(ValueError, match="needs text"):
        Document(INFO.id, "/r", "a.md", "A", "", "", None, "", "  \n", "h")
    with pytest.raises(ValueError, match="outside the text"):
        Document(INFO.id, "/r", "a.md", "A", "", "", None, "", "Short", "h", (Span(0, 9),))


def test_a_citation_is_as_long_as_its_span_and_numbered() -> None:
    with pytest.raises(ValueError, match="the quote has"):
        Citation(1, INFO.id, PASSAGE.id, "a.md", Span(0, 3), "Xi left.", "¶ 1")
    with pytest.raises(ValueError, match="numbered from 1"):
        Citation(0, INFO.id, PASSAGE.id, "a.md", Span(0, 8), "Xi left.", "¶ 1")


def test_a_verified_claim_is_cited_and_a_quoted_one_is_its_quote() -> None:
    with pytest.raises(ValueError, match="needs a citation"):
        Claim("Xi left.", (), Verdict("supported", 0.9, "lexical"))
    with pytest.raises(ValueError, match="the quote itself"):
        Claim("Xi has left.", (CITATION,), Verdict("quoted", 1.0, "verbatim"))


def test_an_answer_says_something_or_says_why_not() -> None:
    nothing = Abstention("The documents do not say.")
    with pytest.raises(ValueError, match="or else an abstention"):
        answer(claims=())
    with pytest.raises(ValueError, match="or else an abstention"):
        answer(abstention=nothing)
    with pytest.raises(ValueError, match="or else an abstention"):
        answer(outcome="nothing", abstention=nothing)
    with pytest.raises(ValueError, match="only verified"):
        answer(claims=(Claim("No.", (CITATION,), Verdict("unsupported", 0.1, "lexical")),))


def test_an_answer_in_json_has_the_names_of_the_schema() -> None:
    said = answer().to_dict()
    assert said["schema"] == 1
    assert said["answer"] == "Xi left. [1]"
    assert said["citations"] == [1]
    assert said["claims"] == [
        {
            "text": "Xi left.",
            "verdict": "quoted",
            "score": 1.0,
            "reasons": [],
            "gloss": None,
            "highlight": None,
            "citations": [CITATION.to_dict()],
        }
    ]
    closest = PASSAGE.span
    abstention = Abstention("No.", (HIT,), ("Oslo",), (closest,))
    declined = answer(outcome="nothing", claims=(), abstention=abstention)
    assert declined.to_dict()["answered"] is False
    assert declined.to_dict()["abstention"] == {
        "reason": "No.",
        "nearest": [HIT.to_dict()],
        "unmentioned": ["Oslo"],
        "closest": [[closest.start, closest.end]],
    }
    with pytest.raises(ValueError, match="stands in its passage"):
        Abstention("No.", (HIT,), (), (Span(closest.end, closest.end + 1),))


def test_ranks_count_up_from_one() -> None:
    assert Ranking("q", (HIT,)).to_dict()["hits"] == [HIT.to_dict()]
    with pytest.raises(ValueError, match="ranked 1, 2, 3"):
        Ranking("q", (HIT, HIT))
    with pytest.raises(ValueError, match="a rank from 1"):
        Hit(PASSAGE, INFO, 1.0, 0, ("dense",), 0.5)


def test_a_scope_s_window_does_not_end_before_it_starts() -> None:
    assert Scope().is_everything()
    assert not Scope(sources=("Harbour Wire",)).is_everything()
    with pytest.raises(ValueError, match="is after until"):
        Scope(since=date(2020, 1, 1), until=date(2019, 1, 1))
