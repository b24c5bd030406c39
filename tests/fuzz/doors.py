"""What the doors read before a desk is asked: Slack's payloads, settings, rules, batches."""

from __future__ import annotations

import json
import re
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any

from groundwire.domain.errors import GroundwireError
from groundwire.interfaces.cli.batch import _arguments
from groundwire.interfaces.slack import asked
from groundwire.interfaces.slack.incoming import plain
from groundwire.interfaces.slack.interactions import (
    command_of,
    press_of,
    reason_of,
    shortcut_of,
    stopped_place,
)
from groundwire.interfaces.slack.routing import Ask, House, may_follow, route
from groundwire.interfaces.slack.scopes import scopes_of
from groundwire.settings import load_settings
from tests.fuzz import words
from tests.fuzz.mutating import mutated
from tests.fuzz.targets import Target, UnusableInputError, plainly, promise

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from random import Random

    from tests.fuzz.targets import Run

_SETTINGS = (
    b"""data_dir = "/d"
[retrieval]
top_k = 10
filters = true
[answer]
sentences = 3
[display]
width = 80
[slack]
channels = ["C1", "C2 = public/* | source:Wire"]
direct = "all"
per_minute = 5
[index]
url = "http://127.0.0.1:8000"
""",
    b"""[slack.channels]
C1 = "all"
C2 = {scope = ["a/*"], sources = ["Wire"]}
""",
)
_TOML = (b"[", b"]", b"[[", b'"""', b"=", b"{", b"}", b'"', b"'", b"#", b"\n", b".", b"inf", b"nan")
_SCOPES = (b"C1\nC2 = public/*\nG3 = source:Wire | a/*\n",)
_EVENT: dict[str, Any] = {
    "team_id": "T1",
    "event": {
        "type": "message",
        "channel": "D1",
        "channel_type": "im",
        "user": "U1",
        "text": "<@B1> how much? <https://x.example|x> &amp; <#C1|news>",
        "ts": "1.2",
        "thread_ts": "1.1",
    },
}
_PRESS: dict[str, Any] = {
    "user": {"id": "U1"},
    "team": {"id": "T1"},
    "team_id": "T1",
    "user_id": "U1",
    "channel": {"id": "C1"},
    "channel_id": "C1",
    "text": "ask how much?",
    "response_url": "https://hooks.example/1",
    "trigger_id": "1.1",
    "message_ts": "1.1",
    "message": {"ts": "1.1", "text": "The tram cost £9m.", "thread_ts": "1.0"},
    "container": {"channel_id": "C1", "thread_ts": "1.0"},
    "actions": [{"action_id": "feedback", "value": "up:1", "selected_option": {"value": "2"}}],
    "event": {"channel": "C1", "thread_ts": "1.0"},
    "view": {
        "id": "V1",
        "private_metadata": '{"channel": "C1", "answer": "1"}',
        "state": {"values": {"reason": {"reason": {"value": "wrong"}}}},
    },
}


def targets() -> Iterator[Target]:
    """Yield a target for each door."""
    settings = partial(mutated, seeds=_SETTINGS, pieces=_TOML)
    scopes = partial(mutated, seeds=_SCOPES, pieces=(b"=", b"|", b"source:", b"\n", b"C1", b"all"))
    yield Target("slack-payload", "queries", _payload, plainly(_slack))
    yield Target("settings", "queries", settings, _configured, _SETTINGS)
    yield Target("slack-scopes", "queries", scopes, plainly(_scopes), _SCOPES)
    yield Target("batch", "queries", _batch_line, plainly(_batch))


def _payload(random: Random) -> bytes:
    """Return a delivery of Slack with other words in it, or without something."""
    body = json.loads(json.dumps(random.choice((_EVENT, _PRESS))))
    for _ in range(random.choice((1, 2, 5))):
        place = body
        while True:
            key = random.choice(sorted(place))
            if isinstance(place[key], dict) and place[key]:
                place = place[key]
                continue
            break
        if random.random() < 0.15:
            del place[key]
        elif isinstance(place[key], str):
            place[key] = random.choice((words.text(random), place[key] + words.text(random)[:9]))
        if not place:
            break
    return words.packed(body)


def _slack(data: bytes) -> object:
    try:
        body = json.loads(data)
    except ValueError as error:
        raise UnusableInputError from error
    found: list[object] = []
    house = House("B1")
    for read in (
        lambda: route(body, house, lambda _key: True),
        lambda: may_follow(body, house),
        lambda: command_of(body),
        lambda: shortcut_of(body),
        lambda: press_of(body),
        lambda: reason_of(body),
        lambda: stopped_place(body),
    ):
        try:
            found.append(read())
        except KeyError:  # what the parsers say of a payload that lacks something
            found.append(None)
    if isinstance(found[0], Ask):
        promise(asked.read(asked.written(found[0])) == found[0], "a question that changed")
        shown = plain(found[0].text, lambda user: f"name of {user}")
        promise(not re.search(r"[\ud800-\udfff]", shown), "half a character")
        found.append(shown)
    asked.read(json.dumps(body.get("text", body)))
    return found


@contextmanager
def _configured(folder: Path) -> Iterator[Run]:
    user = folder / "config.toml"
    project = folder / "project"
    project.mkdir(exist_ok=True)

    def run(data: bytes) -> object:
        user.write_bytes(data)
        (project / "groundwire.toml").write_bytes(data)
        found: list[object] = []
        for config, cwd in ((user, folder), (None, project)):
            try:
                found.append(load_settings(config, {}, cwd))
            except GroundwireError as error:
                promise("\n" not in str(error), "an error of many lines")
                found.append(str(error))
        return found

    yield run


def _scopes(data: bytes) -> object:
    rules = data.decode("utf-8", "replace").split("\n")
    try:
        return scopes_of(rules, direct=rules[0], default=rules[-1], users=rules[1:2])
    except GroundwireError as error:
        return str(error)


def _batch_line(random: Random) -> bytes:
    """Return a line of a batch, mostly JSON."""
    keys = (
        "id",
        "question",
        "scope",
        "since",
        "top_k",
        "history",
        "no_filters",
        words.text(random),
    )
    values: tuple[Callable[[], object], ...] = (
        lambda: words.text(random),
        lambda: None,
        lambda: -1,
        lambda: 10**400,
        lambda: [words.text(random)],
        dict,
        lambda: True,
    )
    line = json.dumps({random.choice(keys): random.choice(values)() for _ in range(4)}).encode()
    return mutated(random, (line,), (b"[", b"{", b'"', b"1e9", b"\\ud800"))


def _batch(data: bytes) -> object:
    try:
        return _arguments(data.decode("utf-8", "surrogateescape"), 1)
    except GroundwireError as error:
        return str(error)
