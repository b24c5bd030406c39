"""``groundwire eval`` from the command line to the exit code, with the real encoder."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from groundwire.desk.desk import Desk
from groundwire.domain.documents import DocumentId
from groundwire.evaluate.html import page
from groundwire.interfaces.cli.app import run
from tests.fakes.llm_server import LlmServer, says

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from groundwire.domain.answers import Answer
    from groundwire.domain.conversations import Turn
    from groundwire.models.encoder import Encoder

FERRY = (
    "# Ferry cancelled\n\nThe ferry to Sallow Island was cancelled on Monday because of high winds."
    " It carries 240 passengers a day.\n\nThe harbour master, Joan Petrie, said the crossing"
    " would resume on Wednesday.\n"
)
ORCHARD = (
    "# Orchard opens\n\nA community orchard with 36 apple trees opened in Aldermoor on Sunday."
    " Volunteers planted the first tree in 2019.\n"
)
CASES: list[dict[str, Any]] = [
    {
        "id": "ferry",
        "kind": "single_fact",
        "question": "How many passengers does the ferry carry a day?",
        "answerable": True,
        "evidence": [
            {"document": "ferry.md", "quote": "It carries 240 passengers a day."},
        ],
        "required": ["240"],
        "forbidden": ["Elvis"],
    },
    {
        "id": "oil",
        "kind": "absent_topic",
        "question": "Who won the 2018 World Cup in Russia?",
        "answerable": False,
    },
]


DRAWN = page._drawn
CHARTS = ("metrics", "scores", "reliability", "risk", "latency")


@pytest.fixture
def workplace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, encoder: Encoder) -> Path:
    """A folder with a corpus and cases; asking for the encoder exports it beforehand.

    Pages are made without their charts, which take longer than everything else here.
    """
    assert encoder.identity.dimension
    monkeypatch.setattr(page, "_drawn", lambda *_: dict.fromkeys(CHARTS))
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "ferry.md").write_text(FERRY, encoding="utf-8")
    (tmp_path / "corpus" / "orchard.md").write_text(ORCHARD, encoding="utf-8")
    (tmp_path / "cases").mkdir()
    write_cases(tmp_path, *CASES)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write_cases(workplace: Path, *cases: object) -> None:
    lines = [case if isinstance(case, str) else json.dumps(case) for case in cases]
    (workplace / "cases" / "small.jsonl").write_text("\n".join(lines), encoding="utf-8")


def evaluate(*words: str) -> int:
    return run(["-q", "eval", "cases/small.jsonl", "--corpus", "corpus", *words])


def test_a_good_run_passes_and_says_what_it_measured(
    workplace: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(page, "_drawn", DRAWN)
    assert evaluate("--json", "-o", "reports/out.json") == 0
    printed = capsys.readouterr().out
    assert printed == (workplace / "reports" / "out.json").read_text(encoding="utf-8")
    found = json.loads(printed)
    assert found["passed"] is True
    assert found["metrics"]["groundedness"]["value"] == 1
    assert found["metrics"]["evidence_hit"]["value"] == 1
    assert found["metrics"]["abstention_f1"]["value"] == 1
    identity = found["identity"]
    assert identity["engines"] == {"extractive": 2}
    assert identity["index"]["generation"]
    assert identity["index"]["documents"] == 2
    assert identity["settings"]["encoder.model"]
    assert identity["prompts"]["answer.v2"]
    assert str(workplace) not in printed, "nothing of the machine is in the report"
    made = (workplace / "reports" / "out.html").read_text(encoding="utf-8")
    assert made.startswith("<!doctype html>")
    assert "<strong>Passed</strong>" in made
    assert made.count("</svg>") == len(CHARTS)
    assert not (workplace / "index").exists()


def test_the_report_is_always_kept_and_told_of(
    workplace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["eval", "cases/small.jsonl", "--corpus", "corpus"]) == 0
    told = capsys.readouterr()
    for name in ("small.json", "small.html"):
        assert (workplace / "reports" / name).is_file()
        assert f"wrote reports/{name}" in told.err
    assert "wrote" not in told.out


def test_a_report_that_nobody_asked_for_may_fail_and_one_that_was_may_not(
    workplace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (workplace / "reports").write_text("a file, no folder", encoding="utf-8")
    assert run(["eval", "cases/small.jsonl", "--corpus", "corpus"]) == 0
    told = capsys.readouterr()
    assert "not written: " in told.err
    assert told.out.rstrip().endswith("PASSED")
    assert evaluate("-o", "reports/out.json") == 2
    assert evaluate("-o", "out.html") == 2
    assert "--html" in capsys.readouterr().err


def test_a_folder_of_questions_is_run_under_its_name(
    workplace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (workplace / "cases" / "more.jsonl").write_text(
        json.dumps({**CASES[1], "id": "cup"}), encoding="utf-8"
    )
    assert run(["-q", "eval", "cases", "--corpus", "corpus", "--update-baseline", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [case["id"] for case in found["cases"]] == ["cup", "ferry", "oil"]
    assert found["suite"] == "cases"
    assert (workplace / "baselines" / "cases.json").is_file()
    assert (workplace / "reports" / "cases.html").is_file()


def test_cases_held_back_are_run_and_told_only_when_asked_for(
    workplace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_cases(workplace, {**CASES[0], "split": "test", "required": ["Elba"]}, CASES[1])
    assert evaluate() == 0
    kept = capsys.readouterr().out
    kept += (workplace / "reports" / "small.json").read_text(encoding="utf-8")
    kept += (workplace / "reports" / "small.html").read_text(encoding="utf-8")
    assert "Elba" not in kept
    assert "240 passengers" not in kept
    assert "1 of 2 cases passed" in kept
    assert evaluate("--split", "test") == 0
    told = capsys.readouterr().out
    assert "does not say: Elba" in told
    assert "0 of 1 cases passed" in told
    assert (workplace / "reports" / "small.test.html").is_file()


def test_two_saved_runs_are_compared(workplace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert evaluate("-o", "before.json") == 0
    write_cases(workplace, CASES[0], {**CASES[1], "forbidden": ["Elvis"]})
    assert evaluate("-o", "after.json") == 0
    capsys.readouterr()
    assert run(["eval", "--compare", "before.json", "after.json", "--html", "both.html"]) == 0
    told = capsys.readouterr().out
    assert "1 cases in common; 2 are in one run only" in told
    assert "no difference is significant" in told
    assert 'id="compared"' in (workplace / "both.html").read_text(encoding="utf-8")
    assert run(["eval", "--compare", "before.json", "after.json", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["metrics"]["evidence_hit"]["difference"] == 0
    write_cases(workplace, {**CASES[1], "id": "other"})
    assert evaluate("-o", "other.json") == 0
    assert run(["eval", "--compare", "before.json", "other.json"]) == 2
    assert "no case in common" in capsys.readouterr().err


def test_where_there_are_no_cases_it_says_what_to_do(
    workplace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert workplace.is_dir()
    assert run(["eval"]) == 2
    told = capsys.readouterr().err
    assert "there is no eval/cases here" in told
    assert "--auto" in told


def test_a_run_that_is_stopped_tells_what_it_has(
    workplace: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ask = Desk.ask

    def stopped(desk: Desk, question: str, *, history: Sequence[Turn] = ()) -> Answer:
        if question == CASES[1]["question"]:
            raise KeyboardInterrupt
        return ask(desk, question, history=history)

    monkeypatch.setattr(Desk, "ask", stopped)
    assert run(["eval", "cases/small.jsonl", "--corpus", "corpus", "--update-baseline"]) == 130
    told = capsys.readouterr()
    assert "1 of 1 cases passed" in told.out
    assert "FAILED: the run was stopped" in told.out
    assert "this is what was measured until then" in told.err
    assert not (workplace / "baselines").exists()
    kept = json.loads((workplace / "reports" / "small.json").read_text(encoding="utf-8"))
    assert kept["interrupted"] is True


def test_a_configured_model_is_what_is_measured(
    workplace: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write_cases(workplace, CASES[0])
    invented = "The ferry was painted green by 900 volunteers. [1]"
    with LlmServer(says(f"It carries 240 passengers a day. [1]\n{invented}")) as server:
        monkeypatch.setenv("GROUNDWIRE_LLM", "openai:scripted")
        monkeypatch.setenv("GROUNDWIRE_MODEL__BASE_URL", server.openai_url)
        monkeypatch.setenv("GROUNDWIRE_MODEL__API_KEY", "sk-not-to-be-shown")
        assert evaluate("--json") == 0
    printed = capsys.readouterr().out
    found = json.loads(printed)
    assert found["identity"]["engines"] == {"llm": 1}
    assert found["identity"]["model"] == "openai:scripted"
    assert found["metrics"]["groundedness"]["value"] == 1
    assert found["dropped"] == 1
    assert "sk-not" not in printed
    assert server.openai_url not in printed


def test_a_home_that_cannot_be_written_is_left_alone(tmp_path: Path) -> None:
    """The library that draws would keep a cache there, or complain that it cannot."""
    home = tmp_path / "home"
    home.mkdir()
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    program = (
        "from pathlib import Path\n"
        "from groundwire.evaluate.html.figures import Sheet, drawing\n"
        f"with drawing(Path({str(tmp_path / 'file')!r})):\n"
        "    print(Sheet('x').svg('t', 'd')[:4])\n"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program],
        env={"HOME": str(home), "PATH": os.defpath, "TMPDIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.stderr) == ("<svg\n", "")
    assert list(home.iterdir()) == []
    assert {each.name for each in tmp_path.iterdir()} == {"home", "file"}


def test_the_table_goes_to_stdout_and_progress_to_stderr(
    workplace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert workplace.is_dir()
    assert run(["eval", "cases/small.jsonl", "--corpus", "corpus"]) == 0
    told = capsys.readouterr()
    assert "groundedness" in told.out
    assert told.out.rstrip().endswith("PASSED")
    assert "2 of 2" in told.err


def test_a_baseline_is_made_and_then_guards(
    workplace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert evaluate("--update-baseline") == 0
    path = workplace / "baselines" / "small.json"
    saved = json.loads(path.read_text(encoding="utf-8"))
    assert saved["groundedness"] == {"value": 1.0, "tolerance": 0.0}
    assert evaluate() == 0
    write_cases(workplace, {**CASES[0], "required": ["240", "Joan Petrie", "Elba"]}, CASES[1])
    capsys.readouterr()
    assert evaluate() == 1
    assert "FAILED: required_facts fell from 1.000" in capsys.readouterr().out


def test_a_given_index_is_used_and_kept(workplace: Path) -> None:
    assert evaluate("--index-dir", "kept") == 0
    assert (workplace / "kept" / "CURRENT").is_file()


def test_a_malformed_line_fails_the_run_and_the_others_are_asked(
    workplace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lost = {**CASES[0], "id": "lost", "evidence": [{"document": "ferry.md", "quote": "a fee"}]}
    write_cases(workplace, '{"id": 1', *CASES, lost)
    assert evaluate("--json") == 1
    found = json.loads(capsys.readouterr().out)
    assert [case["id"] for case in found["cases"]] == ["ferry", "oil"]
    assert [(one["line"], one["field"]) for one in found["problems"]] == [
        (1, "line"),
        (4, "evidence.0.quote"),
    ]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["eval", "none.jsonl"], "no such case file"),
        (["eval", "cases/small.jsonl", "--corpus", "none"], "no such folder"),
        (["eval", "cases/small.jsonl", "--corpus", "corpus", "--baseline", "x"], "no such base"),
    ],
)
def test_a_missing_file_is_one_line(
    workplace: Path, capsys: pytest.CaptureFixture[str], words: list[str], message: str
) -> None:
    assert workplace.is_dir()
    assert run(words) == 2
    assert message in capsys.readouterr().err


def shifted(answer: Answer) -> Answer:
    """Every offset is one too large."""
    return replace(
        answer,
        claims=tuple(
            replace(
                claim,
                citations=tuple(replace(c, span=c.span.shift(1)) for c in claim.citations),
            )
            for claim in answer.claims
        ),
    )


def invented(answer: Answer) -> Answer:
    """The gate lets a quote pass that no document holds."""
    return replace(
        answer,
        claims=tuple(
            replace(
                claim,
                text=claim.text.replace("240", "420"),
                citations=tuple(
                    replace(c, quote=c.quote.replace("240", "420")) for c in claim.citations
                ),
            )
            for claim in answer.claims
        ),
    )


def glossed(answer: Answer) -> Answer:
    """Something is said beside the quote."""
    return replace(answer, claims=tuple(replace(one, gloss="Elvis") for one in answer.claims))


def swapped(answer: Answer) -> Answer:
    """Offsets and quotes fit, but another document is named."""
    other = DocumentId("0" * 16)
    return replace(
        answer,
        claims=tuple(
            replace(claim, citations=tuple(replace(c, document_id=other) for c in claim.citations))
            for claim in answer.claims
        ),
    )


@pytest.mark.parametrize("fault", [shifted, invented, glossed, swapped])
def test_a_planted_fault_fails_the_run(
    workplace: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    fault: Callable[[Answer], Answer],
) -> None:
    assert workplace.is_dir()
    assert evaluate("--update-baseline") == 0
    assert "FAILED: " not in capsys.readouterr().out
    ask = Desk.ask
    monkeypatch.setattr(
        Desk, "ask", lambda desk, question, history=(): fault(ask(desk, question, history=history))
    )
    assert evaluate() == 1
    assert "FAILED: " in capsys.readouterr().out


def test_a_desk_that_answers_everything_or_nothing_falls_below_the_baseline(
    workplace: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert workplace.is_dir()
    assert evaluate("--update-baseline") == 0
    ask = Desk.ask
    monkeypatch.setattr(Desk, "ask", lambda desk, _, **__: ask(desk, CASES[0]["question"]))
    assert evaluate() == 1
    assert "abstention_recall fell from 1.000 to 0.000" in capsys.readouterr().out
    monkeypatch.setattr(Desk, "ask", lambda desk, _, **__: ask(desk, CASES[1]["question"]))
    assert evaluate() == 1
    assert "evidence_hit fell from 1.000 to 0.000" in capsys.readouterr().out
