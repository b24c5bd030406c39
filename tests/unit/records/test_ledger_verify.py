"""An old answer, checked today."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from groundwire.domain.errors import NotFoundError
from groundwire.domain.recalls import Verification
from groundwire.records.database import open_database
from groundwire.records.ledger import Ledger
from groundwire.records.verifying import verify
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

    from groundwire.domain.ledger import LedgerEntry

MOVED = {**TEXTS, "ferry.md": "A new first line. " + FERRY}
FALLEN = "The answer does not stand as it was given: of 2 quotes,"
CHANGED = {**TEXTS, "ferry.md": FERRY.replace("May", "June")}


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with open_database(tmp_path / "records.sqlite3") as opened:
        yield Ledger(opened)


@pytest.fixture
def entry(ledger: Ledger) -> LedgerEntry:
    return ledger.append(issued(cite("ferry.md", CARRIED), cite("pier.md", LAMPS)), [FERRY, PIER])


@pytest.mark.parametrize(
    ("texts", "standings", "verdict"),
    [
        (TEXTS, ["same", "same"], "The answer stands: every quote is where it was."),
        (MOVED, ["moved", "same"], "The answer stands: of 2 quotes, 1 moved."),
        (
            CHANGED,
            ["changed", "same"],
            f"{FALLEN} 1 changed.",
        ),
        (
            {"ferry.md": CHANGED["ferry.md"]},
            ["changed", "removed"],
            f"{FALLEN} 1 changed and 1 lost the document.",
        ),
    ],
)
def test_the_verdict_says_how_the_quotes_stand(
    ledger: Ledger, entry: LedgerEntry, texts: dict[str, str], standings: list[str], verdict: str
) -> None:
    found = verify(ledger, entry.id[:20], folder(texts), ledger.anchor())
    assert [now.standing for now in found.present] == standings
    assert found.kept == (True, True)
    assert found.verdict == verdict
    assert found.stands == ("not" not in verdict)


def test_an_answer_without_a_citation_has_nothing_to_stand_on(ledger: Ledger) -> None:
    kept = ledger.append(issued(), [])
    assert verify(ledger, kept.id, folder({})).verdict == "The answer cites nothing."


def test_tampering_is_told_before_all_else(ledger: Ledger, entry: LedgerEntry) -> None:
    ledger.database.rows("DROP TRIGGER ledger_contents_are_not_changed")
    ledger.database.rows("UPDATE ledger_contents SET content = replace(content, 'How', 'Who')")
    found = verify(ledger, entry.id, folder(TEXTS))
    assert not found.stands
    assert found.verdict.startswith(
        "The ledger was tampered with: the content of entry 1 was altered. The answer stands"
    )


def test_a_lost_version_is_told(ledger: Ledger, entry: LedgerEntry) -> None:
    ledger.database.rows("UPDATE versions SET text = x'00' WHERE length(text) > 70")
    found = verify(ledger, entry.id, folder(CHANGED))
    assert found.kept == (False, True)
    assert found.verdict.startswith("Of 2 quotes, 1 cannot be held against the kept version. The")
    assert not found.stands


def test_an_unknown_answer_is_an_error(ledger: Ledger) -> None:
    with pytest.raises(NotFoundError):
        verify(ledger, "01ARYZ6S41", folder(TEXTS))


def test_a_verification_can_be_printed(ledger: Ledger, entry: LedgerEntry) -> None:
    told = verify(ledger, entry.id, folder(CHANGED)).to_dict()
    assert (told["schema"], told["stands"]) == (1, False)
    citations = told["citations"]
    assert isinstance(citations, list)
    assert [each["kept"] for each in citations] == [True, True]
    assert citations[0]["now"]["text"] == "The ferry carried 2,400 people in June."


def test_a_verification_looks_at_every_citation(ledger: Ledger, entry: LedgerEntry) -> None:
    with pytest.raises(ValueError, match="every citation"):
        Verification(entry, ledger.verify_chain(), (), (), "")
