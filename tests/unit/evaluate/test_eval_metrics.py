from __future__ import annotations

from dataclasses import replace

import pytest

from groundwire.domain.claims import Claim, Verdict
from groundwire.evaluate import metrics
from groundwire.evaluate.gold import Gold, GoldSpan
from groundwire.evaluate.intervals import NOTHING, Share, ratio
from tests.unit.evaluate.samples import DOCUMENTS, citation, quoted, shifted, span_of

TEXTS = {found.id: found.text for found in DOCUMENTS.values()}
PEOPLE = quoted("ferry.md", "It carries 240 people a day.")
COST = quoted("tram.md", "The tram costs £84m, the council said.")


def gold(*places: tuple[str, str]) -> Gold:
    spans = tuple(GoldSpan(DOCUMENTS[path].id, span_of(path, words)) for path, words in places)
    return Gold(spans, tuple((span,) for span in spans))


def test_exact_quotes_are_grounded() -> None:
    assert metrics.groundedness((PEOPLE, COST), TEXTS.get) == Share(2, 2)
    assert metrics.groundedness((), TEXTS.get) == NOTHING


@pytest.mark.parametrize("by", [-1, 1, 5, 1000])
def test_a_moved_offset_is_not_grounded(by: int) -> None:
    assert metrics.groundedness((shifted(PEOPLE, by), COST), TEXTS.get) == Share(1, 2)


def test_one_wrong_citation_of_several_is_enough() -> None:
    wrong = shifted(COST).citations[0]
    assert not metrics.is_grounded(replace(PEOPLE, citations=(*PEOPLE.citations, wrong)), TEXTS.get)


def test_a_changed_word_in_quote_and_text_is_not_grounded() -> None:
    """Both agree with each other, as the type demands, and neither with the document."""
    first = PEOPLE.citations[0]
    words = first.quote.replace("240", "250")
    lie = Claim(words, (replace(first, quote=words),), PEOPLE.verdict)
    assert not metrics.is_grounded(lie, TEXTS.get)


def test_a_citation_of_a_vanished_document_is_not_grounded() -> None:
    assert not metrics.is_grounded(PEOPLE, lambda _: None)


def test_a_supported_sentence_may_differ_from_its_quote() -> None:
    supported = Claim("240 travel.", PEOPLE.citations, Verdict("supported", 0.9, "judge"))
    assert metrics.is_grounded(supported, TEXTS.get)


def test_an_unverified_or_uncited_sentence_is_not_grounded() -> None:
    unsupported = Claim("240 travel.", PEOPLE.citations, Verdict("unsupported", 0.1, "judge"))
    uncited = Claim("240 travel.", (), Verdict("unsupported", 0.1, "judge"))
    assert not metrics.is_grounded(unsupported, TEXTS.get)
    assert not metrics.is_grounded(uncited, TEXTS.get)


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
