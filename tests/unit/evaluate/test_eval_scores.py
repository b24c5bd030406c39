"""What each case adds to each metric, and the values of a run, worked by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from groundwire.domain.claims import Verdict
from groundwire.domain.families import Corroboration
from groundwire.evaluate.cases import Case, GoldQuote
from groundwire.evaluate.gold import Gold, GoldSpan
from groundwire.evaluate.intervals import Interval, Share
from groundwire.evaluate.judge.judging import Judgement
from groundwire.evaluate.runner import CaseResult
from groundwire.evaluate.scores import METRICS, Score, score, shares
from tests.unit.evaluate.samples import DOCUMENTS, answer, quoted, span_of

if TYPE_CHECKING:
    from groundwire.domain.answers import Answer
    from groundwire.domain.claims import Claim
    from groundwire.evaluate.cases import Kind

PEOPLE = quoted("ferry.md", "It carries 240 people a day.")
COST = quoted("tram.md", "The tram costs £84m, the council said.")
GROUNDED = Judgement(exact=True, in_source=True, supported=True, needed=(True,), reasons=())
FOUND = GoldSpan(DOCUMENTS["ferry.md"].id, span_of("ferry.md", "240 people"))
NO_GOLD = Gold((), ())


def asked(kind: Kind = "single_fact", *, answerable: bool = True) -> Case:
    gold = (GoldQuote(document="ferry.md", quote="240 people"),) if answerable else ()
    return Case(1, "a", kind, "How many?", answerable=answerable, evidence=gold)


def result(case: Case, *claims: Claim, sure: float | None = None) -> CaseResult:
    said = answer("How many?", *claims)
    if sure is not None:
        deciding = {"sufficiency": sure, "threshold": 0.5}
        said = replace(said, provenance=replace(said.provenance, scores=deciding))
    gold = Gold((FOUND,), ((FOUND,),)) if case.answerable else NO_GOLD
    return CaseResult(
        case=case,
        gold=gold,
        answer=said,
        judgements=tuple(GROUNDED for _ in claims),
        relevant=(False, True),
        covered=(frozenset(), frozenset({0})),
        milliseconds=1,
        retrievers=(("dense", "lexical"), ("dense",)),
        cosines=(0.3, 0.5),
    )


def failed(case: Case) -> CaseResult:
    gold = Gold((FOUND,), ((FOUND,),)) if case.answerable else NO_GOLD
    return CaseResult(case, gold, None, (), (), (), 1.0, error="the model is gone")


def with_answer(found: CaseResult, **changes: object) -> CaseResult:
    said: Answer | None = found.answer
    assert said is not None
    return replace(found, answer=replace(said, **changes))  # type: ignore[arg-type]  # by name


def values(*results: CaseResult) -> dict[str, float | None]:
    return {one.name: one.value for one in score(results)}


def test_a_right_answer_adds_to_what_concerns_it_alone() -> None:
    """Said: it carries 240 people day (5 words); gold: 240 people; F1 is 2 x 2 / 7."""
    added = shares(result(asked(), PEOPLE))
    assert added.pop("token_f1").part == pytest.approx(4 / 7)
    assert added.pop("ndcg@10").part == pytest.approx(0.6309, abs=1e-4)
    assert added == {
        "groundedness": Share(1, 1),
        "citation_precision": Share(1, 1),
        "citation_recall": Share(1, 1),
        "evidence_hit": Share(1, 1),
        "all_evidence": Share(1, 1),
        "recall@5": Share(1, 1),
        "recall@10": Share(1, 1),
        "dense_mrr@10": Share(1, 1),
        "lexical_recall@10": Share(0, 1),
        "mrr@10": Share(0.5, 1),
        "all_evidence@10": Share(1, 1),
    }


def test_a_search_that_brought_nothing_itself_is_worth_nothing() -> None:
    found = result(asked(), PEOPLE)
    lexical = replace(found, retrievers=(("lexical",), ("lexical",)))
    assert shares(lexical)["dense_mrr@10"] == Share(0, 1)
    assert shares(lexical)["lexical_recall@10"] == Share(1, 1)
    disordered = replace(found, cosines=(0.5, 0.3))
    assert shares(disordered)["dense_mrr@10"] == Share(0.5, 1)


def test_declining_rightly_adds_to_abstention_alone() -> None:
    added = shares(result(asked("near_miss", answerable=False)))
    assert added == {
        "abstention_precision": Share(1, 1),
        "abstention_recall": Share(1, 1),
        "abstention_f1": Share(2, 2),
        "abstention_precision_near": Share(1, 1),
        "abstention_recall_near": Share(1, 1),
    }


@pytest.mark.parametrize(
    ("kind", "group"),
    [
        ("absent_topic", "absent"),
        ("wrong_entity", "absent"),
        ("future", "absent"),
        ("near_miss", "near"),
        ("false_premise", "near"),
    ],
)
def test_each_unanswerable_kind_is_in_one_group(kind: Kind, group: str) -> None:
    added = shares(result(asked(kind, answerable=False), PEOPLE))
    assert added[f"abstention_recall_{group}"] == Share(0, 1)
    other = {"absent": "near", "near": "absent"}[group]
    assert f"abstention_recall_{other}" not in added


def test_an_unanswerable_case_of_another_kind_is_in_no_group_but_in_the_whole() -> None:
    added = shares(result(asked("injection", answerable=False)))
    assert added["abstention_recall"] == Share(1, 1)
    assert not {name for name in added if name.endswith(("_near", "_absent"))}


def test_declining_wrongly_counts_against_both_groups() -> None:
    added = shares(result(asked()))
    assert added["abstention_precision_absent"] == Share(0, 1)
    assert added["abstention_precision_near"] == Share(0, 1)
    assert "abstention_recall" not in added


def test_a_failure_is_neither_an_answer_nor_a_decision_to_decline() -> None:
    added = shares(failed(asked()))
    assert added["evidence_hit"] == Share(0, 1)
    assert added["token_f1"] == Share(0, 1)
    assert "abstention_precision" not in added
    unanswerable = shares(failed(replace(asked(answerable=False), forbidden=("oil",))))
    assert unanswerable["abstention_recall"] == Share(0, 1)
    assert "nothing_forbidden" not in unanswerable


def test_an_injection_is_resisted_if_nothing_forbidden_is_said_and_all_is_grounded() -> None:
    case = replace(asked("injection"), forbidden=("pirate",))
    assert shares(result(case, PEOPLE))["injection_resisted"] == Share(1, 1)
    assert shares(result(case))["injection_resisted"] == Share(1, 1)
    obeyed = replace(case, forbidden=("240",))
    assert shares(result(obeyed, PEOPLE))["injection_resisted"] == Share(0, 1)
    loose = replace(result(case, PEOPLE), judgements=(replace(GROUNDED, supported=False),))
    assert shares(loose)["injection_resisted"] == Share(0, 1)
    assert shares(failed(case))["injection_resisted"] == Share(0, 1)
    assert "injection_resisted" not in shares(result(asked(), PEOPLE))


def test_a_shown_sentence_needs_a_verdict_and_the_judge() -> None:
    loose = replace(result(asked(), PEOPLE), judgements=(replace(GROUNDED, exact=False),))
    assert shares(loose)["groundedness"] == Share(0, 1)
    both = replace(
        result(asked(), PEOPLE, COST), judgements=(GROUNDED, replace(GROUNDED, in_source=False))
    )
    assert shares(both)["groundedness"] == Share(1, 2)


def test_citations_that_are_not_needed_lower_precision_alone() -> None:
    twice = replace(PEOPLE, citations=PEOPLE.citations * 2, verdict=Verdict("quoted", 1.0, "v"))
    found = replace(result(asked(), twice), judgements=(replace(GROUNDED, needed=(True, False)),))
    assert shares(found)["citation_precision"] == Share(1, 2)
    assert shares(found)["citation_recall"] == Share(1, 1)


def test_filters_and_independent_accounts() -> None:
    case = replace(asked(), within=("ferry.md",), independent=2)
    right = with_answer(result(case, PEOPLE), corroboration=Corroboration(3, 2))
    assert (shares(right)["within"], shares(right)["independent"]) == (Share(1, 1), Share(1, 1))
    wrong = with_answer(result(case, COST), corroboration=Corroboration(3, 3))
    assert (shares(wrong)["within"], shares(wrong)["independent"]) == (Share(0, 1), Share(0, 1))
    assert not {"within", "independent"} & shares(result(case)).keys()


def test_auroc_compares_the_sureness_of_both_sorts_of_cases() -> None:
    """Of 2 x 2 pairs the answerable are surer in three."""
    found = values(
        result(asked(), PEOPLE, sure=0.9),
        result(asked(), sure=0.3),
        result(asked("near_miss", answerable=False), sure=0.4),
        result(asked("near_miss", answerable=False), sure=0.1),
    )
    assert found["abstention_auroc"] == 0.75


def test_a_case_without_a_score_is_the_least_sure() -> None:
    found = values(
        result(asked(), PEOPLE, sure=-5), result(asked("absent_topic", answerable=False))
    )
    assert found["abstention_auroc"] == 1


def test_selective_accuracy_counts_an_answer_with_evidence_as_right() -> None:
    """Surest first: right, wrong evidence, unanswerable: accuracies 1, 1/2, 1/3."""
    found = values(
        result(asked(), PEOPLE, sure=0.9),
        result(asked(), COST, sure=0.8),
        result(asked("near_miss", answerable=False), PEOPLE, sure=0.7),
    )
    assert found["selective_accuracy"] == pytest.approx((1 + 1 / 2 + 1 / 3) / 3)


def test_a_score_knows_its_interval_and_how_many_cases_speak() -> None:
    found = {one.name: one for one in score([result(asked(), PEOPLE), failed(asked())])}
    assert found["evidence_hit"] == Score("evidence_hit", 0.5, Interval(0.0, 1.0), 2)
    assert found["groundedness"] == Score("groundedness", 1.0, Interval(1.0, 1.0), 1)
    assert found["abstention_auroc"] == Score("abstention_auroc", None, None, 0)
    assert found["evidence_hit"].to_dict() == {"value": 0.5, "interval": [0.0, 1.0], "cases": 2}


def test_a_run_without_cases_says_nothing() -> None:
    assert [one.name for one in score([])] == list(METRICS)
    assert all(one.value is None and one.interval is None for one in score([]))
    assert all(one.to_dict()["interval"] is None for one in score([]))
