"""Filters that a question speaks of, on the sample corpus: shown, in JSON, switched off."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest

    from tests.integration.conftest import Ran

OUTLET = "What does The Meridian Post report about Notre-Dame?"
KNOWN = "According to Harbour Wire, who met Xi at the airport in Pyongyang?"
SHOWN = "from The Meridian Post (--no-filters to lift)"


def test_a_search_stays_with_the_outlet_and_shows_it(sample: Callable[..., Ran]) -> None:
    found = sample("search", OUTLET, "--json").json
    assert {hit["source"] for hit in found["hits"]} == {"The Meridian Post"}
    assert found["filters"]["sources"] == ["The Meridian Post"]
    assert [phrase["text"] for phrase in found["inferred"]] == ["The Meridian Post"]
    assert sample("search", OUTLET).out.rstrip().endswith(f"Filters: {SHOWN}")


def test_no_filters_switches_the_reading_off(
    sample: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    off = sample("search", OUTLET, "--json", "--no-filters").json
    assert len({hit["source"] for hit in off["hits"]}) > 1
    assert off["inferred"] == []
    assert "Filters:" not in sample("search", OUTLET, "--no-filters").out
    monkeypatch.setenv("GROUNDWIRE_RETRIEVAL__FILTERS", "false")
    assert sample("search", OUTLET, "--json").json == off


def test_an_option_wins_over_the_question(sample: Callable[..., Ran]) -> None:
    found = sample("search", OUTLET, "--json", "--source", "Northgate Times").json
    assert {hit["source"] for hit in found["hits"]} == {"Northgate Times"}
    assert found["inferred"] == []


def test_an_event_gives_the_day_of_its_first_report(sample: Callable[..., Ran]) -> None:
    asked = "What has Kim done since the Hanoi summit?"
    found = sample("search", asked, "--json", "--top-k", "50").json
    assert found["filters"]["since"] == "2019-03-01"
    assert all(hit["published"] >= "2019-03-01" for hit in found["hits"])
    assert "the first report of “Hanoi summit”" in sample("search", asked).out


def test_a_month_without_documents_is_lifted_and_told(sample: Callable[..., Ran]) -> None:
    ran = sample("search", "Which stories were published in May 1998 about a ship?", "--json")
    assert ran.json["hits"]
    assert ran.json["filters"]["since"] is None
    assert [phrase["lifted"] for phrase in ran.json["inferred"]] == [True]
    assert "no document published in May 1998" in ran.err


def test_an_answer_shows_and_prints_its_filters(sample: Callable[..., Ran]) -> None:
    answer = sample("ask", KNOWN, "--json").json
    assert answer["answered"] is True
    assert {source["source"] for source in answer["sources"]} == {"Harbour Wire"}
    assert answer["filters"]["sources"] == ["Harbour Wire"]
    assert answer["inferred"][0]["read_as"] == "from Harbour Wire"
    assert "Filters: from Harbour Wire (--no-filters to lift)" in sample("ask", KNOWN).out
    coloured = sample("ask", KNOWN, "--color", "always").out
    assert coloured.index("from Harbour Wire") < coloured.index("Kim")
    assert sample("ask", KNOWN, "--json", "--no-filters").json["inferred"] == []


def test_a_batch_line_and_the_command_can_both_switch_it_off(
    sample: Callable[..., Ran], tmp_path: Path
) -> None:
    file = tmp_path / "questions.jsonl"
    lines = [{"id": 1, "question": OUTLET}, {"id": 2, "question": OUTLET, "no_filters": True}]
    file.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")

    def inferred(*options: str) -> list[int]:
        printed = sample("search", "--batch", file, *options).out
        return [len(json.loads(line)["inferred"]) for line in printed.splitlines()]

    assert inferred() == [1, 0]
    assert inferred("--no-filters") == [0, 0]
    lines = [{"id": 1, "question": OUTLET, "no_filters": "yes"}]
    file.write_text(json.dumps(lines[0]), encoding="utf-8")
    ran = sample("search", "--batch", file)
    assert ran.code == 1
    assert "no_filters: wrong type" in ran.json["error"]["message"]


def test_a_chat_can_be_opened_without(
    sample: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    import io

    def chat(*options: str) -> str:
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{KNOWN}\n"))
        return sample("chat", *options).out

    assert "Filters: from Harbour Wire" in chat()
    assert "Filters:" not in chat("--no-filters")
