"""Clocks that jump by years, forwards and back: what must hold all the same."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

from groundwire import Desk
from groundwire.domain.conversations import Turn
from groundwire.domain.errors import IndexLockedError
from groundwire.index import holder, lease
from groundwire.ingest.changed import changes
from groundwire.ingest.loaders.registry import load
from groundwire.records.conversations import Conversations
from groundwire.records.database import open_database
from groundwire.records.ledger import Ledger
from groundwire.records.questions import Questions
from groundwire.records.recalls import Recalls
from groundwire.records.sessions import Sessions
from tests.fakes.encoders import HashingEncoder
from tests.unit.index.machines import HERE, QUICK, THERE
from tests.unit.records.ledger_samples import CARRIED, FERRY, LAMPS, PIER, cite, folder, issued

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from groundwire.records.database import Database

NOW = datetime(2026, 6, 1, tzinfo=UTC).timestamp()
YEARS = 30 * 365 * 86_400.0
JUMPS = pytest.mark.parametrize("jump", [YEARS, -YEARS], ids=["forwards", "back"])


class Clock:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> float:
        self.now += 1
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with open_database(tmp_path / "records" / "groundwire.sqlite3") as opened:
        yield opened


@JUMPS
def test_the_ledger_keeps_its_order_and_its_chain(
    database: Database, clock: Clock, jump: float
) -> None:
    """Entries are ordered by their numbers; ids of one process rise, and none comes twice."""
    ledger = Ledger(database, clock)
    kept = [ledger.append(issued(cite("ferry.md", CARRIED)), [FERRY])]
    clock.now += jump
    kept.append(ledger.append(issued(cite("pier.md", LAMPS)), [PIER]))
    later = Ledger(database, clock)  # another process, which knows nothing of the ids before
    clock.now -= jump
    kept.append(later.append(issued(cite("ferry.md", CARRIED)), [FERRY]))
    assert [entry.id for entry in reversed(ledger.listing())] == [entry.id for entry in kept]
    assert len({entry.id for entry in kept}) == 3
    assert kept[0].id < kept[1].id
    assert [ledger.find(entry.id).seq for entry in kept] == [1, 2, 3]
    report = ledger.verify_chain(ledger.anchor())
    assert report.sound
    assert ledger.erase_before(datetime.fromtimestamp(NOW - 86_400, UTC)) == (jump < 0)
    assert ledger.verify_chain().sound


@JUMPS
def test_recalls_come_once_and_the_latest_first(
    database: Database, clock: Clock, jump: float
) -> None:
    ledger, recalls = Ledger(database, clock), Recalls(database, clock)
    ledger.append(issued(cite("ferry.md", CARRIED)), [FERRY])
    second = ledger.append(issued(cite("pier.md", LAMPS)), [PIER])
    recalls.check_against(folder({"pier.md": PIER}), "desk")
    clock.now += jump
    recalls.check_against(folder({}), "desk")
    recalls.check_against(folder({}), "desk")
    found = recalls.listing()
    assert [recall.entry.seq for recall in found] == [second.seq, 1]
    assert recalls.told(found[0].id, "cli")
    assert not recalls.told(found[0].id, "cli")
    clock.now -= jump
    assert recalls.check_against(folder({"pier.md": PIER, "ferry.md": FERRY}), "desk").healed == 2


@JUMPS
def test_the_session_that_was_last_spoken_in_is_listed_first(
    database: Database, clock: Clock, jump: float
) -> None:
    sessions = Sessions(database, clock)
    first, second = sessions.begin(), sessions.begin()
    sessions.save(first, "one", "answer", "Absent", {})
    clock.now += jump
    sessions.save(second, "two", "answer", "Absent", {})
    assert [info.id for info in sessions.listing()] == [second, first]
    clock.now -= jump
    sessions.save(first, "three", "answer", "Absent", {})
    assert [info.id for info in sessions.listing(1)] == [first]
    assert [each.question for each in sessions.exchanges(first)] == ["one", "three"]


def test_what_was_said_by_a_clock_that_was_ahead_is_not_kept_for_years(
    database: Database, clock: Clock
) -> None:
    """It counts as said when the clock was right again, and is forgotten after the usual time."""
    conversations = Conversations(database, clock=clock)
    clock.now += YEARS
    conversations.append("slack:T:C:1", Turn("user", "Hello?"))
    clock.now -= YEARS
    month = timedelta(days=30)
    today = datetime.fromtimestamp(clock.now, UTC)
    assert conversations.prune(today - month) == 0
    assert conversations.prune(today + month) == 1


@JUMPS
def test_a_question_is_taken_once(database: Database, clock: Clock, jump: float) -> None:
    questions = Questions(database, clock=clock)
    assert questions.take("slack:T:C:1", "1.0", "Who?")
    clock.now += jump
    assert not questions.take("slack:T:C:1", "1.0", "Who?")
    (left,) = questions.open()
    assert left.asked == "Who?"
    questions.settle("slack:T:C:1", "1.0")
    assert questions.open() == ()


@JUMPS
def test_a_lease_is_held_while_its_holder_sees_other_times(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jump: float
) -> None:
    """Another machine looks whether it changes, never at what time it says."""
    held = lease.take(tmp_path, THERE, QUICK)
    date = datetime.fromtimestamp(NOW + jump, UTC).isoformat(timespec="seconds")
    monkeypatch.setattr(holder, "_now", lambda: date)
    held.check()
    found = lease.read(tmp_path)
    assert found is not None
    assert found.renewed == date
    with pytest.raises(IndexLockedError):
        lease.take(tmp_path, HERE, QUICK)
    held.check()
    held.give_back()


@pytest.fixture
def news(tmp_path: Path) -> Path:
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "a.txt").write_text("The bridge cost £3m.")
    return tmp_path / "news"


def stamped(path: Path, seconds: float) -> None:
    os.utime(path, (seconds, seconds))


@JUMPS
def test_a_sync_goes_by_the_bytes_and_not_by_times(
    tmp_path: Path, news: Path, monkeypatch: pytest.MonkeyPatch, jump: float
) -> None:
    monkeypatch.setattr("groundwire.desk.build.open_encoder", lambda *_, **__: HashingEncoder())
    file = news / "a.txt"
    stamped(file, NOW)
    with Desk.open(tmp_path / "ix") as desk:
        desk.sync([news])
        stamped(file, NOW + jump)
        assert desk.sync().unchanged == ("a.txt",)
        file.write_text("The bridge cost £4m.")
        stamped(file, NOW + jump)
        assert desk.sync().changed == ("a.txt",)
        assert desk.show("a.txt").text == "The bridge cost £4m."
        assert desk.ask("What did the bridge cost?").claims[0].text == "The bridge cost £4m."


@JUMPS
def test_changed_files_are_noticed_by_a_clock_that_jumped(
    tmp_path: Path, news: Path, monkeypatch: pytest.MonkeyPatch, jump: float
) -> None:
    """Size and time of modification stay the same; the content does not."""
    file, memory = news / "a.txt", tmp_path / "memory.json"
    stamped(file, NOW)
    indexed = {str(news): {"a.txt": sha256(file.read_bytes()).hexdigest()}}
    real = time.time_ns
    monkeypatch.setattr(time, "time_ns", lambda: real() + round(jump * 1e9))
    assert changes(indexed, memory, load).changed == ()
    time.sleep(0.02)
    file.write_text("The bridge cost £4m.")
    stamped(file, NOW)
    assert changes(indexed, memory, load).changed == ("a.txt",)


def test_the_doctor_says_that_the_clock_is_behind(
    tmp_path: Path, news: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("groundwire.desk.build.open_encoder", lambda *_, **__: HashingEncoder())
    with Desk.open(tmp_path / "ix") as desk:
        desk.sync([news])
        stamped(tmp_path / "ix" / "CURRENT", time.time() + YEARS)
        (found,) = (each for each in desk.doctor() if each.check == "clock")
    assert (found.status, found.fix) == ("warning", "set the clock: timedatectl set-ntp true")
    assert "was written later than that" in found.message
