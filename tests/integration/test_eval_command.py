"""``groundwire eval`` from the command line to the exit code, with the real encoder."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from groundwire.desk.desk import Desk
from groundwire.domain.documents import DocumentId
from groundwire.interfaces.cli.app import run

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from groundwire.domain.answers import Answer
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


@pytest.fixture
def workplace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, encoder: Encoder) -> Path:
    """A folder with a corpus and cases; asking for the encoder exports it beforehand."""
    assert encoder.identity.dimension
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
    workplace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert evaluate("--json", "-o", "reports/out.json") == 0
    printed = capsys.readouterr().out
    assert printed == (workplace / "reports" / "out.json").read_text(encoding="utf-8")
    found = json.loads(printed)
    assert found["passed"] is True
    assert found["metrics"]["groundedness"]["value"] == 1
    assert found["metrics"]["evidence_hit"]["value"] == 1
    assert found["metrics"]["abstention_f1"]["value"] == 1
    assert found["provenance"]["engine"] == "extractive"
    assert found["provenance"]["generation"]
    assert found["settings"]["encoder"]["model"]
    assert not (workplace / "index").exists()


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
    ask = Desk.ask
    monkeypatch.setattr(Desk, "ask", lambda desk, question: fault(ask(desk, question)))
    assert evaluate() == 1
    assert "FAILED: " in capsys.readouterr().out


def test_a_desk_that_answers_everything_or_nothing_falls_below_the_baseline(
    workplace: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert workplace.is_dir()
    assert evaluate("--update-baseline") == 0
    ask = Desk.ask
    monkeypatch.setattr(Desk, "ask", lambda desk, _question: ask(desk, CASES[0]["question"]))
    assert evaluate() == 1
    assert "abstention_recall fell from 1.000 to 0.000" in capsys.readouterr().out
    monkeypatch.setattr(Desk, "ask", lambda desk, _question: ask(desk, CASES[1]["question"]))
    assert evaluate() == 1
    assert "evidence_hit fell from 1.000 to 0.000" in capsys.readouterr().out
