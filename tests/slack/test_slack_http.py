"""The HTTP door: signed deliveries over loopback, repeated ones, and everybody else."""

from __future__ import annotations

import json
import time
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from typing import TYPE_CHECKING, Any
from urllib import error, request
from urllib.parse import urlsplit

import pytest

from groundwire.domain.errors import SettingsError
from groundwire.interfaces.slack.app import build_bot
from groundwire.interfaces.slack.http import PATH, HttpDoor
from groundwire.interfaces.slack.manifest import manifest_text
from groundwire.records.conversations import Conversations
from groundwire.records.database import open_database
from tests.fakes.desk import ScriptedDesk
from tests.slack.conftest import options_for, strict_slack
from tests.slack.fake_http import signed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.slack.fake_slack import FakeSlack

SECRET = "a signing secret"  # noqa: S105  it opens nothing


@contextmanager
def serving(slack: FakeSlack, desk: ScriptedDesk, folder: Path) -> Iterator[str]:
    """Run the bot behind a port, and yield where it takes deliveries."""
    options = options_for(slack, app_token="", signing_secret=SECRET, listen=("127.0.0.1", 0))
    with open_database(folder / "r.sqlite3") as database:
        bot = build_bot(desk, Conversations(database), options)
        try:
            bot.connect()
            assert isinstance(bot.link, HttpDoor)
            url = f"http://127.0.0.1:{bot.link.port}{PATH}"
            slack.over_http(url, SECRET)
            yield url
        finally:
            bot.close()


@pytest.fixture(scope="module")
def web_desk() -> ScriptedDesk:
    return ScriptedDesk()


@pytest.fixture(scope="module")
def web_slack(
    web_desk: ScriptedDesk, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[FakeSlack]:
    manifest = json.loads(manifest_text("https://bot.example.org"))
    with (
        strict_slack(manifest=manifest) as slack,
        serving(slack, web_desk, tmp_path_factory.mktemp("http")),
    ):
        yield slack


def post(url: str, body: bytes, headers: dict[str, str]) -> tuple[int, str]:
    headers = {"Content-Type": "application/json", **headers}
    call = request.Request(url, data=body, headers=headers)  # noqa: S310  loopback
    try:
        with request.urlopen(call, timeout=5) as response:  # noqa: S310  loopback
            return response.status, response.read().decode()
    except error.HTTPError as refusal:
        with refusal:
            return refusal.code, refusal.read().decode()


def door_of(slack: FakeSlack) -> str:
    assert slack.door
    return slack.door.url


def test_a_signed_message_is_answered(web_slack: FakeSlack) -> None:
    channel = web_slack.channel()
    ts = web_slack.mention(channel, "what share of trade?")
    (message,) = web_slack.wait_for_messages(channel)
    assert message.thread == ts
    web_slack.wait_for_acks()
    assert web_slack.slowest_ack() < 1


def test_a_repeated_delivery_is_answered_once(web_slack: FakeSlack, web_desk: ScriptedDesk) -> None:
    channel = web_slack.channel()
    with web_slack.duplicated(3):
        web_slack.mention(channel, f"once {channel}")
    web_slack.wait_for_messages(channel)
    web_slack.wait_for_acks()
    assert len(web_desk.asked_about(channel)) == 1


def test_a_delivery_whose_first_try_was_lost_is_answered(web_slack: FakeSlack) -> None:
    channel = web_slack.channel("im")
    web_slack.known(channel, "7.1", "lost?")
    event = {"type": "message", "channel_type": "im", "channel": channel, "user": "U1"}
    web_slack.send({**event, "ts": "7.1", "text": "lost?"}, retry=2)
    assert len(web_slack.wait_for_messages(channel)) == 1


def test_commands_shortcuts_and_presses_come_over_http(
    web_slack: FakeSlack, web_desk: ScriptedDesk
) -> None:
    channel = web_slack.channel()
    web_slack.slash(channel, f"ask what of {channel}?", user="U2")
    web_slack.wait(lambda: len(web_slack.ephemerals(channel, "U2")) > 1, "the answer")
    web_slack.wait_for_acks()
    assert len(web_desk.asked_about(channel)) == 1
    answer = web_slack.ephemerals(channel, "U2")[-1]
    web_slack.action(answer, "evidence", user="U2")
    assert web_slack.wait_for_view("U2").content["title"]["text"] == "Evidence"
    web_slack.wait_for_acks()


def test_slacks_challenge_is_answered(web_slack: FakeSlack) -> None:
    body = json.dumps({"type": "url_verification", "challenge": "c-17"}).encode()
    status, text = post(door_of(web_slack), body, signed(body, SECRET))
    assert status == 200
    assert "c-17" in text


def test_who_signs_wrongly_late_or_not_at_all_is_refused_without_effect(
    web_slack: FakeSlack, web_desk: ScriptedDesk
) -> None:
    channel, calls = web_slack.channel("im"), len(web_slack.calls)
    event = {"type": "message", "channel_type": "im", "channel": channel, "user": "U1"}
    frame = web_slack.event_frame({**event, "ts": "1.1", "text": f"forged {channel}"})
    body = json.dumps(frame["payload"]).encode()
    good = signed(body, SECRET)
    bad = [
        {},
        signed(body, "another secret"),
        signed(body, SECRET, at=time.time() - 301),
        signed(body + b" ", SECRET),
        {**good, "X-Slack-Signature": "v0="},
        {"X-Slack-Signature": good["X-Slack-Signature"]},
    ]
    assert [post(door_of(web_slack), body, headers)[0] for headers in bad] == [401] * len(bad)
    after = web_slack.channel("im")
    web_slack.direct(after, "an honest question")
    web_slack.wait_for_messages(after)
    assert web_desk.asked_about(channel) == []
    assert all(channel not in str(call.args) for call in web_slack.calls[calls:])


def test_other_paths_and_ways_are_not_found(web_slack: FakeSlack) -> None:
    url = door_of(web_slack)
    assert post(url.replace(PATH, "/"), b"{}", signed(b"{}", SECRET))[0] == 404
    with pytest.raises(error.HTTPError) as caught:
        request.urlopen(url, timeout=5)  # noqa: S310  loopback
    with caught.value as refusal:
        assert refusal.code == 404


def test_a_flood_in_one_delivery_is_not_read(web_slack: FakeSlack) -> None:
    parts = urlsplit(door_of(web_slack))
    with closing(HTTPConnection(str(parts.hostname), parts.port, timeout=5)) as connection:
        connection.putrequest("POST", parts.path)
        connection.putheader("Content-Length", str(2**20 + 1))
        connection.endheaders()
        assert connection.getresponse().status == 413


def test_without_a_signing_secret_it_does_not_start(own_slack: FakeSlack, tmp_path: Path) -> None:
    options = options_for(own_slack, listen=("127.0.0.1", 0))
    with (
        open_database(tmp_path / "r.sqlite3") as database,
        pytest.raises(SettingsError, match=r"^SLACK_SIGNING_SECRET is not set"),
    ):
        build_bot(ScriptedDesk(), Conversations(database), options)


def test_an_address_that_is_taken_is_one_line(web_slack: FakeSlack, tmp_path: Path) -> None:
    port = urlsplit(door_of(web_slack)).port
    where: dict[str, Any] = {"app_token": "", "signing_secret": SECRET}
    assert SECRET not in repr(options_for(web_slack, **where))
    with open_database(tmp_path / "r.sqlite3") as database:
        for address, said in ((("127.0.0.1", port), "in use"), (("not an address", 1), "")):
            options = options_for(web_slack, **where, listen=address)
            bot = build_bot(ScriptedDesk(), Conversations(database), options)
            with pytest.raises(SettingsError, match=f"^cannot listen at .*{said}"):
                bot.connect()
            bot.close()


def test_after_the_end_the_port_is_closed(own_slack: FakeSlack, tmp_path: Path) -> None:
    with serving(own_slack, ScriptedDesk(), tmp_path) as url:
        channel = own_slack.channel()
        own_slack.mention(channel, "the last question")
        own_slack.wait_for_messages(channel)
    with pytest.raises(error.URLError, match="refused"):
        post(url, b"{}", signed(b"{}", SECRET))
