"""Commands, shortcuts, buttons and suggestions, as people meet them."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest

from groundwire.domain.retrieval import Scope
from groundwire.interfaces.slack.claims import CHECKED, NO_CLAIMS
from groundwire.interfaces.slack.commanding import (
    NO_DOCUMENTS,
    NOTHING_TO_SUMMARIZE,
    ON_IT,
    USAGE,
)
from groundwire.interfaces.slack.pressing import FORGOTTEN, NOT_AVAILABLE, OTHER_RULES, THANKS
from groundwire.interfaces.slack.routing import NOT_HERE
from groundwire.interfaces.slack.scopes import Scopes
from groundwire.interfaces.slack.thread_summary import EMPTY, UNREADABLE
from groundwire.records.answers import PostedAnswers
from groundwire.records.database import open_database
from tests.fakes.desk import INJECTIONS, LETTER, SUMMIT, ScriptedDesk
from tests.slack.block_rules import texts_of
from tests.slack.conftest import running_bot, strict_slack
from tests.slack.fake_slack import BOT_USER, Failure
from tests.slack.slack_rules import live_tokens

if TYPE_CHECKING:
    from pathlib import Path

    from tests.slack.fake_slack import FakeSlack
    from tests.slack.fake_workspace import Ephemeral, Message

WHOLE = f"{SUMMIT} [1] {LETTER} [2]"
TRADE_PATH, LETTER_PATH = "Xi arrives in Pyongyang.md", "A letter from Kim.md"


def actions_of(shown: Message | Ephemeral) -> list[str]:
    return [
        element["action_id"]
        for block in shown.blocks
        if block["type"] in {"actions", "context_actions"}
        for element in block["elements"]
    ]


def body_of(shown: Ephemeral) -> str:
    return "".join(block["text"] for block in shown.blocks if block["type"] == "markdown")


def values_of(shown: Message, action: str) -> list[str]:
    (element,) = [
        element
        for block in shown.blocks
        for element in block.get("elements", ())
        if element.get("action_id") == action
    ]
    if action == "feedback":
        return [element["positive_button"]["value"], element["negative_button"]["value"]]
    return [element["value"]]


# -- the command -----------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["ask who wrote?", "who wrote?", "ASK who wrote?"])
def test_a_command_is_acknowledged_at_once_and_answered_for_its_asker_alone(
    slack: FakeSlack, text: str
) -> None:
    channel = slack.channel()
    slack.slash(channel, text)
    first, second = slack.wait_for_ephemerals(channel, 2)
    assert (first.via, first.text) == ("ack", ON_IT)
    assert (second.via, body_of(second)) == ("response_url", WHOLE)
    assert actions_of(second) == ["evidence", "share_answer"]
    assert slack.messages(channel) == []


def test_an_answer_that_is_shared_stands_in_the_channel_once_and_is_gone_for_its_asker(
    slack: FakeSlack,
) -> None:
    channel = slack.channel()
    slack.slash(channel, "ask &lt;who&gt; wrote?", user="U2")
    shown = slack.wait_for_ephemerals(channel, 2)[1]
    for _ in range(2):
        slack.action(shown, "share_answer", user="U2")
    (message,) = slack.wait_for_messages(channel)
    slack.wait(lambda: shown.deleted, "the ephemeral to go")
    assert (message.body, message.thread) == (WHOLE, "")
    assert actions_of(message) == ["evidence", "feedback"]
    assert "Shared by Ana · asked: &lt;who&gt; wrote?" in texts_of(message.blocks)
    slack.wait_for_acks()
    assert len(slack.messages(channel)) == 1


def test_a_document_is_summarized_by_its_title_and_anything_else_as_a_topic(
    slack: FakeSlack,
) -> None:
    channel = slack.channel()
    slack.slash(channel, "summarize A letter from Kim")
    shown = slack.wait_for_ephemerals(channel, 2)[1]
    assert body_of(shown) == f"{LETTER} [1]"
    slack.slash(channel, "summarize trade")
    assert body_of(slack.wait_for_ephemerals(channel, 4)[3]) == WHOLE


def test_documents_are_listed_newest_first(slack: FakeSlack) -> None:
    channel = slack.channel()
    slack.slash(channel, "docs")
    shown = slack.wait_for_ephemerals(channel, 2)[1]
    assert body_of(shown) == "2 documents:"
    assert texts_of(shown.blocks)[1:] == [
        "2019-06-23 · Meridian Wire · A letter from Kim",
        "2019-06-20 · The Harbour Post · Xi arrives in Pyongyang",
    ]
    slack.slash(channel, "docs *letter*")
    assert body_of(slack.wait_for_ephemerals(channel, 4)[3]) == "1 document:"
    slack.slash(channel, "docs nowhere")
    assert slack.wait_for_ephemerals(channel, 6)[5].text == NO_DOCUMENTS


@pytest.mark.parametrize("text", ["", "help", "help me"])
def test_help_is_given_with_the_acknowledgement(slack: FakeSlack, text: str) -> None:
    channel = slack.channel()
    slack.slash(channel, text)
    (shown,) = slack.wait_for_ephemerals(channel)
    assert (shown.via, shown.text) == ("ack", USAGE)


def test_a_command_without_its_words_is_told_which(slack: FakeSlack) -> None:
    channel = slack.channel()
    slack.slash(channel, "summarize")
    assert slack.wait_for_ephemerals(channel, 2)[1].text == NOTHING_TO_SUMMARIZE


@pytest.mark.parametrize("text", ["ask boom secretword", "summarize boom secretword"])
def test_an_error_behind_a_command_is_calm(
    slack: FakeSlack, text: str, caplog: pytest.LogCaptureFixture
) -> None:
    channel = slack.channel()
    slack.slash(channel, text)
    shown = slack.wait_for_ephemerals(channel, 2)[1]
    assert shown.text.startswith("Something went wrong")
    assert "secretword" not in shown.text + caplog.text


def test_an_abstention_behind_a_command_cannot_be_shared(slack: FakeSlack) -> None:
    channel = slack.channel()
    slack.slash(channel, f"ask abstain {' '.join(INJECTIONS)}")
    shown = slack.wait_for_ephemerals(channel, 2)[1]
    assert actions_of(shown) == []
    assert live_tokens(shown.words) == []


# -- evidence --------------------------------------------------------------------------------------


def test_evidence_opens_the_passage_for_whoever_pressed_and_goes_from_source_to_source(
    slack: FakeSlack,
) -> None:
    channel = slack.channel()
    slack.mention(channel, "what of trade?")
    (message,) = slack.wait_for_messages(channel)
    slack.action(message, "evidence", user="U2")
    view = slack.wait_for_view("U2")
    menu, title, passage = view.blocks
    options = [option["text"]["text"] for option in menu["elements"][0]["options"]]
    assert [option[:6] for option in options] == ["[1] ¶ ", "[2] ¶ "]
    assert texts_of(title)[0].startswith("Xi arrives in Pyongyang")
    bold = [e for s in passage["elements"] for e in s["elements"] if e.get("style")]
    assert SUMMIT in [element["text"] for element in bold]
    slack.action(view, "evidence_source", value="1.0", user="U2")
    slack.wait(lambda: view.updates, "the other source")
    assert LETTER in texts_of(view.blocks)
    assert slack.ephemerals(channel) == []


def test_evidence_is_there_after_a_restart(own_slack: FakeSlack, tmp_path: Path) -> None:
    channel = own_slack.channel()
    with running_bot(own_slack, ScriptedDesk(), tmp_path / "r.sqlite3"):
        own_slack.mention(channel, "before")
        (message,) = own_slack.wait_for_messages(channel)
    before = own_slack.connections
    with running_bot(own_slack, ScriptedDesk(), tmp_path / "r.sqlite3"):
        own_slack.wait(lambda: own_slack.connections > before, "the second bot")
        own_slack.action(message, "evidence")
        assert SUMMIT in texts_of(own_slack.wait_for_view().blocks)


def test_evidence_shows_only_documents_of_the_place_it_is_pressed_in(
    own_slack: FakeSlack, tmp_path: Path
) -> None:
    channel = own_slack.channel()
    with running_bot(own_slack, ScriptedDesk(), tmp_path / "r.sqlite3"):
        own_slack.mention(channel, "before")
        (message,) = own_slack.wait_for_messages(channel)
    before = own_slack.connections
    narrow = Scopes({channel: Scope((LETTER_PATH,))})
    with running_bot(own_slack, ScriptedDesk(), tmp_path / "r.sqlite3", scopes=narrow):
        own_slack.wait(lambda: own_slack.connections > before, "the second bot")
        own_slack.action(message, "evidence")
        view = own_slack.wait_for_view()
        assert LETTER in texts_of(view.blocks)
        assert "trade" not in str(view.content)
    before = own_slack.connections
    nothing = Scopes({channel: Scope(("other.md",))})
    with running_bot(own_slack, ScriptedDesk(), tmp_path / "r.sqlite3", scopes=nothing):
        own_slack.wait(lambda: own_slack.connections > before, "the third bot")
        own_slack.action(message, "evidence", user="U2")
        assert texts_of(own_slack.wait_for_view("U2").blocks) == [NOT_AVAILABLE]


# -- feedback --------------------------------------------------------------------------------------


def test_the_last_feedback_counts_and_a_bad_one_may_say_why(
    own_slack: FakeSlack, tmp_path: Path
) -> None:
    channel = own_slack.channel()
    with running_bot(own_slack, ScriptedDesk(), tmp_path / "r.sqlite3"):
        own_slack.mention(channel, "was it good?")
        (message,) = own_slack.wait_for_messages(channel)
        up, down = values_of(message, "feedback")
        own_slack.action(message, "feedback", value=up, user="U2")
        (thanks,) = own_slack.wait_for_ephemerals(channel, user="U2")
        assert (thanks.text, thanks.thread) == (THANKS, message.thread)
        own_slack.action(message, "feedback", value=down, user="U2")
        view = own_slack.wait_for_view("U2")
        own_slack.submit_view(view, {"reason": "wrong <year>"}, user="U2")
        own_slack.wait_for_acks()
        own_slack.wait(lambda: _ratings(tmp_path, "wrong <year>"), "the reason")
    (rating,) = _ratings(tmp_path, "wrong <year>")
    assert (rating.person, rating.verdict) == ("U2", "down")


def _ratings(folder: Path, reason: str) -> list[Any]:
    with open_database(folder / "r.sqlite3") as database:
        return [each for each in PostedAnswers(database).ratings() if each.reason == reason]


def test_buttons_of_a_forgotten_answer_say_so(own_slack: FakeSlack, tmp_path: Path) -> None:
    channel = own_slack.channel()
    with running_bot(own_slack, ScriptedDesk(), tmp_path / "r.sqlite3"):
        own_slack.mention(channel, "before")
        (message,) = own_slack.wait_for_messages(channel)
        own_slack.slash(channel, "ask before")
        shown = own_slack.wait_for_ephemerals(channel, 2)[1]
    before = own_slack.connections
    with running_bot(own_slack, ScriptedDesk(), tmp_path / "another.sqlite3"):
        own_slack.wait(lambda: own_slack.connections > before, "the second bot")
        own_slack.action(message, "evidence")
        assert texts_of(own_slack.wait_for_view().blocks) == [FORGOTTEN]
        own_slack.action(message, "feedback", value=values_of(message, "feedback")[0])
        assert own_slack.wait_for_ephemerals(channel, 3)[2].text == FORGOTTEN
        own_slack.action(shown, "share_answer")
        own_slack.wait(lambda: own_slack.ephemerals(channel)[-1].via == "response_url", "words")


def test_an_answer_is_not_shared_under_other_rules(own_slack: FakeSlack, tmp_path: Path) -> None:
    channel = own_slack.channel()
    with running_bot(own_slack, ScriptedDesk(), tmp_path / "r.sqlite3"):
        own_slack.slash(channel, "ask before")
        shown = own_slack.wait_for_ephemerals(channel, 2)[1]
    before = own_slack.connections
    narrow = Scopes({channel: Scope((LETTER_PATH,))})
    with running_bot(own_slack, ScriptedDesk(), tmp_path / "r.sqlite3", scopes=narrow):
        own_slack.wait(lambda: own_slack.connections > before, "the second bot")
        own_slack.action(shown, "share_answer")
        assert own_slack.wait_for_ephemerals(channel, 3)[2].text == OTHER_RULES
    assert own_slack.messages(channel) == []


# -- shortcuts -------------------------------------------------------------------------------------


def test_a_thread_is_summed_up_from_its_own_words_with_who_and_when_for_its_asker_alone(
    slack: FakeSlack,
) -> None:
    channel = slack.channel()
    root = slack.write(channel, "The tram costs <!channel> too much. It is late, too.", user="U2")
    reply = slack.write(channel, "The council votes on Monday.", root, user="U3")
    slack.write(channel, "We said so before.", root, user=BOT_USER, bot_id="BBOT")
    slack.shortcut("summarize_thread", channel, reply)
    (shown,) = slack.wait_for_ephemerals(channel)
    assert (shown.via, shown.thread, shown.user) == ("postEphemeral", root, "U1")
    assert body_of(shown) == (
        "- The tram costs @channel too much. [1]\n- The council votes on Monday. [2]"
    )
    first, second, read = texts_of(shown.blocks)[1:]
    assert first.startswith("*[1]* Ana · <!date^1700000000^")
    assert second.startswith("*[2]* U3 · <!date^1700000000^")
    assert read == "Read: 2 messages by 2 people. Only you can see this."
    assert slack.posts(channel) == []


def test_a_thread_of_a_thousand_messages_is_read_and_no_more(slack: FakeSlack) -> None:
    channel = slack.channel()
    root = slack.new_ts()
    slack.known(channel, root, "Message number 0 says a little more.")
    for number in range(1, 1_010):
        text = f"Message number {number} says a little more."
        slack.known(channel, slack.new_ts(), text, thread=root)
    slack.shortcut("summarize_thread", channel, root)
    (shown,) = slack.wait_for_ephemerals(channel)
    texts = texts_of(shown.blocks)
    assert "Read: 1,000 messages by 1 person. Only you can see this." in texts
    assert "Only the first 1,000 messages of the thread were read." in texts
    assert len(slack.calls_of("conversations.replies", channel)) >= 5


def test_a_thread_that_cannot_be_read_or_says_nothing_is_told_so(slack: FakeSlack) -> None:
    channel = slack.channel()
    silent = slack.write(channel, "<>")
    slack.shortcut("summarize_thread", channel, silent)
    slack.wait_for_ephemerals(channel)
    slack.fail("conversations.replies", Failure(error="not_in_channel"))
    slack.shortcut("summarize_thread", channel, silent)
    told = {shown.text for shown in slack.wait_for_ephemerals(channel, 2)}
    assert told <= {EMPTY, UNREADABLE}
    assert UNREADABLE in told


def test_a_message_is_checked_sentence_by_sentence_in_its_thread(slack: FakeSlack) -> None:
    channel = slack.channel()
    text = f"{SUMMIT} The letter was false &amp; lost. Atlantis has risen again. Is it so?"
    ts = slack.write(channel, text, user="U3")
    slack.shortcut("check_message", channel, ts)
    (message,) = slack.wait_for_messages(channel)
    assert message.thread == ts
    assert message.body == (
        "3 sentences checked against the documents: 1 supported, 1 contradicted, 1 not found."
    )
    cards = [texts_of(block) for block in message.blocks if block["type"] == "rich_text"]
    assert [card[:3] for card in cards] == [
        ["1. ", f"{SUMMIT}\n", "Supported, word for word.\n"],
        ["2. ", "The letter was false & lost.\n", "Contradicted.\n"],
        ["3. ", "Atlantis has risen again.\n", "Not supported: no passage says this.\n"],
    ]
    assert "Xi arrives in Pyongyang · The Harbour Post · 2019-06-20 · ¶ 4" in cards[0]
    assert texts_of(message.blocks)[-1].startswith("Left out: 1 question")


def test_ten_sentences_of_a_message_are_checked_and_the_rest_is_said(
    slack: FakeSlack, desk: ScriptedDesk
) -> None:
    channel = slack.channel()
    text = " ".join(f"Claim {channel} number {number} stands here." for number in range(13))
    ts = slack.write(channel, text)
    slack.shortcut("check_message", channel, ts)
    (message,) = slack.wait_for_messages(channel)
    assert len([claim for claim in desk.checked if channel in claim]) == CHECKED
    assert texts_of(message.blocks)[-1].startswith("Left out: 3 more sentences;")


def test_a_message_that_states_nothing_is_told_so_in_private(slack: FakeSlack) -> None:
    channel = slack.channel()
    ts = slack.write(channel, "Really? :eyes:")
    slack.shortcut("check_message", channel, ts)
    (shown,) = slack.wait_for_ephemerals(channel)
    assert shown.text == NO_CLAIMS
    assert slack.messages(channel) == []


def test_where_the_bot_cannot_post_its_check_is_shown_in_private(slack: FakeSlack) -> None:
    channel = slack.channel()
    ts = slack.write(channel, SUMMIT)
    slack.fail("chat.postMessage", Failure(error="not_in_channel"))
    slack.shortcut("check_message", channel, ts)
    (shown,) = slack.wait_for_ephemerals(channel)
    assert body_of(shown).startswith("1 sentence checked")


def test_who_may_not_ask_gets_nothing_by_any_way(own_slack: FakeSlack, tmp_path: Path) -> None:
    channel = own_slack.channel()
    barred = Scopes({channel: None})
    with running_bot(own_slack, desk := ScriptedDesk(), tmp_path / "r.sqlite3", scopes=barred):
        ts = own_slack.write(channel, SUMMIT)
        own_slack.slash(channel, "ask who?")
        own_slack.slash(channel, "docs")
        own_slack.shortcut("check_message", channel, ts)
        own_slack.shortcut("summarize_thread", channel, ts)
        own_slack.wait(
            lambda: [e.text for e in own_slack.ephemerals(channel)].count(NOT_HERE) == 4, "refusals"
        )
    assert (desk.asked, desk.checked, desk.summarized) == ([], [], [])


# -- suggestions, context --------------------------------------------------------------------------


def test_opening_the_messages_suggests_questions_on_documents_that_may_be_seen(
    own_slack: FakeSlack, tmp_path: Path
) -> None:
    channel = own_slack.channel("im")
    narrow = Scopes(direct=Scope((LETTER_PATH,)))
    with running_bot(own_slack, ScriptedDesk(), tmp_path / "r.sqlite3", scopes=narrow):
        own_slack.open_messages_tab(channel)
        own_slack.wait(lambda: own_slack.prompts(channel), "suggestions")
    (shown,) = own_slack.prompts(channel)
    assert [prompt["title"] for prompt in shown["prompts"]] == ["A letter from Kim"]
    assert "Xi" not in str(shown)


def test_a_mention_in_a_thread_reads_it_once_and_knows_who_said_what(
    slack: FakeSlack, desk: ScriptedDesk
) -> None:
    channel = slack.channel()
    root = slack.write(channel, "The tram is late.", user="U2")
    slack.write(channel, "Says who?", root, user="U3")
    slack.mention(channel, f"what do the documents say {channel}?", root)
    slack.wait_for_messages(channel)
    slack.mention(channel, f"and then {channel}?", root)
    slack.wait_for_messages(channel, 2)
    first, second = (history for _, history in desk.asked_about(channel))
    assert [(turn.role, turn.text) for turn in first] == [
        ("user", "Ana: The tram is late."),
        ("user", "U3: Says who?"),
    ]
    assert [turn.text for turn in second[:2]] == ["Ana: The tram is late.", "U3: Says who?"]
    assert len(second) == 4
    assert len(slack.calls_of("conversations.replies", channel)) == 1


def test_a_slow_answer_keeps_its_status(
    own_slack: FakeSlack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("groundwire.interfaces.slack.posting.STATUS_SECONDS", 0.3)
    with running_bot(own_slack, ScriptedDesk(), tmp_path / "r.sqlite3"):
        channel = own_slack.channel()
        started = time.monotonic()
        own_slack.mention(channel, "endless")
        own_slack.wait(lambda: len(own_slack.statuses(channel)) >= 4, "renewals")
    shown = [call.at for call in own_slack.statuses(channel)[:4]]
    assert shown[-1] - started >= 0.9


def test_the_least_scopes_are_enough_for_buttons(tmp_path: Path) -> None:
    scopes = frozenset({"app_mentions:read", "chat:write", "commands", "im:history"})
    with (
        strict_slack(scopes=scopes) as slack,
        running_bot(slack, ScriptedDesk(), tmp_path / "r.sqlite3"),
    ):
        channel = slack.channel("im")
        slack.direct(channel, "hello?")
        (message,) = slack.wait_for_messages(channel)
        slack.action(message, "evidence")
        assert SUMMIT in texts_of(slack.wait_for_view().blocks)
