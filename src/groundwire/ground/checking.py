"""Holding a claim that somebody else made against the passages found for it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from groundwire.domain.answers import Source
from groundwire.domain.checks import CheckReport
from groundwire.domain.claims import Claim, Verdict
from groundwire.ground.cite import cite
from groundwire.ground.contradiction import contradictions
from groundwire.ground.examine import JUDGE, examine
from groundwire.ground.figures import foreign_names
from groundwire.ground.gate import Gate
from groundwire.ground.support import support
from groundwire.ground.windows import Window, closest, cut
from groundwire.text.instructions import instruction_spans
from groundwire.text.normalize import normalize
from groundwire.text.sentences import sentences
from groundwire.text.tokens import words
from groundwire.text.values import missing, values

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from groundwire.domain.claims import Citation, VerdictLabel
    from groundwire.domain.retrieval import Hit, Scope

_SHOWN = 3
_NEAR = 0.2
_WORST: dict[VerdictLabel, int] = {
    "contradicted": 0,
    "unsupported": 1,
    "attribution_dropped": 2,
    "supported": 3,
    "quoted": 4,
}


@dataclass(frozen=True, slots=True)
class _Finding:
    """What was found of one sentence of the claim."""

    verdict: Verdict
    evidence: tuple[Citation, ...]


def check_claim(claim: str, hits: Sequence[Hit], filters: Scope) -> CheckReport:
    """Return what passages say of a claim.

    The gate that drafted answers pass decides what is supported; only then is a contradiction
    looked for, so where sources differ, one that says it is enough. A claim of several sentences
    is as good as its worst one.

    Args:
        claim: What was claimed, of one sentence or a few.
        hits: The passages found for it.
        filters: The scope they were found in.
    """
    text = normalize(claim)
    parts = [span.of(text) for span in sentences(text)]
    findings = [_judge(part, hits) for part in parts] or [_nothing("there is nothing to check")]
    worst = min(findings, key=lambda one: _WORST[one.verdict.label])
    evidence = _numbered(dict.fromkeys(cited for one in findings for cited in one.evidence))
    return CheckReport(
        claim=claim,
        verdict=replace(worst.verdict, reasons=_reasons(findings)),
        support=max((support(text, hit.passage.text) for hit in hits), default=0.0),
        evidence=evidence,
        missing=_missing(text, hits),
        sources=_sources(evidence, hits),
        filters=filters,
    )


def _judge(sentence: str, hits: Sequence[Hit]) -> _Finding:
    said = Gate(support).judge(sentence, (), hits)
    if isinstance(said, Claim) and said.verdict.label == "supported":
        return _Finding(said.verdict, said.citations)
    if isinstance(said, Claim) and words(said.text) == words(sentence):
        return _Finding(replace(said.verdict, reasons=()), said.citations)
    return _contradicted(sentence, hits) or _unsupported(sentence, hits)


def _contradicted(sentence: str, hits: Sequence[Hit]) -> _Finding | None:
    """Return the clearest contradiction, or None."""
    best: _Finding | None = None
    for window in _single_sentences(hits):
        reasons, shared = contradictions(sentence, window)
        if reasons and (best is None or shared > best.verdict.score):
            best = _Finding(Verdict("contradicted", shared, JUDGE, reasons), (_cited(window),))
    return best


def _unsupported(sentence: str, hits: Sequence[Hit]) -> _Finding:
    """Return the closest sentences, and what speaks against the closest one."""
    scored = [(support(sentence, hit.passage.text), hit) for hit in hits]
    scored.sort(key=lambda one: (-one[0], one[1].rank))
    near = [closest(sentence, [hit]) for _, hit in scored]
    shown = [
        (found, score) for found, score in near if found and score >= _NEAR and not _is_order(found)
    ]
    if not shown:
        return _nothing("no passage is near")
    shown = shown[:_SHOWN]
    best = max(shown, key=lambda one: one[1])[0]
    found = examine(sentence, best)
    label: VerdictLabel = "unsupported"
    if found.label == "attribution_dropped":
        label, shown = found.label, [(best, 1.0)]
    verdict = Verdict(label, 1 - scored[0][0], JUDGE, found.reasons)
    return _Finding(verdict, tuple(_cited(window) for window, _ in shown))


def _nothing(reason: str) -> _Finding:
    return _Finding(Verdict("unsupported", 1.0, JUDGE, (reason,)), ())


def _single_sentences(hits: Iterable[Hit]) -> Iterable[Window]:
    """Yield each sentence that is no order to whatever machine reads it."""
    for hit in hits:
        for span in cut(hit.passage.text):
            window = Window(hit, (span,))
            if not _is_order(window):
                yield window


def _is_order(window: Window) -> bool:
    orders = instruction_spans(window.hit.passage.text)
    return any(order.overlaps(window.span) for order in orders)


def _cited(window: Window) -> Citation:
    return cite(window.hit, window.span.shift(window.hit.passage.span.start))


def _reasons(findings: Sequence[_Finding]) -> tuple[str, ...]:
    """Return what speaks against each sentence; where there are several, with its number."""
    if len(findings) == 1:
        return findings[0].verdict.reasons
    return tuple(
        f"sentence {number}: {reason}"
        for number, one in enumerate(findings, 1)
        for reason in one.verdict.reasons
    )


def _missing(text: str, hits: Sequence[Hit]) -> tuple[str, ...]:
    """Return the values and names of the claim that no passage, title or outlet has."""
    if not hits:
        return ()
    lacking = [
        {value.span for value in missing(claimed, values(hit.passage.text, published))}
        for hit in hits
        for published in [hit.document.published]
        for claimed in [values(text, published)]
    ]
    spans = sorted(frozenset.intersection(*map(frozenset, lacking)))
    known = "\n".join(
        f"{hit.document.title}. {hit.document.source}. {hit.passage.text}" for hit in hits
    )
    found = (*(span.of(text) for span in spans), *foreign_names(text, known, known))
    return tuple(dict.fromkeys(found))


def _numbered(evidence: Iterable[Citation]) -> tuple[Citation, ...]:
    """Return the citations numbered by passage, in order."""
    numbers: dict[str, int] = {}
    return tuple(
        replace(one, n=numbers.setdefault(one.passage_id, len(numbers) + 1)) for one in evidence
    )


def _sources(evidence: Sequence[Citation], hits: Sequence[Hit]) -> tuple[Source, ...]:
    by_passage = {hit.passage.id: hit for hit in hits}
    numbers = {one.n: by_passage[one.passage_id] for one in evidence}
    return tuple(Source(n, hit, cited=True) for n, hit in sorted(numbers.items()))
