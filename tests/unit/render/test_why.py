"""What ``/why`` prints."""

from __future__ import annotations

from dataclasses import replace

from groundwire.domain.answers import Abstention, Answer, Provenance
from groundwire.domain.claims import Dropped
from groundwire.domain.retrieval import Scope
from groundwire.interfaces.render.why import why

PROVENANCE = Provenance(
    "extractive",
    "g",
    3,
    "package:minilm",
    timing_ms={"retrieve": 12, "total": 20},
    scores={"best": 4.0, "cosine": 0.512, "sufficiency": -1.25, "threshold": -0.9},
)
DECLINED = Answer(
    "Who?", "Who?", "nothing", (), (), Scope(sources=("Wire",)), PROVENANCE, Abstention("No.")
)


def test_the_numbers_that_decided_are_shown_beside_the_threshold() -> None:
    assert why(DECLINED).splitlines() == [
        "extractive engine; encoder package:minilm; index revision 3",
        "decision: nothing; sufficiency -1.25 < -0.90",
        "evidence: best 4.00 · cosine 0.51",
        "Filters: sources Wire",
        "time: retrieve 12 ms · total 20 ms",
    ]


def test_a_model_its_prompt_and_what_it_lost_are_named() -> None:
    provenance = replace(PROVENANCE, engine="llm", model="ollama:x", prompt="answer.v1", scores={})
    dropped = (Dropped("Made \x1b[2Jup.", "no passage says this"),)
    lines = why(replace(DECLINED, provenance=provenance, dropped=dropped)).splitlines()
    assert lines[0].startswith("llm engine, ollama:x, prompt answer.v1;")
    assert lines[1] == "decision: nothing"
    assert "dropped: “Made \N{REPLACEMENT CHARACTER}[2Jup.” (no passage says this)" in lines
