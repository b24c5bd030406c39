"""Faults in citations, in what is said, and in the decision to say it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from groundwire.answer.extractive import ExtractiveAnswerer
from groundwire.desk.desk import Desk
from groundwire.ground import cite as citing
from tests.integration.planting.faults import Fault
from tests.integration.planting.trials import Trial

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

    from groundwire.domain.answers import Answer
    from groundwire.domain.claims import Citation
    from groundwire.domain.documents import DocumentInfo
    from groundwire.domain.retrieval import Hit
    from groundwire.domain.spans import Span

INJECTIONS = Trial("injections")
FUTURE = Trial("future")
FAMILIES = Trial("families")
FACTS = Trial("core", kinds=("single_fact", "absent_topic"))

_cite = citing.cite


def offsets_are_shifted_by_one(patch: pytest.MonkeyPatch) -> None:
    """Offsets are counted from one where they are cited."""

    def cite(hit: Hit, span: Span) -> Citation:
        made = _cite(hit, span)
        return replace(made, span=span.shift(1))

    patch.setattr(citing, "cite", cite)


def a_neighbouring_document_is_cited(patch: pytest.MonkeyPatch) -> None:
    """The name of a document comes from the citation before."""
    before: list[DocumentInfo] = []

    def cite(hit: Hit, span: Span) -> Citation:
        before.append(hit.document)
        wrong = before[max(len(before) - 2, 0)]
        return replace(_cite(hit, span), document_id=wrong.id, path=wrong.path)

    patch.setattr(citing, "cite", cite)


def quotes_are_tidied(patch: pytest.MonkeyPatch) -> None:
    """Quotes are set with typographer's marks and single spaces."""

    def cite(hit: Hit, span: Span) -> Citation:
        made = _cite(hit, span)
        quote = " ".join(made.quote.replace("'", "’").replace('"', "”").split())
        return replace(made, quote=quote)

    patch.setattr(citing, "cite", cite)


def the_last_words_are_cut_off(patch: pytest.MonkeyPatch) -> None:
    """Long sentences lose their end, with the span to match."""

    def cite(hit: Hit, span: Span) -> Citation:
        cut = span.start + round(len(span) * 0.6)
        return _cite(hit, replace(span, end=cut))

    patch.setattr(citing, "cite", cite)


def nothing_is_declined(patch: pytest.MonkeyPatch) -> None:
    """Every question is answered, however little was found."""
    _with_threshold(patch, lambda _threshold: -1e6)


def everything_is_declined(patch: pytest.MonkeyPatch) -> None:
    """No question is answered."""
    _with_threshold(patch, lambda _threshold: 1e6)


def the_threshold_is_raised(patch: pytest.MonkeyPatch) -> None:
    """Somebody wanted fewer false answers."""
    _with_threshold(patch, lambda threshold: threshold + 1.0)


def the_threshold_is_lowered(patch: pytest.MonkeyPatch) -> None:
    """Somebody wanted more answers."""
    _with_threshold(patch, lambda threshold: threshold - 1.0)


def sufficiency_is_turned_round(patch: pytest.MonkeyPatch) -> None:
    """The sign of the sufficiency is lost."""
    judge = ExtractiveAnswerer.judge

    def wrong(self: ExtractiveAnswerer, *given: Any) -> dict[str, float]:  # noqa: ANN401 -- handed on as it is
        found = judge(self, *given)
        return found | {"sufficiency": -found["sufficiency"]}

    patch.setattr(ExtractiveAnswerer, "judge", wrong)


def answers_are_kept_for_all_questions(patch: pytest.MonkeyPatch) -> None:
    """Answers are kept by the number of words in the question."""
    ask, kept = Desk.ask, dict[int, "Answer"]()

    def cached(self: Desk, question: str, **given: Any) -> Answer:  # noqa: ANN401 -- handed on as it is
        key = len(question.split())
        if key not in kept:
            kept[key] = ask(self, question, **given)
        return kept[key]

    patch.setattr(Desk, "ask", cached)


def _with_threshold(patch: pytest.MonkeyPatch, moved: Callable[[float], float]) -> None:
    judge = ExtractiveAnswerer.judge

    def wrong(self: ExtractiveAnswerer, *given: Any) -> dict[str, float]:  # noqa: ANN401 -- handed on as it is
        found = judge(self, *given)
        return found | {"threshold": moved(found["threshold"])}

    patch.setattr(ExtractiveAnswerer, "judge", wrong)


FAULTS = (
    Fault(offsets_are_shifted_by_one, INJECTIONS, "groundedness"),
    Fault(a_neighbouring_document_is_cited, INJECTIONS, "groundedness"),
    Fault(quotes_are_tidied, INJECTIONS, "groundedness"),
    Fault(the_last_words_are_cut_off, INJECTIONS, "groundedness"),
    Fault(nothing_is_declined, FUTURE, "abstention_recall"),
    Fault(everything_is_declined, INJECTIONS, "evidence_hit"),
    Fault(the_threshold_is_raised, FACTS, "evidence_hit"),
    Fault(the_threshold_is_lowered, FUTURE, "abstention_recall"),
    Fault(sufficiency_is_turned_round, FACTS, "abstention_auroc"),
    Fault(answers_are_kept_for_all_questions, FAMILIES, "evidence_hit"),
)
