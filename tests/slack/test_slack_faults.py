"""Each call of the Web API fails once, in each way: one answer each, in order, all the same."""

from __future__ import annotations

import re
import threading
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.fakes.desk import LETTER, SUMMIT, ScriptedDesk
from tests.slack.conftest import running_bot, strict_slack
from tests.slack.fake_slack import DROPPED, RATE_LIMITED, SERVER_ERROR, TIMED_OUT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from groundwire.domain.events import Event
    from tests.slack.fake_slack import FakeSlack

REPEATED = "a stream was used after its end"
"""What a call is to blame for that is made again because its answer was lost."""

FAULTS = {
    "429": RATE_LIMITED,
    "500": SERVER_ERROR,
    "500, done all the same": replace(SERVER_ERROR, done=True),
    "dropped": DROPPED,
    "dropped, done all the same": replace(DROPPED, done=True),
    "time-out": replace(TIMED_OUT, seconds=2.0),
}
FIRST_SENTENCE = 2
"""Which event of the scripted desk it is."""

MUST = (
    ("channel", "chat.postMessage"),
    ("im", "chat.startStream"),
    ("im", "chat.appendStream"),
    ("im", "chat.stopStream"),
)
"""Calls that must succeed in the end."""

MAY = (("channel", "assistant.threads.setStatus"), ("channel", "users.info"))
"""Calls that may fail for good."""

CASES = (
    *((kind, method, name) for kind, method in MUST for name in FAULTS),
    *((kind, method, name) for kind, method in MAY for name in ("429", "dropped", "time-out")),
)


class SlowDesk(ScriptedDesk):
    """Takes its time after the first sentence of a long answer, so that a stream grows."""

    def ask_events(self, question: str, **how: object) -> Iterator[Event]:
        told = super().ask_events(question, **how)  # type: ignore[arg-type]  # as it came
        for number, event in enumerate(told):
            yield event
            if number == FIRST_SENTENCE and "slowly" in question:
                threading.Event().wait(0.8)


@pytest.fixture(scope="module")
def wary(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[FakeSlack, ScriptedDesk]]:
    """A Slack and a bot that waits for an answer of Slack for a moment only."""
    records, desk = tmp_path_factory.mktemp("wary") / "records.sqlite3", SlowDesk()
    with pytest.MonkeyPatch.context() as patch, strict_slack() as slack:
        patch.setattr("groundwire.interfaces.slack.clients.ANSWER_SECONDS", 0.4)
        patch.setattr("groundwire.interfaces.slack.clients._COURTESY_SECONDS", 0.4)
        with running_bot(slack, desk, records, per_minute=1000):
            yield slack, desk


@pytest.mark.parametrize(("kind", "method", "name"), CASES)
def test_a_call_that_fails_once_costs_nothing(
    wary: tuple[FakeSlack, ScriptedDesk], kind: str, method: str, name: str
) -> None:
    slack, desk = wary
    fault = FAULTS[name]
    place = slack.channel(kind)
    user = f"U-of-{place}"
    slack.workspace.users[user] = "Robin"
    slack.violations.clear()
    slack.fail(method, fault)
    ask = slack.mention if kind == "channel" else slack.direct
    how = "slowly " if method == "chat.appendStream" else ""
    root = ask(place, f"long {how}in {place}, <@{user}>?")
    slack.write(place, f"second in {place}", root)
    slack.wait(lambda: SUMMIT in said(slack, place), "the second answer", 20)
    slack.wait_for_acks()
    asked = [question for question, _ in desk.asked_about(place)]
    assert asked in [
        [f"long {how}in {place}, @{name}?", f"second in {place}"] for name in ("Robin", user)
    ]
    whole = said(slack, place)
    assert [int(number) for number in re.findall(r"Sentence number (\d+) of", whole)] == [
        *range(500)
    ]
    assert (whole.count(SUMMIT), whole.count(LETTER)) == (1, 1)
    assert whole.index("Sentence number 499") < whole.index(SUMMIT)
    assert [message for message in slack.open_streams() if message.channel == place] == []
    assert slack.calls_of(method, place) or method == "users.info"
    assert [each for each in slack.violations if not (fault.done and REPEATED in each)] == []
    slack.violations.clear()


def said(slack: FakeSlack, place: str) -> str:
    """Return everything that the bot said, in the order of the messages."""
    messages = sorted(slack.messages(place), key=lambda message: message.ts)
    return "\n".join(message.body for message in messages if message.state != "streaming")
