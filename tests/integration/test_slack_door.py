"""``groundwire slack`` as a process with the real desk, against the strict Slack on loopback."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from groundwire.interfaces.slack.manifest import manifest_text
from tests.slack.conftest import strict_slack
from tests.slack.fake_slack import APP_TOKEN, BOT_TOKEN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.integration.conftest import Ran
    from tests.slack.fake_slack import FakeSlack


@pytest.fixture
def slack() -> Iterator[FakeSlack]:
    with strict_slack() as running:
        yield running


def command(index: Path, *words: str) -> list[str]:
    return [sys.executable, "-m", "groundwire", "--index-dir", str(index), "slack", *words]


def environment(slack: FakeSlack, home: Path) -> dict[str, str]:
    inherited = {**os.environ}  # noqa: TID251 -- a child gets what this process has
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"):
        inherited.pop(name, None)
    return {
        **inherited,
        "GROUNDWIRE_DATA_DIR": str(home),
        "SLACK_BOT_TOKEN": BOT_TOKEN,
        "SLACK_APP_TOKEN": APP_TOKEN,
        "SLACK_API_URL": slack.api_url,
    }


@contextmanager
def running(slack: FakeSlack, index: Path, home: Path) -> Iterator[subprocess.Popen[bytes]]:
    with (
        (home / "log").open("w") as errors,
        subprocess.Popen(
            command(index, "run"), env=environment(slack, home), stderr=errors
        ) as process,
    ):
        try:
            slack.wait(lambda: slack.connections > 0, "a websocket", seconds=30)
            yield process
        finally:
            process.kill()


def test_a_mention_a_message_and_a_follow_up_are_answered_from_the_documents(
    slack: FakeSlack, sample_index: Path, tmp_path: Path
) -> None:
    channel, direct = slack.channel(), slack.channel("im")
    with running(slack, sample_index, tmp_path) as process:
        thread = slack.mention(channel, "Who met Xi at the airport in Pyongyang?")
        (post,) = slack.wait_for_posts(channel, seconds=20)
        assert "Kim Jong Un" in post["text"]
        assert "[1]" in post["text"]
        assert "Harbour Wire" in json.dumps(post["blocks"])
        slack.write(channel, "How much did the Arnault family pledge?", thread)
        assert "€200m" in slack.wait_for_posts(channel, 2)[1]["text"]
        slack.write(direct, "Who won the 2018 World Cup?")
        assert "World Cup" in slack.wait_for_posts(direct)[0]["text"]
        process.send_signal(signal.SIGTERM)
        assert process.wait(15) == 0
    said = (tmp_path / "log").read_text()
    assert "connected as" in said
    assert not [word for word in ("Traceback", "Arnault", "xoxb") if word in said]


def test_check_is_one_line_a_finding(slack: FakeSlack, sample_index: Path, tmp_path: Path) -> None:
    ran = subprocess.run(
        command(sample_index, "check"),
        env=environment(slack, tmp_path),
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    found = [line.split(maxsplit=2)[:2] for line in ran.stdout.splitlines()]
    assert found == [
        ["ok", "SLACK_BOT_TOKEN:"],
        ["ok", "scopes:"],
        ["warning", "events:"],
        ["ok", "SLACK_APP_TOKEN:"],
    ]


def test_check_reads_a_copy_of_the_manifest_and_fails_on_a_missing_event(
    slack: FakeSlack, sample_index: Path, tmp_path: Path
) -> None:
    manifest = json.loads(manifest_text())
    manifest["settings"]["event_subscriptions"]["bot_events"].remove("app_mention")
    (tmp_path / "copy.json").write_text(json.dumps(manifest))
    ran = subprocess.run(
        command(sample_index, "check", "--manifest", str(tmp_path / "copy.json")),
        env=environment(slack, tmp_path),
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (1, "")
    (line,) = (line for line in ran.stdout.splitlines() if not line.startswith("ok "))
    assert line.startswith("problem events: app_mention is missing; without it: no hearing")


def test_serve_answers_over_http_and_needs_the_signing_secret(
    slack: FakeSlack, sample_index: Path, tmp_path: Path
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = str(probe.getsockname()[1])
    words = command(sample_index, "serve", "--port", port)
    variables = {**environment(slack, tmp_path), "SLACK_APP_TOKEN": ""}
    refused = subprocess.run(words, env=variables, capture_output=True, timeout=30, check=False)
    assert refused.returncode == 2
    assert b"SLACK_SIGNING_SECRET is not set" in refused.stderr
    variables["SLACK_SIGNING_SECRET"] = "s"  # noqa: S105  it opens nothing
    with subprocess.Popen(words, env=variables, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stderr
            next(line for line in process.stderr if "connected as @groundwire" in line)
            slack.over_http(f"http://127.0.0.1:{port}/slack/events", "s")
            channel = slack.channel()
            slack.mention(channel, "Who met Xi at the airport in Pyongyang?")
            assert "Kim Jong Un" in slack.wait_for_messages(channel, seconds=20)[0].body
            process.send_signal(signal.SIGTERM)
            assert process.wait(15) == 0
        finally:
            process.kill()


def test_a_missing_token_is_named_and_the_manifest_needs_none(sample: Callable[..., Ran]) -> None:
    failed = sample("slack", "run")
    assert failed.code == 2
    assert "SLACK_BOT_TOKEN" in failed.err
    assert json.loads(sample("slack", "manifest").out)["settings"]["socket_mode_enabled"] is True
