"""``ask``, ``search`` and ``summarize`` on the sample corpus."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

import pytest

from groundwire.models.loading import open_encoder

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from groundwire.models.encoder import Encoder
    from tests.integration.conftest import Ran

KNOWN = "Who met Xi at the airport in Pyongyang?"
ABSENT = "Who won the 2018 World Cup?"


def test_an_answer_is_cited_to_exact_characters(sample: Callable[..., Ran]) -> None:
    answer = sample("ask", "--json", KNOWN).json
    assert answer["answered"] is True
    assert "Kim Jong Un" in answer["answer"]
    for claim in answer["claims"]:
        assert claim["verdict"] == "quoted"
        for citation in claim["citations"]:
            text = sample("show", citation["doc_id"], "--json").json["text"]
            assert text[citation["start"] : citation["end"]] == citation["quote"] == claim["text"]


def test_the_json_has_the_fields_of_the_schema(sample: Callable[..., Ran]) -> None:
    answer = sample("ask", "--json", KNOWN).json
    expected = {
        *("schema", "question", "standalone", "answered", "outcome", "answer", "citations"),
        *("claims", "abstention", "filters", "sources", "dropped", "engine", "model"),
        *("timing_ms", "warnings"),
    }
    assert expected <= set(answer)
    assert (answer["schema"], answer["engine"], answer["model"]) == (1, "extractive", None)
    first = answer["sources"][0]
    assert first["cited"] is True
    assert {"n", "doc_id", "title", "path", "locator", "score", "passage"} <= set(first)


def test_what_the_documents_do_not_hold_is_declined(sample: Callable[..., Ran]) -> None:
    declined = sample("ask", "--json", ABSENT)
    assert declined.code == 0
    assert declined.json["answered"] is False
    assert declined.json["claims"] == []
    assert declined.json["abstention"]["unmentioned"] == ["World Cup"]
    assert sample("ask", "--exit-status", ABSENT).code == 3
    assert sample("ask", "--exit-status", KNOWN).code == 0


def test_a_pipe_gets_markdown_with_a_source_list(sample: Callable[..., Ran]) -> None:
    printed = sample("ask", KNOWN).out
    answer, _, listed = printed.partition("\n\nSources:\n")
    assert "[1]" in answer
    assert listed.startswith("[1] ")
    assert "Sources:" not in sample("ask", "--no-sources", KNOWN).out
    assert "Sources:" not in sample("ask", "-q", KNOWN).out
    assert "\x1b" not in printed


def test_colour_only_when_asked_for(sample: Callable[..., Ran]) -> None:
    assert "\x1b[" in sample("ask", KNOWN, "--color", "always").out


def test_the_same_question_twice_gives_the_same_bytes(sample: Callable[..., Ran]) -> None:
    def stable() -> str:
        answer = sample("ask", "--json", KNOWN).json
        del answer["timing_ms"], answer["entry"]
        return json.dumps(answer)

    assert stable() == stable()


@pytest.mark.parametrize(
    ("options", "paths"),
    [
        (["--source", "harbour wire"], {"Harbour Wire"}),
        (["--scope", "notre-dame/*"], {"The Meridian Post", "Kestrel Business Daily"}),
    ],
)
def test_filters_leave_the_rest_out(
    sample: Callable[..., Ran], options: list[str], paths: set[str]
) -> None:
    hits = sample("search", "what happened", "--json", "--top-k", "50", *options).json["hits"]
    assert hits
    if options[0] == "--source":
        assert {hit["source"] for hit in hits} == paths
    else:
        assert {hit["path"].partition("/")[0] for hit in hits} == {"notre-dame"}


def test_dates_filter_by_publication(sample: Callable[..., Ran]) -> None:
    window = ("--since", "2021-01-01", "--until", "2021-12-31")
    hits = sample("search", "ship", "--json", "--top-k", "50", *window).json["hits"]
    assert hits
    assert all("2021-01-01" <= hit["published"] <= "2021-12-31" for hit in hits)
    early = sample("ask", "How much did Egypt demand?", "--json", "--as-of", "2020-01-01").json
    assert early["filters"]["as_of"] == "2020-01-01"
    assert all(source["published"] <= "2020-01-01" for source in early["sources"])


def test_a_scope_without_documents_is_an_error_not_an_answer(sample: Callable[..., Ran]) -> None:
    none = sample("ask", KNOWN, "--source", "Nobody's Times", "--json")
    assert none.code == 4
    assert none.json["error"]["code"] == "no_documents"


@pytest.mark.parametrize(
    ("argv", "code"),
    [
        (["ask", KNOWN, "--since", "June"], "usage"),
        (["ask", KNOWN, "--since", "2020-01-01", "--until", "2019-01-01"], "usage"),
        (["show", "nowhere.md"], "not_found"),
        (["show", "*.md"], "not_found"),
        (["show", "2019-06-20-xi-arrives-pyongyang.md", "99"], "not_found"),
        (["index", "/no/such/path"], "not_found"),
        (["forget", "/no/such/path"], "not_found"),
    ],
)
def test_usage_errors_are_one_line_and_exit_2(
    sample: Callable[..., Ran], argv: list[str], code: str
) -> None:
    failed = sample(*argv)
    assert failed.code == 2
    assert failed.out == ""
    assert failed.err.startswith("groundwire: ")
    assert "Traceback" not in failed.err
    assert sample(*argv, "--json").json["error"]["code"] == code


@pytest.mark.parametrize(
    "question",
    [
        '"Notre-Dame" AND (fire OR',
        "* NEAR - ^ title:x",
        "the of and",
        "???",
        "é",
        "a" * 5000,
        "WHY DID THE TALKS COLLAPSE",
        "Warum brannte die Kathedrale?",
        "what " * 2000,
        "'; DROP TABLE documents; --",
    ],
)
def test_odd_questions_get_an_answer_or_a_clear_line(
    sample: Callable[..., Ran], question: str
) -> None:
    asked = sample("ask", "--json", "--", question)
    assert asked.code == 0
    assert asked.json["outcome"] in {"answered", "related", "nothing"}


def test_an_empty_question_is_a_usage_error(
    sample: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("  \n"))
    assert sample("ask").code == 2
    assert sample("ask", "  ").code == 2


def test_a_pipe_is_the_question_or_more_of_it(
    sample: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(KNOWN))
    assert sample("ask", "--json").json["question"] == KNOWN
    monkeypatch.setattr("sys.stdin", io.StringIO("in Pyongyang"))
    assert sample("ask", "--json", "Who met Xi?", "-").json["question"].endswith("in Pyongyang")


def test_batch_keeps_order_and_puts_errors_in_their_place(
    sample: Callable[..., Ran], tmp_path: Path
) -> None:
    lines = [
        json.dumps({"id": "a", "question": KNOWN}),
        "not json",
        json.dumps({"id": "b", "question": ABSENT, "source": "Harbour Wire"}),
        json.dumps({"id": "c"}),
        json.dumps({"id": "d", "question": KNOWN, "surce": "x"}),
        json.dumps({"id": "e", "question": KNOWN, "since": "June"}),
    ]
    (tmp_path / "batch.jsonl").write_text("\n".join(lines))
    ran = sample("ask", "--batch", tmp_path / "batch.jsonl")
    assert ran.code == 1
    rows = [json.loads(line) for line in ran.out.splitlines()]
    assert [row["id"] for row in rows] == ["a", None, "b", "c", "d", "e"]
    assert rows[0]["answered"] is True
    assert rows[2]["filters"]["sources"] == ["Harbour Wire"]
    assert [row["error"]["message"].partition(":")[0] for row in rows if "error" in row] == [
        "line 2",
        "line 4",
        "line 5",
        "--since",
    ]
    searched = sample("search", "--batch", tmp_path / "batch.jsonl")
    assert json.loads(searched.out.splitlines()[0])["hits"]


def test_streamed_json_is_one_event_a_line_and_ends_with_the_answer(
    sample: Callable[..., Ran],
) -> None:
    events = [
        json.loads(line)
        for line in sample("ask", "--json", "--stream", KNOWN).out.split("\n")
        if line
    ]
    assert events[0]["event"] == "status"
    assert "claim" in {event["event"] for event in events}
    assert events[-1]["event"] == "done"
    assert events[-1]["answer"]["answered"] is True
    assert sample("ask", "--stream", KNOWN).code == 2


def test_a_summary_has_the_asked_length_and_every_sentence_is_a_slice(
    sample: Callable[..., Ran],
) -> None:
    name = "2019-06-20-xi-arrives-pyongyang.md"
    summary = sample("summarize", name, "--sentences", "4", "--json").json
    text = sample("show", name, "--json").json["text"]
    assert len(summary["claims"]) == 4
    starts = []
    for claim in summary["claims"]:
        for citation in claim["citations"]:
            assert text[citation["start"] : citation["end"]] == citation["quote"] == claim["text"]
            starts.append(citation["start"])
    assert starts == sorted(starts)
    assert summary["coverage"]["documents_total"] == 1
    assert 0 < summary["coverage"]["paragraphs"] <= summary["coverage"]["paragraphs_total"]


def test_a_summary_that_cannot_be_long_enough_says_so(sample: Callable[..., Ran]) -> None:
    ran = sample("summarize", "2019-06-20-xi-arrives-pyongyang.md", "--sentences", "500", "--json")
    assert ran.json["warnings"] == [ran.err.partition("groundwire: ")[2].strip()]
    assert "were asked for" in ran.err


def test_a_first_question_says_that_the_encoder_is_exported(
    sample: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = []

    def slow_open(*arguments: object, on_status: Callable[[str], None], **_more: object) -> Encoder:
        on_status("exporting the encoder")
        opened.append(arguments)
        return open_encoder(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr("groundwire.desk.build.open_encoder", slow_open)
    ran = sample("ask", KNOWN)
    assert ran.err == "exporting the encoder …\n"
    assert len(opened) == 1
    assert "Kim Jong Un" in ran.out
