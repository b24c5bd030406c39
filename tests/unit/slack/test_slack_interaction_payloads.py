"""What is read out of commands, shortcuts, presses and submissions."""

from __future__ import annotations

import json
from typing import Any

import pytest

from groundwire.interfaces.slack.interactions import (
    Press,
    Reason,
    command_of,
    press_of,
    reason_of,
    shortcut_of,
    stopped_place,
)
from groundwire.interfaces.slack.routing import Place

COMMAND = {
    "team_id": "T1",
    "channel_id": "C1",
    "user_id": "U1",
    "response_url": "http://127.0.0.1/r",
    "trigger_id": "1.2",
}


@pytest.mark.parametrize(
    ("text", "verb", "words"),
    [
        ("ask who met Xi?", "ask", "who met Xi?"),
        ("  Summarize   the tram ", "summarize", "the tram"),
        ("docs", "docs", ""),
        ("docs city/*", "docs", "city/*"),
        ("help", "help", ""),
        ("", "help", ""),
        ("who met Xi?", "ask", "who met Xi?"),
        ("asking is free", "ask", "asking is free"),
    ],
)
def test_the_first_word_of_a_command_is_its_verb_or_begins_a_question(
    text: str, verb: str, words: str
) -> None:
    command = command_of({**COMMAND, "text": text})
    assert (command.verb, command.words) == (verb, words)
    assert command.key == "slack:T1:C1:command:1.2"


@pytest.mark.parametrize(("thread", "place"), [("1.5", "1.5"), (None, "2.5")])
def test_a_shortcut_is_meant_for_the_thread_of_its_message(thread: str | None, place: str) -> None:
    message = {"ts": "2.5", "text": "words", **({"thread_ts": thread} if thread else {})}
    shortcut = shortcut_of(
        {
            "team": {"id": "T1"},
            "channel": {"id": "C1"},
            "user": {"id": "U1"},
            "message": message,
            "trigger_id": "1.2",
            "response_url": "http://127.0.0.1/r",
        }
    )
    assert shortcut.place == Place("T1", "C1", place)
    assert shortcut.text == "words"


def pressed(**changed: Any) -> dict[str, Any]:  # noqa: ANN401  fields of any payload
    body = {"user": {"id": "U1"}, "trigger_id": "1.2", "actions": [{"value": "A"}]}
    return {**body, "channel": {"id": "C1"}, "response_url": "http://127.0.0.1/r", **changed}


def test_a_press_knows_the_thread_of_its_message() -> None:
    body = pressed(message={"ts": "2.5", "thread_ts": "1.5"})
    assert press_of(body) == Press("C1", "1.5", "U1", "A", "1.2", "http://127.0.0.1/r")


def test_a_press_on_an_ephemeral_message_knows_its_thread_by_the_container() -> None:
    body = pressed(container={"channel_id": "C1", "thread_ts": "1.5"})
    assert press_of(body).thread == "1.5"


def test_a_choice_in_a_modal_knows_what_the_modal_is_about() -> None:
    about = json.dumps({"answer": "A", "channel": "C1", "thread": "1.5"})
    chosen = {"selected_option": {"value": "0.1"}}
    body = pressed(view={"id": "V1", "private_metadata": about}, actions=[chosen])
    del body["channel"]
    assert press_of(body) == Press("C1", "1.5", "U1", "0.1", "1.2", view="V1", answer="A")


@pytest.mark.parametrize("about", ["", "{", "[]"])
def test_a_modal_that_says_nothing_is_about_nothing(about: str) -> None:
    press = press_of(pressed(view={"id": "V1", "private_metadata": about}))
    assert (press.channel, press.answer) == ("", "")


@pytest.mark.parametrize(("value", "text"), [(" wrong year ", "wrong year"), (None, "")])
def test_a_reason_is_read_and_may_be_missing(value: str | None, text: str) -> None:
    view = {
        "private_metadata": json.dumps({"answer": "A"}),
        "state": {"values": {"reason": {"reason": {"value": value}}}},
    }
    assert reason_of({"user": {"id": "U1"}, "view": view}) == Reason("U1", "A", text)


def test_a_stop_without_a_thread_is_nobodys() -> None:
    event = {"channel": "C1", "thread_ts": "1.5"}
    assert stopped_place({"team_id": "T1", "event": event}) == Place("T1", "C1", "1.5")
    assert stopped_place({"team_id": "T1", "event": {"channel": "C1"}}) is None
