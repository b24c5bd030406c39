"""What a workspace remembers: messages, streams, modals, addresses to answer to."""

from __future__ import annotations

import itertools
import threading
import time
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any, NoReturn

TEAM = "T1"
BOT_USER = "UBOT"
BOT_ID = "BBOT"
APP = "A1"

TRIGGER_SECONDS = 3.0
RESPONSES = 5
RESPONSE_SECONDS = 1_800.0


class RefusedError(Exception):
    """Slack's answer to a call that it does not carry out."""

    def __init__(self, code: str, *problems: str) -> None:
        super().__init__(code)
        self.code = code
        self.problems = problems


def refuse(code: str, *problems: str) -> NoReturn:
    """Refuse a call; the problems are what the bot is to blame for."""
    raise RefusedError(code, *problems)


@dataclass(slots=True)
class Message:
    """One message in a channel, as people see it now.

    ``thread`` is empty for a message outside a thread. ``state`` is ``posted``, or for a streamed
    message ``streaming``, ``stopped`` (by the bot), ``dead`` (by Slack), ``halted`` (by a person).
    """

    channel: str
    ts: str
    user: str
    text: str = ""
    thread: str = ""
    blocks: list[dict[str, Any]] = field(default_factory=list)
    markdown: str = ""
    state: str = "posted"
    at: float = 0.0
    edits: int = 0
    deleted: bool = False
    pieces: list[tuple[float, str]] = field(default_factory=list)
    recipient: str = ""
    metadata: dict[str, Any] = field(default_factory=dict)

    @property
    def by_bot(self) -> bool:
        """Whether the bot wrote it."""
        return self.user == BOT_USER

    @property
    def streamed(self) -> bool:
        """Whether it was begun as a stream."""
        return self.state != "posted"

    @property
    def body(self) -> str:
        """The Markdown that people read, or the text where there is none."""
        blocks = "".join(b["text"] for b in self.blocks if b["type"] == "markdown")
        return self.markdown or blocks or self.text

    @property
    def words(self) -> dict[str, Any]:
        """The words and blocks, as the rules take them."""
        return {"text": self.text, "markdown_text": self.markdown, "blocks": self.blocks}


@dataclass(slots=True)
class Ephemeral:
    """A message that one person sees.

    ``via`` is ``postEphemeral``, ``ack`` or ``response_url``.
    """

    channel: str
    user: str
    ts: str
    text: str
    blocks: list[dict[str, Any]]
    thread: str
    via: str
    at: float
    deleted: bool = False

    @property
    def words(self) -> dict[str, Any]:
        """The words and blocks, as the rules take them."""
        return {"text": self.text, "blocks": self.blocks}


@dataclass(slots=True)
class View:
    """One modal on somebody's screen."""

    id: str
    user: str
    content: dict[str, Any]
    hash: str
    at: float
    open: bool = True
    updates: int = 0
    root: str = ""

    @property
    def blocks(self) -> list[dict[str, Any]]:
        """What it shows."""
        blocks: list[dict[str, Any]] = self.content["blocks"]
        return blocks


@dataclass(slots=True)
class Trigger:
    """What lets the bot open a modal, once and soon."""

    user: str
    at: float
    view: str = ""
    used: bool = False


@dataclass(slots=True)
class Address:
    """Where an interaction can be answered: five times in half an hour."""

    channel: str
    user: str
    at: float
    thread: str = ""
    source: Message | Ephemeral | None = None
    uses: int = 0


class Workspace:
    """Channels, people and what was said. Its lock guards every change."""

    def __init__(self) -> None:
        self.change = threading.Condition()
        self.numbers = itertools.count(1)
        self.users = {"U1": "Mira", "U2": "Ana", BOT_USER: "groundwire"}
        self.kinds: dict[str, str] = {}
        self.shared: set[str] = set()
        self.said: dict[str, dict[str, Message]] = defaultdict(dict)
        self.whispered: list[Ephemeral] = []
        self.modals: dict[str, View] = {}
        self.triggers: dict[str, Trigger] = {}
        self.addresses: dict[str, Address] = {}
        self.sessions: dict[tuple[str, str], list[str]] = defaultdict(list)
        self.page = 1_000
        self.streams_in_channels = True

    def new_ts(self) -> str:
        """Return the time stamp of a new message; they only grow."""
        return f"1700000000.{next(self.numbers):06}"

    def add(self, message: Message) -> Message:
        """Keep a message."""
        message.at = time.monotonic()
        self.said[message.channel][message.ts] = message
        return message

    def message(self, channel: str, ts: str) -> Message:
        """Return a message, or refuse as chat.update does."""
        found = self.said[channel].get(ts)
        if found is None or found.deleted:
            refuse("message_not_found", f"no message {ts} in {channel}")
        return found

    def check_thread(self, channel: str, thread: str) -> None:
        """Refuse a thread that hangs on nothing."""
        if thread not in self.said[channel]:
            refuse("invalid_thread_ts", f"no thread {thread} in {channel}")

    def thread(self, channel: str, root: str) -> list[Message]:
        """Return the messages of a thread, the root first."""
        messages = self.said[channel].values()
        return [m for m in messages if root in {m.ts, m.thread} and not m.deleted]

    def new_trigger(self, user: str, view: str = "") -> str:
        """Return a fresh ``trigger_id``."""
        name = f"{next(self.numbers)}.{TEAM}.trigger"
        self.triggers[name] = Trigger(user, time.monotonic(), view)
        return name

    def spend_trigger(self, name: str) -> Trigger:
        """Use up a ``trigger_id``."""
        trigger = self.triggers.get(name)
        if trigger is None:
            refuse("invalid_trigger_id", "a trigger_id that was never given")
        if trigger.used:
            refuse("exchanged_trigger_id", "a trigger_id was used twice")
        if time.monotonic() - trigger.at > TRIGGER_SECONDS:
            refuse("expired_trigger_id", "a trigger_id was used too late")
        trigger.used = True
        return trigger

    def new_address(self, address: Address) -> str:
        """Return the last part of a fresh ``response_url``."""
        name = f"response-{next(self.numbers)}"
        self.addresses[name] = address
        return name

    def spend_address(self, name: str) -> Address:
        """Use a ``response_url`` once more."""
        address = self.addresses.get(name)
        if address is None:
            refuse("invalid_url", "a response_url that was never given")
        if address.uses >= RESPONSES or time.monotonic() - address.at > RESPONSE_SECONDS:
            refuse("used_url", "a response_url was used too often or too late")
        address.uses += 1
        return address

    def whisper(self, ephemeral: Ephemeral) -> Ephemeral:
        """Show a message to one person."""
        self.whispered.append(ephemeral)
        return ephemeral
