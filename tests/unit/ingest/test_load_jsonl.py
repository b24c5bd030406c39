"""JSON records: one a line, or in a list."""

from __future__ import annotations

import json
from datetime import date

import pytest

from groundwire.ingest.loaders import jsonl
from groundwire.ingest.loaders.base import Loaded, LoadError, Members
from groundwire.ingest.loaders.columns import Columns
from groundwire.ingest.loaders.jsonl import load_json, load_jsonl

STORY = "The harbour board voted on Tuesday to rebuild the old quay that the storm had broken."
RECORD = {
    "id": "q-7",
    "title": "Quay",
    "content": STORY,
    "publishedAt": "2019-06-20T08:00:00Z",
    "source": {"id": None, "name": "The Post"},
    "authors": ["Ann Lee", "Bo Ray"],
}


def test_each_line_is_a_document() -> None:
    other = json.dumps({**RECORD, "id": "q-8", "title": "Pier"})
    loaded = load_jsonl(f"{json.dumps(RECORD)}\r\n\n{other}\n".encode(), "a.jsonl")
    assert isinstance(loaded, Members)
    first, second = loaded.documents
    assert (first.title, first.source, first.author) == ("Quay", "The Post", "Ann Lee, Bo Ray")
    assert (first.published, first.text) == (date(2019, 6, 20), STORY)
    assert (first.member, first.locators[0].label) == ("q-7", "row 1")
    assert (second.member, second.locators[0].label) == ("q-8", "row 3")


def test_lines_that_cannot_be_read_are_problems() -> None:
    deep = '{"a":' * 5_000 + "1" + "}" * 5_000
    lines = [json.dumps(RECORD), "{broken", "words", "[1]", deep]
    loaded = load_jsonl("\n".join(lines).encode(), "a.jsonl")
    assert isinstance(loaded, Members)
    assert len(loaded.documents) == 1
    assert loaded.problems == (
        ("row 2", "damaged JSON"),
        ("row 3", "not JSON"),
        ("row 4", "not a JSON object"),
        ("row 5", "nested too deeply"),
    )


def test_records_without_texts_are_lines_of_one_document() -> None:
    lines = b'{"port": "Ayr", "ships": 1.10, "open": true, "at": {"lat": 1e400, "lon": null}}\n{'
    loaded = load_jsonl(lines + b'"port": "Cork", "ships": 12345678901234567890}', "ports.jsonl")
    assert isinstance(loaded, Loaded)
    assert loaded.text == (
        "port: Ayr | ships: 1.10 | open: true | at.lat: 1e400\n\n"
        "port: Cork | ships: 12345678901234567890"
    )
    assert [place.label for place in loaded.locators] == ["row 1", "row 2"]


@pytest.mark.parametrize(
    "content", [[RECORD], {"status": "ok", "articles": [RECORD], "more": [1]}, RECORD]
)
def test_a_list_of_records_an_object_with_one_and_one_record(content: object) -> None:
    loaded = load_json(json.dumps(content).encode(), "a.json")
    assert isinstance(loaded, Members)
    assert [document.member for document in loaded.documents] == ["q-7"]


def test_items_that_are_no_records_are_problems() -> None:
    loaded = load_json(json.dumps([RECORD, 7, {"title": "Empty"}]).encode(), "a.json")
    assert isinstance(loaded, Members)
    assert loaded.problems == (("row 2", "not a JSON object"), ("Empty", "no text in row 3"))


def test_columns_can_be_given() -> None:
    data = b'[{"says": {"words": "Closed."}, "who": "Ann"}]'
    loaded = load_json(data, "a.json", Columns(text="says.words", author="who"))
    assert isinstance(loaded, Members)
    assert [(d.text, d.author) for d in loaded.documents] == [("Closed.", "Ann")]
    with pytest.raises(LoadError, match="has no column words"):
        load_json(data, "a.json", Columns(text="words"))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b'{"name": "app", "scripts": {"test": "x"}}', "no list of records"),
        (b"[1, 2]", "no records"),
        (b"7", "no records"),
        (b"[" * 100_000, "nested too deeply"),
        (b"[{", "damaged JSON"),
        (b"words", "not JSON"),
        (b"[{}]", "no text"),
        (b"\0", "not text"),
    ],
)
def test_what_is_no_list_of_records_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(LoadError, match=reason):
        load_json(data, "a.json")


@pytest.mark.parametrize(("data", "reason"), [(b"\n", "empty"), (b"a\nb", "no JSON records")])
def test_lines_without_records_are_refused(data: bytes, reason: str) -> None:
    with pytest.raises(LoadError, match=reason):
        load_jsonl(data, "a.jsonl")


def test_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    for limit, reason in (("MAX_RECORDS", "more than 2 records"), ("MAX_FIELDS", "2 fields")):
        with monkeypatch.context() as patch:
            patch.setattr(jsonl, limit, 2)
            with pytest.raises(LoadError, match=reason):
                load_json(b'[{"a": 1}, {"a": 1}, {"a": 1}]', "a.json")
            with pytest.raises(LoadError, match=reason):
                load_jsonl(b'{"a": 1}\n' * 3, "a.jsonl")
