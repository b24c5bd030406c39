"""Many people at once: acknowledged at once, answered once, told where they stand."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import TYPE_CHECKING

from groundwire.interfaces.slack.reception import FULL
from groundwire.interfaces.slack.routing import NOT_YOU
from groundwire.interfaces.slack.scopes import scopes_of
from groundwire.interfaces.slack.waiting import waiting_sentence, waiting_status
from tests.fakes.desk import ScriptedDesk
from tests.slack.conftest import running_bot, strict_slack

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tests.slack.fake_slack import FakeSlack

ACK_SECONDS = 1.0
PEOPLE = 50


def shown(slack: FakeSlack, channel: str) -> list[str]:
    """Return the statuses that were shown in a channel."""
    return [call.args["status"] for call in slack.statuses(channel)]


def test_fifty_people_at_once_are_each_answered_once(own_slack: FakeSlack, tmp_path: Path) -> None:
    desk = ScriptedDesk()
    held = desk.hold("crowd")
    channels = [own_slack.channel() for _ in range(PEOPLE)]
    with running_bot(own_slack, desk, tmp_path / "r.sqlite3", workers=2) as bot:
        for number, channel in enumerate(channels):
            own_slack.mention(channel, f"crowd {number}.", user=f"U{number + 100}")
        own_slack.wait_for_acks()
        assert own_slack.slowest_ack() < ACK_SECONDS
        own_slack.wait(lambda: bot.pool.load() == (2, PEOPLE - 2), "the queue")
        waiting = [channel for channel in channels if channel not in answering(own_slack, channels)]
        for channel in waiting:
            told = partial(number_shown, own_slack, channel)
            own_slack.wait(told, f"a number in {channel}", 30)
        held.set()
        for channel in channels:
            (message,) = own_slack.wait_for_messages(channel, seconds=30)
            assert "[1]" in message.body
        assert bot.counters.counts().totals["answered"] == PEOPLE
    assert len(waiting) == PEOPLE - 2
    asked = Counter(question for question, _ in desk.asked)
    assert asked == {f"crowd {number}.": 1 for number in range(PEOPLE)}


def number_shown(slack: FakeSlack, channel: str) -> bool:
    numbers = {waiting_status(number) for number in range(1, PEOPLE)}
    return bool(numbers & set(shown(slack, channel)))


def answering(slack: FakeSlack, channels: list[str]) -> list[str]:
    """Return the channels whose question a worker has begun."""
    return [channel for channel in channels if any("reading" in s for s in shown(slack, channel))]


def test_who_waits_is_told_their_number_and_a_full_queue_is_said(
    own_slack: FakeSlack, tmp_path: Path
) -> None:
    busy, first, second, late = (own_slack.channel() for _ in range(4))
    desk = ScriptedDesk()
    held = desk.hold("hold on")
    with running_bot(own_slack, desk, tmp_path / "r.sqlite3", workers=1, queue=2) as bot:
        own_slack.mention(busy, "hold on")
        own_slack.wait(lambda: desk.asked, "the first question")
        for number, channel in enumerate((first, second), start=1):
            own_slack.mention(channel, "next")
            own_slack.wait(partial(shown, own_slack, channel), "a status")
            assert shown(own_slack, channel) == [waiting_status(number)]
        own_slack.mention(late, "one too many")
        assert own_slack.wait_for_posts(late)[0]["text"] == FULL
        held.set()
        for channel in (busy, first, second):
            own_slack.wait_for_messages(channel)
        assert bot.counters.counts().totals["refused"] == 1
    assert [question for question, _ in desk.asked] == ["hold on", "next", "next"]


def test_without_statuses_a_number_is_said_once_in_words(tmp_path: Path) -> None:
    desk = ScriptedDesk()
    held = desk.hold("hold on")
    least = frozenset({"app_mentions:read", "chat:write", "im:history", "channels:history"})
    with (
        strict_slack(scopes=least) as slack,
        running_bot(slack, desk, tmp_path / "r.sqlite3", workers=1),
    ):
        busy, waiting = slack.channel(), slack.channel()
        slack.mention(busy, "hold on")
        slack.wait(lambda: desk.asked, "the first question")
        slack.mention(waiting, "next")
        assert slack.wait_for_posts(waiting)[0]["text"] == waiting_sentence(1)
        held.set()
        assert "[1]" in slack.wait_for_posts(waiting, 2)[1]["text"]


def test_one_person_is_slowed_down_and_others_are_not(own_slack: FakeSlack, tmp_path: Path) -> None:
    channel = own_slack.channel("im")
    other = own_slack.channel("im")
    desk = ScriptedDesk()
    with running_bot(own_slack, desk, tmp_path / "r.sqlite3", per_minute=2) as bot:
        for number in range(2):
            own_slack.direct(channel, f"question {number}")
            own_slack.wait_for_messages(channel, number + 1)
        own_slack.direct(channel, "one too many")
        told = own_slack.wait_for_messages(channel, 3)[-1]
        assert told.text.startswith("You have asked many questions in the last minute")
        own_slack.direct(other, "somebody else", user="U2")
        own_slack.wait_for_messages(other)
        assert bot.counters.counts().totals["refused"] == 1
    assert not desk.asked_about("one too many")


def test_people_who_may_not_ask_are_told_so(own_slack: FakeSlack, tmp_path: Path) -> None:
    channel, shared = own_slack.channel(), own_slack.channel(shared=True)
    desk = ScriptedDesk()
    scopes = scopes_of(users=("U2",))
    with running_bot(own_slack, desk, tmp_path / "r.sqlite3", scopes=scopes):
        own_slack.mention(channel, "may I?", user="U1")
        assert own_slack.wait_for_posts(channel)[0]["text"] == NOT_YOU
        own_slack.mention(channel, "may I?", user="U2")
        assert "[1]" in own_slack.wait_for_posts(channel, 2)[1]["text"]
        own_slack.mention(shared, "may we?", user="U2")
        assert "shared with another organisation" in own_slack.wait_for_posts(shared)[0]["text"]
        own_slack.slash(shared, "ask may we?", user="U2")
        told = [each.text for each in own_slack.wait_for_ephemerals(shared, 2)]
        assert [text for text in told if "shared with another organisation" in text]
    assert [question for question, _ in desk.asked] == ["may I?"]


def test_words_are_logged_only_where_that_is_wanted(
    own_slack: FakeSlack, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "groundwire.slack")
    for wanted in (False, True):
        channel = own_slack.channel()
        path = tmp_path / f"{wanted}.sqlite3"
        with running_bot(own_slack, ScriptedDesk(), path, log_content=wanted):
            own_slack.mention(channel, "a\nsecretword")
            own_slack.wait_for_posts(channel)
        assert ('text="a\\nsecretword"' in caplog.text) == wanted
        assert ("secretword" in caplog.text) == wanted
