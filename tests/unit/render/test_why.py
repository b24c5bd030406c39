"""What ``/why`` prints: everything that led to an answer."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from groundwire.domain.answers import Provenance
from groundwire.domain.claims import Dropped
from groundwire.interfaces.render.lines import as_text
from groundwire.interfaces.render.why import why_lines
from tests.unit.render.screens import COST, PROVENANCE, abstaining, cited, conflicting, supported

if TYPE_CHECKING:
    from groundwire.domain.answers import Answer


def shown(answer: Answer) -> str:
    return as_text(why_lines(answer))


def test_every_stage_of_an_answer_is_told() -> None:
    assert shown(cited()).splitlines() == [
        "Question",
        "  asked: And the latest?",
        "  searched for: What is the latest estimate of the tram's cost?",
        "",
        "Filters",
        "  read: “latest” as newest first",
        "  lifted: “2019” as published in 2019 (with it nothing was found)",
        "",
        "Decision",
        "  answered; sufficiency 1.25 >= -0.90",
        "  evidence: best 4.00",
        "",
        "Passages, best first",
        "  1. [1] Auditors put Aldermoor tram at £112m · Harbour Wire · 2023-06-14 · ¶ 1 · a.md",
        "    score 1.0000  similarity 0.50  found by lexical",
        "  2. [2] Title b · Harbour Wire · 2022-11-28 · ¶ 1 · b.md",
        "    score 0.5000  similarity 0.50  found by lexical",
        "  3. [3] Title c · Harbour Wire · ¶ 1 · c.md",
        "    score 0.3333  similarity 0.50  found by lexical  not cited",
        "",
        "Sentences",
        f"  [1] quoted 1.00 by verbatim: “{COST}”",
        "    [1] a.md ¶ 1, characters 87 to 175",
        "  [2] quoted 1.00 by verbatim: “It will not carry passengers before the summer of 2027.”",
        "    [2] b.md ¶ 1, characters 0 to 55",
        "",
        "Dropped",
        "  “It will open in May.”",
        "    no passage says this",
        "",
        "Notices",
        "  the model was slow",
        "",
        "Made by",
        "  llm engine",
        "  model: ollama:small",
        "  prompt: answer.v1 (sha256 0123456789ab)",
        "  encoder: package:minilm",
        "  index: generation g-20261122, revision 7",
        "  time: retrieve 12 ms · total 20 ms",
    ]


def test_an_abstention_shows_what_was_too_little_and_the_nearest() -> None:
    base = Provenance(
        "extractive", "g", 3, "e", scores={"sufficiency": -1.25, "threshold": -0.9, "best": 2.0}
    )
    text = shown(replace(abstaining(), provenance=base))
    assert "  given: sources Harbour Wire" in text
    assert "  nothing; sufficiency -1.25 < -0.90" in text
    assert "The documents do not say." in text
    assert "  1. Auditors put Aldermoor tram" in text
    assert "Sentences" not in text
    assert "prompt" not in text
    assert "searched for as it was asked" in text


def test_without_a_threshold_the_outcome_alone_is_told() -> None:
    text = shown(replace(abstaining(), provenance=replace(PROVENANCE, scores={}, timing_ms={})))
    assert "Decision\n  nothing\n" in text
    assert "evidence" not in text
    assert "time:" not in text


def test_differences_and_what_spoke_against_a_sentence_are_told() -> None:
    answer = conflicting()
    claims = (supported(answer.claims[0], "a hedge is missing"), *answer.claims[1:])
    text = shown(replace(answer, claims=claims))
    assert "  candidate conflict: 1.03 million / 240,000" in text
    assert "  [1] supported 0.91 by overlap:" in text
    assert "    a hedge is missing\n" in text


def test_nothing_of_a_model_reaches_the_screen_as_a_control_character() -> None:
    base = replace(PROVENANCE, model="\x1b[2Jmodel")
    dropped = (Dropped("Made \x1b[2Jup.", "no\x07 passage"),)
    answer = replace(cited(), provenance=base, dropped=dropped, question="\x1b]8;;x\x1b\\who?")
    assert "\x1b" not in shown(answer)
    assert "\x07" not in shown(answer)
