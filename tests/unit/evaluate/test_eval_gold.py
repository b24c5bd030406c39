from __future__ import annotations

from groundwire.evaluate.cases import Case, GoldQuote, Problem
from groundwire.evaluate.gold import Gold, GoldSpan, resolve
from tests.unit.evaluate.samples import DOCUMENTS, SpokenDesk, span_of

SHOW = SpokenDesk().show


def case(*quotes: tuple[str, str], required: tuple[tuple[str, ...], ...] = ()) -> Case:
    evidence = tuple(GoldQuote(document=path, quote=quote) for path, quote in quotes)
    return Case(
        7,
        "c",
        "multi_document",
        "Q?",
        answerable=True,
        evidence=evidence,
        required=required,
        file="set.jsonl",
    )


def gold(path: str, words: str) -> GoldSpan:
    return GoldSpan(DOCUMENTS[path].id, span_of(path, words))


def test_quotes_become_spans_and_each_a_part() -> None:
    found = resolve(case(("ferry.md", "240 people"), ("tram.md", "£84m")), SHOW)
    assert isinstance(found, Gold)
    assert found.spans == (gold("ferry.md", "240 people"), gold("tram.md", "£84m"))
    assert found.parts == ((found.spans[0],), (found.spans[1],))


def test_pieces_that_state_one_required_fact_are_one_part() -> None:
    asked = case(
        ("ferry.md", "It carries 240 people a day."),
        ("ferry.md", "240 people"),
        ("tram.md", "£84m"),
        ("tram.md", "It opens in 2026."),
        required=(("240",), ("£84m", "84 million"), ("never stated",)),
    )
    found = resolve(asked, SHOW)
    assert isinstance(found, Gold)
    assert found.parts == (found.spans[:2], found.spans[2:3])
    assert len(found.spans) == 4


def test_touching_needs_a_shared_character_of_the_same_document() -> None:
    found = resolve(case(("ferry.md", "240 people"), ("tram.md", "£84m")), SHOW)
    assert isinstance(found, Gold)
    people = span_of("ferry.md", "people a day")
    assert found.is_touched("id-of-ferry.md", people)
    assert found.parts_touched("id-of-ferry.md", people) == {0}
    assert not found.is_touched("id-of-ferry.md", span_of("ferry.md", " a day"))
    assert not found.is_touched("id-of-other.md", people)


def test_a_quote_that_is_not_there_is_a_problem() -> None:
    found = resolve(case(("tram.md", "£84m"), ("ferry.md", "241 people")), SHOW)
    assert isinstance(found, Problem)
    assert (found.file, found.line, found.field) == ("set.jsonl", 7, "evidence.1.quote")
    assert "found 0 times" in found.expected


def test_a_quote_that_stands_twice_is_a_problem() -> None:
    found = resolve(case(("ferry.md", "It")), SHOW)
    assert isinstance(found, Problem)
    assert "found 2 times" in found.expected


def test_an_unknown_document_is_a_problem() -> None:
    found = resolve(case(("bus.md", "£84m")), SHOW)
    assert isinstance(found, Problem)
    assert found.field == "evidence.0.document"
    assert "bus.md" in found.expected
