"""What the bot keeps of a conversation is what the commands show, export and erase."""

from __future__ import annotations

from typing import TYPE_CHECKING

from groundwire.interfaces.cli.app import run
from groundwire.records.database import open_database
from groundwire.records.holdings import Holdings
from tests.slack.conftest import running_bot
from tests.slack.fake_slack import TEAM
from tests.slack.ledger_desk import LedgerDesk

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tests.slack.fake_slack import FakeSlack


def test_a_thread_that_the_bot_kept_is_read_and_erased_whole(
    own_slack: FakeSlack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("GROUNDWIRE_DATA_DIR", str(tmp_path))
    path = tmp_path / "groundwire.sqlite3"
    desk = LedgerDesk(path)
    channel = own_slack.channel()
    with running_bot(own_slack, desk, path):
        root = own_slack.mention(channel, "very secret trade?")
        own_slack.wait_for_messages(channel)
        own_slack.slash(channel, "ask very secret letter?")
        own_slack.wait_for_ephemerals(channel, 2)
    key = f"slack:{TEAM}:{channel}:{root}"
    with open_database(path) as database:
        holdings = Holdings(database)
        held = holdings.listing()
        for each in held:
            _, (exchange,) = holdings.exchanges(each)
            entry = desk.ledger.find(str(exchange.result["entry"]))
            assert entry.issued.conversation == each.name
            assert exchange.text == exchange.result["answer"]
    desk.close()
    assert {each.title for each in held} == {"very secret trade?", "very secret letter?"}
    assert run(["sessions", "show", key]) == 0
    assert run(["sessions", "delete", *(each.name for each in held)]) == 0
    with open_database(path) as database:
        assert Holdings(database).listing() == ()
    assert b"very secret" not in path.read_bytes()
