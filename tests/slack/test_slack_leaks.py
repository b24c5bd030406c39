"""Nothing of a document outside a channel's scope can be told from what the bot says there.

A bot whose index holds open and secret documents, in a channel that is given the open ones, is held
against a bot that was never told the secret ones: every byte that goes to Slack must be the same.
"""

from __future__ import annotations

import io
import itertools
import json
import logging
import re
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from groundwire import Desk
from groundwire.interfaces.slack.scopes import scopes_of
from tests.slack.conftest import running_bot, strict_slack
from tests.slack.guarded_corpus import (
    OPEN,
    OPEN_STORIES,
    QUESTIONS,
    SECRET_STORIES,
    lay_out,
    secret_words,
    words,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from tests.slack.fake_slack import FakeSlack
    from tests.slack.fake_workspace import Ephemeral, Message

IDS = re.compile(
    r"\b1[67]\d{8}\.\d{6}\b|\b[CDU]\d{4}\b|\b[0-9A-HJKMNP-TV-Z]{26}\b|\berror [0-9a-f]{6}\b"
)
"""Time stamps, ids of places, people and answers, numbers of errors: they differ each time."""

CLAIMS = (
    "Ninety people were taken to hospital in Marlow Haven. The new sluice will cost 7.7 million "
    "pounds. Ines Corbett is the harbour master. Zephyrine Quillfeather met Balthasar Wimpole."
)
"""A message in a channel, half of which only secret documents could bear out."""

COMMANDS = (
    "ask What did Zephyrine Quillfeather say?",
    "ask How much will the new sluice cost?",
    "summarize the sluice",
    "summarize Project Nightjar",
    "summarize secret/gazette.md",
    "summarize secret/*",
    "summarize Who profits from the sluice",
    "docs",
    "docs secret/*",
    "docs Clandestine Gazette",
    "help",
)


class Scenes:
    """What people do in a restricted workspace, and what they then see."""

    def __init__(self, slack: FakeSlack) -> None:
        self._slack = slack
        self._people = itertools.count(1000)
        self.seen: dict[str, str] = {}

    def play(self) -> dict[str, str]:
        """Play every scene; return what was seen by what was done."""
        self._ask("channel", QUESTIONS)
        self._ask("im", QUESTIONS[::4])
        self._follow_up()
        for command in COMMANDS:
            channel = self._slack.channel()
            self._slack.slash(channel, command, user=self._person())
            self._slack.wait_for_ephemerals(channel, 1 if command == "help" else 2, 20)
            self._see(f"/groundwire {command}", channel)
        for shortcut in ("check_message", "summarize_thread"):
            self._shortcut(shortcut)
        self._evidence()
        direct = self._slack.channel("im")
        self._slack.open_messages_tab(direct)
        self._slack.wait(lambda: self._slack.prompts(direct), "prompts")
        self.seen["prompts"] = flat([call["prompts"] for call in self._slack.prompts(direct)])
        return self.seen

    def _ask(self, kind: str, questions: Sequence[str]) -> None:
        """Ask each question in a place of its own, all at once."""
        places = {question: self._slack.channel(kind) for question in questions}
        for question, place in places.items():
            ask = self._slack.direct if kind == "im" else self._slack.mention
            ask(place, question, user=self._person())
        for question, place in places.items():
            self._slack.wait_for_messages(place, seconds=30)
            self._see(f"{kind}: {question}", place)

    def _follow_up(self) -> None:
        channel = self._slack.channel()
        root = self._slack.mention(channel, "Who is Ines Corbett?", user=self._person())
        self._slack.wait_for_messages(channel, 1, 20)
        self._slack.write(channel, "And what does she hold shares in?", root, user=self._person())
        self._slack.wait_for_messages(channel, 2, 20)
        self._see("follow-up", channel)

    def _shortcut(self, shortcut: str) -> None:
        channel, person = self._slack.channel(), self._person()
        ts = self._slack.write(channel, CLAIMS, user=person)
        self._slack.shortcut(shortcut, channel, ts, user=person)
        answered: dict[str, Callable[[str], Sequence[Message | Ephemeral]]] = {
            "check_message": self._slack.messages,
            "summarize_thread": self._slack.ephemerals,
        }
        self._slack.wait(lambda: answered[shortcut](channel), shortcut, 30)
        self._see(shortcut, channel)

    def _evidence(self) -> None:
        channel, person = self._slack.channel(), self._person()
        self._slack.mention(channel, QUESTIONS[0], user=person)
        (answer,) = self._slack.wait_for_messages(channel, seconds=20)
        self._slack.action(answer, "evidence", user=person)
        self._slack.wait(lambda: len(flat(self._shown(person))) > len("[[]]"), "evidence")
        self.seen["evidence"] = flat(self._shown(person))

    def _shown(self, person: str) -> list[object]:
        return [view.blocks for view in self._slack.views(person)]

    def _person(self) -> str:
        """Return somebody who asked nothing yet, so that nobody is limited."""
        person = f"U{next(self._people)}"
        self._slack.workspace.users[person] = "Robin"
        return person

    def _see(self, name: str, channel: str) -> None:
        """Note what people see in a channel now."""
        said = [each.words for each in self._slack.messages(channel)]
        shown = [each.words for each in self._slack.ephemerals(channel)]
        self.seen[name] = flat([*said, *shown])


def flat(shown: object) -> str:
    """Return what was shown as text, without what differs each time."""
    return IDS.sub("#", json.dumps(shown, sort_keys=True, ensure_ascii=False))


@dataclass(frozen=True)
class Played:
    """What one bot showed, sent and logged."""

    seen: dict[str, str]
    sent: str
    logged: str


@contextmanager
def written_log() -> Iterator[io.StringIO]:
    """Collect what is logged by us and by Slack's libraries, everything at any level."""
    log = io.StringIO()
    handler = logging.StreamHandler(log)
    loggers = [logging.getLogger(name) for name in ("groundwire", "slack_bolt", "slack_sdk")]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.addHandler(handler)
        logger.setLevel(logging.DEBUG)
    try:
        yield log
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)
            logger.removeHandler(handler)


def play(desk: Desk, records: Path, rule: str) -> Played:
    """Play every scene before a bot that sees the open documents everywhere."""
    with written_log() as log:
        scopes = scopes_of(default=rule, direct=rule)
        with strict_slack() as slack, running_bot(slack, desk, records, scopes=scopes):
            seen = Scenes(slack).play()
            sent = flat([[call.method, call.args] for call in slack.calls])
    return Played(seen, sent, log.getvalue())


@dataclass(frozen=True)
class Both:
    """The bot that knows secrets, and the one that was never told any."""

    guarded: Played
    ignorant: Played


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Both:
    folder = tmp_path_factory.mktemp("border")
    stories = {"guarded": (*OPEN_STORIES, *SECRET_STORIES), "ignorant": OPEN_STORIES}
    played = {}
    for name, told in stories.items():
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("XDG_DATA_HOME", str(folder / name))
            with Desk.open(folder / name / "index") as desk:
                desk.sync([lay_out(folder / name / "documents", told)])
                played[name] = play(desk, folder / name / "records.sqlite3", OPEN)
    return Both(**played)


def asked_words() -> frozenset[str]:
    """Return what people themselves said."""
    return words(" ".join((*QUESTIONS, *COMMANDS, CLAIMS)))


def test_the_border_has_secrets_behind_it(both: Both) -> None:
    assert {"nightjar", "wimpole", "clandestine", "nurse", "shares", "memo"} <= secret_words()
    shown = both.ignorant.seen["channel: How many people were taken to hospital in Marlow Haven?"]
    assert "Twelve people were taken to hospital" in shown
    assert "nurse" not in asked_words()


def test_no_word_that_only_secret_documents_hold_is_shown_sent_or_logged(both: Both) -> None:
    ignorant = both.ignorant
    own = words(" ".join((*ignorant.seen.values(), ignorant.sent, ignorant.logged)))
    secret = secret_words() - asked_words() - own
    assert {"nurse", "purser", "drainage"} <= secret
    found = {
        name: sorted(secret & words(text))
        for name, text in {
            **both.guarded.seen,
            "sent": both.guarded.sent,
            "logged": both.guarded.logged,
        }.items()
    }
    assert {name: leaked for name, leaked in found.items() if leaked} == {}


def test_what_is_shown_is_what_a_bot_shows_that_has_only_the_open_documents(both: Both) -> None:
    guarded, ignorant = both.guarded.seen, both.ignorant.seen
    differing = {
        name: difference(guarded[name], ignorant[name])
        for name in ignorant
        if guarded[name] != ignorant[name]
    }
    assert guarded.keys() == ignorant.keys()
    assert not differing, "\n".join(f"{name}: {parts}" for name, parts in differing.items())


def test_the_log_holds_nothing_that_people_asked(both: Both) -> None:
    said_only_by_people = {"zephyrine", "quillfeather", "atlantis", "ninety", "grimsditch"}
    assert not said_only_by_people & words(both.guarded.logged)


def difference(shown: str, expected: str) -> str:
    """Return the first place where two texts part, for whoever reads a failure."""
    pairs = enumerate(zip(shown, expected, strict=False))
    at = next((place for place, (a, b) in pairs if a != b), min(len(shown), len(expected)))
    around = slice(max(0, at - 60), at + 90)
    return f"…{shown[around]}… in place of …{expected[around]}…"
