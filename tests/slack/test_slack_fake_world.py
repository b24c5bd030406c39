"""Whether the fake Slack acts as Slack does, with a small app of Slack's own library on it."""

from __future__ import annotations

import json
import threading
import time
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING, Any

import pytest

from tests.slack.conftest import strict_slack
from tests.slack.fake_slack import (
    APP_TOKEN,
    BOT_TOKEN,
    DROPPED,
    RATE_LIMITED,
    SERVER_ERROR,
    Failure,
)
from tests.slack.fake_workspace import TRIGGER_SECONDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from slack_bolt import App
    from slack_sdk import WebClient

    from tests.slack.fake_slack import FakeSlack

MODAL = {
    "type": "modal",
    "title": {"type": "plain_text", "text": "Why?"},
    "submit": {"type": "plain_text", "text": "Send"},
    "callback_id": "why",
    "blocks": [
        {
            "type": "input",
            "block_id": "reason",
            "label": {"type": "plain_text", "text": "What was wrong?"},
            "element": {"type": "plain_text_input", "action_id": "words"},
        }
    ],
}
BUTTONS = {
    "type": "actions",
    "elements": [
        {"type": "button", "action_id": "go", "value": v, "text": {"type": "plain_text", "text": v}}
        for v in ("left",)
    ],
}


@pytest.fixture
def client(own_slack: FakeSlack) -> WebClient:
    from slack_sdk import WebClient

    return WebClient(token=BOT_TOKEN, base_url=own_slack.api_url, retry_handlers=[])


@contextmanager
def refused(slack: FakeSlack, code: str, *, blamed: bool = True) -> Iterator[None]:
    """Expect a refusal, for which the bot is to blame or not."""
    from slack_sdk.errors import SlackApiError

    with pytest.raises(SlackApiError) as caught:
        yield
    assert caught.value.response["error"] == code
    assert bool(slack.violations) == blamed
    slack.violations.clear()


@contextmanager
def small_app(slack: FakeSlack, prepare: Callable[[App], None]) -> Iterator[App]:
    """Run an app of Slack's library over the fake's websocket."""
    from slack_bolt import App
    from slack_bolt.adapter.socket_mode import SocketModeHandler
    from slack_sdk import WebClient

    from groundwire.interfaces.slack.websocket import hang_up

    app = App(client=WebClient(token=BOT_TOKEN, base_url=slack.api_url))
    prepare(app)
    handler = SocketModeHandler(app, APP_TOKEN, ping_interval=1)
    try:
        handler.client.connect()
        slack.wait(lambda: slack.connections > 0, "a websocket")
        yield app
    finally:
        hang_up(handler.client)
        app.listener_runner.listener_executor.shutdown()


# -- what it refuses -------------------------------------------------------------------------------


def test_a_method_without_its_scope_is_refused(client: WebClient) -> None:
    with strict_slack(scopes=frozenset({"chat:write"})) as slack:
        client.base_url = slack.api_url
        channel = slack.channel()
        root = slack.new_ts()
        slack.known(channel, root)
        with refused(slack, "missing_scope", blamed=False):
            client.users_info(user="U1")
        with refused(slack, "missing_scope", blamed=False):
            client.conversations_replies(channel=channel, ts=root)
        with refused(slack, "missing_scope", blamed=False):
            client.reactions_add(channel=channel, name="eyes", timestamp=root)


def test_what_the_manifest_does_not_declare_cannot_be_sent(own_slack: FakeSlack) -> None:
    channel = own_slack.channel()
    with pytest.raises(AssertionError, match="reaction_added"):
        own_slack.send({"type": "reaction_added"})
    with pytest.raises(AssertionError, match="/other"):
        own_slack.slash(channel, "hi", command="/other")
    with pytest.raises(AssertionError, match="other_shortcut"):
        own_slack.shortcut("other_shortcut", channel, own_slack.new_ts())
    with pytest.raises(AssertionError, match="tab home"):
        own_slack.open_messages_tab(own_slack.channel("im"), tab="home")
    with strict_slack(scopes=frozenset({"im:history"})) as slack:
        with pytest.raises(AssertionError, match="channels:history"):
            slack.write(slack.channel(), "hi")
        with pytest.raises(AssertionError, match="commands"):
            slack.slash(slack.channel(), "hi")
    with (
        strict_slack(events=frozenset({"app_mention"})) as slack,
        pytest.raises(AssertionError, match=r"does not subscribe to message\.im"),
    ):
        slack.direct(slack.channel("im"), "hi")


def test_bad_messages_are_refused_and_noted(own_slack: FakeSlack, client: WebClient) -> None:
    channel = own_slack.channel()
    line = {"type": "markdown", "text": "x"}
    long = {"type": "markdown", "text": "x" * 6_001}
    for code, blocks in (("msg_blocks_too_long", [long, long]), ("invalid_blocks", [line] * 51)):
        with refused(own_slack, code):
            client.chat_postMessage(channel=channel, text="x", blocks=json.dumps(blocks))
    with refused(own_slack, "invalid_thread_ts"):
        client.chat_postMessage(channel=channel, text="x", thread_ts="1.0")
    with refused(own_slack, "invalid_arguments"):
        client.chat_postMessage(channel=channel, text="x", colour="red")
    with refused(own_slack, "unknown_method"):
        client.pins_add(channel=channel, timestamp="1.0")
    with refused(own_slack, "message_not_found"):
        client.chat_update(channel=channel, ts="1.0", text="x")
    with refused(own_slack, "channel_not_found"):
        client.chat_postMessage(channel="C404", text="x")
    own_slack.known(channel, "7.0")
    with refused(own_slack, "cant_update_message"):
        client.chat_update(channel=channel, ts="7.0", text="x")


def test_prompts_and_statuses_have_their_rules(own_slack: FakeSlack, client: WebClient) -> None:
    direct, channel = own_slack.channel("im"), own_slack.channel()
    prompt = {"title": "t", "message": "m"}
    client.assistant_threads_setSuggestedPrompts(channel_id=direct, prompts=[prompt] * 4)
    assert [len(each["prompts"]) for each in own_slack.prompts(direct)] == [4]
    with refused(own_slack, "invalid_arguments"):
        client.assistant_threads_setSuggestedPrompts(channel_id=direct, prompts=[prompt] * 5)
    with refused(own_slack, "invalid_arguments"):
        client.assistant_threads_setSuggestedPrompts(
            channel_id=direct, prompts=[prompt], thread_ts="1.0"
        )
    own_slack.known(channel, "7.0")
    client.assistant_threads_setStatus(
        channel_id=channel, thread_ts="7.0", status="reads", loading_messages=["…"] * 10
    )
    with refused(own_slack, "invalid_arguments"):
        client.assistant_threads_setStatus(
            channel_id=channel, thread_ts="7.0", status="reads", loading_messages=["…"] * 11
        )
    client.agents_sessions_setStatus(channel_id=channel, thread_ts="7.0", status="processing")
    with refused(own_slack, "invalid_arguments"):
        client.agents_sessions_setStatus(channel_id=channel, thread_ts="7.0", status="busy")
    assert own_slack.sessions(channel, "7.0") == ["processing"]


# -- streams ---------------------------------------------------------------------------------------


def test_a_stream_grows_and_ends_once(own_slack: FakeSlack, client: WebClient) -> None:
    channel = own_slack.channel("im")
    own_slack.known(channel, "7.0")
    place: dict[str, Any] = {"channel": channel, "thread_ts": "7.0"}
    ts = client.chat_startStream(**place, markdown_text="One. ")["ts"]
    client.chat_appendStream(channel=channel, ts=ts, markdown_text="Two.")
    with refused(own_slack, "streaming_state_conflict"):
        client.chat_update(channel=channel, ts=ts, text="x")
    assert [message.ts for message in own_slack.open_streams()] == [ts]
    client.chat_stopStream(channel=channel, ts=ts, blocks=[BUTTONS], session_status="active")
    with refused(own_slack, "message_not_in_streaming_state"):
        client.chat_appendStream(channel=channel, ts=ts, markdown_text="x")
    (stream,) = own_slack.streams(channel)
    assert (stream.body, stream.state, len(stream.blocks)) == ("One. Two.", "stopped", 1)
    client.chat_update(channel=channel, ts=ts, markdown_text="Whole.")
    assert (stream.body, stream.edits) == ("Whole.", 1)


def test_a_stream_that_slack_ends_is_nobodys_fault(own_slack: FakeSlack, client: WebClient) -> None:
    channel = own_slack.channel("im")
    own_slack.known(channel, "7.0")
    for end in (own_slack.kill_streams, lambda channel: own_slack.stop(channel, "7.0")):
        ts = client.chat_startStream(channel=channel, thread_ts="7.0", markdown_text="x")["ts"]
        end(channel)
        with refused(own_slack, "message_not_in_streaming_state", blamed=False):
            client.chat_appendStream(channel=channel, ts=ts, markdown_text="x")
    assert own_slack.open_streams() == []


def test_a_stream_in_a_channel_names_who_receives_it(
    own_slack: FakeSlack, client: WebClient
) -> None:
    channel = own_slack.channel()
    own_slack.known(channel, "7.0")
    place: dict[str, Any] = {"channel": channel, "thread_ts": "7.0"}
    with refused(own_slack, "missing_recipient_team_id"):
        client.chat_startStream(**place)
    with refused(own_slack, "missing_recipient_user_id"):
        client.chat_startStream(**place, recipient_team_id="T1")
    own_slack.workspace.streams_in_channels = False
    with refused(own_slack, "channel_type_not_supported", blamed=False):
        client.chat_startStream(**place, recipient_team_id="T1", recipient_user_id="U1")


def test_a_stream_has_a_size(own_slack: FakeSlack, client: WebClient) -> None:
    channel = own_slack.channel("im")
    own_slack.known(channel, "7.0")
    ts = client.chat_startStream(channel=channel, thread_ts="7.0", markdown_text="x" * 10_600)["ts"]
    with refused(own_slack, "msg_too_long"):
        client.chat_appendStream(channel=channel, ts=ts, markdown_text="x")
    client.chat_stopStream(channel=channel, ts=ts)


# -- threads ---------------------------------------------------------------------------------------


def test_a_thread_is_read_in_pages(own_slack: FakeSlack, client: WebClient) -> None:
    channel = own_slack.channel()
    own_slack.known(channel, "7.0", "root")
    for n in range(5):
        own_slack.known(channel, f"8.{n}", f"reply {n}", thread="7.0", user="U2")
    own_slack.workspace.page = 4
    first = client.conversations_replies(channel=channel, ts="7.0", limit=200)
    cursor = first["response_metadata"]["next_cursor"]
    second = client.conversations_replies(channel=channel, ts="7.0", cursor=cursor, limit=200)
    read = [message["text"] for page in (first, second) for message in page["messages"]]
    assert read == ["root", *(f"reply {n}" for n in range(5))]
    assert (first["has_more"], second["has_more"]) == (True, False)
    assert second["response_metadata"]["next_cursor"] == ""
    with refused(own_slack, "thread_not_found", blamed=False):
        client.conversations_replies(channel=channel, ts="9.0")


# -- interactions ----------------------------------------------------------------------------------


def test_a_command_is_answered_with_its_acknowledgement_and_five_times_more(
    own_slack: FakeSlack,
) -> None:
    def command(app: App) -> None:
        @app.command("/groundwire")
        def answer(ack: Any, respond: Any, command: Any) -> None:  # noqa: ANN401  the library's
            ack(text="On it…")
            for n in range(6):
                respond(text=f"{command['text']} {n}")

    with small_app(own_slack, command):
        channel = own_slack.channel()
        own_slack.slash(channel, "go", user="U2")
        own_slack.wait(lambda: own_slack.violations, "the sixth answer's refusal")
    seen = own_slack.ephemerals(channel, "U2")
    answers = [("response_url", f"go {n}") for n in range(5)]
    assert sorted((each.via, each.text) for each in seen) == [("ack", "On it…"), *answers]
    assert own_slack.ephemerals(channel, "U1") == []
    assert own_slack.violations == ["response_url: a response_url was used too often or too late"]
    own_slack.violations.clear()


def test_a_shortcut_opens_a_modal_that_is_sent_back_with_an_error_first(
    own_slack: FakeSlack,
) -> None:
    got: list[Any] = []

    def shortcut(app: App) -> None:
        @app.shortcut("check_message")
        def opened(ack: Any, client: Any, shortcut: Any) -> None:  # noqa: ANN401  the library's
            ack()
            got.append(shortcut["message"]["text"])
            client.views_open(trigger_id=shortcut["trigger_id"], view=MODAL)

        @app.view("why")
        def submitted(ack: Any, view: Any) -> None:  # noqa: ANN401  the library's
            words = view["state"]["values"]["reason"]["words"]["value"]
            got.append(words)
            errors = {"reason": "longer, please"}
            ack(response_action="errors", errors=errors) if len(words) < 3 else ack()

    with small_app(own_slack, shortcut):
        channel = own_slack.channel()
        own_slack.known(channel, "7.0", "a claim")
        own_slack.shortcut("check_message", channel, "7.0")
        view = own_slack.wait_for_view(seconds=2)
        own_slack.submit_view(view, {"words": "no"})
        own_slack.wait_for_acks()
        assert own_slack.views() == [view]
        own_slack.submit_view(view, {"words": "no, it is not"})
        own_slack.wait_for_acks()
        assert own_slack.views() == []
    assert got == ["a claim", "no", "no, it is not"]


def test_a_button_is_pressed_where_it_is_shown_and_its_message_replaced(
    own_slack: FakeSlack, client: WebClient
) -> None:
    def press(app: App) -> None:
        @app.action("go")
        def pressed(ack: Any, respond: Any, action: Any, body: Any) -> None:  # noqa: ANN401  the library's
            ack()
            assert ("message" in body) != body["container"]["is_ephemeral"]
            if body["container"]["is_ephemeral"]:
                respond(delete_original=True)
            else:
                respond(text=f"went {action['value']}", replace_original=True)

    with small_app(own_slack, press):
        channel = own_slack.channel()
        words: dict[str, Any] = {"channel": channel, "text": "where?", "blocks": [BUTTONS]}
        client.chat_postMessage(**words)
        client.chat_postEphemeral(**words, user="U1")
        (message,), (ephemeral,) = own_slack.messages(channel), own_slack.ephemerals(channel)
        with pytest.raises(AssertionError, match="nothing shows stay"):
            own_slack.action(message, "stay")
        own_slack.action(message, "go", value="left")
        own_slack.wait(lambda: message.text == "went left", "the new text")
        own_slack.action(ephemeral, "go")
        own_slack.wait(lambda: not own_slack.ephemerals(channel), "the end of the message")


def test_a_trigger_opens_one_modal_and_not_late(
    own_slack: FakeSlack, client: WebClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    own_slack.workspace.kinds["C1"] = "channel"
    trigger = own_slack.slash("C1", "x").trigger
    view = client.views_open(trigger_id=trigger, view=MODAL)["view"]
    with refused(own_slack, "exchanged_trigger_id"):
        client.views_open(trigger_id=trigger, view=MODAL)
    with refused(own_slack, "invalid_trigger_id"):
        client.views_open(trigger_id="made up", view=MODAL)
    late = own_slack.slash("C1", "x").trigger
    now = time.monotonic()
    monkeypatch.setattr(time, "monotonic", lambda: now + TRIGGER_SECONDS + 1)
    with refused(own_slack, "expired_trigger_id"):
        client.views_open(trigger_id=late, view=MODAL)
    client.views_update(view_id=view["id"], hash=view["hash"], view=MODAL)
    with refused(own_slack, "hash_conflict", blamed=False):
        client.views_update(view_id=view["id"], hash=view["hash"], view=MODAL)


# -- trouble ---------------------------------------------------------------------------------------


def test_calls_fail_on_demand_once_each(own_slack: FakeSlack, client: WebClient) -> None:
    from slack_sdk.errors import SlackApiError

    channel = own_slack.channel()
    words: dict[str, Any] = {"channel": channel, "text": "x"}
    client.timeout = 1
    own_slack.fail("chat.postMessage", RATE_LIMITED, SERVER_ERROR, DROPPED, Failure(how="silence"))
    own_slack.fail("chat.postMessage", Failure(how="drop", done=True))
    with pytest.raises(SlackApiError) as caught:
        client.chat_postMessage(**words)
    assert caught.value.response.headers["Retry-After"] == "1"
    with pytest.raises(SlackApiError):
        client.chat_postMessage(**words)
    with pytest.raises(OSError, match=r"Remote end closed|Connection reset"):
        client.chat_postMessage(**words)
    with pytest.raises(TimeoutError):
        client.chat_postMessage(**words)
    assert own_slack.messages(channel) == []
    with pytest.raises(OSError, match=r"Remote end closed|Connection reset"):
        client.chat_postMessage(**words)
    assert len(own_slack.messages(channel)) == 1
    assert client.chat_postMessage(**words)["ok"]


def test_over_http_an_event_is_repeated_until_it_is_accepted(own_slack: FakeSlack) -> None:
    heard: list[tuple[str | None, str | None]] = []

    class Door(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            number = self.headers["X-Slack-Retry-Num"]
            heard.append((number, self.headers["X-Slack-Retry-Reason"]))
            self.send_response(HTTPStatus.OK if number == "2" else HTTPStatus.BAD_GATEWAY)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Door) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        own_slack.over_http(f"http://127.0.0.1:{server.server_port}/", "a secret")
        own_slack.direct(own_slack.channel("im"), "hello")
        own_slack.wait_for_acks()
        own_slack.slash(own_slack.channel(), "once")
        own_slack.wait(lambda: len(heard) == 4, "the command")
        server.shutdown()
    assert heard == [(None, None), ("1", "http_error"), ("2", "http_error"), (None, None)]


def test_events_come_twice_or_in_another_order_on_demand(own_slack: FakeSlack) -> None:
    heard: list[tuple[str, str]] = []

    def listen(app: App) -> None:
        @app.event("message")
        def hear(body: Any, event: Any) -> None:  # noqa: ANN401  the library's
            heard.append((event["text"], body["event_id"]))

    with small_app(own_slack, listen):
        channel = own_slack.channel("im")
        with own_slack.duplicated(3):
            own_slack.direct(channel, "again")
        own_slack.wait(lambda: len(heard) == 3, "three deliveries")
        assert len(set(heard)) == 1
        heard.clear()
        with own_slack.reordered():
            for n in range(4):
                own_slack.direct(channel, str(n))
            assert heard == []
        own_slack.wait(lambda: len(heard) == 4, "four messages")
        frames = [d.frame["payload"]["event"] for d in own_slack.deliveries.values()]
        assert [event["text"] for event in frames[-4:]] != ["0", "1", "2", "3"]
