"""Every row of the routing table."""

from __future__ import annotations

from typing import Any

import pytest

from groundwire.interfaces.slack.routing import (
    HELP,
    NOT_DIRECT,
    NOT_HERE,
    NOT_YOU,
    SHARED,
    Ask,
    House,
    Place,
    Tell,
    may_follow,
    route,
)
from groundwire.interfaces.slack.scopes import scopes_of

HOUSE = House("UBOT")
ROOT = "1.0"
KNOWN = f"slack:T1:C1:{ROOT}"


def body(type_: str = "message", **fields: Any) -> dict[str, Any]:  # noqa: ANN401  any field
    event = {"type": type_, "channel": "C1", "user": "U1", "text": "why?", "ts": "2.0", **fields}
    return {"team_id": "T1", "event": {k: v for k, v in event.items() if v is not None}}


def routed(delivered: dict[str, Any], house: House = HOUSE) -> Ask | Tell | None:
    return route(delivered, house, {KNOWN}.__contains__)


def test_a_mention_opens_a_thread_under_itself() -> None:
    found = routed(body("app_mention", text="<@UBOT> why?"))
    assert found == Ask(Place("T1", "C1", "2.0"), "2.0", "why?", "U1", direct=False)


def test_a_mention_in_a_thread_stays_there() -> None:
    found = routed(body("app_mention", text="<@UBOT|groundwire> why?", thread_ts="1.5"))
    assert found == Ask(Place("T1", "C1", "1.5"), "2.0", "why?", "U1", direct=False)


@pytest.mark.parametrize("text", ["<@UBOT>", " <@UBOT|groundwire>  "])
def test_a_bare_mention_gets_help(text: str) -> None:
    assert routed(body("app_mention", text=text)) == Tell(Place("T1", "C1", "2.0"), "2.0", HELP)


def test_a_direct_message_needs_nothing() -> None:
    found = routed(body(channel="D1", channel_type="im"))
    assert found == Ask(Place("T1", "D1", "2.0"), "2.0", "why?", "U1", direct=True)


@pytest.mark.parametrize("channel_type", ["channel", "group", "mpim"])
def test_a_known_thread_needs_no_mention(channel_type: str) -> None:
    found = routed(body(channel_type=channel_type, thread_ts=ROOT))
    assert found == Ask(Place("T1", "C1", ROOT), "2.0", "why?", "U1", direct=False)


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"thread_ts": "1.9"},
        {"thread_ts": ROOT, "text": "<@UBOT> why?"},
        {"thread_ts": ROOT, "text": "ask <@UBOT|groundwire>"},
    ],
    ids=["top level", "unknown thread", "mention", "mention with a label"],
)
def test_other_messages_in_channels_are_not_for_us(fields: dict[str, Any]) -> None:
    assert routed(body(channel_type="channel", **fields)) is None


@pytest.mark.parametrize("type_", ["message", "app_mention"])
@pytest.mark.parametrize(
    "fields",
    [
        {"subtype": "message_changed"},
        {"subtype": "message_deleted"},
        {"subtype": "channel_join"},
        {"subtype": "bot_message"},
        {"bot_id": "B1"},
        {"edited": {"ts": "3.0"}},
        {"user": "UBOT"},
        {"user": "USLACKBOT"},
        {"user": None},
        {"text": "  "},
        {"text": None},
        {"ts": None},
    ],
    ids=str,
)
def test_what_nobody_said_to_us_just_now_is_ignored(type_: str, fields: dict[str, Any]) -> None:
    assert routed(body(type_, channel_type="im", **fields)) is None


@pytest.mark.parametrize("subtype", ["file_share", "thread_broadcast"])
def test_words_with_a_file_or_for_the_channel_too_count(subtype: str) -> None:
    assert isinstance(routed(body(channel_type="im", subtype=subtype)), Ask)


def test_only_listed_channels_are_answered_and_direct_messages() -> None:
    house = House("UBOT", scopes_of(("C2",)))
    assert isinstance(routed(body("app_mention", channel="C2"), house), Ask)
    refused = routed(body("app_mention"), house)
    assert isinstance(refused, Tell)
    assert refused.text == NOT_HERE
    assert routed(body(channel_type="channel", thread_ts=ROOT), house) is None
    assert isinstance(routed(body(channel_type="im"), house), Ask)


def test_channels_shared_with_others_are_refused() -> None:
    refused = routed({**body("app_mention"), "is_ext_shared_channel": True})
    assert isinstance(refused, Tell)
    assert refused.text == SHARED
    follow_up = body(channel_type="channel", thread_ts=ROOT)
    assert routed({**follow_up, "is_ext_shared_channel": True}) is None


def test_people_who_are_not_listed_are_told_so_where_they_asked() -> None:
    house = House("UBOT", scopes_of(users=("U7",)))
    for asked in (body("app_mention"), body(channel="D1", channel_type="im")):
        refused = routed(asked, house)
        assert isinstance(refused, Tell)
        assert refused.text == NOT_YOU
    assert routed(body(channel_type="channel", thread_ts=ROOT), house) is None
    assert isinstance(routed(body("app_mention", user="U7"), house), Ask)


def test_direct_messages_can_be_closed() -> None:
    house = House("UBOT", scopes_of(direct="none"))
    refused = routed(body(channel="D1", channel_type="im"), house)
    assert isinstance(refused, Tell)
    assert refused.text == NOT_DIRECT
    assert isinstance(routed(body("app_mention"), house), Ask)


def test_a_channel_that_turned_out_to_be_shared_stays_refused() -> None:
    house = House("UBOT")
    house.scopes.shared.add("C1")
    assert house.refusal("C1", "U1", direct=False) == SHARED
    assert house.scopes.scope_of("C1", "U1", direct=False) is None
    assert house.refusal("C2", "U1", direct=False) == ""


@pytest.mark.parametrize(
    ("fields", "may"),
    [
        ({"thread_ts": "1.9"}, True),
        ({}, False),
        ({"thread_ts": "1.9", "text": "<@UBOT> why?"}, False),
        ({"thread_ts": "1.9", "bot_id": "B1"}, False),
        ({"thread_ts": "1.9", "channel_type": "im"}, False),
    ],
    ids=["in a thread", "top level", "mention", "a bot", "direct"],
)
def test_only_words_in_threads_may_turn_out_to_be_follow_ups(
    fields: dict[str, Any],
    may: bool,  # noqa: FBT001  a column of the table
) -> None:
    found = may_follow(body(**{"channel_type": "channel", **fields}), HOUSE)
    assert found == (Place("T1", "C1", "1.9") if may else None)
