"""Timelines of the sample corpus, as an editor would print them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from groundwire.index.store import IndexStore
from groundwire.retrieve.accounts import read_accounts
from groundwire.summarize.timeline import timeline

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from groundwire.domain.summaries import TimelineEvent
    from groundwire.retrieve.accounts import Account

_DIMENSION = 384


@pytest.fixture(scope="module")
def beat(sample_index: Path) -> Callable[[str], list[Account]]:
    """Return a function that reads the accounts of one beat."""

    def read(folder: str) -> list[Account]:
        with IndexStore(sample_index).snapshot() as snapshot:
            infos = [each for each in snapshot.documents() if each.path.startswith(folder)]
            origins = snapshot.origins([info.id for info in infos])
            return list(read_accounts(snapshot, infos, _DIMENSION, origins))

    return read


def _line(events: tuple[TimelineEvent, ...], words: str) -> TimelineEvent:
    (found,) = [event for event in events if words in event.claim.text]
    return found


def test_the_ever_given(beat: Callable[[str], list[Account]]) -> None:
    events = timeline(beat("ever-given"))
    for words, day in (
        ("ran aground", date(2021, 3, 23)),
        ("floated clear of the banks", date(2021, 3, 29)),
        ("Traffic resumed that evening", date(2021, 3, 29)),
        ("approved the seizure", date(2021, 4, 13)),
        ("weighed anchor", date(2021, 7, 7)),
    ):
        line = _line(events, words)
        assert (line.when.first, line.when.last, line.planned) == (day, day, False)
    aground = _line(events, "ran aground")
    assert (aground.corroboration.documents, aground.corroboration.independent) == (3, 2)
    assert aground.published == date(2021, 3, 24)
    lowered = _line(events, "lowered its claim to $550m")
    assert (lowered.when.first, lowered.when.last) == (date(2021, 5, 1), date(2021, 5, 31))
    assert lowered.claim.gloss == "Suez Canal Authority"
    days = [(event.when.first, event.when.last) for event in events]
    assert days == sorted(days)


def test_last_tuesday_in_the_tram_story(beat: Callable[[str], list[Account]]) -> None:
    line = _line(timeline(beat("city-council")), "now expected to cost £97.5m")
    assert line.when.words == "last Tuesday"
    assert line.when.first == line.when.last == date(2022, 11, 22)
    assert line.published == date(2022, 11, 28)


def test_the_vote_on_the_tram_is_one_line(beat: Callable[[str], list[Account]]) -> None:
    line = _line(timeline(beat("city-council")), "voted on Tuesday night")
    assert line.when.first == line.when.last == date(2022, 1, 18)
    assert (line.corroboration.documents, line.corroboration.independent) == (3, 2)


def test_two_days_for_one_mass_are_marked(beat: Callable[[str], list[Account]]) -> None:
    line = _line(timeline(beat("notre-dame")), "held on 15 June")
    assert any(
        each.kind == "date" and {s.value_text for s in each.statements} >= {"15 June"}
        for each in line.conflicts
    )


def test_the_shortest_timeline_holds_the_main_lines(beat: Callable[[str], list[Account]]) -> None:
    kept = timeline(beat("ever-given"), most=9)
    assert len(kept) == 9
    assert {date(2021, 3, 23), date(2021, 3, 29), date(2021, 4, 13), date(2021, 7, 7)} <= {
        event.when.first for event in kept
    }


def test_every_line_is_a_slice_and_no_order_is_said(beat: Callable[[str], list[Account]]) -> None:
    accounts = beat("")
    texts = {account.info.id: account.document.text for account in accounts}
    events = timeline(accounts)
    assert len(events) > 50
    for event in events:
        for citation in event.claim.citations:
            assert citation.span.of(texts[citation.document_id]) == citation.quote
        if event.when.span:
            own = texts[event.claim.citations[0].document_id]
            assert event.when.span.of(own) == event.when.words
        assert "AI assistants" not in event.claim.text
    assert events == timeline(accounts)
