from __future__ import annotations

import numpy as np
import pytest

from groundwire.domain.claims import Claim, Verdict
from groundwire.evaluate import metrics
from groundwire.evaluate.cases import Case, GoldQuote
from groundwire.evaluate.gold import Gold, GoldSpan
from groundwire.evaluate.intervals import NOTHING, Share, ratio
from groundwire.evaluate.judge.judging import Judgement
from tests.unit.evaluate.samples import DOCUMENTS, citation, quoted, span_of

PEOPLE = quoted("ferry.md", "It carries 240 people a day.")
COST = quoted("tram.md", "The tram costs £84m, the council said.")


def gold(*places: tuple[str, str]) -> Gold:
    spans = tuple(GoldSpan(DOCUMENTS[path].id, span_of(path, words)) for path, words in places)
    return Gold(spans, tuple((span,) for span in spans))


def judgement(needed: str, *, supported: bool = True) -> Judgement:
    """Return what the judge finds; ``+-`` is a needed citation and one that is not."""
    marks = tuple(mark == "+" for mark in needed)
    return Judgement(exact=True, in_source=None, supported=supported, needed=marks, reasons=())


def test_citation_recall_counts_sentences() -> None:
    """3 sentences, 2 of them supported."""
    found = [judgement("+"), judgement("+-"), judgement("-", supported=False)]
    assert metrics.citation_recall(found) == Share(2, 3)
    assert metrics.citation_recall(()) == NOTHING


def test_citation_precision_counts_citations() -> None:
    """4 citations, 2 of them needed."""
    found = [judgement("+"), judgement("+-"), judgement("-", supported=False)]
    assert metrics.citation_precision(found) == Share(2, 4)
    assert metrics.citation_precision(()) == NOTHING


def test_evidence_is_hit_by_any_overlap() -> None:
    assert metrics.evidence_hit((COST, PEOPLE), gold(("ferry.md", "240 people"))) == Share(1, 1)
    assert metrics.evidence_hit((COST,), gold(("ferry.md", "240 people"))) == Share(0, 1)
    assert metrics.evidence_hit((), gold(("ferry.md", "240 people"))) == Share(0, 1)


def test_all_evidence_needs_every_part() -> None:
    both = gold(("ferry.md", "240 people"), ("tram.md", "£84m"))
    assert metrics.all_evidence((PEOPLE, COST), both) == Share(1, 1)
    assert metrics.all_evidence((PEOPLE,), both) == Share(0, 1)
    either = Gold(both.spans, (both.spans,))
    assert metrics.all_evidence((PEOPLE,), either) == Share(1, 1)


def test_several_citations_of_one_sentence_count_together() -> None:
    both = gold(("ferry.md", "240 people"), ("tram.md", "£84m"))
    joint = Claim(
        "240 travel; it costs £84m.",
        (citation("ferry.md", "240 people"), citation("tram.md", "£84m")),
        Verdict("supported", 0.9, "judge"),
    )
    assert metrics.all_evidence((joint,), both) == Share(1, 1)


def test_required_facts_count_any_accepted_wording() -> None:
    required = (("240", "two hundred"), ("£84m",), ("2026",))
    text = "Two hundred people; £84m."
    assert metrics.missing_facts(text, required) == ("2026",)
    assert metrics.required_facts(text, required).part == pytest.approx(2 / 3)
    assert metrics.required_facts(text, ()) == NOTHING


def test_forbidden_words_are_listed() -> None:
    assert metrics.forbidden_said("On time and UNDER BUDGET", ("under budget", "safest")) == (
        "under budget",
    )


def test_abstention_by_hand() -> None:
    """3 unanswerable, 2 of them declined; 3 answerable, 1 of them declined."""
    decided = [(True, False), (True, False), (False, False)]
    decided += [(True, True), (False, True), (False, True)]
    values = [
        ratio(
            [measure(declined=declined, answerable=answerable) for declined, answerable in decided]
        )
        for measure in (
            metrics.abstention_precision,
            metrics.abstention_recall,
            metrics.abstention_f1,
        )
    ]
    assert values == pytest.approx([2 / 3, 2 / 3, 2 / 3])


def test_abstention_when_precision_and_recall_differ() -> None:
    """Everything declined, 1 of 4 unanswerable: P = 1/4, R = 1, F1 = 2·(1/4)·1 / (5/4) = 0.4."""
    decided = [(True, False), (True, True), (True, True), (True, True)]
    shares = [metrics.abstention_f1(declined=d, answerable=a) for d, a in decided]
    assert ratio(shares) == pytest.approx(0.4)


def test_nobody_declined_and_all_answerable_says_nothing_of_abstention() -> None:
    assert metrics.abstention_f1(declined=False, answerable=True) == NOTHING
    assert metrics.abstention_precision(declined=False, answerable=True) == NOTHING
    assert metrics.abstention_recall(declined=False, answerable=True) == NOTHING


def test_token_f1_by_hand() -> None:
    """Said: ferry carries 240 people (4); gold: it carries 240 people day (5); 3 are shared."""
    found = metrics.token_f1("The ferry carries 240 people.", [["It carries 240 people a day."]])
    assert found.part == pytest.approx(2 * 3 / (4 + 5))
    assert found.whole == 1


def test_token_f1_takes_the_best_quote_of_each_part() -> None:
    """The copy in the answer's words is chosen, and both parts are asked for: F1 is 1."""
    parts = [["It is old and slow.", "The boat is old."], ["It costs £84m."]]
    assert metrics.token_f1("Boat is old; it costs £84m", parts) == Share(1, 1)
    assert metrics.token_f1("The boat is old", parts).part == pytest.approx(2 * 3 / (3 + 6))


def test_token_f1_takes_a_quote_once_and_counts_words_as_often_as_they_come() -> None:
    assert metrics.token_f1("It is old.", [["It is old."], ["It is old."]]) == Share(1, 1)
    assert metrics.token_f1("old old", [["old"]]).part == pytest.approx(2 / 3)
    assert metrics.token_f1("", [["It is old."]]) == Share(0, 1)


def rows(*points: tuple[float, float]) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    return np.array(points, dtype=np.float64).reshape(-1, 2)


def test_auroc_by_hand() -> None:
    """Of 2 x 3 pairs: 3 beats 1 and 2, ties with 3; 1.5 beats 1 alone: (2.5 + 1) / 6."""
    points = rows((3, 1), (1.5, 1), (1, 0), (2, 0), (3, 0))
    assert metrics.auroc(points) == pytest.approx(3.5 / 6)
    assert metrics.auroc(points[::-1]) == pytest.approx(3.5 / 6)


def test_auroc_at_its_ends() -> None:
    assert metrics.auroc(rows((2, 1), (1, 0))) == 1
    assert metrics.auroc(rows((1, 1), (2, 0))) == 0
    assert metrics.auroc(rows((1, 1), (1, 0))) == 0.5
    assert metrics.auroc(rows((1, 1))) is None
    assert metrics.auroc(rows()) is None


def test_selective_accuracy_by_hand() -> None:
    """Surest first right, wrong, right: accuracies 1, 1/2, 2/3, their mean 13/18."""
    points = rows((0.9, 1), (0.5, 0), (0.1, 1))
    assert metrics.selective_accuracy(points) == pytest.approx(13 / 18)
    assert metrics.selective_accuracy(points[[2, 0, 1]]) == pytest.approx(13 / 18)


def test_selective_accuracy_does_not_depend_on_the_order_of_equals() -> None:
    """Right, then one of two right at one score: 1, (1 + 0.5) / 2, 2 / 3."""
    points = rows((0.9, 1), (0.5, 0), (0.5, 1))
    assert metrics.selective_accuracy(points) == pytest.approx((1 + 0.75 + 2 / 3) / 3)
    assert metrics.selective_accuracy(points[[0, 2, 1]]) == metrics.selective_accuracy(points)


def test_selective_accuracy_prefers_the_surer_right() -> None:
    good = metrics.selective_accuracy(rows((0.9, 1), (0.1, 0)))
    bad = metrics.selective_accuracy(rows((0.1, 1), (0.9, 0)))
    assert good == 0.75
    assert bad == 0.25
    assert metrics.selective_accuracy(rows()) is None


def test_a_filter_is_obeyed_by_every_citation() -> None:
    evidence = (GoldQuote(document="city/a.md", quote="x"),)
    case = Case(
        1, "a", "single_fact", "?", answerable=True, evidence=evidence, within=("city", "sea/b.md")
    )
    assert metrics.within(["city/a.md", "sea/b.md"], case) == Share(1, 1)
    assert metrics.within(["city/a.md", "sea/c.md"], case) == Share(0, 1)
    assert metrics.within([], case) == NOTHING
    free = Case(1, "a", "single_fact", "?", answerable=True, evidence=evidence)
    assert metrics.within(["sea/c.md"], free) == NOTHING


def test_independent_accounts_are_counted_exactly() -> None:
    assert metrics.independent(2, 2) == Share(1, 1)
    assert metrics.independent(3, 2) == Share(0, 1)
    assert metrics.independent(3, None) == NOTHING
