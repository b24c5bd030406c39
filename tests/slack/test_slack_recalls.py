"""Answers that do not stand any more are recalled where they were given: once, and only there."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

from groundwire.domain.retrieval import Scope
from groundwire.interfaces.slack import recalling
from groundwire.interfaces.slack.pressing import DOES_NOT_STAND, FORGOTTEN
from groundwire.interfaces.slack.scopes import Scopes
from tests.fakes.desk import INJECTIONS, LETTER, LETTER_STORY, SUMMIT, TRADE_STORY
from tests.slack.block_rules import texts_of
from tests.slack.conftest import running_bot
from tests.slack.fake_slack import SERVER_ERROR, TEAM, Failure
from tests.slack.ledger_desk import LedgerDesk
from tests.slack.slack_rules import live_tokens

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from groundwire.interfaces.slack.app import Bot
    from tests.slack.fake_slack import FakeSlack
    from tests.slack.fake_workspace import Ephemeral, Message

NOW = "China accounts for about 80 percent of North Korea's foreign trade."


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[LedgerDesk]:
    desk = LedgerDesk(tmp_path / "r.sqlite3")
    yield desk
    desk.close()


@contextmanager
def bot(slack: FakeSlack, desk: LedgerDesk, path: Path, **changed: Any) -> Iterator[Bot]:  # noqa: ANN401  any option
    options = {"recall_seconds": 0.03, "recall_pause": 0.0, **changed}
    before = slack.connections
    with running_bot(slack, desk, path / "r.sqlite3", **options) as running:
        slack.wait(lambda: slack.connections > before, "the bot")
        yield running


def words(shown: Message | Ephemeral) -> str:
    return "\n".join(texts_of(shown.blocks))


def asked(slack: FakeSlack, channel: str, question: str = "what of trade?") -> str:
    """Ask in a channel, wait for the answer and return the thread."""
    ask = slack.direct if channel.startswith("D") else slack.mention
    count = len(slack.messages(channel))
    root = ask(channel, question)
    slack.wait_for_messages(channel, count + 1)
    return root


def looked(slack: FakeSlack, desk: LedgerDesk, times: int = 4) -> None:
    """Wait until the bot has looked for recalls some times more."""
    seen = desk.looks
    slack.wait(lambda: desk.looks >= seen + times, "looks")


# -- what is told ----------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["channel", "im"])
def test_a_changed_document_is_told_once_in_the_thread_with_what_it_says_now(
    own_slack: FakeSlack, desk: LedgerDesk, tmp_path: Path, kind: str
) -> None:
    channel = own_slack.channel(kind)
    with bot(own_slack, desk, tmp_path):
        root = asked(own_slack, channel)
        looked(own_slack, desk)
        assert len(own_slack.messages(channel)) == 1
        desk.change(TRADE_STORY, f"{NOW}\n\nMore.")
        notice = own_slack.wait_for_messages(channel, 2)[1]
        own_slack.wait(lambda: not desk.untold(), "it to be noted")
        looked(own_slack, desk)
    assert notice.thread == root
    told = words(notice)
    assert "An answer in this thread does not stand any more." in told
    assert "what of trade?" in told
    assert SUMMIT in told
    assert "Xi arrives in Pyongyang, ¶ 1, now says:" in told
    assert NOW in told
    assert LETTER not in told
    assert len(own_slack.messages(channel)) == 2
    assert len(desk.noted) == 1


def test_a_removed_document_is_told_at_the_next_start(
    own_slack: FakeSlack, desk: LedgerDesk, tmp_path: Path
) -> None:
    channel = own_slack.channel()
    with bot(own_slack, desk, tmp_path):
        asked(own_slack, channel)
    desk.change(TRADE_STORY, None)
    with bot(own_slack, desk, tmp_path):
        told = words(own_slack.wait_for_messages(channel, 2)[1])
    assert "Xi arrives in Pyongyang was removed." in told


def test_an_answer_that_stands_again_before_anybody_was_told_is_not_recalled(
    own_slack: FakeSlack, desk: LedgerDesk, tmp_path: Path
) -> None:
    channel = own_slack.channel()
    with bot(own_slack, desk, tmp_path):
        asked(own_slack, channel)
    desk.change(TRADE_STORY, NOW)
    assert desk.untold() == ["what of trade?"]
    desk.change(TRADE_STORY, SUMMIT)
    with bot(own_slack, desk, tmp_path):
        looked(own_slack, desk)
    assert len(own_slack.messages(channel)) == 1


def test_recalls_of_a_thread_share_a_notice_and_one_that_was_entered_twice_is_shown_once(
    own_slack: FakeSlack, desk: LedgerDesk, tmp_path: Path
) -> None:
    channel = own_slack.channel("im")
    with bot(own_slack, desk, tmp_path):
        root = asked(own_slack, channel, "first?")
        for number, question in enumerate(("second?", "second?"), start=2):
            own_slack.write(channel, question, root)
            own_slack.wait_for_messages(channel, number)
    desk.change(TRADE_STORY, NOW)
    with bot(own_slack, desk, tmp_path):
        notice = own_slack.wait_for_messages(channel, 4)[3]
        own_slack.wait(lambda: not desk.untold(), "all to be noted")
        looked(own_slack, desk)
    told = words(notice)
    assert "2 answers in this thread do not stand any more." in told
    assert (told.count("first?"), told.count("second?")) == (1, 1)
    assert len(own_slack.messages(channel)) == 4
    assert len(desk.noted) == 3


def test_a_mass_correction_is_told_a_few_at_a_time_until_all_know(
    own_slack: FakeSlack, desk: LedgerDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recalling, "NOTICES", 2)
    channels = [own_slack.channel() for _ in range(5)]
    with bot(own_slack, desk, tmp_path):
        for channel in channels:
            asked(own_slack, channel)
    desk.change(TRADE_STORY, NOW)
    with bot(own_slack, desk, tmp_path, recall_seconds=600.0):
        own_slack.wait(lambda: len(desk.noted) == 2, "the first notices")
        assert sum(len(own_slack.messages(channel)) == 2 for channel in channels) == 2
    with bot(own_slack, desk, tmp_path):
        for channel in channels:
            own_slack.wait_for_messages(channel, 2)
        own_slack.wait(lambda: not desk.untold(), "all to be noted")
    assert [len(own_slack.messages(channel)) for channel in channels] == [2] * 5


def test_what_a_document_says_now_can_neither_notify_nor_link(
    own_slack: FakeSlack, desk: LedgerDesk, tmp_path: Path
) -> None:
    channel = own_slack.channel()
    with bot(own_slack, desk, tmp_path):
        asked(own_slack, channel, f"what of trade? {' '.join(INJECTIONS)}")
        desk.change(TRADE_STORY, f"China accounts for {' '.join(INJECTIONS)} of foreign trade.")
        notice = own_slack.wait_for_messages(channel, 2)[1]
    assert live_tokens(notice.words) == []
    assert "<!channel>" in words(notice)


# -- where an answer is entered --------------------------------------------------------------------


def test_every_result_is_entered_with_its_conversation_and_its_place(
    own_slack: FakeSlack, desk: LedgerDesk, tmp_path: Path
) -> None:
    channel = own_slack.channel()
    with bot(own_slack, desk, tmp_path):
        root = asked(own_slack, channel)
        own_slack.slash(channel, "ask of trade", user="U2")
        own_slack.wait_for_ephemerals(channel, 2)
        own_slack.shortcut("summarize_thread", channel, root)
        own_slack.wait_for_ephemerals(channel, 3)
    command, answer = (entry.issued for entry in desk.ledger.listing())
    (summary,) = desk.given
    thread = {"team": TEAM, "channel": channel, "thread": root, "user": "U1"}
    everything = {"alone": False, "scope": Scope().to_dict()}
    assert {answer.door, command.door, summary.door} == {"slack"}
    assert answer.place == {**thread, **everything}
    assert summary.place == {**thread, **everything, "alone": True}
    assert (command.place["user"], command.place["alone"]) == ("U2", True)
    assert answer.conversation == summary.conversation == f"slack:{TEAM}:{channel}:{root}"
    assert command.conversation.startswith(f"slack:{TEAM}:{channel}:command:")
    assert desk.ledger.erase_conversation(answer.conversation) == 1


# -- answers that one person saw -------------------------------------------------------------------


def test_an_answer_to_a_command_is_recalled_for_its_asker_alone(
    own_slack: FakeSlack, desk: LedgerDesk, tmp_path: Path
) -> None:
    channel = own_slack.channel()
    with bot(own_slack, desk, tmp_path):
        own_slack.slash(channel, "ask of trade", user="U2")
        own_slack.wait_for_ephemerals(channel, 2)
        own_slack.slash(channel, "summarize Xi arrives in Pyongyang", user="U1")
        own_slack.wait_for_ephemerals(channel, 4)
        desk.change(TRADE_STORY, NOW)
        own_slack.wait_for_ephemerals(channel, 6)
        own_slack.wait(lambda: not desk.untold(), "it to be noted")
    (for_asker,) = own_slack.ephemerals(channel, "U2")[2:]
    (for_other,) = own_slack.ephemerals(channel, "U1")[2:]
    assert "An answer that only you were given here does not stand" in words(for_asker)
    assert "A summary was asked for on" in words(for_other)
    assert own_slack.messages(channel) == []


def test_an_answer_that_was_shared_is_recalled_where_it_was_shared_too(
    own_slack: FakeSlack, desk: LedgerDesk, tmp_path: Path
) -> None:
    channel = own_slack.channel()
    with bot(own_slack, desk, tmp_path):
        own_slack.slash(channel, "ask of trade")
        shown = own_slack.wait_for_ephemerals(channel, 2)[1]
        own_slack.action(shown, "share_answer")
        own_slack.wait_for_messages(channel)
        desk.change(TRADE_STORY, NOW)
        notice = own_slack.wait_for_messages(channel, 2)[1]
        own_slack.wait(lambda: len(own_slack.ephemerals(channel)) == 2, "the asker's notice")
    assert "An answer that was shared in this channel does not stand" in words(notice)
    assert notice.thread == ""


def test_an_answer_that_does_not_stand_or_was_erased_cannot_be_shared(
    own_slack: FakeSlack, desk: LedgerDesk, tmp_path: Path
) -> None:
    changed, erased = own_slack.channel(), own_slack.channel()
    with bot(own_slack, desk, tmp_path):
        own_slack.slash(erased, "ask of letters")
        gone = own_slack.wait_for_ephemerals(erased, 2)[1]
        desk.ledger.erase(desk.ledger.listing()[0].id)
        own_slack.slash(changed, "ask of trade")
        shown = own_slack.wait_for_ephemerals(changed, 2)[1]
        desk.change(TRADE_STORY, NOW)
        own_slack.action(shown, "share_answer")
        own_slack.wait(lambda: said(own_slack, changed, DOES_NOT_STAND), "a refusal")
        own_slack.action(gone, "share_answer")
        own_slack.wait(lambda: said(own_slack, erased, FORGOTTEN), "a refusal")
    assert own_slack.messages(changed) == own_slack.messages(erased) == []


def test_an_answer_that_could_not_be_posted_for_all_is_not_in_the_ledger_as_shared(
    own_slack: FakeSlack, desk: LedgerDesk, tmp_path: Path
) -> None:
    channel = own_slack.channel()
    with bot(own_slack, desk, tmp_path):
        own_slack.slash(channel, "ask of trade")
        shown = own_slack.wait_for_ephemerals(channel, 2)[1]
        own_slack.fail("chat.postMessage", Failure(error="not_in_channel"))
        own_slack.action(shown, "share_answer")
        own_slack.wait_for_ephemerals(channel, 3)
    assert len(desk.ledger.listing()) == 1


def said(slack: FakeSlack, channel: str, sentence: str) -> bool:
    return any(each.text == sentence for each in slack.ephemerals(channel))


# -- who may be told -------------------------------------------------------------------------------


@pytest.mark.parametrize("now", [NOW, None], ids=["changed", "removed"])
def test_a_thread_that_may_not_see_the_document_is_told_nothing_until_it_may(
    own_slack: FakeSlack, desk: LedgerDesk, tmp_path: Path, now: str | None
) -> None:
    channel = own_slack.channel()
    with bot(own_slack, desk, tmp_path):
        asked(own_slack, channel)
    desk.change(TRADE_STORY, now)
    narrow = Scope((f"{LETTER_STORY.title}.md",))
    for scopes in (
        Scopes({channel: narrow}),
        Scopes({channel: None}),
        Scopes(users=frozenset({"U2"})),
        Scopes(shared={channel}),
    ):
        with bot(own_slack, desk, tmp_path, scopes=scopes):
            looked(own_slack, desk)
        assert len(own_slack.messages(channel)) == 1
        assert desk.untold() == ["what of trade?"]
    with bot(own_slack, desk, tmp_path):
        own_slack.wait_for_messages(channel, 2)


def test_of_two_documents_only_the_one_that_the_thread_may_see_is_told(
    own_slack: FakeSlack, desk: LedgerDesk, tmp_path: Path
) -> None:
    channel = own_slack.channel()
    with bot(own_slack, desk, tmp_path):
        asked(own_slack, channel)
    desk.change(TRADE_STORY, NOW)
    desk.change(LETTER_STORY, "Mr. Trump called the letter ugly.")
    narrow = Scopes({channel: Scope((f"{LETTER_STORY.title}.md",))})
    with bot(own_slack, desk, tmp_path, scopes=narrow):
        told = words(own_slack.wait_for_messages(channel, 2)[1])
    assert "the letter ugly" in told
    assert not {SUMMIT, NOW, TRADE_STORY.title} & set(told.split("\n"))
    assert "80 percent" not in told


def test_a_document_that_was_removed_is_told_in_a_narrow_channel_whose_rule_is_the_same(
    own_slack: FakeSlack, desk: LedgerDesk, tmp_path: Path
) -> None:
    channel = own_slack.channel()
    narrow = Scopes({channel: Scope((f"{TRADE_STORY.title}.md", f"{LETTER_STORY.title}.md"))})
    with bot(own_slack, desk, tmp_path, scopes=narrow):
        asked(own_slack, channel)
        desk.change(TRADE_STORY, None)
        told = words(own_slack.wait_for_messages(channel, 2)[1])
    assert "was removed" in told


# -- trouble ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", ["is_archived", "channel_not_found", "not_in_channel"])
def test_a_channel_that_is_gone_is_given_up_with_a_line_in_the_log(
    own_slack: FakeSlack,
    desk: LedgerDesk,
    tmp_path: Path,
    code: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level("INFO", "groundwire.slack")
    channel = own_slack.channel()
    with bot(own_slack, desk, tmp_path):
        asked(own_slack, channel, "secretword")
        own_slack.fail("chat.postMessage", Failure(error=code))
        desk.change(TRADE_STORY, NOW)
        own_slack.wait(lambda: desk.noted, "it to be given up")
        looked(own_slack, desk)
    assert len(own_slack.messages(channel)) == 1
    assert f"recalls not told: 1 channel={channel}" in caplog.text
    assert "secretword" not in caplog.text


def test_a_thread_that_was_deleted_gets_no_notice(
    own_slack: FakeSlack, desk: LedgerDesk, tmp_path: Path
) -> None:
    channel = own_slack.channel()
    with bot(own_slack, desk, tmp_path):
        asked(own_slack, channel)
        for message in own_slack.workspace.said[channel].values():
            message.deleted = True
        desk.change(TRADE_STORY, NOW)
        own_slack.wait(lambda: desk.noted, "it to be given up")
    assert own_slack.messages(channel) == []


@pytest.mark.parametrize(
    "failures", [[Failure(error="invalid_auth")] * 2, [SERVER_ERROR] * 3], ids=["auth", "500"]
)
def test_it_is_told_only_once_slack_has_it(
    own_slack: FakeSlack, desk: LedgerDesk, tmp_path: Path, failures: list[Failure]
) -> None:
    channel = own_slack.channel()
    with bot(own_slack, desk, tmp_path):
        asked(own_slack, channel)
        own_slack.fail("chat.postMessage", *failures)
        desk.change(TRADE_STORY, NOW)
        own_slack.wait(lambda: len(refused(own_slack, channel)) == len(failures), "failures")
        noted_before = list(desk.noted)
        own_slack.wait_for_messages(channel, 2)
        own_slack.wait(lambda: desk.noted, "it to be noted")
    assert noted_before == []
    assert len(own_slack.messages(channel)) == 2


def refused(slack: FakeSlack, channel: str) -> list[object]:
    return [call for call in slack.calls_of("chat.postMessage", channel) if not call.ok]


def test_a_notice_that_slack_keeps_refusing_is_given_up_and_holds_nobody_up(
    own_slack: FakeSlack, desk: LedgerDesk, tmp_path: Path
) -> None:
    first, second = own_slack.channel(), own_slack.channel()
    with bot(own_slack, desk, tmp_path):
        asked(own_slack, first)
    desk.change(TRADE_STORY, NOW)
    own_slack.fail("chat.postMessage", *[Failure(error="odd_error")] * recalling.TRIES)
    with bot(own_slack, desk, tmp_path):
        own_slack.wait(lambda: desk.noted, "it to be given up")
        asked(own_slack, second)
    assert len(refused(own_slack, first)) == recalling.TRIES
    assert len(own_slack.messages(first)) == 1


def test_a_notice_that_cannot_be_noted_is_not_posted_again_not_even_after_a_restart(
    own_slack: FakeSlack, desk: LedgerDesk, tmp_path: Path
) -> None:
    channel = own_slack.channel()
    with bot(own_slack, desk, tmp_path):
        asked(own_slack, channel)
        desk.broken = True
        desk.change(TRADE_STORY, NOW)
        own_slack.wait_for_messages(channel, 2)
        looked(own_slack, desk)
    assert desk.untold() == ["what of trade?"]
    desk.broken = False
    with bot(own_slack, desk, tmp_path):
        own_slack.wait(lambda: not desk.untold(), "it to be noted")
    assert len(own_slack.messages(channel)) == 2


def test_the_bot_answers_although_recalls_cannot_be_read(
    own_slack: FakeSlack,
    desk: LedgerDesk,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level("INFO", "groundwire.slack")

    def fail(**_: object) -> None:
        message = "secretword"
        raise RuntimeError(message)

    monkeypatch.setattr(desk, "recalls", fail)
    with bot(own_slack, desk, tmp_path):
        asked(own_slack, own_slack.channel())
        own_slack.wait(lambda: "recalls: RuntimeError" in caplog.text, "the log")
    assert "secretword" not in caplog.text
