"""How an answer came about, in a few lines: what ``/why`` prints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from groundwire.interfaces.render.escape import one_line
from groundwire.interfaces.render.markdown import filter_line

if TYPE_CHECKING:
    from groundwire.domain.answers import Answer

_DECIDING = frozenset({"sufficiency", "threshold"})


def why(answer: Answer) -> str:
    """Return what an answer rests on: engine, decision, evidence, filters, drops and times."""
    base = answer.provenance
    by = f"{base.engine} engine" + (f", {base.model}, prompt {base.prompt}" if base.model else "")
    scores = " · ".join(f"{n} {v:.2f}" for n, v in base.scores.items() if n not in _DECIDING)
    times = " · ".join(f"{stage} {took} ms" for stage, took in base.timing_ms.items())
    lines = (
        f"{one_line(by)}; encoder {one_line(base.encoder)}; index revision {base.revision}",
        _decision(answer),
        f"evidence: {scores}" if scores else "",
        filter_line(answer.filters, base.inferred),
        *(f"dropped: “{one_line(each.sentence)}” ({each.reason})" for each in answer.dropped),
        f"time: {times}" if times else "",
    )
    return "\n".join(line for line in lines if line)


def _decision(answer: Answer) -> str:
    scores = answer.provenance.scores
    if not scores.keys() >= _DECIDING:
        return f"decision: {answer.outcome}"
    sufficiency, threshold = scores["sufficiency"], scores["threshold"]
    sign = ">=" if sufficiency >= threshold else "<"
    return f"decision: {answer.outcome}; sufficiency {sufficiency:.2f} {sign} {threshold:.2f}"
