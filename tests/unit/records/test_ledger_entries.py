"""The ledger: entries are kept whole, found, listed, exported and erased."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from groundwire.domain.claims import Citation
from groundwire.domain.documents import Document, DocumentId, PassageId
from groundwire.domain.errors import NotFoundError
from groundwire.domain.ledger import Anchor, Cited, LedgerEntry, hash_of
from groundwire.domain.spans import Span
from groundwire.records.database import open_database
from groundwire.records.ledger import Ledger
from groundwire.records.versions import Versions
from tests.unit.records.ledger_samples import CARRIED, FERRY, LAMPS, PIER, cite, issued

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from groundwire.records.database import Database

WORDS = "Wer zählt ‘2,400’? 数える\x00"


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with open_database(tmp_path / "records.sqlite3") as opened:
        yield opened


@pytest.fixture
def ledger(database: Database) -> Ledger:
    return Ledger(database, clock=iter(range(1_700_000_000, 1_800_000_000)).__next__)


def test_an_entry_comes_back_as_it_was_said(ledger: Ledger) -> None:
    said = issued(cite("ferry.md", CARRIED), cite("pier.md", LAMPS), question=WORDS, door="slack")
    kept = ledger.append(said, [FERRY, PIER])
    assert kept.issued == said
    assert (kept.seq, kept.said.tzinfo) == (1, UTC)
    assert ledger.find(kept.id) == ledger.find(kept.id[:20].lower()) == kept
    assert ledger.listing() == (kept,)
    assert kept.to_dict()["place"] == {"channel": "C1", "thread": "1.5"}


def test_half_a_surrogate_pair_in_a_question_is_kept_as_a_question_mark(ledger: Ledger) -> None:
    assert ledger.append(issued(question="who \ud800?"), []).issued.question == "who �?"


def test_an_abstention_is_an_entry_too(ledger: Ledger) -> None:
    kept = ledger.append(issued(), [])
    assert kept.issued.outcome == "nothing"
    assert ledger.verify_chain().sound


@pytest.mark.parametrize("texts", [[], [PIER], [FERRY.replace("May", "Mai")]])
def test_a_quote_that_no_text_holds_is_not_entered(ledger: Ledger, texts: list[str]) -> None:
    with pytest.raises(ValueError, match=r"ferry\.md does not hold the quote"):
        ledger.append(issued(cite("ferry.md", CARRIED)), texts)
    assert ledger.listing() == ()


def test_the_last_entry_is_listed_first_and_a_conversation_alone(ledger: Ledger) -> None:
    kept = [ledger.append(issued(conversation=key), []) for key in ("a", "b", "a")]
    assert ledger.listing() == tuple(reversed(kept))
    assert ledger.listing(2) == (kept[2], kept[1])
    assert ledger.listing(conversation="a") == (kept[2], kept[0])
    assert ledger.listing(1, "b") == (kept[1],)


def test_what_names_no_entry_or_several_is_an_error(ledger: Ledger) -> None:
    kept = [ledger.append(issued(), []) for _ in range(7)]
    for name in ("", "zzz!", "7ZZZ"):
        with pytest.raises(NotFoundError, match="no answer"):
            ledger.find(name)
    with pytest.raises(NotFoundError, match="several") as caught:
        ledger.find(kept[0].id[:4])
    assert caught.value.hint.startswith(f"one of {kept[0].id}")


def test_a_version_is_kept_once_and_exactly(ledger: Ledger, database: Database) -> None:
    for _ in range(3):
        ledger.append(issued(cite("ferry.md", CARRIED), cite("pier.md", LAMPS)), [FERRY, PIER])
    versions = Versions(database)
    assert versions.count() == 2
    assert versions.text(hash_of(FERRY)) == FERRY
    assert versions.text(hash_of("another")) is None


def test_only_cited_texts_are_kept(ledger: Ledger, database: Database) -> None:
    ledger.append(issued(cite("ferry.md", CARRIED)), [FERRY, PIER])
    assert Versions(database).text(hash_of(PIER)) is None


@pytest.mark.parametrize("stored", [b"no zlib", b"x\x9c\x03\x00\x00\x00\x00\x01"])
def test_a_damaged_version_is_no_version(ledger: Ledger, database: Database, stored: bytes) -> None:
    ledger.append(issued(cite("ferry.md", CARRIED)), [FERRY])
    with database.transaction() as connection:
        connection.execute("UPDATE versions SET text = ?", (stored,))
    assert Versions(database).text(hash_of(FERRY)) is None


def test_erased_words_are_gone_from_every_file(ledger: Ledger, tmp_path: Path) -> None:
    gone = ledger.append(issued(cite("ferry.md", CARRIED), question="Unrepeatable?"), [FERRY])
    stays = ledger.append(issued(cite("pier.md", LAMPS)), [PIER])
    assert ledger.erase(gone.id) == 1
    assert ledger.listing() == (stays,)
    with pytest.raises(NotFoundError):
        ledger.find(gone.id)
    held = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    for word in ("Unrepeatable", CARRIED, gone.id):
        assert word.encode() not in held
    assert LAMPS.encode() in held


def test_a_version_goes_with_the_last_entry_that_stands_on_it(
    ledger: Ledger, database: Database
) -> None:
    first = ledger.append(issued(cite("ferry.md", CARRIED)), [FERRY])
    second = ledger.append(issued(cite("ferry.md", CARRIED), cite("pier.md", LAMPS)), [FERRY, PIER])
    versions = Versions(database)
    ledger.erase(first.id)
    assert versions.text(hash_of(FERRY)) == FERRY
    ledger.erase(second.id)
    assert versions.count() == 0


def test_erasing_takes_all_or_none(ledger: Ledger) -> None:
    kept = [ledger.append(issued(), []) for _ in range(3)]
    with pytest.raises(NotFoundError):
        ledger.erase(kept[0].id, "01ARYZ6S410000000000000000")
    assert len(ledger.listing()) == 3
    assert ledger.erase(kept[0].id, kept[2].id, kept[0].id) == 2
    assert ledger.listing() == (kept[1],)


def test_a_conversation_and_an_age_are_erased(ledger: Ledger) -> None:
    kept = [ledger.append(issued(conversation=key), []) for key in ("a", "", "a", "b")]
    assert ledger.erase_conversation("a") == 2
    assert ledger.erase_conversation("a") == ledger.erase_conversation("") == 0
    assert ledger.erase_before(kept[3].said) == 1
    assert ledger.listing() == (kept[3],)
    assert ledger.verify_chain().erased == 3
    assert ledger.verify_chain().sound


def test_an_export_can_be_checked_without_the_program(ledger: Ledger) -> None:
    gone = ledger.append(issued(question=WORDS), [])
    ledger.append(issued(cite("ferry.md", CARRIED)), [FERRY])
    ledger.erase(gone.id)
    lines = [json.loads(line) for line in ledger.export()]
    assert [line["seq"] for line in lines] == [1, 2, 3]
    assert [line["content"] is None for line in lines] == [True, False, False]
    previous = bytes(32)
    for line in lines:
        committed = bytes.fromhex(line["commitment"])
        if line["content"] is not None:
            salted = bytes.fromhex(line["salt"]) + line["content"].encode()
            assert hashlib.sha256(salted).digest() == committed
        previous = hashlib.sha256(previous + committed).digest()
        assert previous.hex() == line["link"]
    assert ledger.anchor() == Anchor(3, previous.hex())
    cited = json.loads(lines[1]["content"])["sentences"][0]["citations"][0]
    assert cited["quote_hash"] == hashlib.sha256(CARRIED.encode()).hexdigest()
    assert cited["text_hash"] == hashlib.sha256(FERRY.encode()).hexdigest()


def test_two_entries_of_the_same_words_commit_to_different_hashes(ledger: Ledger) -> None:
    ledger.append(issued(), [])
    ledger.append(issued(), [])
    first, second = (json.loads(line) for line in ledger.export())
    assert first["commitment"] != second["commitment"]
    assert first["salt"] != second["salt"]


def test_a_clock_that_goes_back_keeps_the_order(database: Database) -> None:
    ledger = Ledger(database, clock=iter([2e9, 2e9, 1e9, 1e9]).__next__)
    first, second = ledger.append(issued(), []), ledger.append(issued(), [])
    assert [entry.seq for entry in (first, second)] == [1, 2]
    assert first.id < second.id
    assert ledger.listing() == (second, first)
    assert ledger.verify_chain().sound


def test_writes_are_on_the_disk_before_they_return(ledger: Ledger, database: Database) -> None:
    ledger.append(issued(), [])
    assert database.rows("PRAGMA synchronous") == [(2,)]


def test_a_citation_is_kept_with_its_document() -> None:
    document = Document(
        id=DocumentId("d"),
        root="/desk",
        path="ferry.md",
        title="Ferry",
        source="",
        author="",
        published=None,
        language="en",
        text=FERRY,
        content_hash="",
    )
    at = FERRY.index(CARRIED)
    citation = Citation(
        n=1,
        document_id=document.id,
        passage_id=PassageId("p"),
        path="ferry.md",
        span=Span(at, at + len(CARRIED)),
        quote=CARRIED,
        locator="¶ 1",
    )
    kept = Cited.of(citation, document)
    assert (kept.root, kept.title, kept.quote) == ("/desk", "Ferry", CARRIED)
    assert kept.text_hash == hash_of(FERRY)
    with pytest.raises(ValueError, match="does not hold"):
        Cited.of(citation, replace(document, text=PIER))


def test_impossible_nouns_are_refused() -> None:
    with pytest.raises(ValueError, match="characters"):
        Cited(DocumentId("d"), "/", "a", "a", Span(0, 3), "four", hash_of(""))
    with pytest.raises(ValueError, match="numbered from 1"):
        LedgerEntry(0, "A", datetime.now(UTC), issued())
    with pytest.raises(ValueError, match="time zone"):
        LedgerEntry(1, "A", datetime(2026, 1, 1), issued())  # noqa: DTZ001 -- the fault itself
