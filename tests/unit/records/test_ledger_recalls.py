"""Recalls: found once, told once, healed when the quote is back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from groundwire.domain.recalls import RecallCheck
from groundwire.domain.spans import Span
from groundwire.records.database import open_database
from groundwire.records.ledger import Ledger
from groundwire.records.recalls import Recalls
from tests.unit.records.ledger_samples import (
    CARRIED,
    FERRY,
    LAMPS,
    PIER,
    TEXTS,
    cite,
    folder,
    issued,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from groundwire.domain.documents import DocumentId
    from groundwire.domain.ledger import Door, LedgerEntry
    from groundwire.domain.recalls import CurrentText
    from groundwire.records.database import Database

NOTHING = RecallCheck(0, 0, 0, 0, 0)
MORE = FERRY.replace("2,400", "2,600")
CHANGED = {**TEXTS, "ferry.md": MORE}
LATER = {**TEXTS, "ferry.md": "A new first line. " + FERRY}
GONE = {"pier.md": PIER}


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with open_database(tmp_path / "records.sqlite3") as opened:
        yield opened


@pytest.fixture
def recalls(database: Database) -> Recalls:
    return Recalls(database, clock=iter(range(1_700_000_000, 1_800_000_000)).__next__)


@pytest.fixture
def entry(database: Database) -> LedgerEntry:
    """Return an answer that cites two documents."""
    both = issued(cite("pier.md", LAMPS), cite("ferry.md", CARRIED), door="slack")
    return Ledger(database).append(both, [FERRY, PIER])


def check(recalls: Recalls, texts: dict[str, str], index: str = "desk") -> RecallCheck:
    """Check, and check again: nothing is left to be found then."""
    found = recalls.check_against(folder(texts), index)
    assert recalls.check_against(folder(texts), index) == NOTHING
    return found


@pytest.mark.usefixtures("entry")
def test_unchanged_documents_recall_nothing(recalls: Recalls) -> None:
    assert check(recalls, TEXTS) == NOTHING
    assert recalls.listing() == ()


def test_a_changed_quote_recalls_its_answer(recalls: Recalls, entry: LedgerEntry) -> None:
    assert check(recalls, CHANGED) == RecallCheck(1, 1, 0, 1, 0)
    (recall,) = recalls.listing()
    assert recall.entry == entry
    assert (recall.healed, recall.told) == (None, ())
    (cause,) = recall.causes
    assert cause.cited == entry.issued.citations[1]
    assert (cause.now.standing, cause.now.path) == ("changed", "ferry.md")
    assert cause.now.text == CARRIED.replace("2,400", "2,600")
    assert cause.now.span is not None
    assert cause.now.span.of(MORE) == cause.now.text
    assert recall.to_dict()["recall"] == recall.id


@pytest.mark.usefixtures("entry")
def test_a_document_that_is_gone_recalls_its_answers(recalls: Recalls) -> None:
    assert check(recalls, GONE) == RecallCheck(1, 1, 0, 1, 0)
    (recall,) = recalls.listing()
    assert [(each.now.standing, each.now.text) for each in recall.causes] == [("removed", "")]


@pytest.mark.usefixtures("entry")
def test_a_quote_that_moved_recalls_nothing(recalls: Recalls, database: Database) -> None:
    assert check(recalls, LATER) == RecallCheck(1, 1, 1, 0, 0)
    assert recalls.listing(healed=True) == ()
    rows = database.rows("SELECT standing, now_start FROM ledger_citations WHERE place = 1")
    assert rows == [("moved", LATER["ferry.md"].index(CARRIED))]


@pytest.mark.usefixtures("entry")
def test_citations_that_break_at_once_are_one_recall(recalls: Recalls) -> None:
    assert check(recalls, {}) == RecallCheck(2, 2, 0, 1, 0)
    (recall,) = recalls.listing()
    assert [each.now.standing for each in recall.causes] == ["removed", "removed"]


@pytest.mark.usefixtures("entry")
def test_a_citation_that_breaks_later_is_another_recall(recalls: Recalls) -> None:
    check(recalls, CHANGED)
    assert check(recalls, {"ferry.md": MORE}) == RecallCheck(1, 1, 0, 1, 0)
    later, earlier = recalls.listing()
    assert [cause.cited.path for cause in earlier.causes] == ["ferry.md"]
    assert [cause.cited.path for cause in later.causes] == ["pier.md"]


@pytest.mark.usefixtures("entry")
def test_a_broken_citation_that_breaks_further_stays_one_recall(recalls: Recalls) -> None:
    check(recalls, CHANGED)
    assert check(recalls, GONE) == RecallCheck(1, 1, 0, 0, 0)
    (recall,) = recalls.listing()
    assert [cause.now.standing for cause in recall.causes] == ["removed"]


@pytest.mark.usefixtures("entry")
@pytest.mark.parametrize(("texts", "now"), [(TEXTS, "same"), (LATER, "moved")])
def test_a_recall_whose_quote_is_back_is_healed(
    recalls: Recalls, texts: dict[str, str], now: str
) -> None:
    check(recalls, CHANGED)
    assert check(recalls, texts).healed == 1
    assert recalls.listing() == recalls.untold("chat") == ()
    (recall,) = recalls.listing(healed=True)
    assert recall.healed is not None
    assert recall.healed > recall.found
    assert [cause.now.standing for cause in recall.causes] == [now]


@pytest.mark.usefixtures("entry")
def test_a_quote_that_breaks_again_is_recalled_again(recalls: Recalls) -> None:
    for texts in (CHANGED, TEXTS, CHANGED):
        check(recalls, texts)
    assert len(recalls.listing()) == 1
    assert len(recalls.listing(healed=True)) == 2


@pytest.mark.usefixtures("entry")
def test_a_recall_heals_only_when_every_quote_is_back(recalls: Recalls) -> None:
    check(recalls, {})
    assert check(recalls, GONE).healed == 0
    assert check(recalls, TEXTS).healed == 1


@pytest.mark.usefixtures("entry")
def test_each_recall_is_told_once_by_each_door(recalls: Recalls) -> None:
    check(recalls, CHANGED)
    (recall,) = recalls.untold("slack")
    doors: tuple[Door, ...] = ("slack", "chat")
    for door in doors:
        assert recalls.told(recall.id, door)
        assert not recalls.told(recall.id, door)
        assert recalls.untold(door) == ()
    assert recalls.untold("cli") == recalls.listing()
    assert recalls.listing()[0].told == ("chat", "slack")
    assert not recalls.told(recall.id + 1, "slack")


@pytest.mark.usefixtures("entry")
def test_another_index_says_nothing_of_these_documents(recalls: Recalls) -> None:
    assert recalls.check_against(folder({}), "another") == NOTHING
    assert recalls.listing() == ()


@pytest.mark.usefixtures("entry")
def test_recalls_are_listed_by_index_and_by_the_door_of_the_answer(
    recalls: Recalls, database: Database
) -> None:
    other = issued(cite("pier.md", LAMPS), door="cli", index="another")
    Ledger(database).append(other, [PIER])
    for index in ("desk", "another"):
        check(recalls, {}, index)
    assert [each.entry.issued.index for each in recalls.listing()] == ["another", "desk"]
    doors: dict[str, Door] = {"another": "cli", "desk": "slack"}
    for index, given in doors.items():
        (recall,) = recalls.listing(index)
        assert recall.entry.issued.index == index
        assert recalls.untold("chat", index) == (recall,)
        assert recalls.untold("chat", given=given) == (recall,)
    assert recalls.untold("chat", "another", given="slack") == ()


@pytest.mark.usefixtures("entry")
def test_only_the_documents_that_changed_are_read(recalls: Recalls) -> None:
    read: list[str] = []

    def current(document: DocumentId) -> CurrentText | None:
        read.append(document)
        return folder(CHANGED)(document)

    ferry = cite("ferry.md", CARRIED).document_id
    assert recalls.check_against(current, "desk", [ferry, ferry]).recalled == 1
    assert read == [ferry]


def test_an_answer_from_an_older_version_is_found_after_the_check(
    recalls: Recalls, entry: LedgerEntry, database: Database
) -> None:
    check(recalls, CHANGED)
    late = Ledger(database).append(entry.issued, [FERRY, PIER])
    assert check(recalls, CHANGED).recalled == 1
    assert recalls.listing()[0].entry == late


def test_an_answer_from_the_version_of_today_is_not(
    recalls: Recalls, entry: LedgerEntry, database: Database
) -> None:
    check(recalls, CHANGED)
    now = cite("ferry.md", CARRIED.replace("2,400", "2,600"), CHANGED)
    Ledger(database).append(issued(now), [MORE])
    assert check(recalls, CHANGED) == NOTHING
    assert [recall.entry.id for recall in recalls.listing()] == [entry.id]


def test_a_recall_goes_with_its_answer(
    recalls: Recalls, entry: LedgerEntry, database: Database
) -> None:
    check(recalls, CHANGED)
    recalls.told(recalls.listing()[0].id, "slack")
    Ledger(database).erase(entry.id)
    assert recalls.listing(healed=True) == ()
    for table in ("recalls", "recall_causes", "recalls_told", "ledger_citations"):
        assert database.rows(f"SELECT * FROM {table}") == []  # noqa: S608 -- fixed names
    assert check(recalls, GONE) == NOTHING


def test_checks_leave_the_chain_as_it_was(
    recalls: Recalls, entry: LedgerEntry, database: Database
) -> None:
    ledger = Ledger(database)
    anchor = ledger.anchor()
    check(recalls, CHANGED)
    assert ledger.verify_chain(anchor).sound
    assert ledger.anchor() == anchor
    assert ledger.find(entry.id) == entry


@pytest.mark.usefixtures("entry")
def test_a_kept_version_that_is_lost_does_not_stop_the_check(
    recalls: Recalls, database: Database
) -> None:
    with database.transaction() as connection:
        connection.execute("UPDATE versions SET text = x'00'")
    assert check(recalls, LATER) == RecallCheck(1, 1, 1, 0, 0)


def test_a_renamed_document_that_the_index_finds_again_is_no_recall(
    recalls: Recalls, entry: LedgerEntry
) -> None:
    at = entry.issued.citations[1].document_id

    def current(document: DocumentId) -> CurrentText | None:
        found = folder({**TEXTS, "ferry.md": LATER["ferry.md"]})(document)
        return found and type(found)(found.path.replace("ferry", "old/ferry"), *_rest(found))

    assert recalls.check_against(current, "desk", [at]) == RecallCheck(1, 1, 1, 0, 0)


def _rest(found: CurrentText) -> tuple[str, str]:
    return found.text, found.text_hash


def test_the_place_of_a_moved_quote_is_the_one_in_the_text_of_now(
    recalls: Recalls, entry: LedgerEntry
) -> None:
    check(recalls, CHANGED)
    check(recalls, LATER)
    (recall,) = recalls.listing(healed=True)
    was = entry.issued.citations[1].span
    assert recall.causes[0].now.span == Span(was.start + 18, was.end + 18)
