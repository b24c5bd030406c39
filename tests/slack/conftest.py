"""A bot on a fake Slack over a real websocket."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Protocol

import pytest

from groundwire.interfaces.slack.app import build_bot
from groundwire.interfaces.slack.options import SlackOptions
from groundwire.records.conversations import Conversations
from groundwire.records.database import open_database
from tests.fakes.desk import ScriptedDesk
from tests.slack.fake_slack import APP_TOKEN, BOT_TOKEN, FakeSlack

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from groundwire.interfaces.slack.app import Bot
    from groundwire.interfaces.slack.ports import DocumentDesk

    RunBot = Callable[..., AbstractContextManager[Bot]]


class HasAddress(Protocol):
    """Something with a Web API."""

    @property
    def api_url(self) -> str: ...


def options_for(slack: HasAddress, **changed: Any) -> SlackOptions:  # noqa: ANN401  any option
    values = {"bot_token": BOT_TOKEN, "app_token": APP_TOKEN, "api_url": slack.api_url}
    return SlackOptions(
        **{**values, "grace": 1.0, "ping_interval": 1.0, "per_minute": 1_000, **changed}
    )


@contextmanager
def running_bot(slack: FakeSlack, desk: DocumentDesk, path: Path, **changed: Any) -> Iterator[Bot]:  # noqa: ANN401  any option
    with open_database(path) as database:
        bot = build_bot(desk, Conversations(database), options_for(slack, **changed))
        try:
            bot.connect()
            slack.wait(lambda: slack.connections > 0, "a websocket")
            yield bot
        finally:
            bot.close()


@pytest.fixture(scope="session", autouse=True)
def _no_proxy() -> Iterator[None]:
    """Slack's websocket client would go through a proxy even to loopback."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("HTTP_PROXY", "HTTPS_PROXY", "SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET"):
            patch.delenv(name, raising=False)
            patch.delenv(name.lower(), raising=False)
        yield


@contextmanager
def strict_slack(**how: Any) -> Iterator[FakeSlack]:  # noqa: ANN401  as FakeSlack takes it
    slack = FakeSlack(**how).start()
    try:
        yield slack
    finally:
        slack.shut_down()
    assert slack.violations == []
    assert slack.open_streams() == []


@pytest.fixture
def own_slack() -> Iterator[FakeSlack]:
    """A Slack for one test alone."""
    with strict_slack() as slack:
        yield slack


@pytest.fixture(scope="session")
def desk() -> ScriptedDesk:
    return ScriptedDesk()


@pytest.fixture(scope="module")
def shared_slack(
    desk: ScriptedDesk, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[FakeSlack]:
    """A Slack and a bot that end with the module: the client's pings draw from ``random``."""
    path = tmp_path_factory.mktemp("slack") / "records.sqlite3"
    with strict_slack() as slack, running_bot(slack, desk, path):
        yield slack


@pytest.fixture
def slack(shared_slack: FakeSlack) -> Iterator[FakeSlack]:
    """A Slack with a running bot, shared by tests that each use channels of their own."""
    yield shared_slack
    shared_slack.wait_for_acks()
    assert shared_slack.violations == []
