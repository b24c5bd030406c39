"""The chain of the ledger: whatever is altered shows, and where."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from groundwire.domain.errors import StoreError
from groundwire.records.database import open_database
from groundwire.records.ledger import Ledger
from groundwire.records.ledger_chain import commitment, link
from tests.unit.records.ledger_samples import CARRIED, FERRY, cite, issued

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from groundwire.domain.ledger import Anchor, LedgerEntry
    from groundwire.records.database import Database

TRIGGERS = ("ledger_is_not_changed", "ledger_is_not_cut", "ledger_contents_are_not_changed")
TABLES = ("ledger", "ledger_contents", "ledger_citations")


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with open_database(tmp_path / "records.sqlite3") as opened:
        yield opened


@pytest.fixture
def ledger(database: Database) -> Ledger:
    """Return a ledger with six entries of one citation each."""
    kept = Ledger(database)
    for number in range(6):
        kept.append(issued(cite("ferry.md", CARRIED), question=f"question {number}"), [FERRY])
    return kept


def everywhere(*statements: str) -> list[str]:
    """Return statements on TABLE for each of the tables that an entry stands in."""
    return [each.replace("TABLE", table) for table in TABLES for each in statements]


def tamper(database: Database, *statements: str) -> None:
    """Change the records as somebody does who knows SQLite: nothing holds them back."""
    database.rows("PRAGMA foreign_keys = OFF")
    database.rows("PRAGMA ignore_check_constraints = ON")
    for statement in (*(f"DROP TRIGGER {name}" for name in TRIGGERS), *statements):
        database.rows(statement)


def breaks(ledger: Ledger, anchor: Anchor | None = None) -> list[tuple[int, str]]:
    report = ledger.verify_chain(anchor)
    assert all(str(found.seq) in found.message or found.seq == 0 for found in report.breaks)
    return [(found.seq, found.fault) for found in report.breaks]


def test_hashes_are_those_of_the_definition() -> None:
    assert commitment(bytes(32), "").hex() == (
        "66687aadf862bd776c8fc18b8e9f8e20089714856ee233b3902a591d0d5f2925"
    )
    assert link(bytes(32), bytes(32)).hex() == (
        "f5a5fd42d16a20302798ef6ed309979b43003d2320d9f0e8ea9831a92759fb4b"
    )


def test_an_untouched_ledger_is_sound(ledger: Ledger) -> None:
    report = ledger.verify_chain(ledger.anchor())
    assert report.sound
    assert (report.anchor, report.erased) == (ledger.anchor(), 0)
    assert report.anchor.seq == 6


def test_an_empty_ledger_is_sound(database: Database) -> None:
    ledger = Ledger(database)
    assert ledger.verify_chain(ledger.anchor()).sound
    assert ledger.anchor().seq == 0


def test_an_erased_ledger_is_sound_and_says_so(ledger: Ledger) -> None:
    before = ledger.anchor()
    kept = ledger.listing()
    ledger.erase(kept[0].id, kept[1].id, kept[5].id)
    report = ledger.verify_chain(before)
    assert (report.sound, report.erased) == (True, 3)
    assert report.anchor.seq == 7


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger SET link = x'00' WHERE seq = 2",
        "DELETE FROM ledger WHERE seq = 2",
        "UPDATE ledger_contents SET content = '{}' WHERE seq = 2",
    ],
)
def test_a_slip_of_the_program_changes_nothing(
    ledger: Ledger, database: Database, statement: str
) -> None:
    with pytest.raises(StoreError, match="append only"):
        database.rows(statement)
    assert ledger.verify_chain().sound


@pytest.mark.parametrize(
    ("statements", "found"),
    [
        (
            "UPDATE ledger_contents SET content = replace(content, 'May', 'Mai') WHERE seq = 3",
            [(3, "altered")],
        ),
        ("UPDATE ledger_contents SET salt = zeroblob(32) WHERE seq = 3", [(3, "altered")]),
        ("DELETE FROM ledger_contents WHERE seq = 3", [(3, "removed")]),
        (
            "UPDATE ledger SET commitment = zeroblob(32) WHERE seq = 6",
            [(6, "link"), (6, "altered")],
        ),
        ("UPDATE ledger SET link = zeroblob(32) WHERE seq = 6", [(6, "link")]),
        ("UPDATE ledger SET link = zeroblob(32) WHERE seq = 3", [(3, "link"), (4, "link")]),
        ("DELETE FROM ledger WHERE seq = 3", [(3, "removed")]),
        ("DELETE FROM ledger WHERE seq IN (1, 2)", [(1, "removed")]),
        ("DELETE FROM ledger WHERE seq = 6", [(6, "removed")]),
        ("UPDATE ledger_citations SET document = 'x' WHERE seq = 3", [(3, "citations")]),
        ("UPDATE ledger_citations SET quote = 'x' WHERE seq = 3", [(3, "citations")]),
        ("UPDATE ledger_citations SET index_key = 'x' WHERE seq = 3", [(3, "citations")]),
        ("DELETE FROM ledger_citations WHERE seq = 3", [(3, "citations")]),
        (
            "UPDATE ledger_citations SET seq = 4, place = 1 WHERE seq = 3",
            [(3, "citations"), (4, "citations")],
        ),
    ],
)
def test_what_was_altered_shows_and_where(
    ledger: Ledger, database: Database, statements: str, found: list[tuple[int, str]]
) -> None:
    tamper(database, statements)
    assert breaks(ledger) == found


def test_entries_that_changed_places_show(ledger: Ledger, database: Database) -> None:
    swap = everywhere(
        "UPDATE TABLE SET seq = 30 WHERE seq = 3",
        "UPDATE TABLE SET seq = 3 WHERE seq = 4",
        "UPDATE TABLE SET seq = 4 WHERE seq = 30",
    )
    tamper(database, *swap)
    found = breaks(ledger)
    assert found[0] == (3, "order")
    assert {seq for seq, _ in found} == {3, 4, 5}


def test_an_entry_that_is_cut_out_with_the_rest_moved_up_shows(
    ledger: Ledger, database: Database
) -> None:
    move = "UPDATE TABLE SET seq = seq - 1 WHERE seq > 3"
    tamper(database, *everywhere("DELETE FROM TABLE WHERE seq = 3", move))
    assert breaks(ledger) == [(3, "link")]


def test_an_erasure_cannot_be_made_up_for_what_comes_after_it(
    ledger: Ledger, database: Database
) -> None:
    entry: LedgerEntry = ledger.listing()[0]
    ledger.erase(entry.id)
    ledger.append(issued(), [])
    tamper(database, "DELETE FROM ledger_contents WHERE seq = 8")
    assert breaks(ledger) == [(8, "removed")]


def test_only_an_anchor_shows_that_the_tail_was_cut(ledger: Ledger, database: Database) -> None:
    anchor = ledger.anchor()
    tamper(database, *everywhere("DELETE FROM TABLE WHERE seq > 4"))
    assert breaks(ledger) == []
    assert breaks(ledger, anchor) == [(6, "cut")]
    ledger.append(issued(), [])
    ledger.append(issued(), [])
    assert breaks(ledger) == []
    report = ledger.verify_chain(anchor)
    assert [found.fault for found in report.breaks] == ["cut"]
    assert "written anew" in report.breaks[0].message


@pytest.mark.parametrize(
    "content",
    [
        "[]",
        '{"kind":"answer"}',
        '{"kind":"erasure"}',
        '{"erased":[[-9000000000,5]],"kind":"erasure"}',
    ],
)
def test_content_with_a_forged_commitment_is_an_error_in_words(
    ledger: Ledger, database: Database, content: str
) -> None:
    tamper(database)
    database.rows(
        "UPDATE ledger_contents SET content = ?, salt = ? WHERE seq = 6", content, bytes(32)
    )
    forged = commitment(bytes(32), content)
    database.rows("UPDATE ledger SET commitment = ? WHERE seq = 6", forged)
    found = breaks(ledger)
    assert found[0] == (6, "link")
    assert [seq for seq, _ in found] == [6, 6]


def test_an_entry_that_somebody_else_wrote_is_one_line_with_a_hint(
    ledger: Ledger, database: Database
) -> None:
    tamper(database, """UPDATE ledger_contents SET content = '{"kind":"answer"}' WHERE seq = 6""")
    with pytest.raises(StoreError, match="entry 6 of the ledger is damaged") as caught:
        ledger.listing()
    assert caught.value.hint


@pytest.mark.parametrize("size", [1, 2, 5, 6])
def test_a_ledger_of_several_pages_is_walked_whole(
    ledger: Ledger, database: Database, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    monkeypatch.setattr("groundwire.records.ledger_chain._PAGE", size)
    ledger.erase(ledger.listing()[-1].id)
    assert breaks(ledger, ledger.anchor()) == []
    assert len(list(ledger.export())) == 7
    tamper(database, "DELETE FROM ledger WHERE seq IN (2, 3, 6)")
    assert breaks(ledger) == [(2, "removed"), (6, "removed")]
    assert ledger.verify_chain().breaks[0].message == "entries 2 to 3 are missing"


def test_a_full_disk_keeps_the_chain_whole(ledger: Ledger, database: Database) -> None:
    database.rows("PRAGMA max_page_count = 1")
    with pytest.raises(StoreError, match="full"):
        ledger.append(issued(question="word " * 50_000), [])
    report = ledger.verify_chain()
    assert report.sound
    assert report.anchor.seq == len(ledger.listing())
    database.rows("PRAGMA max_page_count = 1000000")
    assert ledger.append(issued(), []).seq == report.anchor.seq + 1


def test_a_report_can_be_printed(ledger: Ledger, database: Database) -> None:
    tamper(database, "DELETE FROM ledger WHERE seq = 3")
    told = ledger.verify_chain().to_dict()
    assert told["sound"] is False
    assert told["breaks"] == [{"seq": 3, "fault": "removed", "message": "entry 3 is missing"}]
