"""The bot as a process: stopped in order, killed, and started again."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from groundwire.interfaces.slack.answering import RESTARTING
from groundwire.interfaces.slack.reception import LATE
from groundwire.records.database import open_database
from tests.fakes.desk import LETTER, SUMMIT
from tests.slack.fake_slack import BOT_TOKEN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.slack.fake_slack import FakeSlack

WRONG = "xoxb-wrong"
ROOT = Path(__file__).parents[2]

Process = subprocess.Popen[str]


@contextmanager
def bot_process(slack: FakeSlack, folder: Path, token: str = BOT_TOKEN) -> Iterator[Process]:
    command = [sys.executable, "-m", "tests.slack.bot_process", slack.api_url, token]
    with (
        (folder / "log").open("a") as log,
        subprocess.Popen(
            [*command, str(folder / "r.sqlite3")],
            cwd=ROOT,
            env={"HOME": str(folder), "SLACK_BOT_TOKEN": "xoxb-of-another-app"},
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        ) as process,
    ):
        try:
            yield process
        finally:
            process.kill()


@contextmanager
def ready_process(slack: FakeSlack, folder: Path) -> Iterator[Process]:
    with bot_process(slack, folder) as process:
        assert process.stdout
        assert process.stdout.readline() == "ready as groundwire\n"
        yield process


def is_quiet(folder: Path) -> None:
    """Check that the log holds neither tracebacks nor what people wrote nor tokens."""
    log = (folder / "log").read_text()
    assert not [word for word in ("Traceback", "secretword", "xoxb", "xapp") if word in log]


# -- stopping --------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_the_process_in_order_and_tells_who_waits(
    own_slack: FakeSlack, tmp_path: Path, number: signal.Signals
) -> None:
    places = [own_slack.channel("im") for _ in range(3)]
    with ready_process(own_slack, tmp_path) as process:
        for place in places:
            own_slack.write(place, "endless secretword")
            own_slack.wait(partial(own_slack.statuses, place), "a status")
        process.send_signal(number)
        assert process.wait(10) == 0
        assert process.stdout
        assert process.stdout.read() == "stopped\n"
    for place in places:
        assert [message.text for message in own_slack.messages(place)] == [RESTARTING]
    is_quiet(tmp_path)


def test_no_stream_is_left_open_by_a_signal_in_the_middle_of_an_answer(
    own_slack: FakeSlack, tmp_path: Path
) -> None:
    (tmp_path / "hold").touch()
    place = own_slack.channel("im")
    with ready_process(own_slack, tmp_path) as process:
        own_slack.write(place, "held secretword")
        own_slack.wait(own_slack.open_streams, "a stream")
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0
    (message,) = own_slack.messages(place)
    assert message.state == "stopped"
    assert "the bot is restarting" in message.body
    assert own_slack.open_streams() == []
    is_quiet(tmp_path)


def test_a_process_with_a_bad_token_prints_one_line_and_exits_1(
    own_slack: FakeSlack, tmp_path: Path
) -> None:
    with bot_process(own_slack, tmp_path, WRONG) as process:
        output, _ = process.communicate(timeout=10)
    assert output == "Slack refused SLACK_BOT_TOKEN: invalid_auth\n"
    assert process.returncode == 1
    assert (tmp_path / "log").read_text() == ""


# -- being killed ----------------------------------------------------------------------------------


def test_after_a_kill_every_thread_goes_on_and_nobody_is_forgotten(
    own_slack: FakeSlack, tmp_path: Path
) -> None:
    (tmp_path / "hold").touch()
    channels = [own_slack.channel() for _ in range(5)]
    with ready_process(own_slack, tmp_path) as process:
        roots = {
            channel: own_slack.mention(channel, "before", user=channel) for channel in channels
        }
        for channel in channels:
            own_slack.wait_for_messages(channel)
        for channel, root in roots.items():
            own_slack.write(channel, "held secretword", root, user=channel)
        own_slack.wait_for_acks()
        own_slack.wait(partial(taken, tmp_path, 5), "questions in the records")
        process.send_signal(signal.SIGKILL)
        process.wait(10)
    (tmp_path / "hold").unlink()
    with ready_process(own_slack, tmp_path):
        for channel, root in roots.items():
            answers = own_slack.wait_for_messages(channel, 2)
            assert [message.thread for message in answers] == [root, root]
            own_slack.write(channel, "after", root, user=channel)
        for channel in channels:
            assert len(own_slack.wait_for_messages(channel, 3)) == 3
    assert all(
        SUMMIT in m.body and LETTER in m.body for c in channels for m in own_slack.messages(c)
    )
    assert "resumed questions=5" in (tmp_path / "log").read_text()
    is_quiet(tmp_path)


def test_what_was_asked_long_before_a_restart_is_not_answered_but_told(
    own_slack: FakeSlack, tmp_path: Path
) -> None:
    (tmp_path / "hold").touch()
    channel = own_slack.channel()
    with ready_process(own_slack, tmp_path) as process:
        own_slack.mention(channel, "held")
        own_slack.wait(partial(taken, tmp_path, 1), "a question in the records")
        process.send_signal(signal.SIGKILL)
        process.wait(10)
    with open_database(tmp_path / "r.sqlite3") as database, database.transaction() as connection:
        connection.execute("UPDATE questions SET taken = taken - 1000")
    with ready_process(own_slack, tmp_path):
        (message,) = own_slack.wait_for_messages(channel)
        assert message.text == LATE


def taken(folder: Path, count: int) -> bool:
    """Return whether so many questions wait in the records."""
    with open_database(folder / "r.sqlite3") as database:
        rows = database.rows("SELECT ts FROM questions WHERE asked IS NOT NULL")
    return len(rows) == count


# -- being watched ---------------------------------------------------------------------------------


def test_the_health_file_and_a_signal_tell_how_the_bot_is(
    own_slack: FakeSlack, tmp_path: Path
) -> None:
    health, place = tmp_path / "health.json", own_slack.channel("im")
    with ready_process(own_slack, tmp_path) as process:
        own_slack.wait(health.exists, "the health file")
        told = json.loads(health.read_text())
        assert (told["pid"], told["running"], told["connected"]) == (process.pid, True, True)
        assert (told["answering"], told["queue"], told["last_event"]) == (0, 0, None)
        assert health.stat().st_mode & 0o777 == 0o600
        for question in ("one", "abstain", "boom secretword"):
            own_slack.write(place, question)
        own_slack.wait_for_messages(place, 3)
        own_slack.wait_for_acks()
        os.kill(process.pid, signal.SIGUSR1)
        own_slack.wait(partial(logged, tmp_path, "counts answering="), "counts in the log")
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0
    told = json.loads(health.read_text())
    counted = {name: told[name] for name in ("received", "answered", "abstained", "failed")}
    assert counted == {"received": 3, "answered": 1, "abstained": 1, "failed": 1}
    assert sum(told["latency_s"].values()) == 3
    assert told["running"] is False
    assert told["last_event"]
    is_quiet(tmp_path)


def logged(folder: Path, words: str) -> bool:
    return words in (folder / "log").read_text()
