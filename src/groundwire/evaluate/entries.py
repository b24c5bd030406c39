"""One case of a report: its JSON form, with words of the documents around everything cited."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from groundwire.domain.errors import NotFoundError
from groundwire.evaluate.scores import METRICS, Joint, shares

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from groundwire.domain.answers import Answer
    from groundwire.domain.claims import Claim
    from groundwire.domain.documents import Document
    from groundwire.domain.spans import Span
    from groundwire.evaluate.cases import Case
    from groundwire.evaluate.judge.judging import Judgement
    from groundwire.evaluate.runner import CaseResult

AROUND = 120
"""Characters of the document that are told on each side of what is cited."""

_NEAREST = 3
_SHOWN = frozenset({"quoted", "supported"})


class Texts:
    """The stored documents, each looked up once."""

    def __init__(self, show: Callable[[str], Document]) -> None:
        """Keep where they come from: ``Desk.show``."""
        self._show = show
        self._known: dict[str, Document | None] = {}

    def excerpt(self, document: str, span: Span, quote: str | None = None) -> dict[str, object]:
        """Return what stands in a span, and around it.

        Args:
            document: Id of the document.
            span: The place in its text of record.
            quote: What is said to stand there; None for what does.
        """
        found = self._document(document)
        text = found.text if found else ""
        stored = text[span.start : span.end] if found else None
        return {
            "doc_id": document,
            "path": found.path if found else document,
            "title": found.title if found else "",
            "start": span.start,
            "end": span.end,
            "quote": (stored or "") if quote is None else quote,
            "stored": stored,
            "before": _last_words(text[: span.start]),
            "after": _first_words(text[span.end :]),
        }

    def _document(self, name: str) -> Document | None:
        if name not in self._known:
            try:
                self._known[name] = self._show(name)
            except NotFoundError:
                self._known[name] = None
        return self._known[name]


def _first_words(text: str) -> str:
    if len(text) <= AROUND:
        return text
    cut = text[: AROUND + 1]
    return (cut.rpartition(" ")[0] or cut[:AROUND]) + " …"


def _last_words(text: str) -> str:
    if len(text) <= AROUND:
        return text
    cut = text[-AROUND - 1 :]
    return "… " + (cut.partition(" ")[2] or cut[1:])


def entry(result: CaseResult, texts: Texts, *, held: bool) -> dict[str, object]:
    """Return the JSON form of one result.

    Args:
        result: The result.
        texts: The documents that were asked.
        held: Whether its words are kept back: then it tells what was measured and nothing that
            was asked, said or expected.
    """
    case = result.case
    scores = result.answer.provenance.scores if result.answer else {}
    return {
        "id": case.id,
        "kind": case.kind,
        "split": case.split,
        "key": key_of(case),
        "answerable": case.answerable,
        "outcome": result.answer.outcome if result.answer else "failed",
        "passed": not result.complaints(),
        "held": held,
        "milliseconds": round(result.milliseconds, 1),
        "shares": {
            name: [round(share.part, 6), round(share.whole, 6)]
            for name, share in shares(result).items()
        },
        "points": dict(_points(result)),
        "sufficiency": _number(scores.get("sufficiency")),
        "threshold": _number(scores.get("threshold")),
        "found_at": next((at for at, hit in enumerate(result.relevant, 1) if hit), None),
        "dropped_count": len(result.answer.dropped) if result.answer else 0,
        **({} if held else _words(result, texts)),
    }


def _points(result: CaseResult) -> Iterator[tuple[str, tuple[float, float]]]:
    """Yield what the case is to each metric that compares cases with one another."""
    for name, metric in METRICS.items():
        if isinstance(metric, Joint) and (point := metric.point(result)) is not None:
            yield name, (round(point[0], 6), point[1])


def _words(result: CaseResult, texts: Texts) -> dict[str, object]:
    """Return what was asked, said and expected."""
    case, answer = result.case, result.answer
    return {
        "question": case.question,
        "history": [{"role": turn.role, "text": turn.text} for turn in case.history],
        "answer": result.said,
        "claims": [
            _claim(claim, judgement, texts)
            for claim, judgement in zip(result.claims, result.judgements, strict=True)
        ],
        "evidence": [texts.excerpt(piece.document_id, piece.span) for piece in result.gold.spans],
        "nearest": list(_nearest(answer, texts)) if answer else [],
        "dropped": [each.to_dict() for each in answer.dropped] if answer else [],
        "complaints": list(result.complaints()),
        "scores": {
            name: round(value, 4)
            for name, value in (answer.provenance.scores if answer else {}).items()
        },
    }


def _claim(claim: Claim, judgement: Judgement, texts: Texts) -> dict[str, object]:
    cited = [
        {**texts.excerpt(each.document_id, each.span, each.quote), **each.to_dict()}
        for each in claim.citations
    ]
    grounded = judgement.grounded and claim.verdict.label in _SHOWN
    return {
        **claim.to_dict(),
        "citations": cited,
        "judgement": {
            "grounded": grounded,
            "reasons": list(judgement.reasons),
            "needed": list(judgement.needed),
        },
    }


def _nearest(answer: Answer, texts: Texts) -> Iterator[dict[str, object]]:
    """Yield what came closest where nothing was answered: a sentence, or else a passage."""
    if answer.abstention is None:
        return
    for place, hit in enumerate(answer.abstention.nearest[:_NEAREST]):
        closest = answer.abstention.closest
        span = closest[place] if closest else hit.passage.span
        yield texts.excerpt(hit.passage.document_id, span)


def _number(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def key_of(case: Case) -> str:
    """Return a hash of what is asked and expected, wherever the case stands."""
    content = {
        "question": case.question,
        "answerable": case.answerable,
        "evidence": [[gold.document, gold.quote] for gold in case.evidence],
        "required": case.required,
        "forbidden": case.forbidden,
        "history": [[turn.role, turn.text] for turn in case.history],
        "within": case.within,
        "independent": case.independent,
    }
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:16]
