"""Quotations checked against an index of the sample corpus."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from groundwire import Desk, Scope
from groundwire.domain.errors import IndexMissingError, NoDocumentsError, UsageError
from groundwire.evaluate.labelled import load_labelled
from groundwire.evaluate.quotes import QuoteLine, run_quotes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from groundwire.models.encoder import Encoder

CASES = Path(__file__).parents[2] / "eval" / "cases" / "quotes.jsonl"


@pytest.fixture
def desk(sample_index: Path) -> Iterator[Desk]:
    with Desk.open(sample_index) as opened:
        yield opened


def test_the_labelled_quotations_are_judged_rightly(desk: Desk) -> None:
    run = run_quotes(desk, load_labelled(CASES, QuoteLine))
    assert run.problems == ()
    assert len(run.results) >= 48
    score = run.score()
    assert score.value is not None
    assert score.value >= 0.9
    assert min(value for value in run.by_label().values() if value is not None) >= 0.8


def test_every_place_is_a_slice_of_its_document(desk: Desk) -> None:
    for _, line in load_labelled(CASES, QuoteLine, split="dev").lines:
        report = desk.quote(line.text)
        for place in (*report.places, *report.nearest):
            text = desk.show(place.citation.path).text
            assert place.citation.span.of(text) == place.citation.quote


def test_the_first_to_print_it_is_named_and_copies_follow(desk: Desk) -> None:
    report = desk.quote('"People without a car have waited long enough."')
    assert [place.citation.path for place in report.places] == [
        "city-council/2022-01-18-quay-line-approved.md",
        "city-council/2022-01-20-quay-line-approved-corrected.md",
    ]
    assert report.to_dict()["verdict"] == "exact"


def test_words_across_passages_and_scopes(desk: Desk) -> None:
    words = '"I said it in good faith. I would not say it again," said Maren Holloway'
    assert desk.quote(words).label == "exact"
    elsewhere = Scope(documents=("notre-dame/*",))
    assert desk.quote(words, scope=elsewhere).label == "absent"


def test_what_nobody_said_shows_the_nearest_passages(desk: Desk) -> None:
    report = desk.quote('"The tram will pay for itself within ten years," said Maren Holloway.')
    assert report.label == "absent"
    assert report.claimed == "Maren Holloway"
    assert any("tram" in place.sentence for place in report.nearest)


def test_an_exact_quotation_needs_no_encoder(
    sample_index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> Encoder:
        raise AssertionError("no encoder is needed")

    monkeypatch.setattr("groundwire.desk.build.open_encoder", refuse)
    with Desk.open(sample_index) as opened:
        assert opened.quote("We will not build half a tram").label == "exact"
        assert opened.quote("We will not build half a ship").label == "altered"


def test_errors_say_what_to_do(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no words to look for"):
        desk.quote("“…”")
    with pytest.raises(NoDocumentsError):
        desk.quote("words", scope=Scope(documents=("nowhere/*",)))
    with Desk.open(tmp_path / "none") as empty, pytest.raises(IndexMissingError):
        empty.quote("words")
